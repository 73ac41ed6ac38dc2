"""The rows of a table: goals and other figures, before and after. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from django.utils.translation import gettext as _

from organisation.numbers import decimals_of, show_number
from publishing import cells
from publishing.comparison import amounts
from publishing.comparison.changes import Change, Spot, Wording, same, wordings
from publishing.comparison.tables import Placed, TablePair, column_name, placed_rows
from publishing.structure import Row, Table, Verdict

GOAL_TABLES = ("scorecard", "overall-goals", "reported-scorecard")


class Elsewhere(NamedTuple):
    """A row that stood in another table: the table, the row, its address, and where that is, in words."""

    table: Table
    row: Row
    spot: Spot
    said: str


@dataclass(frozen=True)
class Crossing:
    """The rows of a table, by index, that have gone to other tables and that have come from them.

    `units` are the units of measure of indicators, by slug.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[int] = frozenset()
    come: Mapping[int, Elsewhere] = field(default_factory=dict)


def removed_rows(table: Table, chapter: str, crossing: Crossing) -> tuple[Change, ...]:
    """The rows of a table that is gone, but for those that stand in another now."""
    found = enumerate(placed_rows(table))
    return tuple(_alone(table, one, chapter, is_new=False) for index, one in found if index not in crossing.gone)


def added_rows(table: Table, chapter: str, crossing: Crossing) -> tuple[Change, ...]:
    """The rows of a table that is new."""
    found = enumerate(placed_rows(table))
    return tuple(_come(table, one, chapter, crossing, crossing.come.get(index)) for index, one in found)


def changed_rows(tables: TablePair, chapters: tuple[str, str], crossing: Crossing) -> Iterator[Change]:
    """The rows of a table that are new, gone, moved or not as they were, in the new order."""
    pairing = tables.rows
    in_order = pairing.moved()
    for before, after in pairing.merged():
        if after is None and before is not None:
            if before not in crossing.gone:
                yield _alone(tables.old, placed_rows(tables.old)[before], chapters[0], is_new=False)
        elif after is not None and before is None:
            yield _come(tables.new, pairing.new[after], chapters[1], crossing, crossing.come.get(after))
        elif before is not None and after is not None:
            placed = placed_rows(tables.old)[before], pairing.new[after]
            spots = tuple(Spot(chapter, one.row.anchor) for chapter, one in zip(chapters, placed, strict=True))
            move = _move(tables, placed, is_out_of_order=after in in_order)
            change = _row(tables, placed, (spots[0], spots[1]), move=move, units=crossing.units)
            if change.is_something:
                yield change


def _move(tables: TablePair, placed: tuple[Placed, Placed], *, is_out_of_order: bool) -> str:
    old, new = placed
    if tables.groups.forth.get(old.group) != new.group:
        title = tables.old.groups[old.group].title
        return _("Flyttet fra gruppen «%(title)s».") % {"title": title} if title else _("Flyttet til en annen gruppe.")
    return _("Står nå på et annet sted i rekkefølgen.") if is_out_of_order else ""


def _what(table: Table, *rows: Row) -> str:
    return "goal" if table.kind in GOAL_TABLES or any(row.verdict for row in rows) else "row"


def row_name(row: Row) -> str:
    """What a reader calls the row."""
    return row.label or _("Rad uten navn")


def _alone(table: Table, placed: Placed, chapter: str, *, is_new: bool) -> Change:
    """A row that is new or gone, with everything that stands in it."""
    row, spot = placed.row, Spot(chapter, placed.row.anchor)
    figures = [(column_name(table, index), text) for index, text in enumerate(row.cells) if text]
    frame = Change(
        _what(table, row), "added" if is_new else "removed", row_name(row), within=table.groups[placed.group].title
    )
    if is_new:
        return replace(
            frame,
            new=spot,
            cells=tuple(Wording(what, after=text) for what, text in figures),
            wordings=wordings((_("Merknad"), "", row.note)),
            verdicts=(None, row.verdict) if row.verdict else None,
        )
    return replace(
        frame,
        old=spot,
        cells=tuple(Wording(what, before=text) for what, text in figures),
        wordings=wordings((_("Merknad"), row.note, "")),
        verdicts=(row.verdict, None) if row.verdict else None,
    )


def _come(table: Table, placed: Placed, chapter: str, crossing: Crossing, source: Elsewhere | None) -> Change:
    """A row that is new in its table: new altogether, or one that stood in another table."""
    if source is None:
        return _alone(table, placed, chapter, is_new=True)
    spots = source.spot, Spot(chapter, placed.row.anchor)
    said = _("Flyttet fra %(place)s.") % {"place": source.said}
    tables = TablePair(source.table, table)
    return _row(tables, (Placed(0, source.row), placed), spots, move=said, units=crossing.units, has_all=True)


