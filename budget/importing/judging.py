"""From what stands in a line to what it means: codes looked up, years held against the budget's, faults told."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from budget.importing.codes import LONGEST_CODE, NO_ORGANISATION, Codes
from budget.importing.fields import Field
from budget.importing.findings import Findings, Place, Sentence
from budget.models import BudgetLine, CodeMapping, ImportBatch
from organisation.periods import Span

Kind = CodeMapping.Kind
Layer = BudgetLine.Layer

YEARS_AHEAD = 9
"""How far beyond its own year an adopted budget may go. The law asks for three; some plan ten years in all."""
MOST_UNKNOWN = 500
"""Unknown codes that are kept. A file with more of them has something else in the column."""


class Said(NamedTuple):
    """What stands in a line. What could not be read is None, and has been told."""

    row: int
    unit: str | None
    function: str | None
    art: str | None
    account_class: str
    span: Span | None
    ore: int | None
    project: str = ""
    account: str = ""
    text: str = ""


class Understood(NamedTuple):
    """A line that can be written: keys of rows, and the amount in øre with KOSTRA's sign."""

    row: int
    unit: int
    function: int
    art: int
    account_class: str
    plan_year: int
    ore: int
    project: str
    account: str
    text: str
    span: Span


@dataclass
class Unknown:
    """A code that means nothing yet: its first row, in how many rows it stands, what it may mean ("" for no idea)."""

    kind: str
    code: str
    row: int
    rows: int = 1
    proposal: str = ""


@dataclass
class Judge:
    """Understands the lines of one file. `place` says where in the file a field of a row stands."""

    batch: ImportBatch
    codes: Codes
    findings: Findings
    place: Callable[[int, Field], Place]
    unknown: dict[tuple[str, str], Unknown] = field(default_factory=dict)

    def understood(self, lines: Iterable[Said]) -> Iterator[Understood]:
        """The lines that can be written; what is wrong with the others is told."""
        for said in lines:
            year = said.span.start.year if said.span else None
            unit = self._code(said, Field.UNIT, said.unit, year)
            function = self._code(said, Field.FUNCTION, said.function, year)
            art = self._code(said, Field.ART, said.art, year)
            plan_year = self._plan_year(said.row, year)
            if unit and function and art and plan_year and said.span and said.ore is not None:
                codes = (unit, function, art)
                yield Understood(said.row, *codes, said.account_class, plan_year, said.ore, *said[7:], said.span)

    def _code(self, said: Said, column: Field, text: str | None, year: int | None) -> int | None:
        if text is None:
            return None
        if not text:
            self.findings.error(_nothing(column), self.place(said.row, column))
            return None
        judgement = self.codes.judge(column.value, text, year, said.account_class)
        if judgement is None:
            self._tell_unknown(said.row, column, text)
            return None
        if judgement.error:
            self.findings.error(judgement.error, self.place(said.row, column), key=judgement.error)
        elif judgement.warning:
            self.findings.warning(judgement.warning, self.place(said.row, column), key=judgement.warning)
        return judgement.pk

    def _tell_unknown(self, row: int, column: Field, text: str) -> None:
        key = (column.value, text[:LONGEST_CODE])
        self.findings.error(_unknown(column, key[1]), self.place(row, column), key=key)
        if known := self.unknown.get(key):
            known.rows += 1
        elif len(self.unknown) < MOST_UNKNOWN:
            self.unknown[key] = Unknown(*key, row=row, proposal=self.codes.proposal(*key))

    def _plan_year(self, row: int, year: int | None) -> int | None:
        """The adopted budget that a line of the year belongs to."""
        adopted = self.batch.plan_year
        if year is None or adopted is None or self.batch.layer not in {Layer.ORIGINAL, Layer.REVISED}:
            return year
        last = adopted + (YEARS_AHEAD if self.batch.layer == Layer.ORIGINAL else 0)
        if adopted <= year <= last:
            return adopted
        sentence = _outside(self.batch.layer, year, adopted)
        self.findings.error(sentence, self.place(row, Field.PERIOD), key=sentence)
        return None


def _nothing(column: Field) -> Sentence:
    words = {
        Field.UNIT: _("Ansvar mangler."),
        Field.FUNCTION: _("Tjeneste mangler."),
        Field.ART: _("Konto mangler."),
    }
    return Sentence(words[column], _("Fyll ut cellen i fila, eller ta bort raden, og last den opp på nytt."))


def _unknown(column: Field, code: str) -> Sentence:
    if column == Field.UNIT and code == NO_ORGANISATION:
        advice = _("Velg enheten for koden «%(code)s» under «Koder som mangler».") % {"code": code}
        return Sentence(_("Fila sier ikke hvilken enhet linjene hører til."), advice)
    words = {
        Field.UNIT: _("Ansvar «%(code)s» er ikke en kjent enhet."),
        Field.FUNCTION: _("Tjeneste «%(code)s» er ikke en kjent KOSTRA-funksjon."),
        Field.ART: _("Konto «%(code)s» er ikke en kjent KOSTRA-art."),
    }
    advice = _("Si hva koden betyr under «Koder som mangler», eller rett den i fila og last den opp på nytt.")
    return Sentence(words[column] % {"code": code}, advice)


def _outside(layer: str, year: int, adopted: int) -> Sentence:
    facts = {"year": year, "adopted": adopted, "last": adopted + YEARS_AHEAD}
    if layer == Layer.REVISED:
        what = _("Linjen er for %(year)s, men endringen gjelder budsjettet for %(adopted)s.")
        return Sentence(what % facts, _("Rett perioden, eller lag en egen endring for det andre året."))
    what = _("Linjen er for %(year)s, men budsjettet for %(adopted)s har linjer for %(adopted)s til %(last)s.")
    return Sentence(what % facts, _("Rett perioden i fila, eller velg et annet budsjettår når du laster den opp."))
