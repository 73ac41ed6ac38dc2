"""Ordering PDFs and drawing them: at once, by a worker, again after a failure, and never twice for nothing."""

import datetime
import json
import logging
from types import SimpleNamespace

import pytest
from django.utils import timezone
from pytest_django import Settings

from organisation.models import User
from publishing import tasks
from publishing.book import pdf
from publishing.json_form import from_json, to_json
from publishing.models import PdfOrder
from publishing.ordering_pdf import order_draft, try_again
from publishing.structure import Chapter, Contents
from tests.publishing.pdf_drawing import LEFT_OUT, StandIn
from tests.publishing.sample import CONTENTS
from tests.workplace import Workplace

pytestmark = pytest.mark.draws_pdfs

CONTENTS_AS_STORED = from_json(to_json(CONTENTS))
CHANGES = object()
"""Stands for what `compare` finds."""
SENTENCE = "Noe gikk galt da PDF-en ble laget. Prøv igjen, eller si fra til dem som driver systemet."


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Draws in place of WeasyPrint."""
    monkeypatch.setattr(tasks, "PAUSE", 0)
    return StandIn().put_in(monkeypatch)


def order(place: Workplace, by: User, *, contents: Contents = CONTENTS, before: Contents | None = None) -> PdfOrder:
    return order_draft(document=place.document, contents=contents, before=before, by=by)


def stored(one: PdfOrder) -> PdfOrder:
    return PdfOrder.objects.get(pk=one.pk)


def test_order_draft_is_drawn_of_what_was_ordered(place: Workplace, leader: User, drawing: StandIn) -> None:
    done = stored(order(place, leader))
    assert (done.status, done.percent, done.step, done.name) == ("done", 100, "", "plan-utkast.pdf")
    assert bytes(done.content or b"") == b"%PDF-1"
    assert done.contents == ""
    assert done.finished_at is not None
    assert drawing.drawn == [(CONTENTS_AS_STORED, pdf.Edition.draft(), None)]


def test_order_draft_waits_with_its_contents_until_it_is_drawn(
    place: Workplace, leader: User, drawing: StandIn, settings: Settings
) -> None:
    settings.TASKS = LEFT_OUT
    waiting = stored(order(place, leader))
    assert (waiting.status, waiting.content, drawing.drawn) == ("waiting", None, [])
    assert from_json(json.loads(waiting.contents)["contents"]) == CONTENTS_AS_STORED


def test_order_draft_of_unchanged_contents_draws_nothing(place: Workplace, leader: User, drawing: StandIn) -> None:
    first = order(place, leader)
    assert order(place, leader).pk == first.pk
    assert len(drawing.drawn) == 1


def test_order_draft_that_another_person_has_ordered_is_done_at_once(
    place: Workplace, leader: User, approver: User, drawing: StandIn
) -> None:
    order(place, leader)
    other = order(place, approver)
    assert (other.status, other.ordered_by, bytes(other.content or b"")) == ("done", approver, b"%PDF-1")
    assert other.contents == ""
    assert (PdfOrder.objects.count(), len(drawing.drawn)) == (2, 1)


def test_order_draft_of_changed_contents_is_drawn_anew(place: Workplace, leader: User, drawing: StandIn) -> None:
    first = order(place, leader)
    changed = Contents(**(vars(CONTENTS) | {"title": "En annen tittel"}))
    second = order(place, leader, contents=changed)
    assert second.pk != first.pk
    assert second.checksum != first.checksum
    assert bytes(second.content or b"") == b"%PDF-2"


def test_order_draft_of_another_day_or_look_is_drawn_anew(
    place: Workplace, leader: User, drawing: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = order(place, leader)
    monkeypatch.setattr("publishing.ordering_pdf.LOOK", 99)
    second = order(place, leader)
    tomorrow = pdf.Edition(stage="utkast", date=timezone.localdate() + datetime.timedelta(days=1))
    monkeypatch.setattr(pdf.Edition, "draft", lambda: tomorrow)
    third = order(place, leader)
    assert len({first.checksum, second.checksum, third.checksum}) == 3
    assert [edition.date for _contents, edition, _changes in drawing.drawn][-1] == tomorrow.date


def test_order_draft_with_changes_compares_with_the_version(
    place: Workplace, leader: User, drawing: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = order(place, leader)
    compared: list[Contents] = []

    def compare(old: Contents, new: Contents) -> object:
        compared.extend([old, new])
        return CHANGES

    monkeypatch.setattr(tasks, "compare", compare)
    before = Contents(**(vars(CONTENTS_AS_STORED) | {"title": "Før"}))
    with_changes = order(place, leader, before=before)
    assert (with_changes.has_changes, with_changes.name) == (True, "plan-utkast-med-endringer.pdf")
    assert with_changes.pk != plain.pk
    assert compared == [before, CONTENTS_AS_STORED]
    assert drawing.drawn[-1][2] is CHANGES


def test_order_draft_twice_while_it_waits_is_one_order(
    place: Workplace, leader: User, drawing: StandIn, settings: Settings
) -> None:
    settings.TASKS = LEFT_OUT
    assert order(place, leader).pk == order(place, leader).pk
    assert PdfOrder.objects.count() == 1


def test_order_draft_that_two_ordered_at_once_is_drawn_once(
    place: Workplace, leader: User, approver: User, drawing: StandIn, settings: Settings
) -> None:
    settings.TASKS = LEFT_OUT
    pair = [order(place, leader), order(place, approver)]
    for one in pair:
        tasks.draw_pdf.call(one.pk)
    assert [bytes(stored(one).content or b"") for one in pair] == [b"%PDF-1", b"%PDF-1"]
    assert len(drawing.drawn) == 1


def test_order_draft_throws_old_drafts_away(place: Workplace, leader: User, drawing: StandIn) -> None:
    old = order(place, leader)
    PdfOrder.objects.update(ordered_at=timezone.now() - datetime.timedelta(days=8))
    new = order(place, leader)
    assert list(PdfOrder.objects.values_list("pk", flat=True)) == [new.pk]
    assert old.pk != new.pk


def test_draw_pdf_that_fails_says_so_and_logs_why(
    place: Workplace, leader: User, drawing: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    drawing.problem = ValueError("fonten mangler")
    with caplog.at_level(logging.ERROR):
        failed = stored(order(place, leader))
    assert (failed.status, failed.problem, failed.content) == ("failed", SENTENCE, None)
    assert failed.contents != ""
    assert "ValueError: fonten mangler" in caplog.text
    assert f"PDF order {failed.pk}, plan-utkast.pdf" in caplog.text


def test_try_again_draws_what_failed(place: Workplace, leader: User, drawing: StandIn) -> None:
    drawing.problem = ValueError()
    failed = order(place, leader)
    drawing.problem = None
    done = try_again(order=failed)
    assert (done.pk, done.status, done.problem) == (failed.pk, "done", "")
    assert bytes(stored(done).content or b"") == b"%PDF-2"


def test_try_again_twice_draws_once(place: Workplace, leader: User, drawing: StandIn, settings: Settings) -> None:
    drawing.problem = ValueError()
    failed = order(place, leader)
    drawing.problem = None
    seen_twice = [stored(failed), stored(failed)]
    settings.TASKS = LEFT_OUT
    assert [one.ask_again() for one in seen_twice] == [True, False]
    assert len(drawing.drawn) == 1


def test_try_again_of_a_finished_pdf_does_nothing(place: Workplace, leader: User, drawing: StandIn) -> None:
    done = order(place, leader)
    assert try_again(order=done) == done
    assert len(drawing.drawn) == 1


def test_order_draft_again_tries_again_what_failed(place: Workplace, leader: User, drawing: StandIn) -> None:
    drawing.problem = ValueError()
    failed = order(place, leader)
    drawing.problem = None
    again = order(place, leader)
    assert (again.pk, again.status) == (failed.pk, "done")


@pytest.mark.parametrize("status", ["waiting", "drawing"])
def test_order_whose_worker_died_is_stopped_and_can_be_tried_again(
    place: Workplace, leader: User, drawing: StandIn, settings: Settings, status: str
) -> None:
    settings.TASKS = LEFT_OUT
    one = order(place, leader)
    PdfOrder.objects.update(status=status)
    assert (stored(one).is_stopped, stored(one).can_be_retried, stored(one).is_under_way) == (False, False, True)
    PdfOrder.objects.update(ordered_at=timezone.now() - datetime.timedelta(minutes=16))
    assert (stored(one).is_stopped, stored(one).can_be_retried, stored(one).is_under_way) == (True, True, False)
    assert stored(one).ask_again() is True
    tasks.draw_pdf.call(one.pk)
    assert stored(one).status == "done"


def test_earlier_try_that_comes_back_changes_nothing(
    place: Workplace, leader: User, drawing: StandIn, settings: Settings
) -> None:
    settings.TASKS = LEFT_OUT
    one = order(place, leader)
    PdfOrder.objects.update(ordered_at=timezone.now() - datetime.timedelta(minutes=16))
    early = PdfOrder.objects.begin(one.pk)
    assert early is not None
    assert stored(one).ask_again() is True
    late = PdfOrder.objects.begin(one.pk)
    assert late is not None
    late.tell(10, "begynt")
    early.tell(80, "nesten")
    early.fail("nei")
    early.finish(b"gammel")
    assert (stored(one).status, stored(one).percent, stored(one).content) == ("drawing", 10, None)


def test_begin_takes_an_order_once(place: Workplace, leader: User, drawing: StandIn, settings: Settings) -> None:
    settings.TASKS = LEFT_OUT
    one = order(place, leader)
    assert [PdfOrder.objects.begin(one.pk) == one, PdfOrder.objects.begin(one.pk)] == [True, None]


def test_progress_never_goes_backwards(place: Workplace, leader: User, settings: Settings) -> None:
    settings.TASKS = LEFT_OUT
    one = PdfOrder.objects.begin(order(place, leader).pk)
    assert one is not None
    seen = []
    for percent in (5, 40, 20, 40, 100):
        one.tell(percent, f"steg {percent}")
        seen.append((stored(one).percent, stored(one).step))
    assert seen == [(5, "steg 5"), (40, "steg 40"), (40, "steg 40"), (40, "steg 40"), (99, "steg 100")]


def test_progress_is_told_at_most_once_a_pause(
    place: Workplace, leader: User, drawing: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    clock = iter([0.0, 0.4, 0.9, 1.1, 5.0])
    monkeypatch.setattr(tasks, "PAUSE", 1)
    monkeypatch.setattr("publishing.tasks.time", SimpleNamespace(monotonic=lambda: next(clock)))
    monkeypatch.setattr(PdfOrder, "tell", lambda self, percent, step: told.append(percent))
    drawing.steps = [(percent, "") for percent in (1, 2, 3, 4, 5)]
    order(place, leader)
    assert told == [1, 4, 5]


def test_order_draft_is_really_drawn(place: Workplace, leader: User) -> None:
    small = Contents(**(vars(CONTENTS) | {"chapters": (Chapter("om", "1", "Om planen", "Rådmannen"),)}))
    done = stored(order(place, leader, contents=small))
    assert (done.status, bytes(done.content or b"")[:5]) == ("done", b"%PDF-")
