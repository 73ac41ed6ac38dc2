"""Handing a unit's indicators over, and saying on an indicator who answers for it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisation.access import Role
from organisation.models import Membership, Unit, User
from organisation.versions import Conflict, create, save_version
from scorecards import ownership
from scorecards.models import Indicator
from tests.workplace import Workplace

pytestmark = pytest.mark.django_db
PAGE = "/arbeid/eierskap/skole/"


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


@pytest.fixture
def deputy(one_school: Unit, schools: Unit) -> User:
    """May edit the sector, and is not its leader."""
    person = User.objects.create_user("stedfortreder", first_name="Berit", last_name="Lunde")
    Membership.objects.create(user=person, role=Role.CONTROLLER, unit=schools)
    return person


@pytest.fixture
def school_leader(one_school: Unit) -> User:
    """Leads the one school, and may edit nothing above it."""
    person = User.objects.create_user("rektor")
    Membership.objects.create(user=person, role=Role.LEADER, unit=one_school)
    return person


def add(name: str, owner: Unit, **facts: Any) -> Indicator:
    slug = f"indikator-{Indicator.objects.count()}"
    made: Indicator = create(Indicator(slug=slug, name=name, owner=owner, **facts), by=None)
    return made


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


# Handing over


def test_hand_over_of_many_says_how_many(as_leader: Client, leader: User, schools: Unit, deputy: User) -> None:
    rows = [add(name, schools) for name in ("Trivsel", "Fravær", "Lesing")]
    chosen = [row.pk for row in rows[:2]]
    answer = as_leader.post(PAGE, {"indicators": chosen, "to": deputy.pk}, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert said(answer) == ["2 indikatorer er overført til Berit Lunde"]
    assert dict(Indicator.objects.values_list("name", "responsible")) == {
        "Trivsel": deputy.pk, "Fravær": deputy.pk, "Lesing": None,
    }  # fmt: skip
    last = rows[0].history.latest()
    assert (last.history_user, last.history_change_reason) == (leader, "Ansvaret er overført til Berit Lunde")
    assert [Indicator.objects.get(pk=row.pk).version for row in rows] == [2, 2, 1]


def test_hand_over_back_to_the_leader(as_leader: Client, schools: Unit, deputy: User) -> None:
    row = add("Trivsel", schools, responsible=deputy)
    answer = as_leader.post(PAGE, {"indicators": [row.pk], "to": "leader"}, follow=True)
    assert said(answer) == ["1 indikator er overført til enhetens leder"]
    assert Indicator.objects.get().responsible is None


def test_hand_over_to_the_same_person_writes_nothing(as_leader: Client, schools: Unit, deputy: User) -> None:
    row = add("Trivsel", schools, responsible=deputy)
    answer = as_leader.post(PAGE, {"indicators": [row.pk], "to": deputy.pk}, follow=True)
    assert said(answer) == ["Ingenting ble endret: Berit Lunde hadde ansvaret fra før"]
    assert Indicator.objects.get().version == 1


def test_hand_over_by_a_controller_leads_back_to_the_ownership_page(
    client: Client, controller: User, schools: Unit, deputy: User
) -> None:
    client.force_login(controller)
    answer = client.post(PAGE, {"indicators": [add("Trivsel", schools).pk], "to": deputy.pk})
    assert (answer.status_code, answer["Location"]) == (302, "/arbeid/eierskap/")


def test_hand_over_checks_those_that_nobody_answers_for(
    as_leader: Client, schools: Unit, care: Unit, deputy: User
) -> None:
    names = {add(name, schools).pk: name for name in ("Trivsel", "Fravær")}
    assert sorted(as_leader.get(PAGE).context["form"].initial["indicators"]) == sorted(names)
    gone = User.objects.create_user("sluttet", is_active=False)
    lost = add("Lesing", schools, responsible=gone)
    page = as_leader.get(PAGE)
    assert page.context["form"].initial["indicators"] == [lost.pk]
    assert page.content.decode().count("nå: sluttet, som ikke lenger er i enheten") == 1


def test_hand_over_offers_those_who_may_edit_the_unit(
    as_leader: Client, leader: User, schools: Unit, deputy: User, school_leader: User, reader: User, approver: User
) -> None:
    add("Trivsel", schools)
    choices = as_leader.get(PAGE).context["form"].fields["to"].choices
    assert [str(text) for _value, text in choices] == ["Enhetens leder (leder)", "Berit Lunde", "godkjenner"]


@pytest.mark.parametrize(
    ("is_chosen", "to", "errors"),
    [(False, "stedfortreder", ["indicators"]), (True, "rektor", ["to"]), (True, "tull", ["to"])],
)
def test_hand_over_of_what_cannot_be_is_refused(
    as_leader: Client,
    schools: Unit,
    deputy: User,
    school_leader: User,
    is_chosen: bool,
    to: str,
    errors: list[str],
) -> None:
    row = add("Trivsel", schools)
    person = User.objects.filter(username=to).first()
    answer = as_leader.post(PAGE, {"indicators": [row.pk] if is_chosen else [], "to": person.pk if person else to})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == errors
    assert Indicator.objects.get().version == 1


def test_hand_over_of_another_units_indicator_is_refused(as_leader: Client, care: Unit, schools: Unit) -> None:
    theirs = add("Fall", care)
    add("Trivsel", schools)
    answer = as_leader.post(PAGE, {"indicators": [theirs.pk], "to": "leader"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["indicators"])


def test_hand_over_in_a_unit_without_a_leader_needs_a_person(as_leader: Client, leader: User, one_school: Unit) -> None:
    row = add("Trivsel", one_school)
    page = "/arbeid/eierskap/bakken-skole/"
    for nobody in ("", "leader"):
        answer = as_leader.post(page, {"indicators": [row.pk], "to": nobody})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["to"])
    assert as_leader.post(page, {"indicators": [row.pk], "to": leader.pk}).status_code == 302


def test_hand_over_of_a_unit_that_owns_nothing_says_so(as_leader: Client, schools: Unit) -> None:
    assert as_leader.get(PAGE).content.decode().count("Enheten eier ingen indikatorer.") == 1


def test_hand_over_of_rows_read_too_early_changes_nothing(schools: Unit, leader: User, deputy: User) -> None:
    """All or nothing: the second row was saved by someone else after it was read."""
    rows = [add(name, schools) for name in ("Trivsel", "Fravær")]
    read = list(Indicator.objects.order_by("pk"))
    save_version(rows[1], base_version=1, by=None)
    with pytest.raises(Conflict):
        ownership.hand_over(indicators=read, to=deputy, by=leader)
    assert list(Indicator.objects.values_list("responsible", flat=True)) == [None, None]


# On the indicator itself


def edit(client: Client, row: Indicator, **facts: Any) -> Any:
    known = {"name": row.name, "owner": row.owner_id, "base_version": row.version}
    return client.post(reverse("scorecards:indicator_edit", args=[row.pk]), known | facts)


def test_indicator_edit_sets_who_answers_and_who_shares(
    as_leader: Client, schools: Unit, care: Unit, deputy: User
) -> None:
    row = add("Trivsel", schools)
    assert edit(as_leader, row, responsible=deputy.pk, shared_with=[care.pk, schools.pk]).status_code == 302
    row.refresh_from_db()
    assert (row.responsible, list(row.shared_with.all())) == (deputy, [care])


def test_indicator_edit_refuses_who_may_not_edit_the_unit(
    as_leader: Client, schools: Unit, school_leader: User
) -> None:
    answer = edit(as_leader, add("Trivsel", schools), responsible=school_leader.pk)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["responsible"])


def test_indicator_edit_with_a_new_owner_takes_its_people(
    as_leader: Client, schools: Unit, one_school: Unit, school_leader: User
) -> None:
    row = add("Trivsel", schools)
    assert edit(as_leader, row, owner=one_school.pk, responsible=school_leader.pk).status_code == 302
    row.refresh_from_db()
    assert (row.owner, row.responsible) == (one_school, school_leader)


def test_indicator_edit_with_a_new_owner_refuses_people_of_the_old_one(
    as_leader: Client, schools: Unit, one_school: Unit, school_leader: User
) -> None:
    row = add("Trivsel", one_school, responsible=school_leader)
    answer = edit(as_leader, row, owner=schools.pk, responsible=school_leader.pk)
    sentence = "rektor kan ikke skrive for Sektor for skole. Velg en annen, eller enhetens leder."
    assert (answer.status_code, answer.context["form"].errors["responsible"]) == (422, [sentence])


def test_indicator_edit_keeps_who_has_left_until_someone_is_chosen(as_leader: Client, schools: Unit) -> None:
    gone = User.objects.create_user("sluttet", is_active=False)
    row = add("Trivsel", schools, responsible=gone)
    assert edit(as_leader, row, responsible=gone.pk, definition="Som i fjor").status_code == 302
    row.refresh_from_db()
    assert (row.responsible, row.definition) == (gone, "Som i fjor")


def test_indicator_edit_clash_shows_who_answers(
    as_leader: Client, controller: User, schools: Unit, deputy: User
) -> None:
    row = add("Trivsel", schools)
    theirs = Indicator.objects.get()
    theirs.responsible = deputy
    save_version(theirs, base_version=1, by=controller)
    answer = edit(as_leader, row, responsible="")
    assert answer.status_code == 409
    assert answer.context["form"].clash.theirs == [("Ansvarlig person", "Berit Lunde")]


def test_indicator_list_shows_who_answers_when_it_is_another(
    as_leader: Client, schools: Unit, deputy: User, place: Workplace
) -> None:
    add("Fravær", schools, responsible=deputy)
    rows = as_leader.get("/arbeid/indikatorer/").context["table"].page.object_list
    cells = {row.record.name: str(row.get_cell("owner")) for row in rows}
    note = '<span class="data-table__rownote">Berit Lunde</span>'
    assert cells == {"Fravær": f"Sektor for skole {note}", "Trivsel": "Sektor for skole"}
