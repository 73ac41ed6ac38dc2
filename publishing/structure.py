"""The contents of a document as plain frozen dataclasses: what web page, PDF, workbook, JSON and freeze all read.

`section` is the id of the working section that an element was built from. It is for the edit links of a draft and is
never frozen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """A table's column. `heading` stands over it and its neighbours; `kind` is result, target, forecast or text."""

    label: str
    heading: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Verdict:
    """The assessment of a scorecard row: outcome, word, symbol, why it cannot be assessed, and what was compared."""

    outcome: str
    word: str
    symbol: str
    reason: str = ""
    result: str = ""
    target: str = ""


@dataclass(frozen=True)
class Origin:
    """What a cell's figure is of: an indicator's slug, a kind of observation, and a period's code ("2024-T1")."""

    indicator: str
    kind: str
    period: str


@dataclass(frozen=True)
class Row:
    """A table's row. `cells` are printed strings, one a column; `values` the same as plain decimal text, or None.

    `origins` has one for each cell, None where a cell is no indicator's figure; it is empty where none is.
    """

    label: str
    cells: tuple[str, ...]
    values: tuple[str | None, ...]
    key: str = ""
    anchor: str = ""
    note: str = ""
    mark: str = ""
    is_new: bool = False
    is_sum: bool = False
    verdict: Verdict | None = None
    origins: tuple[Origin | None, ...] = ()


@dataclass(frozen=True)
class RowGroup:
    """Rows under a common heading, which may be empty. `level` is 0 or, under another group, 1.

    `functions` are the codes of the KOSTRA functions that the rows are about.
    """

    rows: tuple[Row, ...]
    title: str = ""
    note: str = ""
    level: int = 0
    functions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One structure for every table. `number` is chapter and number ("4.3"); `chart` is none, line, bar or stacked."""

    anchor: str
    number: str
    kind: str
    caption: str
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    row_heading: str = ""
    footnotes: tuple[tuple[str, str], ...] = ()
    note: str = ""
    source: str = ""
    unit_of_measure: str = ""
    chart: str = "none"
    section: int | None = None

    def rows(self) -> Iterator[Row]:
        """Every row, in order."""
        for group in self.groups:
            yield from group.rows


@dataclass(frozen=True)
class Entry:
    """A point of a list: a text, perhaps an explanation, perhaps points of its own."""

    text: str
    note: str = ""
    children: tuple[str, ...] = ()


@dataclass(frozen=True)
class EntryGroup:
    """Points under a common title, with a text in front; both may be empty."""

    entries: tuple[Entry, ...]
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class Listing:
    """A list from data: functions with their services, target groups, who does what, development work."""

    anchor: str
    kind: str
    caption: str
    groups: tuple[EntryGroup, ...]
    section: int | None = None


@dataclass(frozen=True)
class Text:
    """Running text as clean HTML."""

    anchor: str
    html: str
    section: int | None = None


Item = Table | Listing | Text


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it. `level` is 2 for a chapter's own sections, then 3, 4 and so on."""

    anchor: str
    heading: str
    level: int
    items: tuple[Item, ...] = ()
    sections: tuple["Section", ...] = ()
    section: int | None = None

    def walk(self) -> Iterator["Section"]:
        """The section and everything below it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.walk()


Block = Item | tuple[Section, ...]
"""What a block becomes: one thing, or sections of its own."""


@dataclass(frozen=True)
class Headline:
    """One of the few figures that say most about a chapter."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Chapter:
    """A chapter. Its page is its own on the web; in the PDF a service area begins on a new page."""

    slug: str
    number: str
    title: str
    responsible: str
    area: str = ""
    headlines: tuple[Headline, ...] = ()
    sections: tuple[Section, ...] = ()
    section: int | None = None

    def walk(self) -> Iterator[Section]:
        """Every section, in reading order."""
        for section in self.sections:
            yield from section.walk()

    def tables(self) -> Iterator[Table]:
        """Every table, in reading order."""
        for section in self.walk():
            yield from (item for item in section.items if isinstance(item, Table))

    def indicators(self) -> set[str]:
        """The slug of each indicator whose goal or figure stands in the chapter."""
        rows = [row for table in self.tables() for row in table.rows()]
        goals = {row.key for row in rows if row.verdict}
        return goals | {origin.indicator for row in rows for origin in row.origins if origin}


@dataclass(frozen=True)
class IndicatorFacts:
    """What is said of an indicator that the document shows. Codes are those of `scorecards.models.Indicator`."""

    slug: str
    name: str
    definition: str = ""
    unit_of_measure: str = ""
    scale: str = ""
    direction: str = ""
    tolerance: str = ""
    frequency: str = ""
    source: str = ""
    owner: str = ""
    sector: str = ""
    same_as: str = ""
    succeeds: str = ""


@dataclass(frozen=True)
class Contents:
    """A whole document, and the indicators whose figures it shows."""

    slug: str
    title: str
    subtitle: str
    kind: str
    municipality: str
    year: int
    chapters: tuple[Chapter, ...] = field(default=())
    indicators: tuple[IndicatorFacts, ...] = field(default=())

    def tables(self) -> Iterator[tuple[Chapter, Table]]:
        """Every table with its chapter, in reading order."""
        for chapter in self.chapters:
            for table in chapter.tables():
                yield chapter, table