def _row(
    tables: TablePair,
    placed: tuple[Placed, Placed],
    spots: tuple[Spot, Spot],
    *,
    move: str,
    units: Mapping[str, str],
    has_all: bool = False,
) -> Change:
    """A row of both versions. `has_all` tells of the columns that one table alone has too."""
    old, new = placed[0].row, placed[1].row
    label = wordings((_("Navn"), old.label, new.label))
    figures = [*_figures(tables, old, new, units.get(new.key, "")), *(_single(tables, old, new) if has_all else ())]
    return Change(
        _what(tables.new, old, new),
        "changed",
        row_name(new),
        old=spots[0],
        new=spots[1],
        within=tables.new.groups[placed[1].group].title,
        move=move,
        is_renamed=bool(label),
        wordings=(*label, *_words(old, new), *_assessed(tables, old, new, figures)),
        cells=tuple(figures),
        verdicts=(old.verdict, new.verdict) if _outcome(old.verdict) != _outcome(new.verdict) else None,
    )


def _words(old: Row, new: Row) -> tuple[Wording, ...]:
    is_new, is_sum = _("Merket som ny"), _("Vist som sum")
    return wordings(
        (_("Merknad"), old.note, new.note),
        (_("Fotnotemerke"), old.mark, new.mark),
        (_("Merking"), is_new if old.is_new else "", is_new if new.is_new else ""),
        (_("Utforming"), is_sum if old.is_sum else "", is_sum if new.is_sum else ""),
    )


def _outcome(verdict: Verdict | None) -> tuple[str, str, str] | None:
    return (verdict.outcome, verdict.word, verdict.symbol) if verdict else None


def _assessed(tables: TablePair, old: Row, new: Row, figures: list[Wording]) -> tuple[Wording, ...]:
    """What is said of the assessment; and what was compared, where the cells do not tell that already."""
    before, after = old.verdict or Verdict("", "", ""), new.verdict or Verdict("", "", "")
    marks = {mark for table in (tables.old, tables.new) for mark, _text in table.footnotes}
    told = {(clean(one.before), clean(one.after)) for one in figures for clean in (str.strip, partial(_bare, marks))}
    compared = wordings(
        (_("Resultatet som er vurdert"), before.result, after.result),
        (_("Måltallet som det er vurdert mot"), before.target, after.target),
    )
    return (
        *wordings((_("Begrunnelse for vurderingen"), before.reason, after.reason)),
        *(
            one
            for one in compared
            if old.verdict and new.verdict and (one.before.strip(), one.after.strip()) not in told
        ),
    )


def _bare(marks: Collection[str], text: str) -> str:
    """The cell without its footnote mark."""
    return cells.read(text, "0", marks).text


def _figures(tables: TablePair, old: Row, new: Row, unit: str) -> Iterator[Wording]:
    """The cells that are not as they were, in the columns that both tables have."""
    for before, after in tables.column_pairs:
        column = tables.new.columns[after]
        printed = old.cells[before], new.cells[after]
        numbers = amounts.number(old.values[before]), amounts.number(new.values[after])
        is_amount = amounts.has_difference(tables.new, column, new, unit)
        if same(*printed) and not (is_amount and _is_rounded_away(*numbers)):
            continue
        if same(*printed):
            printed = _exact(numbers[0]), _exact(numbers[1])
        heading = tables.old.columns[before].heading
        is_comparable = is_amount and tables.has_same_unit and same(heading, column.heading)
        difference = _difference(*numbers, *printed) if is_comparable else ""
        yield Wording(column_name(tables.new, after), *printed, difference=difference)


def _is_rounded_away(before: Decimal | None, after: Decimal | None) -> bool:
    """Whether a number has changed by less than is printed."""
    return before is not None and after is not None and before != after


def _exact(number: Decimal | None) -> str:
    return "" if number is None else show_number(number, decimals=decimals_of(number))


def _difference(before: Decimal | None, after: Decimal | None, was: str, is_now: str) -> str:
    if before is None or after is None or before == after or not amounts.is_same_unit(was, is_now):
        return ""
    return amounts.signed(after - before, was, is_now)


def _single(tables: TablePair, old: Row, new: Row) -> Iterator[Wording]:
    """The cells in columns that only one of the tables has."""
    columns = tables.columns
    gone = ((column_name(tables.old, index), old.cells[index]) for index in columns.removed)
    come = ((column_name(tables.new, index), new.cells[index]) for index in columns.added)
    yield from (Wording(what, before=text) for what, text in gone if text)
    yield from (Wording(what, after=text) for what, text in come if text)
