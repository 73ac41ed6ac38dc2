"""Loading a case: scorecards and key-figure tables, with the indicators and values that stand in them."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from organisation.bulk import Facts, LoadingError, look_up, periods_for, write
from organisation.models import ServiceArea, Unit
from organisation.periods import Span
from scorecards.case import Case, load_indicators, load_values
from scorecards.cells import Breakdown, CellKey, key_figure_cell
from scorecards.gathering import (
    ColumnFacts,
    IndicatorBook,
    cell,
    check_width,
    gather,
    key_figure_columns,
    scorecard_column,
    span,
)
from scorecards.models import (
    KeyFigureColumn,
    KeyFigureRow,
    KeyFigureTable,
    Observation,
    Scorecard,
    ScorecardColumn,
    ScorecardGroup,
    ScorecardRow,
)


@transaction.atomic
def load_scorecards(*, year: int, scorecards: Sequence[Facts], tables: Sequence[Facts]) -> None:
    """Write the scorecards and key-figure tables of the year that are not there, with indicators and values.

    Each is what README in fixtures/ says, and besides: `slug`, `place` (where it stands, for messages),
    `owner` (the unit that reports what nobody else reports), and `area` (the slug of the service area;
    none for the whole municipality).
    """
    case = Case(year, Unit.objects.in_bulk(field_name="slug"), ServiceArea.objects.in_bulk(field_name="slug"))
    new_cards = _not_in(Scorecard, scorecards)
    new_tables = _not_in(KeyFigureTable, tables)
    book = IndicatorBook()
    gather(book, scorecards=new_cards, tables=new_tables)
    load_indicators(case, book)
    card_columns = [[scorecard_column(label, place=one["place"]) for label in one["columns"]] for one in new_cards]
    table_columns = [list(key_figure_columns(one["columns"], place=one["place"])) for one in new_tables]
    case.periods = periods_for(_spans(card_columns + table_columns, new_tables))
    _load_cards(case, new_cards, card_columns)
    _load_tables(case, new_tables, table_columns)
    load_values(case)


@transaction.atomic
def load_single_indicators(*, year: int, indicators: Sequence[Facts], owner: str, place: str) -> None:
    """Write the indicators that stand in no table, with their `results` by period, where they are not there.

    `owner` is the slug of the unit that reports what nobody else reports.
    """
    case = Case(year, Unit.objects.in_bulk(field_name="slug"), ServiceArea.objects.in_bulk(field_name="slug"))
    book = IndicatorBook()
    for one in indicators:
        book.add(one, name=one["label"], place=place, defaults={"owner": owner})
    load_indicators(case, book)
    for one in indicators:
        for period, text in one["results"].items():
            key = CellKey(case.indicators[one["indicator"]].pk, Observation.Kind.RESULT, span(period, place=place))
            case.put(key, text, f"{place}, {one['indicator']}")
    load_values(case)


def _not_in(model: type[Scorecard] | type[KeyFigureTable], facts: Sequence[Facts]) -> list[Facts]:
    known = set(model.objects.values_list("slug", flat=True))
    return [one for one in facts if one["slug"] not in known]


def _spans(columns: Iterable[Iterable[ColumnFacts]], tables: Iterable[Facts]) -> Iterable[Span]:
    yield from (column.span for one in columns for column in one if column.span)
    for table in tables:
        yield from (span(row["period"], place=table["place"]) for row in table["rows"] if "period" in row)


def _footnotes(facts: Facts) -> str:
    return "\n".join(f"{one['mark']} {' '.join(one['text'].split())}" for one in facts.get("footnotes", ()))


def _load_cards(case: Case, cards: Sequence[Facts], columns: Sequence[Sequence[ColumnFacts]]) -> None:
    made = write(Scorecard, [_card(case, facts) for facts in cards])
    for card, facts, said in zip(made, cards, columns, strict=True):
        ScorecardColumn.objects.bulk_create(
            ScorecardColumn(
                scorecard=card,
                position=position,
                label=one.label,
                kind=one.kind,
                period=case.periods[one.span],
            )
            for position, one in enumerate(said, start=1)
            if one.span
        )
        groups = _load_groups(case, card, facts)
        rows = [
            (group, row)
            for group, said_group in zip(groups, facts["groups"], strict=True)
            for row in said_group["rows"]
        ]
        write(
            ScorecardRow,
            [_row(case, group, row, position) for position, (group, row) in enumerate(rows, start=1)],
        )
        for _group, row in rows:
            _put_row(case, facts, row, said)


def _card(case: Case, facts: Facts) -> Scorecard:
    area = look_up(case.areas, facts["area"], what="tjenesteområdet", place=facts["place"]) if "area" in facts else None
    return Scorecard(
        slug=facts["slug"],
        title=facts["title"],
        caption=facts.get("caption", ""),
        year=case.year,
        area=area,
        unit=look_up(case.units, facts["owner"], what="enheten", place=facts["place"]),
        footnotes=_footnotes(facts),
    )


def _load_groups(case: Case, card: Scorecard, facts: Facts) -> list[ScorecardGroup]:
    """The groups in order; a group may stand under an earlier one, which it names by its title."""
    groups: list[ScorecardGroup] = []
    links = []
    for position, said in enumerate(facts["groups"], start=1):
        by_title = {group.title: group for group in groups}
        parent = look_up(by_title, said["parent"], what="gruppen", place=facts["place"]) if "parent" in said else None
        row = ScorecardGroup(
            scorecard=card,
            parent=parent,
            position=position,
            title=said.get("title", ""),
            note=said.get("note", ""),
        )
        groups += write(ScorecardGroup, [row])
        links += [
            ScorecardGroup.functions.through(
                scorecardgroup=groups[-1],
                kostrafunction=look_up(case.functions, code, what="KOSTRA-funksjonen", place=facts["place"]),
            )
            for code in said.get("functions", ())
        ]
    ScorecardGroup.functions.through.objects.bulk_create(links)
    return groups


def _row(case: Case, group: ScorecardGroup, facts: Facts, position: int) -> ScorecardRow:
    indicator = case.indicators[facts["indicator"]]
    return ScorecardRow(
        scorecard=group.scorecard,
        group=group,
        indicator=indicator,
        position=position,
        label="" if facts["label"] == indicator.name else facts["label"],
        is_new=facts.get("is_new", False),
        mark=facts.get("mark", ""),
        note=facts.get("note", ""),
    )


def _put_row(case: Case, card: Facts, row: Facts, columns: Sequence[ColumnFacts]) -> None:
    place = f"{card['place']}, {row['indicator']}"
    check_width(row["values"], columns, place=place)
    for column, said in zip(columns, row["values"], strict=True):
        if column.span:
            case.put(CellKey(case.indicators[row["indicator"]].pk, column.kind, column.span), said, place)


def _load_tables(case: Case, tables: Sequence[Facts], columns: Sequence[Sequence[ColumnFacts]]) -> None:
    positions: dict[str, int] = {}
    for facts in tables:
        positions[facts["slug"]] = sum(one["area"] == facts["area"] for one in tables[: tables.index(facts)]) + 1
    made = write(KeyFigureTable, [_table(case, facts, positions[facts["slug"]]) for facts in tables])
    breakdown = Breakdown.of(row.parent_id for row in case.indicators.values() if row.parent_id)
    for table, facts, said in zip(made, tables, columns, strict=True):
        table_columns = KeyFigureColumn.objects.bulk_create(
            _table_column(case, table, one, n) for n, one in enumerate(said, 1)
        )
        rows = KeyFigureRow.objects.bulk_create(
            _table_row(case, table, one, facts, n) for n, one in enumerate(facts["rows"], 1)
        )
        for row, said_row in zip(rows, facts["rows"], strict=True):
            place = f"{facts['place']}, raden «{row.label}»"
            check_width(said_row["cells"], table_columns, place=place)
            for column, said_cell in zip(table_columns, said_row["cells"], strict=True):
                key = key_figure_cell(table, row, column, breakdown)
                if key is None and cell(said_cell)[0]:
                    raise LoadingError(f"{place}: cellen under «{column.label}» mangler indikator eller periode.")
                if key is not None:
                    case.put(key, said_cell, place)


def _table(case: Case, facts: Facts, position: int) -> KeyFigureTable:
    return KeyFigureTable(
        slug=facts["slug"],
        area=look_up(case.areas, facts["area"], what="tjenesteområdet", place=facts["place"]),
        year=case.year,
        caption=facts["caption"],
        row_heading=facts["row_heading"],
        unit_of_measure=facts.get("unit_of_measure", ""),
        source=facts.get("source", ""),
        chart=facts.get("chart", KeyFigureTable.Chart.NONE),
        indicator=case.indicator(facts.get("indicator", ""), facts["place"]),
        footnotes=_footnotes(facts),
        position=position,
    )


def _table_column(case: Case, table: KeyFigureTable, facts: ColumnFacts, position: int) -> KeyFigureColumn:
    return KeyFigureColumn(
        table=table,
        position=position,
        label=facts.label,
        heading=facts.heading,
        kind=facts.kind,
        month=facts.month,
        indicator=case.indicator(facts.indicator, f"nøkkeltallstabellen {table.slug}"),
        period=case.periods[facts.span] if facts.span else None,
    )


def _table_row(case: Case, table: KeyFigureTable, facts: Facts, said: Facts, position: int) -> KeyFigureRow:
    place = said["place"]
    return KeyFigureRow(
        table=table,
        position=position,
        label=facts["label"],
        group=facts.get("group", ""),
        indicator=case.indicator(facts.get("indicator", ""), place),
        period=case.periods[span(facts["period"], place=place)] if "period" in facts else None,
        unit=look_up(case.units, facts["unit"], what="enheten", place=place) if "unit" in facts else None,
        is_sum=facts.get("is_sum", False),
        mark=facts.get("mark", ""),
    )
