"""A publication's contents as plain tables of text for programs: their fields with types, and their lines."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisation import periods
from organisation.addresses import address
from publishing.figures import published_observations
from publishing.models import Publication
from publishing.structure import Chapter, Column, Contents, IndicatorFacts, Row, RowGroup, Table
from scorecards.assessment import Outcome
from scorecards.models import Observation

Line = tuple[str, ...]

ABOUT_ROW = ("group", "label")
AFTER_FIGURES = ("is_sum", "note", "outcome", "outcome_reason", "row")
OF_NUMBERS = ("result", "target", "forecast", "reference", "amount")
"""Kinds of columns that hold numbers, also where no cell of this version is one."""


@dataclass(frozen=True)
class Field:
    """A column for programs. `type` is one of Table Schema's: string, number, integer, date or boolean."""

    name: str
    type: str
    title: str
    description: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class DataTable:
    """A table for programs. `path` is its file; `key` names the fields that no two lines agree in.

    `refers_to` leads from a field to the table and field where its value is found.
    """

    name: str
    path: str
    title: str
    fields: tuple[Field, ...]
    lines: tuple[Line, ...]
    description: str = ""
    source: str = ""
    key: tuple[str, ...] = ()
    refers_to: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class _Figures:
    """A column of a document's table, and the names of its number and its print; a column of words has no number."""

    column: Column
    number: str
    printed: str

    @property
    def title(self) -> str:
        """The heading as it is printed, after the one that it shares with others."""
        return ": ".join(filter(None, [self.column.heading, self.column.label]))

    def fields(self) -> Iterator[Field]:
        """The number and the print, or the print alone."""
        if self.number:
            yield Field(self.number, "number", self.title, _("Tallet; mangler der cellen ikke er ett tall."))
        title = _("%(column)s, som trykt") % {"column": self.title} if self.number else self.title
        yield Field(self.printed, "string", title)


def indicators(contents: Contents) -> DataTable:
    """What is measured."""
    titles = {
        "slug": _("Indikator"),
        "name": _("Navn"),
        "definition": _("Definisjon"),
        "unit_of_measure": _("Måleenhet"),
        "scale": _("Skala"),
        "direction": _("Retning: higher, lower, range eller yes"),
        "tolerance": _("Slingringsmonn"),
        "frequency": _("Hvor ofte det måles"),
        "source": _("Kilde"),
        "owner": _("Eier"),
        "sector": _("Sektor"),
        "same_as": _("Samme mål som"),
        "succeeds": _("Avløser"),
    }
    fields = tuple(
        Field(name, "number" if name == "tolerance" else "string", title, is_required=name in ("slug", "name"))
        for name, title in titles.items()
    )
    lines = tuple(tuple(_said(facts, field.name) for field in fields) for facts in contents.indicators)
    return DataTable("indicators", "indicators.csv", _("Indikatorer"), fields, lines, key=("slug",))


def observations(publication: Publication, contents: Contents) -> DataTable:
    """Every value of an indicator once: of which period, of which kind, and where it stands in the document."""
    fields = (
        Field("indicator", "string", _("Indikator"), is_required=True),
        Field("kind", "string", _("Type"), is_required=True, choices=tuple(Observation.Kind.values)),
        Field("period", "string", _("Periode"), is_required=True),
        Field("period_starts_on", "date", _("Periodens første dag"), is_required=True),
        Field("period_ends_on", "date", _("Periodens siste dag"), is_required=True),
        Field("value", "number", _("Tall"), _("Mangler der verdien ikke er ett tall.")),
        Field("text", "string", _("Som trykt")),
        Field("chapter", "string", _("Kapittel"), is_required=True),
        Field("table", "string", _("Tabell"), is_required=True),
        Field("row", "string", _("Rad")),
    )
    lines = tuple(
        (
            one.indicator_slug,
            one.kind,
            one.period,
            f"{periods.parse(one.period).start}",
            f"{one.period_ends_on}",
            "" if one.value is None else f"{one.value:f}",
            one.text,
            one.chapter_slug,
            one.table_anchor,
            one.row_anchor,
        )
        for one in published_observations(publication, contents)
    )
    return DataTable(
        "observations",
        "observations.csv",
        _("Verdier"),
        fields,
        lines,
        key=("indicator", "kind", "period"),
        refers_to=(("indicator", "indicators", "slug"),),
    )


def printed_table(chapter: Chapter, table: Table) -> DataTable:
    """A table of the document: each column as numbers and as printed, and what is said of the rows."""
    columns = _named_columns(table)
    fields = (
        Field("group", "string", _("Gruppe")),
        Field("label", "string", table.row_heading or _("Rad")),
        *(field for one in columns for field in one.fields()),
        Field("is_sum", "boolean", _("Raden er en sum"), is_required=True),
        Field("note", "string", _("Merknad")),
        Field("outcome", "string", _("Måloppnåelse"), choices=tuple(Outcome)),
        Field("outcome_reason", "string", _("Hvorfor målet ikke kan vurderes")),
        Field("row", "string", _("Hvor raden står på kapitlets side")),
    )
    number = _("Tabell %(number)s %(caption)s") % {"number": table.number, "caption": table.caption}
    unit = _("Enhet: %(unit)s") % {"unit": table.unit_of_measure} if table.unit_of_measure else ""
    return DataTable(
        name=f"{chapter.slug}.{table.anchor}",
        path=f"tabeller/{chapter.slug}/{table.anchor}.csv",
        title=number,
        fields=fields,
        lines=tuple(_line(group, row, columns) for group in table.groups for row in group.rows),
        description="\n".join(filter(None, [unit, table.note, *(f"{mark} {text}" for mark, text in table.footnotes)])),
        source=table.source,
    )


def _said(facts: IndicatorFacts, name: str) -> str:
    return str(getattr(facts, name))


def _named_columns(table: Table) -> list[_Figures]:
    """Every column with names that no other field of the table has. They follow the headings, not the order."""
    taken = {name.replace("_", "-") for name in (*ABOUT_ROW, *AFTER_FIGURES)}
    found = []
    for index, column in enumerate(table.columns):
        is_of_numbers = column.kind in OF_NUMBERS or any(row.values[index] is not None for row in table.rows())
        name = _name(f"{column.heading} {column.label}", taken)
        printed = _name(f"{name} trykt", taken) if is_of_numbers else name
        found.append(_Figures(column, name if is_of_numbers else "", printed))
    return found


def _name(text: str, taken: set[str]) -> str:
    """The text as a field's name: «resultat_2022»."""
    name = address(text.replace("_", "-") if text.strip() else "kolonne", taken=taken)
    taken.add(name)
    return name.replace("-", "_")


def _line(group: RowGroup, row: Row, columns: list[_Figures]) -> Line:
    figures: list[str] = []
    for column, value, printed in zip(columns, row.values, row.cells, strict=True):
        figures += [value or "", printed] if column.number else [printed]
    outcome, reason = (row.verdict.outcome, row.verdict.reason) if row.verdict else ("", "")
    return (group.title, row.label, *figures, str(row.is_sum).lower(), row.note, outcome, reason, row.anchor)
