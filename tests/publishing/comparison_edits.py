"""Edits of contents, each with what a comparison must tell of it, no more and no less.

An edit takes a chapter and a source of chance, and gives the edited chapter with what is to be told, or None where the
chapter has nothing to make the edit on. What is told is written as plain tuples, as `told` makes them of a comparison.
"""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import Any, TypeVar, cast

from publishing.comparison import Change, Comparison
from publishing.structure import Chapter, Row, Section, Table

Told = tuple[str | tuple[str, ...], ...]
Edited = tuple[Chapter, list[Told]] | None
T = TypeVar("T")

GOALS = ("scorecard", "overall-goals")


def told(comparison: Comparison) -> Counter[Told]:
    """Everything that the comparison tells; of what is new or gone as a whole, only that."""
    return Counter(one for change in comparison.changes for one in _told(change))


def _told(change: Change) -> Iterator[Told]:
    here = change.what, change.name
    if change.state != "changed":
        yield *here, change.state
        return
    if change.move:
        yield *here, "moved"
    yield from ((*here, one.what, one.before, one.after) for one in change.wordings)
    yield from ((*here, one.what, one.before, one.after, one.difference) for one in change.cells)
    yield from ((*here, "sum", one.what, one.difference) for one in change.sums)
    if change.verdicts:
        yield *here, "verdict", *(one.outcome if one else "" for one in change.verdicts)
    for passage in change.passages:
        if passage.state != "kept":
            words = [_words(passage.pieces, kind) for kind in ("removed", "added")]
            yield *here, passage.state, *words, passage.note
    for part in change.parts:
        yield from _told(part)


def _words(pieces: Sequence[Any], kind: str) -> tuple[str, ...]:
    return tuple(word for piece in pieces if piece.kind == kind for word in piece.text.split())


def put(thing: T, target: object, *instead: object) -> T:
    """The thing with these where the target (that very object) stood, however deep; all else is the same objects."""
    if isinstance(thing, tuple):
        found = [instead if one is target else (put(one, target, *instead),) for one in thing]
        flat = tuple(one for some in found for one in some)
        is_same = len(flat) == len(thing) and all(one is other for one, other in zip(flat, thing, strict=True))
        return thing if is_same else cast("T", flat)
    if not dataclasses.is_dataclass(thing) or isinstance(thing, type):
        return thing
    fields = ((field.name, getattr(thing, field.name)) for field in dataclasses.fields(thing))
    below = {name: (value, put(value, target, *instead)) for name, value in fields if isinstance(value, tuple)}
    edited = {name: now for name, (was, now) in below.items() if now is not was}
    return dataclasses.replace(thing, **edited) if edited else thing


def items(chapter: Chapter, kind: type[T]) -> list[tuple[Section, T]]:
    """Each item of the kind with its section."""
    return [(section, item) for section in chapter.walk() for item in section.items if isinstance(item, kind)]


def some(chance: Random, things: Sequence[T]) -> T | None:
    """One of them, or None."""
    return chance.choice(things) if things else None


def what_of(table: Table, row: Row) -> str:
    return "goal" if table.kind in GOALS or row.verdict else "row"


def columns_of(table: Table) -> list[str]:
    """What each column is called."""
    labels = [column.label for column in table.columns]
    return [
        column.label
        if column.label and labels.count(column.label) == 1
        else ", ".join(filter(None, [column.heading, column.label]))
        for column in table.columns
    ]


def tables(chapter: Chapter) -> list[Table]:
    return [table for _section, table in items(chapter, Table)]


