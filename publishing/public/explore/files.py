"""The list of published indicators as a table for a file: exactly the rows that are shown, in their order."""

import codecs
import csv
import io
from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from organisation import periods
from publishing.files import sheets
from publishing.public.explore.rows import Line
from publishing.public.goal_words import percent_off
from publishing.structure import Column, Row, RowGroup, Table, Verdict
from scorecards import notation
from scorecards.assessment import Outcome


def table_of(lines: Sequence[Line], *, said: str, address: Callable[[str], str]) -> Table:
    """The rows as a table. `said` is its first line; `address` gives the whole address of an indicator's slug.

    The distance stands as words, so that it does not count as a figure of another unit than the result's.
    """
    columns = (
        Column(_("Tjenesteområde"), kind="text"),
        Column(_("Sektor eller stab"), kind="text"),
        Column(_("Måleenhet")),
        Column(_("Periode")),
        Column(_("Resultat"), kind="result"),
        Column(_("Måltall"), kind="target"),
        Column(_("Avvik i prosent av måltallet")),
        Column(_("Utvikling")),
        Column(_("Ikke nådd siden")),
        Column(_("Publikasjon"), kind="text"),
        Column(_("Adresse"), kind="text"),
    )
    return Table(
        anchor="indikatorer",
        number="",
        kind="scorecard",
        caption=said,
        columns=columns,
        groups=(RowGroup(tuple(_row(line, address) for line in lines)),),
        row_heading=_("Indikator"),
    )


def text_with_separators(table: Table) -> bytes:
    """The table as CSV under a line that says what it is."""
    first = io.StringIO(newline="")
    csv.writer(first, delimiter=";", lineterminator="\r\n").writerow([sheets.guarded(table.caption)])
    return first.getvalue().encode("utf-8-sig") + sheets.table_csv(table).removeprefix(codecs.BOM_UTF8)


def _row(line: Line, address: Callable[[str], str]) -> Row:
    goal, indicator = line.goal, line.indicator
    target = goal.target if goal else ""
    since = periods.label_of(goal.missed_since) if goal and goal.missed_since else ""
    printed = (
        indicator.area,
        indicator.sector,
        indicator.unit_of_measure,
        line.period,
        line.result,
        target,
        percent_off(goal) if goal else "",
        goal.get_trend_display() if goal and goal.trend else "",
        since,
        str(line.publication),
        address(indicator.slug),
    )
    numbers = (_number(line.result), _number(target))
    return Row(
        label=indicator.name,
        cells=printed,
        values=(None, None, None, None, *numbers, None, None, None, None, None),
        verdict=_verdict(line),
    )


def _number(text: str) -> str | None:
    number: Decimal | None = notation.as_number(notation.parse(text, as_text=True))
    return None if number is None else f"{number:f}"


def _verdict(line: Line) -> Verdict | None:
    if line.goal is None:
        return None
    outcome = Outcome(line.goal.outcome)
    return Verdict(outcome, outcome.word, outcome.symbol, line.goal.reason)
