"""A report is handed in while a colleague saves: with two real connections, one of them waits for the other."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from organisation.models import User
from reporting import handing_in
from reporting.models import KeptEntry, ReportingRound, ReportRow
from reporting.saving import save_row
from scorecards.models import Observation

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> None:
    """Run the deeds, each in a thread with a connection of its own."""

    def run(deed: Callable[[], object]) -> None:
        try:
            deed()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)


def test_value_saved_while_the_report_is_handed_in_is_refused_and_kept(tertial: ReportingRound, leader: User) -> None:
    row = ReportRow.objects.get(report__round=tertial, report__unit__slug="skole")
    is_held, refused = threading.Event(), []

    def hand_in() -> None:
        with transaction.atomic():
            handing_in.hand_in(report=row.report, by=leader)
            is_held.set()
            threading.Event().wait(0.5)  # the other waits for the lock meanwhile

    def save() -> None:
        is_held.wait(timeout=10)
        line = save_row(pk=row.pk, data={f"value-{row.pk}": "4,9", f"base-value-{row.pk}": "0"}, by=leader)
        refused.append(line.is_refused)

    at_once(hand_in, save)
    assert refused == [True]
    assert Observation.objects.filter(indicator=row.indicator, period=tertial.period).count() == 0
    assert KeptEntry.objects.get(row=row, writer=leader).typed == {"value": "4,9"}


def test_value_saved_first_is_part_of_what_is_handed_in(tertial: ReportingRound, leader: User) -> None:
    row = ReportRow.objects.get(report__round=tertial, report__unit__slug="skole")
    is_held, steps = threading.Event(), []

    def save() -> None:
        with transaction.atomic():
            save_row(pk=row.pk, data={f"value-{row.pk}": "4,9", f"base-value-{row.pk}": "0"}, by=leader)
            is_held.set()
            threading.Event().wait(0.5)

    def hand_in() -> None:
        is_held.wait(timeout=10)
        steps.append(handing_in.hand_in(report=row.report, by=leader).at)

    at_once(save, hand_in)
    value = Observation.objects.get(indicator=row.indicator, period=tertial.period)
    assert (value.text, value.history.get().history_date < steps[0]) == ("4,9", True)
