"""From working rows to contents."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisation.models import Period, User
from organisation.periods import parse
from plans.models import Document, Section
from publishing.building import contents
from publishing.building.place import MissingData
from publishing.structure import Contents, Listing, Table
from scorecards.models import Indicator, Observation
from scorecards.registration import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def built(elverum_case: Document) -> Contents:
    return contents.build(elverum_case)


def table(built: Contents, number: str) -> Table:
    return next(table for _chapter, table in built.tables() if table.number == number)


def test_build_whole_plan_has_every_chapter_in_order(built: Contents) -> None:
    assert [chapter.number for chapter in built.chapters] == [f"{number}" for number in range(1, 21)]
    assert built.chapters[8].title == "Barnehage"
    assert built.chapters[19].title == "Fellesfunksjoner"


def test_build_numbers_tables_by_chapter(built: Contents) -> None:
    numbers = [table.number for table in built.chapters[8].tables()]
    assert numbers == ["9.1", "9.2", "9.3", "9.4"]


def test_build_scorecard_row_is_assessed(built: Contents) -> None:
    row = next(row for row in table(built, "8.2").rows() if row.key == "adm-svarprosent-sentralbord")
    assert row.cells == ("91%", "93%", "91%")
    assert row.values == ("91", "93", "91")
    assert row.verdict is not None
    assert (row.verdict.outcome, row.verdict.word) == ("reached", "Nådd")


def test_build_scorecard_says_what_was_compared(built: Contents) -> None:
    assert table(built, "8.2").note == "Måloppnåelse: resultat 2022 er vurdert mot mål 2024."
    assert table(built, "10.2").note == "Måloppnåelse: resultat 2022/2023 er vurdert mot mål 2023."


def test_build_key_figures_with_months_reads_each_month_of_the_row_year(built: Contents) -> None:
    months = next(table for _chapter, table in built.tables() if table.anchor == "sosok-sosialhjelp")
    last = list(months.rows())[-1]
    assert last.label == "2022"
    assert last.cells == ("200", "232", "241", "268", "223", "295", "273", "303", "304", "273", "327", "323")


def test_build_key_figures_broken_down_by_unit_has_the_sum(built: Contents) -> None:
    rows = list(table(built, "9.4").rows())
    assert rows[0].cells == ("130", "37", "93")
    assert (rows[-1].label, rows[-1].cells, rows[-1].is_sum) == ("Sum", ("463", "166", "297"), True)


def test_build_staffing_ends_with_the_printed_sum(built: Contents) -> None:
    rows = list(table(built, "3.1").rows())
    assert len(rows) == 12
    assert (rows[-1].label, rows[-1].cells, rows[-1].is_sum) == ("Sum", ("1 479,0", "1 492,9"), True)


def test_build_functions_and_services_lists_services_under_functions(built: Contents) -> None:
    politics = built.chapters[6]
    listing = next(item for item in politics.sections[0].items if isinstance(item, Listing))
    assert listing.groups[0].title == "Funksjon 100 – Politisk styring"
    assert [entry.text for entry in listing.groups[0].entries][-1] == "vennskapssamarbeid"


def test_build_responsibilities_say_the_functions_in_brackets_where_nothing_else_is_said(built: Contents) -> None:
    nursery = built.chapters[8]
    items = [item for section in nursery.walk() for item in section.items]
    listing = next(item for item in items if isinstance(item, Listing) and item.kind == "responsibilities")
    assert [(entry.text, entry.note) for entry in listing.groups[0].entries][:2] == [
        ("Sektor for barnehage", "Har ansvar for de kommunale tjenestene. Funksjon\u00a0201, 211, 221."),
        ("Terningen", "(funksjon\u00a0201)"),
    ]


def test_build_shows_a_value_as_soon_as_it_is_registered(
    elverum_case: Document, built: Contents, controller: User
) -> None:
    indicator = Indicator.objects.get(slug="adm-svarprosent-sentralbord")
    period = Period.objects.for_span(parse("2024"))
    target = Observation.objects.get(indicator=indicator, period=period, kind="target")
    register(indicator=indicator, period=period, kind="target", text="95 %", base_version=target.version, by=controller)
    again = contents.build(elverum_case)
    row = next(row for row in table(again, "8.2").rows() if row.key == indicator.slug)
    assert row.cells == ("91%", "93%", "95 %")
    assert row.verdict is not None
    assert row.verdict.outcome == "nearly"


def test_build_one_chapter_leaves_the_others_empty(elverum_case: Document) -> None:
    built = contents.build(elverum_case, chapter="barnehage")
    with_sections = [chapter.slug for chapter in built.chapters if chapter.sections]
    assert with_sections == ["barnehage"]


def test_build_takes_as_many_queries_for_many_chapters_as_for_one(
    elverum_case: Document, django_assert_max_num_queries: Callable[[int], CaptureQueriesContext]
) -> None:
    with django_assert_max_num_queries(34):
        contents.build(elverum_case)
    with CaptureQueriesContext(connection) as few:
        contents.build(elverum_case, chapter="sosial-tjenestebistand")
    assert len(few) <= 20


def test_build_block_without_data_says_where(elverum_case: Document) -> None:
    section = Section.objects.get(block=Section.Block.KEY_FIGURES, parent__parent__slug="administrasjon")
    section.parameters = {"table": "finnes-ikke"}
    section.save()
    with pytest.raises(MissingData, match=r"Kapittel 8 Administrasjon: .*«finnes-ikke»"):
        contents.build(elverum_case)
