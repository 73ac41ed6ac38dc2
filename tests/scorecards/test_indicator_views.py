"""The list of indicators: who sees what, what narrows it, its order, its pages, and how little it asks the database."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from organisation import periods
from organisation.models import Period, Unit, User
from organisation.versions import create
from scorecards.models import Indicator, KeyFigureRow, Observation
from scorecards.registration import register
from tests.workplace import YEAR, Workplace, add_row, year_period

pytestmark = pytest.mark.django_db
Ceiling = Callable[[int], Any]
PAGE = "/arbeid/indikatorer/"
MOST_QUERIES = 12


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


@pytest.fixture
def as_controller(client: Client, controller: User) -> Client:
    client.force_login(controller)
    return client


def add(name: str, owner: Unit, **facts: Any) -> Indicator:
    slug = f"indikator-{Indicator.objects.count()}"
    made: Indicator = create(Indicator(slug=slug, name=name, owner=owner, **facts), by=None)
    return made


def state(indicator: Indicator, text: str, *, kind: str = "result", period: str = f"{YEAR}") -> Observation:
    """Store a value of the period as people write it."""
    when = Period.objects.for_span(periods.parse(period))
    return register(indicator=indicator, period=when, kind=kind, text=text, by=None)


def names(client: Client, **query: str) -> list[str]:
    """The names on the page, in its order."""
    table = client.get(PAGE, query).context["table"]
    return [row.record.name for row in table.page.object_list]


def cell(client: Client, column: str, name: str) -> str:
    """What the table prints in the column for the indicator, with its tags."""
    rows = client.get(PAGE, {"text": name}).context["table"].page.object_list
    return next(str(row.get_cell(column)) for row in rows if row.record.name == name)


def words(client: Client, column: str, name: str) -> str:
    return strip_tags(cell(client, column, name))


# Who sees what


def test_indicator_list_shows_a_leader_what_is_theirs_and_common(
    as_leader: Client, top: Unit, one_school: Unit, care: Unit
) -> None:
    for name, owner in (("Felles", top), ("Min", one_school), ("Andres", care)):
        add(name, owner)
    assert names(as_leader) == ["Felles", "Min"]


def test_indicator_list_links_only_to_what_may_be_changed(as_leader: Client, top: Unit, one_school: Unit) -> None:
    add("Felles", top)
    mine = add("Min", one_school)
    page = reverse("scorecards:indicator_edit", args=[mine.pk])
    assert cell(as_leader, "name", "Felles") == "Felles"
    address = f"{page}?next=%2Farbeid%2Findikatorer%2F%3Ftext%3DMin"
    assert cell(as_leader, "name", "Min") == f'<a class="ds-link" href="{address}">Min</a>'


def test_indicator_list_of_someone_who_sees_none_says_so(client: Client, administrator: User, top: Unit) -> None:
    add("Felles", top)
    client.force_login(administrator)
    answer = client.get(PAGE)
    assert (answer.status_code, answer.context["table"].summary) == (200, "0 indikatorer")
    assert answer.content.decode().count("Ingen indikatorer passer med valgene.") == 1


# What the columns say


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ([], "—"),
        ([("4,5", "2023"), ("4,7", "2024"), ("4,1", "2022")], "4,7 2024"),
        ([("4,5", "2023"), ("ikke målt", "2024")], "ikke målt 2024"),
        ([("12", "2023-12"), ("140", "2023"), ("70", "2023-T2")], "140 2023"),
        ([("31 %", "2022/2023"), ("30 %", "2022")], "31 % 2022/2023"),
    ],
)
def test_indicator_list_newest_result(
    as_controller: Client, top: Unit, stated: list[tuple[str, str]], expected: str
) -> None:
    indicator = add("Trivsel", top)
    for text, period in stated:
        state(indicator, text, period=period)
    state(indicator, "9", kind="forecast", period="2030")
    assert words(as_controller, "result", "Trivsel") == expected


def test_indicator_list_newest_target_is_of_a_year_that_has_one(as_controller: Client, top: Unit) -> None:
    indicator = add("Trivsel", top)
    for text, period in (("≥ 4,8", "2024"), ("≥ 5", "2026"), ("måles ikke", "2027")):
        state(indicator, text, kind="target", period=period)
    assert words(as_controller, "target", "Trivsel") == "≥ 5 2026"


def test_indicator_list_direction_in_words_or_marked_as_not_set(as_controller: Client, top: Unit) -> None:
    add("Satt", top, direction="lower")
    add("Glemt", top)
    mark = '<span class="status__symbol" aria-hidden="true">!</span>'
    assert cell(as_controller, "direction", "Satt") == "lavere er bedre"
    assert cell(as_controller, "direction", "Glemt") == f'<span class="status status--nearly">{mark}ikke satt</span>'


def test_indicator_list_says_where_an_indicator_stands(as_leader: Client, place: Workplace) -> None:
    links = [
        f'<a class="ds-link" href="/arbeid/{page}/?next=%2Farbeid%2Findikatorer%2F%3Ftext%3DTrivsel">{text}</a>'
        for page, text in (
            ("malekort/malekort-skole", "Målekort 2024, Skole"),
            ("nokkeltall/tall-skole", "Nøkkeltall 2024, Nøkkeltall"),
        )
    ]
    lines = "".join(f"<li>{link}</li>" for link in links)
    assert cell(as_leader, "places", "Trivsel") == f'<ul class="work-list__places">{lines}</ul>'


def test_indicator_list_hides_places_that_may_not_be_seen(as_leader: Client, place: Workplace, top: Unit) -> None:
    """A common indicator stands in the other sector's scorecard, which does not exist for this leader."""
    add_row(place.care.card, "Sykefravær", owner=top)
    assert words(as_leader, "places", "Sykefravær") == "—"


