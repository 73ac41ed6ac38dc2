"""The lines of a KOSTRA file, read as lines of the ledger."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from budget.importing.codes import NO_ORGANISATION
from budget.importing.fields import Field
from budget.importing.findings import Findings, Place, Sentence
from budget.importing.judging import Said
from budget.kroner import to_ore
from budget.models import BudgetLine
from budget.reading.kostra_file import KostraFault, KostraLine, read_kostra
from organisation import periods

Account = BudgetLine.Account

ACCOUNTS: Mapping[str, str] = {
    "1": Account.OPERATIONS,
    "3": Account.OPERATIONS,
    "0": Account.INVESTMENT,
    "4": Account.INVESTMENT,
}
BALANCES = {"2", "5"}
CHARACTERS: Mapping[Field, str] = {
    Field.UNIT: "14–31",
    Field.FUNCTION: "33–36",
    Field.ART: "37–39",
    Field.AMOUNT: "40–48",
    Field.PERIOD: "3–7",
    Field.ACCOUNT_CLASS: "32",
}
WHOLE_YEAR = {"", "0"}


@dataclass
class KostraLines:
    """A KOSTRA file's lines as they are said. What cannot be read is told."""

    content: bytes
    name: str
    findings: Findings

    @staticmethod
    def place(row: int, column: Field) -> Place:
        """The line, and the characters the field stands in."""
        return Place(row, _("tegn %(places)s") % {"places": CHARACTERS[column]}, str(column.label))

    def __iter__(self) -> Iterator[Said]:
        for line in read_kostra(self.content, self.name):
            if isinstance(line, KostraFault):
                self.findings.error(Sentence(line.message, _again()), Place(line.number, line.place))
            elif line.account_class in BALANCES:
                self.findings.error(_balance(), self.place(line.number, Field.ACCOUNT_CLASS), key="balance")
            elif line.account_class in ACCOUNTS:
                yield self._said(line)
            else:
                self.findings.error(_strange_class(line.account_class), self.place(line.number, Field.ACCOUNT_CLASS))

    def _said(self, line: KostraLine) -> Said:
        quarter = line.quarter.strip()
        if quarter not in WHOLE_YEAR:
            self.findings.warning(
                _part_of_year(quarter, line.year), self.place(line.number, Field.PERIOD), key=(quarter, line.year)
            )
        organisation = line.sub_organisation.strip() or line.organisation.strip() or NO_ORGANISATION
        return Said(
            line.number,
            organisation,
            line.function.strip(),
            line.art.strip(),
            ACCOUNTS[line.account_class],
            periods.year(line.year),
            to_ore(line.amount),
        )


def _again() -> str:
    return _("Hent ut fila på nytt fra regnskapssystemet, og last den opp igjen.")


def _balance() -> Sentence:
    what = _("Fila har linjer fra balansen (kontoklasse 2 eller 5). Balansefiler leses ikke her.")
    return Sentence(what, _("Last opp fila for drift eller for investering."))


def _strange_class(account_class: str) -> Sentence:
    what = _("Kontoklassen «%(said)s» er ukjent: 1 og 3 er drift, 0 og 4 er investering.") % {"said": account_class}
    return Sentence(what, _again())


def _part_of_year(quarter: str, year: int) -> Sentence:
    what = _("Fila er for %(quarter)s. kvartal og har det som er ført fra nyttår. Beløpene lagres på året %(year)s.")
    advice = _("Angre denne importen før du leser inn fila for neste kvartal, ellers telles beløpene to ganger.")
    return Sentence(what % {"quarter": quarter, "year": year}, advice)