def change_cell(chapter: Chapter, chance: Random) -> Edited:
    """A figure becomes words, which have no difference."""
    found = [
        (table, row, index)
        for table in tables(chapter)
        for row in table.rows()
        for index, cell in enumerate(row.cells)
        if cell
    ]
    one = some(chance, [each for each in found if each[0].kind != "investments" and each[1].label])
    if one is None:
        return None
    table, row, index = one
    cells, values = list(row.cells), list(row.values)
    cells[index], values[index] = "ikke kjent ennå", None
    edited = dataclasses.replace(row, cells=tuple(cells), values=tuple(values))
    said = (what_of(table, row), row.label, columns_of(table)[index], row.cells[index], cells[index], "")
    return put(chapter, row, edited), [said]


def change_amounts(chapter: Chapter, chance: Random) -> Edited:
    """Two amounts of one column change, and have a sum."""
    for table in tables(chapter):
        if table.kind not in ("investments", "staffing"):
            continue
        index = 0
        rows = [row for row in table.rows() if row.values[index] and not row.is_sum]
        chosen = chance.sample(rows, 2)
        said: list[Told] = []
        for row, more in zip(chosen, ("1.5", "-0.3"), strict=True):
            value = Decimal(row.values[index] or "0") + Decimal(more)
            printed = f"{value:.1f}".replace(".", ",")
            edited = dataclasses.replace(row, cells=(printed, *row.cells[1:]), values=(f"{value}", *row.values[1:]))
            chapter = put(chapter, row, edited)
            difference = "+1,5" if more == "1.5" else "−0,3"
            said.append(("row", row.label, columns_of(table)[index], row.cells[index], printed, difference))
        return chapter, [*said, ("table", table.caption, "sum", columns_of(table)[index], "+1,2")]
    return None


def drop_row(chapter: Chapter, chance: Random) -> Edited:
    found = [
        (table, row)
        for table in tables(chapter)
        if table.kind in (*GOALS, "key-figures")
        for row in table.rows()
        if row.label and not row.is_sum
    ]
    one = some(chance, found)
    return (put(chapter, one[1]), [(what_of(*one), one[1].label, "removed")]) if one else None


def add_row(chapter: Chapter, chance: Random) -> Edited:
    found = [
        (table, group) for table in tables(chapter) for group in table.groups if table.kind in (*GOALS, "key-figures")
    ]
    one = some(chance, found)
    if one is None:
        return None
    table, group = one
    width = len(table.columns)
    row = Row("Et helt nytt mål", ("7",) * width, ("7",) * width, key="et-helt-nytt-mal")
    at = chance.randint(0, len(group.rows))
    edited = dataclasses.replace(group, rows=(*group.rows[:at], row, *group.rows[at:]))
    return put(chapter, group, edited), [(what_of(table, row), row.label, "added")]


def shifted(chance: Random, things: tuple[T, ...]) -> tuple[tuple[T, ...], T]:
    """One of at least three moved so far that nothing else can be said to have moved."""
    order = list(things)
    old = chance.randrange(len(order))
    new = chance.choice(
        [place for place in range(len(order)) if abs(place - old) > 1] or [0 if old else len(order) - 1]
    )
    if abs(new - old) < 2:
        old, new = 0, len(order) - 1
    moved = order.pop(old)
    order.insert(new, moved)
    return tuple(order), moved


def move_row(chapter: Chapter, chance: Random) -> Edited:
    found = [(table, group) for table in tables(chapter) for group in table.groups if len(group.rows) > 2]
    one = some(chance, [each for each in found if all(row.label for row in each[1].rows)])
    if one is None:
        return None
    rows, moved = shifted(chance, one[1].rows)
    return put(chapter, one[1], dataclasses.replace(one[1], rows=rows)), [
        (what_of(one[0], moved), moved.label, "moved")
    ]


def rename_row(chapter: Chapter, chance: Random) -> Edited:
    one = some(chance, [(table, row) for table in tables(chapter) for row in table.rows() if len(row.label) > 5])
    if one is None:
        return None
    table, row = one
    name = f"{row.label} (nytt navn)"
    return put(chapter, row, dataclasses.replace(row, label=name)), [
        (what_of(table, row), name, "Navn", row.label, name)
    ]