def test_indicator_list_of_a_reader_links_to_nothing(client: Client, reader: User, place: Workplace) -> None:
    client.force_login(reader)
    table = client.get(PAGE, {"area": "skole"}).context["table"]
    [row] = table.page.object_list
    cells = [strip_tags(row.get_cell(name)) for name in ("name", "places")]
    assert cells == ["Trivsel", "Målekort 2024, SkoleNøkkeltall 2024, Nøkkeltall"]
    assert "<a" not in row.get_cell("places")


def test_indicator_list_part_stands_where_its_unit_is_a_row(
    as_leader: Client, place: Workplace, one_school: Unit, schools: Unit
) -> None:
    whole = place.schools.row.indicator
    add("Del i tabell", one_school, parent=whole, unit=one_school)
    add("Del uten rad", one_school, parent=whole, unit=schools)
    table = place.schools.table
    KeyFigureRow.objects.create(table=table, position=2, label="Bakken", indicator=whole, unit=one_school)
    assert words(as_leader, "places", "Del i tabell") == "Nøkkeltall 2024, Nøkkeltall"
    assert words(as_leader, "places", "Del uten rad") == "—"
    assert names(as_leader, area="skole") == ["Del i tabell", "Trivsel"]


# What narrows it


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("årsverk", ["Antall ÅRSVERK", "Årsverk i skolen"]),
        ("skolen ÅRS", ["Årsverk i skolen"]),
        ("timer per uke", ["Fravær"]),
        ("100 % (", ["Andel 100 % (a|b)"]),
        ("(a|b)", ["Andel 100 % (a|b)"]),
        (".*", []),
    ],
)
def test_indicator_list_with_a_text(as_controller: Client, top: Unit, text: str, expected: list[str]) -> None:
    for name in ("Årsverk i skolen", "Antall ÅRSVERK", "Andel 100 % (a|b)"):
        add(name, top)
    add("Fravær", top, definition="Timer borte per uke")
    assert names(as_controller, text=text) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("testvik", ["A", "B", "C"]), ("skole", ["A", "B"]), ("bakken-skole", ["B"]), ("omsorg", ["C"])],
)
def test_indicator_list_of_a_unit_has_everything_under_it(
    as_controller: Client, schools: Unit, one_school: Unit, care: Unit, unit: str, expected: list[str]
) -> None:
    for name, owner in (("A", schools), ("B", one_school), ("C", care)):
        add(name, owner)
    assert names(as_controller, unit=unit) == expected


