"""From rows of cells to a sheet: where the headings stand, and the lines under them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from budget.reading.cells import (
    EMPTY,
    MOST_HEADINGS,
    MOST_LINES,
    Cell,
    Line,
    Lines,
    Sheet,
    Unreadable,
    column_letter,
)

Row = tuple[int, dict[int, Cell]]
"""The row's number from 1, and its filled cells by column from 0."""

FEWEST_HEADINGS = 3
SEARCHED = 50
"""Filled rows. The headings stand among the first of them."""
WIDEST = 1_000
"""Columns that are looked at: far more than may have headings."""
LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Grid:
    """Rows as a format gives them. `rows` starts from the top each time and leaves blank rows out.

    `merges` are ranges of cells that have been merged: "A5:A7".
    """

    where: str
    name: str
    rows: Callable[[], Iterator[Row]]
    merges: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tab:
    """A sheet of a workbook, before one is chosen."""

    name: str
    is_hidden: bool
    is_filled: bool


def is_heading_row(cells: dict[int, Cell]) -> bool:
    """Three cells with words in them: a title stands alone, and amounts and codes are figures."""
    words = sum(1 for cell in cells.values() if cell.kind == "text" and LETTER.search(cell.text))
    return words >= FEWEST_HEADINGS


def first_heading_row(rows: Iterator[Row]) -> Row | None:
    """The first row with headings among the first filled ones."""
    return next((row for row in islice(rows, SEARCHED) if is_heading_row(row[1])), None)


def sheet_of(grid: Grid) -> Sheet:
    """The table in the grid. Raises `Unreadable`."""
    row = first_heading_row(grid.rows())
    if row is None:
        raise Unreadable(
            grid.where,
            _(
                "Fant ingen rad med overskrifter. Den må stå blant de første %(rows)s radene og ha minst tre kolonner "
                "med ord i, for eksempel Ansvar, Funksjon, Art, Periode og Beløp."
            )
            % {"rows": SEARCHED},
        )
    number, cells = row
    _check_merges(grid, number)
    headings = _headings(cells, grid.where, number)
    lines = Lines(lambda: _lines(grid, number, headings))
    return Sheet(grid.name, headings, number, lines, grid.warnings)


def _headings(cells: dict[int, Cell], where: str, row: int) -> tuple[str, ...]:
    found = {index: " ".join(cell.text.split()) for index, cell in sorted(cells.items())}
    if len(found) > MOST_HEADINGS:
        raise Unreadable(
            where,
            _("Rad %(row)s har %(count)s overskrifter; grensen er %(limit)s. Slett kolonnene som ikke skal leses inn.")
            % {"row": row, "count": len(found), "limit": MOST_HEADINGS},
        )
    first_seen: dict[str, int] = {}
    for index, heading in found.items():
        earlier = first_seen.setdefault(heading.casefold(), index)
        if earlier != index:
            raise Unreadable(
                where,
                _(
                    "Overskriften «%(heading)s» i rad %(row)s står både i kolonne %(first)s og i kolonne %(second)s. "
                    "Gi kolonnene hver sitt navn, eller slett den ene."
                )
                % {
                    "heading": heading[:100],
                    "row": row,
                    "first": column_letter(earlier),
                    "second": column_letter(index),
                },
            )
    return tuple(found.get(index, "") for index in range(max(found) + 1))


def _lines(grid: Grid, heading_row: int, headings: tuple[str, ...]) -> Iterator[Line]:
    """The filled rows under the headings. What stands in a column without a heading is not looked at."""
    named = [index for index, heading in enumerate(headings) if heading]
    columns = range(len(headings))
    count = 0
    for number, cells in grid.rows():
        if number <= heading_row or not any(index in cells for index in named):
            continue
        count += 1
        if count > MOST_LINES:
            raise Unreadable(
                grid.where,
                _("Fila har mer enn 1 000 000 linjer. Del den i flere, for eksempel en for hvert år."),
            )
        yield Line(number, tuple(cells.get(index, EMPTY) for index in columns))


def _check_merges(grid: Grid, heading_row: int) -> None:
    """A merged title above the headings does no harm; elsewhere nobody knows which row the value belongs to."""
    wrong = [one for one in grid.merges if _last_row(one) >= heading_row]
    if wrong:
        raise Unreadable(
            grid.where,
            _(
                "Celler er slått sammen: %(ranges)s. Del dem opp (Hjem, Slå sammen og midtstill), "
                "og fyll inn verdien i hver rad."
            )
            % {"ranges": ", ".join(wrong[:5]) + (" …" if wrong[5:] else "")},
        )


def _last_row(merged: str) -> int:
    return max(int(digits) for digits in re.findall(r"[0-9]+", merged) or ["0"])


def chosen(tabs: list[Tab], where: str) -> tuple[int, tuple[str, ...]]:
    """Which sheet is read, and what to warn of: hidden sheets are left out. Raises `Unreadable`."""
    visible = [index for index, tab in enumerate(tabs) if tab.is_filled and not tab.is_hidden]
    hidden = [tab.name for tab in tabs if tab.is_filled and tab.is_hidden]
    if not visible and hidden:
        raise Unreadable(where, _("Alt innhold står i skjulte ark (%(names)s). Vis arket.") % {"names": _named(hidden)})
    if not visible:
        raise Unreadable(where, _("Arbeidsboka er tom. Last opp fila som tallene står i."))
    if len(visible) > 1:
        raise Unreadable(
            where,
            _("Flere ark har innhold: %(names)s. Behold arket som skal leses inn, og slett eller skjul de andre.")
            % {"names": _named([tabs[index].name for index in visible])},
        )
    warnings = (_("Skjulte ark er ikke lest: %(names)s.") % {"names": _named(hidden)},) if hidden else ()
    return visible[0], warnings


def _named(names: list[str]) -> str:
    return ", ".join(f"«{name}»" for name in names[:10]) + (" …" if names[10:] else "")