def change_verdict(chapter: Chapter, chance: Random) -> Edited:
    rows = [(table, row) for table in tables(chapter) for row in table.rows() if row.verdict]
    one = some(chance, rows)
    if one is None or one[1].verdict is None:
        return None
    table, row = one
    verdict = dataclasses.replace(one[1].verdict, outcome="unknown", word="Annet", symbol="!")
    said = (what_of(table, row), row.label, "verdict", one[1].verdict.outcome, "unknown")
    return put(chapter, row, dataclasses.replace(row, verdict=verdict)), [said]


def change_row_note(chapter: Chapter, chance: Random) -> Edited:
    one = some(chance, [(table, row) for table in tables(chapter) for row in table.rows() if row.label])
    if one is None:
        return None
    table, row = one
    edited = dataclasses.replace(row, note="en ny merknad")
    return put(chapter, row, edited), [(what_of(table, row), row.label, "Merknad", row.note, "en ny merknad")]


def change_table_words(chapter: Chapter, chance: Random) -> Edited:
    table = some(chance, tables(chapter))
    if table is None:
        return None
    field, what = chance.choice(
        [("caption", "Tittel"), ("note", "Merknad"), ("source", "Kilde"), ("row_heading", "Overskrift over radene")]
    )
    fields: dict[str, Any] = {field: "Helt nye ord"}
    edited = dataclasses.replace(table, **fields)
    return put(chapter, table, edited), [("table", edited.caption, what, getattr(table, field), "Helt nye ord")]


def change_footnote(chapter: Chapter, chance: Random) -> Edited:
    table = some(chance, tables(chapter))
    if table is None:
        return None
    if table.footnotes and chance.random() < 0.7:
        mark, text = chance.choice(table.footnotes)
        notes = tuple((mark, "Ny fotnote.") if note == (mark, text) else note for note in table.footnotes)
        return put(chapter, table, dataclasses.replace(table, footnotes=notes)), [
            ("footnote", mark, "Tekst", text, "Ny fotnote.")
        ]
    notes = (*table.footnotes, ("§", "Ny fotnote."))
    return put(chapter, table, dataclasses.replace(table, footnotes=notes)), [("footnote", "§", "added")]


def drop_column(chapter: Chapter, chance: Random) -> Edited:
    table = some(chance, [one for one in tables(chapter) if len(one.columns) > 2])
    if table is None:
        return None
    at = chance.randrange(len(table.columns))
    groups = tuple(
        dataclasses.replace(group, rows=tuple(without(row, at) for row in group.rows)) for group in table.groups
    )
    columns = table.columns[:at] + table.columns[at + 1 :]
    edited = dataclasses.replace(table, columns=columns, groups=groups)
    return put(chapter, table, edited), [("column", columns_of(table)[at], "removed")]


def without(row: Row, at: int) -> Row:
    """The row without one of its cells."""
    cut = {name: getattr(row, name)[:at] + getattr(row, name)[at + 1 :] for name in ("cells", "values", "origins")}
    return dataclasses.replace(row, **cut)


def rename_column(chapter: Chapter, chance: Random) -> Edited:
    table = some(chance, [one for one in tables(chapter) if all(column.label for column in one.columns)])
    if table is None:
        return None
    filled = [at for at in range(len(table.columns)) if any(row.cells[at] for row in table.rows())]
    at = chance.choice(filled)
    column = table.columns[at]
    edited = dataclasses.replace(column, label=f"{column.label} (ny)")
    edited_table = put(table, column, edited)
    return put(chapter, table, edited_table), [
        ("column", columns_of(edited_table)[at], "Navn", column.label, edited.label)
    ]


TABLE_EDITS: list[Callable[[Chapter, Random], Edited]] = [
    change_cell, change_amounts, drop_row, add_row, move_row, rename_row, change_verdict, change_row_note,
    change_table_words, change_footnote, drop_column, rename_column,
]  # fmt: skip