def test_indicator_list_offers_units_that_own_something(
    as_leader: Client, top: Unit, schools: Unit, one_school: Unit, care: Unit
) -> None:
    Unit.objects.create(municipality=top.municipality, parent=schools, kind="unit", name="Uten", slug="uten")
    add("B", one_school)
    add("C", care)
    form = as_leader.get(PAGE).context["filters"].form
    space = "\u00a0" * 3
    assert list(form.fields["unit"].choices) == [
        ("", "Alle"),
        ("testvik", "Testvik kommune"),
        ("skole", f"{space}Sektor for skole"),
        ("bakken-skole", f"{space * 2}Bakken skole"),
    ]


def test_indicator_list_of_an_area(as_controller: Client, place: Workplace, top: Unit) -> None:
    add("Uten sted", top)
    add_row(place.schools.card, "Bare i målekort", owner=top)
    table_only = add("Bare i nøkkeltall", top)
    KeyFigureRow.objects.create(table=place.schools.table, position=2, label="-", indicator=table_only)
    assert names(as_controller, area="skole") == ["Bare i målekort", "Bare i nøkkeltall", "Trivsel"]
    assert names(as_controller, area="omsorg") == ["Trivsel"]


@pytest.mark.parametrize(("direction", "expected"), [("unset", ["Glemt"]), ("higher", ["Opp"]), ("lower", [])])
def test_indicator_list_with_a_direction(as_controller: Client, top: Unit, direction: str, expected: list[str]) -> None:
    add("Opp", top, direction="higher")
    add("Glemt", top)
    assert names(as_controller, direction=direction) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"no_result": "all"}, ["Tom"]),
        ({"no_result": "2023"}, ["Bare mål", "Ny i 2024", "Tom"]),
        ({"no_result": "2024"}, ["Bare skoleår", "Ikke målt i 2023", "Tom"]),
        ({"no_target": "all"}, ["Bare skoleår", "Ikke målt i 2023", "Ny i 2024", "Tom"]),
        ({"no_target": "2024", "no_result": "2023"}, ["Ny i 2024", "Tom"]),
    ],
)
def test_indicator_list_of_what_misses_a_value(
    as_controller: Client, top: Unit, query: dict[str, str], expected: list[str]
) -> None:
    add("Tom", top)
    state(add("Bare skoleår", top), "3", period="2022/2023")
    state(add("Ikke målt i 2023", top), "ikke målt", period="2023")
    only_target = add("Bare mål", top)
    state(only_target, "5", kind="target", period="2024")
    state(only_target, "5", period="2024")
    state(add("Ny i 2024", top), "2", period="2024")
    assert names(as_controller, **query) == expected


def test_indicator_list_of_a_year_leaves_out_what_was_not_valid_then(as_controller: Client, top: Unit) -> None:
    state(add("Med verdi", top), "1", period="2024")
    add("Sluttet", top, valid_to=datetime.date(2023, 12, 31))
    add("Gjelder", top, valid_to=datetime.date(2024, 1, 1))
    assert names(as_controller, no_result="2024") == ["Gjelder"]
    assert names(as_controller, no_result="all") == ["Gjelder", "Sluttet"]


def test_indicator_list_value_that_was_emptied_is_missing(as_controller: Client, top: Unit) -> None:
    value = state(add("Trivsel", top), "4,5")
    register(indicator=value.indicator, period=value.period, kind="result", text="", base_version=1, by=None)
    assert names(as_controller, no_result="2024") == ["Trivsel"]
    assert words(as_controller, "result", "Trivsel") == "—"


