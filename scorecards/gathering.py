"""What the files of a case say about indicators and columns, gathered before anything is written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from organisation import periods
from organisation.bulk import LoadingError

Facts = Mapping[str, Any]

KINDS = {"Resultat": "result", "Mål": "target", "Måltall": "target", "Prognose": "forecast"}
"""First word of a scorecard column, and the kind of value under it."""

SAID_ONCE = (
    "definition",
    "unit_of_measure",
    "scale",
    "direction",
    "frequency",
    "source",
    "owner",
    "same_as",
    "parent",
    "unit",
)
"""What a file may say about an indicator besides its name; two places may not say different things."""


@dataclass(frozen=True)
class ColumnFacts:
    """A column: what stands over it, and what it says about the values under it."""

    label: str
    kind: str
    span: periods.Span | None = None
    heading: str = ""
    indicator: str = ""
    month: int | None = None


def scorecard_column(label: str, *, place: str) -> ColumnFacts:
    """A column of a scorecard: "Resultat 2022/2023" is results of the school year, "Mål 2024" targets."""
    word, _space, period = label.partition(" ")
    if word not in KINDS:
        raise LoadingError(f"{place}: kolonnen «{label}» må begynne med {', '.join(KINDS)}.")
    return ColumnFacts(label, KINDS[word], span(period, place=place))


def span(text: str, *, place: str) -> periods.Span:
    """The period that the text names. Raises `LoadingError`."""
    try:
        return periods.parse(text)
    except ValueError as error:
        raise LoadingError(f"{place}: {error}") from error


def key_figure_columns(columns: Iterable[Facts | str], *, place: str) -> Iterator[ColumnFacts]:
    """The columns of a key-figure table, those under a common heading with that heading."""
    for column in columns:
        if isinstance(column, Mapping) and "columns" in column:
            for inner in column["columns"]:
                yield _column(inner, heading=column["heading"], kind=column.get("kind", "result"), place=place)
        else:
            yield _column(column, heading="", kind="result", place=place)


def _column(column: Facts | str, *, heading: str, kind: str, place: str) -> ColumnFacts:
    facts: Facts = {"label": column, "period": column} if isinstance(column, str) else column
    return ColumnFacts(
        label=facts.get("label", facts.get("period", "")),
        kind=facts.get("kind", kind),
        span=span(facts["period"], place=place) if "period" in facts else None,
        heading=heading,
        indicator=facts.get("indicator", ""),
        month=facts.get("month"),
    )


def cell(said: Facts | str) -> tuple[str, str]:
    """(text, footnote mark) of a cell."""
    return (said, "") if isinstance(said, str) else (said["text"], said["mark"])


def check_width(cells: Sequence[Any], columns: Sequence[Any], *, place: str) -> None:
    """Raise `LoadingError` for a row that has not one cell for each column."""
    if len(cells) != len(columns):
        raise LoadingError(f"{place}: raden har {len(cells)} celler, men tabellen har {len(columns)} kolonner.")


class IndicatorBook:
    """Every indicator of a case, gathered from the places that name it.

    The first place gives the name. A later place may add to what is said, not contradict it; `defaults`
    hold where no place says more.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._said: dict[str, dict[str, tuple[str, str]]] = {}
        self._defaults: dict[str, dict[str, str]] = {}

    def add(self, facts: Facts, *, name: str, place: str, defaults: Mapping[str, str]) -> None:
        """Take in what one place says about `facts["indicator"]`.

        Raises `LoadingError` for a contradiction.
        """
        slug = facts["indicator"]
        self._names.setdefault(slug, name)
        self._defaults.setdefault(slug, {key: value for key, value in defaults.items() if value})
        said = self._said.setdefault(slug, {})
        for key in SAID_ONCE:
            if key not in facts:
                continue
            value, first = said.setdefault(key, (facts[key], place))
            if value != facts[key]:
                raise LoadingError(f"{place}: {key} for «{slug}» er «{facts[key]}», men «{value}» i {first}.")

    def all(self) -> list[dict[str, str]]:
        """The facts of each indicator, with `slug`, `name` and those of `SAID_ONCE` that are known."""
        return [
            {"slug": slug, "name": name}
            | self._defaults[slug]
            | {key: value for key, (value, _place) in self._said[slug].items()}
            for slug, name in self._names.items()
        ]


def gather(book: IndicatorBook, *, scorecards: Iterable[Facts], tables: Iterable[Facts]) -> None:
    """Take in every indicator of the scorecards, then of the key-figure tables.

    Each table bears its `place` and `owner`, the unit that reports what nobody else reports.
    """
    for card in scorecards:
        for row in (row for group in card["groups"] for row in group["rows"]):
            book.add(row, name=row["label"], place=_at(card, row), defaults={"owner": card["owner"]})
    for table in tables:
        _gather_table(book, table)


def _gather_table(book: IndicatorBook, table: Facts) -> None:
    defaults = {key: table.get(key, "") for key in ("owner", "unit_of_measure", "source")}
    named = [row for row in table["rows"] if "indicator" in row]
    for row in [*table.get("indicators", ()), *named]:
        book.add(row, name=row["label"], place=_at(table, row), defaults=defaults)
    for row in table["rows"]:
        if "unit" in row:
            _add_parts(book, table, row, defaults)


def _at(table: Facts, row: Facts) -> str:
    return f"{table['place']}, {row['indicator']}"


def _add_parts(book: IndicatorBook, table: Facts, row: Facts, defaults: Mapping[str, str]) -> None:
    """A row for a unit: each column's indicator has a part that is this unit's."""
    columns = key_figure_columns(table["columns"], place=table["place"])
    names = {one["indicator"]: one["label"] for one in table.get("indicators", ())}
    for indicator in dict.fromkeys(column.indicator for column in columns if column.indicator):
        part = {"indicator": part_slug(indicator, row["unit"]), "parent": indicator, "unit": row["unit"]}
        name = f"{names.get(indicator, indicator)}, {row['label']}"
        book.add(part, name=name, place=table["place"], defaults=defaults)


def part_slug(indicator: str, unit: str) -> str:
    """The address of a unit's part of an indicator."""
    return f"{indicator}-{unit}"[:100]
