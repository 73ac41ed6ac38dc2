"""Working on frames: the year's beside each other, one of them with what changed it, and a year begun from the last."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from budget.frames.beginning import AlreadyBegun, begin_frames
from budget.models import BudgetLine, Frame, FrameChange, ImportBatch, LedgerSource
from organisation.models import Unit, User
from organisation.versions import create, save_version
from tests.budget.money import line, load_codes
from tests.workplace import YEAR

pytestmark = pytest.mark.django_db
LIST = f"/arbeid/okonomi/rammer/{YEAR}/"
BEGIN = f"/arbeid/okonomi/rammer/{YEAR}/begynn/"
ORIGINAL = BudgetLine.Layer.ORIGINAL


@pytest.fixture
def as_controller(client: Client, controller: User) -> Client:
    client.force_login(controller)
    return client


def frame(unit: Unit, opening: str, *changes: tuple[str, str], year: int = YEAR) -> Frame:
    """A frame with changes of kind and amount."""
    made: Frame = create(Frame(unit=unit, year=year, opening=Decimal(opening)), by=None)
    for position, (kind, amount) in enumerate(changes, start=1):
        facts = {"position": position, "kind": kind, "reason": kind, "amount": Decimal(amount)}
        create(FrameChange(frame=made, **facts), by=None)
    return made


def test_frame_list_adds_up_both_ways(as_controller: Client, schools: Unit, care: Unit) -> None:
    frame(schools, "100.10", ("measures", "-10"), ("wages-and-prices", "2.05"), ("measures", "-1"))
    frame(care, "50", ("moved", "3"))
    table = as_controller.get(LIST).context["table"]
    assert table.headings == ["Lønns- og prisvekst", "Tiltak", "Flyttet mellom enheter"]
    assert [(row.opening, *row.by_kind, row.amount) for row in table.rows] == [
        (Decimal(50), 0, 0, 3, 53),
        (Decimal("100.10"), Decimal("2.05"), -11, 0, Decimal("91.15")),
    ]
    total = table.total_row
    assert (total.opening, *total.by_kind, total.amount) == (
        Decimal("150.10"),
        Decimal("2.05"),
        -11,
        3,
        Decimal("144.15"),
    )


def test_frame_list_holds_each_frame_against_its_own_part_of_the_budget(
    as_controller: Client, top: Unit, schools: Unit, one_school: Unit, care: Unit
) -> None:
    load_codes()
    department = Unit.objects.create(
        municipality=top.municipality, parent=one_school, kind="department", name="Trinn 1", slug="trinn-1"
    )
    frame(schools, "1000")
    frame(one_school, "700")
    for unit, amount in ((schools, 900), (one_school, 600), (department, 150), (care, 40)):
        line(unit, amount, layer=ORIGINAL)
    line(schools, 5_000, layer=ORIGINAL, account_class="investment")
    line(schools, 6_000, layer=ORIGINAL, plan_year=YEAR - 1)
    line(schools, 7_000)
    table = as_controller.get(LIST).context["table"]
    assert [(row.frame.unit, row.depth, row.budget, row.left) for row in table.rows] == [
        (schools, 0, 900, 100),
        (one_school, 1, 750, -50),
    ]
    assert (table.total.budget, table.total.left, table.unframed) == (1_650, 50, 40)


def test_frame_list_tells_where_a_frame_starts_from_something_else(
    as_controller: Client, schools: Unit, care: Unit, one_school: Unit
) -> None:
    frame(schools, "100", ("other", "5"), year=YEAR - 1)
    frame(schools, "105")
    frame(one_school, "7", year=YEAR - 1)
    frame(one_school, "8")
    frame(care, "1")
    rows = as_controller.get(LIST).context["table"].rows
    assert {row.frame.unit.slug: (row.before, row.starts_elsewhere) for row in rows} == {
        "omsorg": (None, True),
        "skole": (105, False),
        "bakken-skole": (7, True),
    }


def test_frame_list_shows_a_leader_the_frames_of_the_own_sector(
    client: Client, leader: User, top: Unit, schools: Unit, care: Unit
) -> None:
    for unit in (top, schools, care):
        frame(unit, "1")
    client.force_login(leader)
    context = client.get(LIST).context
    assert ([row.frame.unit for row in context["table"].rows], context["may_edit"]) == ([schools], False)


def test_frame_list_runs_the_same_queries_for_one_frame_and_for_many(
    as_controller: Client, schools: Unit, care: Unit, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    frame(schools, "1", ("other", "5"))
    with django_assert_max_num_queries(15) as few:
        as_controller.get(LIST)
    frame(care, "1", ("other", "5"), ("moved", "5"))
    with django_assert_max_num_queries(15) as many:
        as_controller.get(LIST)
    assert len(many) == len(few)


def test_frame_list_says_that_example_data_are_examples(
    client: Client, top: Unit, schools: Unit, care: Unit, reader: User, leader: User
) -> None:
    load_codes()
    source = create(LedgerSource(name="Eksempler", unit=top, is_example=True), by=None)
    batch = ImportBatch.objects.create(source=source, layer=ORIGINAL, file_name="e.csv", size=1, state="written")
    line(care, 1, layer=ORIGINAL)
    line(care, 1, layer=ORIGINAL, batch=batch, period=f"{YEAR + 1}-01")
    client.force_login(reader)
    assert "Eksempeldata" not in client.get(LIST).content.decode()
    line(care, 1, layer=ORIGINAL, batch=batch)
    assert client.get(LIST).content.decode().count("Eksempeldata: Tallene er laget for å vise") == 1
    client.force_login(leader)
    assert "Eksempeldata" not in client.get(LIST).content.decode()


def test_frames_begin_with_what_last_years_came_to(
    as_controller: Client, schools: Unit, care: Unit, one_school: Unit
) -> None:
    frame(schools, "100", ("other", "-2.50"), year=YEAR - 1)
    frame(care, "50", year=YEAR - 1)
    frame(one_school, "50", year=YEAR - 1)
    Unit.objects.filter(pk=one_school.pk).update(valid_to=f"{YEAR - 1}-12-31")
    frame(care, "77")
    assert [one.unit for one in as_controller.get(LIST).context["waiting"]] == [schools]
    assert as_controller.post(BEGIN).status_code == 302
    begun = Frame.objects.filter(year=YEAR).values_list("unit__slug", "opening")
    assert sorted(begun) == [("omsorg", Decimal(77)), ("skole", Decimal("97.50"))]
    assert Frame.objects.get(unit=schools, year=YEAR).history.get().history_user is not None
    assert as_controller.get(LIST).context["waiting"] == []


def test_begin_frames_that_someone_begins_meanwhile(
    schools: Unit, controller: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame(schools, "100", year=YEAR - 1)
    frame(schools, "90")
    stale = [Frame(unit=schools, year=YEAR, opening=Decimal(100))]
    monkeypatch.setattr("budget.frames.beginning.to_begin", lambda **_facts: stale)
    with pytest.raises(AlreadyBegun):
        begin_frames(frames=Frame.objects.all(), year=YEAR, by=controller)
    assert Frame.objects.get(year=YEAR).opening == 90


def test_frame_add_offers_units_that_have_none(as_controller: Client, top: Unit, schools: Unit, care: Unit) -> None:
    frame(care, "1")
    page = f"/arbeid/okonomi/rammer/{YEAR}/ny/"
    form = as_controller.get(page).context["form"]
    assert set(form.fields["unit"].queryset) == {top, schools}
    answer = as_controller.post(page, {"unit": schools.pk, "opening": "1 000 000,255"})
    assert (answer.status_code, answer.context["form"].errors["opening"]) == (
        422,
        ["Skriv tallet med høyst 2 desimaler."],
    )
    answer = as_controller.post(page, {"unit": schools.pk, "opening": "1 000 000,25"})
    made = Frame.objects.get(unit=schools)
    assert (answer["Location"], made.year, made.amount) == (
        f"/arbeid/okonomi/ramme/{made.pk}/",
        YEAR,
        Decimal("1000000.25"),
    )


def test_frame_tells_what_changed_and_who_did_it(as_controller: Client, schools: Unit) -> None:
    made = frame(schools, "100", ("measures", "-10"))
    add = reverse("budget:frame_change_add", args=[made.pk])
    as_controller.post(add, {"kind": "demography", "reason": "Flere elever", "amount": "4,5"})
    change = FrameChange.objects.get(kind="measures")
    edit = reverse("budget:frame_change_edit", args=[change.pk])
    facts = {"kind": "measures", "reason": "Færre vikarer", "amount": "−12", "base_version": 1}
    assert as_controller.post(edit, facts).status_code == 302
    context = as_controller.get(reverse("budget:frame", args=[made.pk])).context
    assert [(one.reason, one.amount) for one in context["changes"]] == [("Færre vikarer", -12), ("Flere elever", 4.5)]
    assert (context["line"].amount, context["line"].change) == (Decimal("92.50"), Decimal("-7.50"))
    told = [(saved.deed, saved.name, saved.by) for saved in context["history"]]
    assert told == [
        ("Endret", "Færre vikarer", "controller"),
        ("Lagt til", "Flere elever", "controller"),
        ("Lagt til", "measures", ""),
        ("Lagt til", "Rammen", ""),
    ]
    assert [(one.label, one.was, one.now) for one in context["history"][0].changes] == [
        ("Hva og hvorfor", "measures", "Færre vikarer"),
        ("Endring i kroner", "−10", "−12"),
    ]


def test_frame_edit_of_what_someone_else_saved(as_controller: Client, schools: Unit, approver: User) -> None:
    made = frame(schools, "100")
    theirs = Frame.objects.get()
    theirs.opening = Decimal(2_000)
    save_version(theirs, base_version=1, by=approver)
    page = reverse("budget:frame_edit", args=[made.pk])
    answer = as_controller.post(page, {"opening": "300", "base_version": 1})
    assert answer.status_code == 409
    assert answer.context["form"].clash.theirs == [("Ramme før endringer", "2\u00a0000")]
    assert (answer.context["form"]["opening"].value(), Frame.objects.get().opening) == ("300", 2_000)


def test_frame_remove_keeps_its_changes_in_the_history(as_controller: Client, schools: Unit, controller: User) -> None:
    made = frame(schools, "100", ("other", "5"))
    page = reverse("budget:frame_remove", args=[made.pk])
    assert as_controller.get(page).status_code == 200
    assert as_controller.post(page)["Location"] == LIST
    removed = FrameChange.history.filter(history_type="-").values_list("amount", "history_user")
    assert (Frame.objects.count(), list(removed)) == (0, [(Decimal(5), controller.pk)])


@pytest.mark.parametrize(
    ("who", "listed", "read", "change"),
    [
        ("leader", 200, 200, 403),
        ("approver", 200, 200, 403),
        ("controller", 200, 200, 200),
        ("administrator", 404, 404, 404),
        ("reader", 200, 200, 403),
    ],
)
def test_frames_are_read_where_they_belong_and_changed_by_those_who_publish(
    request: pytest.FixtureRequest, client: Client, schools: Unit, who: str, listed: int, read: int, change: int
) -> None:
    client.force_login(request.getfixturevalue(who))
    made = frame(schools, "1", ("other", "5"))
    of_change = made.changes.get().pk
    assert client.get(LIST).status_code == listed
    assert client.get(reverse("budget:frame", args=[made.pk])).status_code == read
    pages = [reverse(f"budget:{name}", args=[made.pk]) for name in ("frame_edit", "frame_remove", "frame_change_add")]
    pages += [reverse(f"budget:frame_change_{deed}", args=[of_change]) for deed in ("edit", "remove")]
    assert [client.get(page).status_code for page in pages] == [change] * 5


def test_frame_of_another_sector_or_above_is_not_there(client: Client, leader: User, top: Unit, care: Unit) -> None:
    client.force_login(leader)
    pages = [reverse("budget:frame", args=[frame(unit, "1").pk]) for unit in (top, care)]
    assert [client.get(page).status_code for page in pages] == [404, 404]