def test_indicator_list_offers_years_that_have_or_ask_for_values(as_controller: Client, place: Workplace) -> None:
    state(place.schools.row.indicator, "5", kind="target", period="2027")
    state(place.schools.row.indicator, "5", kind="forecast", period="2040")
    state(place.schools.row.indicator, "5", period="2021/2022")
    form = as_controller.get(PAGE).context["filters"].form
    expected = [("", "Uansett"), ("all", "I alle år"), ("2027", "2027"), ("2024", "2024"), ("2022", "2022")]
    assert list(form.fields["no_target"].choices) == expected


@pytest.mark.parametrize(
    "query",
    [
        "unit=finnes-ikke",
        "direction=sidelengs",
        "no_result=99999",
        "text=%00",
        "text=" + "x" * 101,
        "sort=finnes-ikke",
        "sort=-",
        "sort=,",
        "sort=places",
        "page=x",
        "page=-1",
        "page=99999",
        "page=" + "9" * 5000,
        "per_page=0",
    ],
)
def test_indicator_list_asked_for_nonsense_shows_the_list(as_controller: Client, top: Unit, query: str) -> None:
    add("Trivsel", top)
    answer = as_controller.get(f"{PAGE}?{query}")
    shown = [row.record.name for row in answer.context["table"].page.object_list]
    assert (answer.status_code, shown) == (200, ["Trivsel"])


# Order and pages


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["alfa", "Beta", "Zebra", "ærlig", "Øvelse", "Åpning"]),
        ("-name", ["Åpning", "Øvelse", "ærlig", "Zebra", "Beta", "alfa"]),
    ],
)
def test_indicator_list_sorts_names_as_norwegian_does(
    as_controller: Client, top: Unit, sort: str, expected: list[str]
) -> None:
    for name in ("Åpning", "Zebra", "Øvelse", "alfa", "ærlig", "Beta"):
        add(name, top)
    assert names(as_controller, sort=sort) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("owner", ["B", "A", "C"]),
        ("-owner", ["C", "A", "B"]),
        ("unit_of_measure", ["C", "A", "B"]),
        ("direction", ["B", "A", "C"]),
        ("result", ["C", "A", "B"]),
        ("-result", ["B", "A", "C"]),
        ("target", ["B", "C", "A"]),
        ("-target", ["A", "C", "B"]),
    ],
)
def test_indicator_list_sorted_by(
    as_controller: Client, one_school: Unit, schools: Unit, care: Unit, sort: str, expected: list[str]
) -> None:
    first = add("A", care, unit_of_measure="dager", direction="higher")
    second = add("B", one_school, unit_of_measure="timer")
    third = add("C", schools, unit_of_measure="%", direction="lower")
    for indicator, kind, period in (
        (first, "result", "2022"),
        (first, "target", "2025"),
        (second, "result", "2023"),
        (third, "target", "2024"),
    ):
        state(indicator, "3", kind=kind, period=period)
    assert names(as_controller, sort=sort) == expected


@pytest.mark.parametrize(
    ("query", "expected"), [("", ("name", "ascending")), ("?sort=-owner", ("owner", "descending"))]
)
def test_indicator_list_says_what_it_is_sorted_by(
    as_controller: Client, top: Unit, query: str, expected: tuple[str, str]
) -> None:
    add("Trivsel", top)
    page = as_controller.get(f"{PAGE}{query}").content.decode()
    assert page.count("aria-sort=") == 1
    start = page.index("aria-sort=")
    column, way = expected
    assert page[start : page.index("href", start)].split() == [
        f'aria-sort="{way}">',
        "<a",
        'class="work-list__sort"',
        f'id="sort-{column}"',
    ]


