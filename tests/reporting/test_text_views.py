"""The texts of a unit's report: writing, last period's text at the side, and what a locked report does."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisation.access import Role
from organisation.models import Membership, Unit, User
from organisation.versions import save_version
from reporting import deadlines, handing_in
from reporting.models import ReportingRound, ReportText
from tests.workplace import Workplace, open_tertial

WRITTEN = "<p>Vi har fått nye lærere.</p>"


@pytest.fixture
def previous(place: Workplace) -> ReportingRound:
    """The round of the first tertial, in which the school sector wrote about its status."""
    round_ = open_tertial(top=place.document.unit, units=[place.schools.card.unit], of="2024-T1")
    write(ReportText.objects.get(report__round=round_, kind="status"), "<p>Slik var det i vår.</p>")
    return round_


@pytest.fixture
def text(tertial: ReportingRound) -> ReportText:
    return ReportText.objects.get(report__unit__slug="skole", report__round=tertial, kind="status")


@pytest.fixture
def after(previous: ReportingRound, text: ReportText) -> ReportText:
    """The text, in a round that follows on the one before."""
    ReportingRound.objects.filter(pk=text.report.round_id).update(previous=previous)
    return text


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


def write(text: ReportText, body: str, by: User | None = None) -> None:
    text.body = body
    save_version(text, base_version=text.version, by=by)


def page(text: ReportText) -> str:
    return reverse("reporting:text_edit", args=[text.pk])


def typed(body: str, **facts: Any) -> dict[str, Any]:
    return {"body": body, "base_version": 1, **facts}


def body_of(text: ReportText) -> str:
    return ReportText.objects.get(pk=text.pk).body


def test_text_edit_saves_and_goes_back_to_the_report(as_leader: Client, text: ReportText) -> None:
    response = as_leader.post(page(text), typed(f"{WRITTEN}<script>alert(1)</script>"))
    assert (response.status_code, response["Location"]) == (302, text.report.get_absolute_url())
    assert body_of(text) == WRITTEN
    assert text.history.latest().history_user.username == "leder"


def test_text_edit_goes_where_next_says(as_leader: Client, text: ReportText) -> None:
    assert as_leader.post(page(text), typed(WRITTEN, next="/arbeid/"))["Location"] == "/arbeid/"


def test_text_edit_shows_what_the_unit_wrote_last_period(as_leader: Client, after: ReportText) -> None:
    response = as_leader.get(page(after))
    assert response.context["previous_body"] == "<p>Slik var det i vår.</p>"
    assert response.context["form"]["body"].value() == ""


def test_text_edit_without_a_round_before_shows_nothing_at_the_side(as_leader: Client, text: ReportText) -> None:
    assert as_leader.get(page(text)).context["previous"] is None


def test_text_edit_starts_from_last_period_when_asked(as_leader: Client, after: ReportText) -> None:
    response = as_leader.get(page(after), {"fra": "forrige"})
    assert response.context["form"]["body"].value() == "<p>Slik var det i vår.</p>"
    assert body_of(after) == ""


def test_text_edit_never_starts_over_what_is_written(as_leader: Client, after: ReportText) -> None:
    write(after, WRITTEN)
    response = as_leader.get(page(after), {"fra": "forrige"})
    assert (response.context["form"]["body"].value(), response.context["is_started"]) == (WRITTEN, False)
    assert "fra=forrige" not in response.content.decode()


def test_text_edit_keeps_what_is_typed_before_what_it_starts_from(as_leader: Client, after: ReportText) -> None:
    write(after, "<p>Deres.</p>")
    response = as_leader.post(f"{page(after)}?fra=forrige", typed(WRITTEN))
    assert (response.status_code, response.context["form"]["body"].value()) == (409, WRITTEN)


def test_text_edit_conflict_shows_both_texts(as_leader: Client, text: ReportText, controller: User) -> None:
    write(text, "<p>Deres.</p>", controller)
    response = as_leader.post(page(text), typed(WRITTEN))
    clash = response.context["form"].clash
    assert (response.status_code, clash.saving.by, clash.theirs) == (409, "controller", [("Status", "<p>Deres.</p>")])
    assert (response.context["form"]["body"].value(), body_of(text)) == (WRITTEN, "<p>Deres.</p>")
    assert as_leader.post(page(text), typed(WRITTEN, overwrite=2)).status_code == 302
    assert body_of(text) == WRITTEN


def test_text_edit_refuses_a_text_after_hand_in_and_shows_it(
    as_leader: Client, text: ReportText, leader: User, approver: User
) -> None:
    handing_in.hand_in(report=text.report, by=leader)
    response = as_leader.post(page(text), typed(WRITTEN))
    form = response.context["form"]
    assert (response.status_code, form.refusal) == (409, "Rapporten er låst, og teksten ble ikke lagret.")
    assert (form["body"].value(), body_of(text), text.history.count()) == (WRITTEN, "", 1)
    soon = deadlines.end_of(timezone.localdate())
    handing_in.reopen(report=text.report, reason="Teksten mangler.", due_at=soon, by=approver)
    assert as_leader.post(page(text), typed(WRITTEN)).status_code == 302
    assert body_of(text) == WRITTEN


def test_text_edit_refuses_a_text_when_the_time_is_past(as_leader: Client, text: ReportText) -> None:
    due = deadlines.end_of(timezone.localdate() - datetime.timedelta(days=1))
    ReportingRound.objects.update(department_due_at=due, unit_due_at=due, sector_due_at=due)
    assert as_leader.post(page(text), typed(WRITTEN)).status_code == 409
    assert body_of(text) == ""


def test_text_edit_of_a_locked_report_is_for_reading(as_leader: Client, text: ReportText, leader: User) -> None:
    write(text, WRITTEN)
    handing_in.hand_in(report=text.report, by=leader)
    response = as_leader.get(page(text))
    assert (response.status_code, response.context["is_read"], response.context["body"]) == (200, True, WRITTEN)
    assert response.content.decode().count("<textarea") == 0


def test_text_edit_shows_who_changed_what(as_leader: Client, text: ReportText, leader: User) -> None:
    assert as_leader.get(page(text)).context["versions"] == []
    write(text, "<p>Bra.</p>", leader)
    write(text, "<p>Svært bra.</p>", leader)
    versions = as_leader.get(page(text)).context["versions"]
    assert [(one.row.history_user, [tuple(piece) for piece in one.body]) for one in versions] == [
        (leader, [("removed", "Bra."), ("added", "Svært bra.")]),
        (leader, [("added", "Bra.")]),
    ]


def test_text_edit_of_the_sector_does_not_exist_for_a_leader_below(
    client: Client, text: ReportText, one_school: Unit
) -> None:
    head = User.objects.create_user("rektor")
    Membership.objects.create(user=head, role=Role.LEADER, unit=one_school)
    client.force_login(head)
    assert client.get(page(text)).status_code == 404