def test_indicator_list_addresses_carry_the_filter(as_controller: Client, top: Unit) -> None:
    for number in range(101):
        add(f"Trivsel {number:03}", top)
    page = as_controller.get(PAGE, {"text": "trivsel", "sort": "-name", "page": "2"}).content.decode()
    links = [part.split('"')[0] for part in page.split('href="?')[1:]]
    assert links == [
        "text=trivsel&amp;sort=name",
        "text=trivsel&amp;sort=owner",
        "text=trivsel&amp;sort=unit_of_measure",
        "text=trivsel&amp;sort=direction",
        "text=trivsel&amp;sort=result",
        "text=trivsel&amp;sort=target",
        "text=trivsel&amp;sort=-name&amp;page=1",
        "text=trivsel&amp;sort=-name&amp;page=1",
        "text=trivsel&amp;sort=-name&amp;page=2",
        "text=trivsel&amp;sort=-name&amp;page=3",
        "text=trivsel&amp;sort=-name&amp;page=3",
    ]
    assert page.count('<input type="hidden" name="sort" value="-name" form="indicator-filters">') == 1


def test_indicator_list_pages(as_controller: Client, top: Unit) -> None:
    for number in range(51):
        add(f"Trivsel {number:02}", top)
    first, last = (as_controller.get(PAGE, {"page": page}).context["table"] for page in ("1", "2"))
    assert [table.summary for table in (first, last)] == [
        "51 indikatorer, viser 1–50",
        "51 indikatorer, viser 51–51",
    ]
    assert [row.record.name for row in last.page.object_list] == ["Trivsel 50"]


def test_indicator_list_on_one_page_has_no_paging(as_controller: Client, top: Unit) -> None:
    add("Trivsel", top)
    answer = as_controller.get(PAGE)
    assert answer.context["table"].summary == "1 indikator"
    assert answer.content.decode().count("ds-pagination") == 0


# Addresses, htmx, and what it costs


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?text=&unit=&area=&direction=&no_target=&no_result=", ""),
        ("?text=a+%C3%A5&unit=&sort=-name", "?text=a+%C3%A5&sort=-name"),
    ],
)
def test_indicator_list_address_without_the_empty_fields(as_controller: Client, query: str, expected: str) -> None:
    answer = as_controller.get(f"{PAGE}{query}")
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}{expected}")


def test_indicator_list_for_htmx_is_only_the_table(as_controller: Client, top: Unit) -> None:
    add("Trivsel", top)
    page = as_controller.get(PAGE, headers={"HX-Request": "true"}).content.decode()
    marks = ("<main", 'id="indicators"', 'id="indicator-count" role="status" hx-swap-oob="innerHTML"')
    assert [page.count(mark) for mark in marks] == [0, 1, 1]


def test_indicator_list_for_htmx_going_back_is_the_whole_page(as_controller: Client, top: Unit) -> None:
    add("Trivsel", top)
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    page = as_controller.get(PAGE, headers=headers).content.decode()
    assert [page.count(mark) for mark in ("<main", 'id="indicator-count"', "hx-swap-oob")] == [1, 1, 0]


def fill(place: Workplace, owner: Unit, *, count: int) -> None:
    """Indicators with values, in a scorecard and in a table."""
    for number in range(count):
        row = add_row(place.schools.card, f"Rad {number}", owner=owner)
        register(indicator=row.indicator, period=year_period(), kind="result", text="1", by=None)
        register(indicator=row.indicator, period=year_period(), kind="target", text="2", by=None)
        KeyFigureRow.objects.create(table=place.schools.table, position=9, label="-", indicator=row.indicator)


def test_indicator_list_asks_as_much_for_many_as_for_few(
    as_leader: Client, place: Workplace, one_school: Unit, django_assert_max_num_queries: Ceiling
) -> None:
    query = {
        "text": "r",
        "unit": "skole",
        "area": "skole",
        "direction": "unset",
        "no_target": "2023",
        "sort": "-result",
    }
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        assert len(names(as_leader, **query)) == 1
    fill(place, one_school, count=40)
    with django_assert_max_num_queries(MOST_QUERIES) as many:
        assert len(names(as_leader, **query)) == 41
    assert len(many.captured_queries) == len(few.captured_queries)
