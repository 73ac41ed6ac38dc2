"""Forty leaders save twenty values each at once: real processes, real connections, no lost update.

Two lead each unit and type in the same rows, so that every row is fought over: the first half of them for who writes
the first value, the rest for who changes the value that is there.
"""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections

from organisation.access import Role
from organisation.models import Membership, Unit, User
from reporting.models import ReportingRound
from scorecards.models import Indicator, Observation, Scorecard, ScorecardGroup, ScorecardRow
from scorecards.registration import register
from tests.serving import served
from tests.workplace import YEAR, open_tertial

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

UNITS, ROWS, FILLED, WORKERS = 20, 20, 10, 4
TOKEN = "t" * 32
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
SEEN = re.compile(r'name="seen-value-\d+" value="(\d+)"')


class Leader(NamedTuple):
    """Who saves: the name, the session's cookie, and the ids of the rows."""

    name: str
    session: str
    rows: list[int]


class Acknowledged(NamedTuple):
    """A value that the server said it had saved."""

    row: int
    text: str
    leader: str


def _unit(top: Unit, number: int) -> Unit:
    facts = {"municipality": top.municipality, "parent": top, "kind": "unit", "position": number}
    unit = Unit.objects.create(**facts, name=f"Enhet {number}", slug=f"enhet-{number}")
    card = Scorecard.objects.create(slug=f"kort-{number}", title="Målekort", year=YEAR, unit=unit)
    group = ScorecardGroup.objects.create(scorecard=card, title="Mål", position=1)
    indicators = Indicator.objects.bulk_create(
        Indicator(slug=f"mal-{number}-{one}", name=f"Mål {one}", owner=unit) for one in range(ROWS)
    )
    ScorecardRow.objects.bulk_create(
        ScorecardRow(scorecard=card, group=group, indicator=one, position=position)
        for position, one in enumerate(indicators)
    )
    return unit


def _session(user: User) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


@pytest.fixture
def leaders(top: Unit) -> list[Leader]:
    """Two leaders for each unit, signed in, with the rows of the unit's report."""
    units = [_unit(top, number) for number in range(UNITS)]
    tertial: ReportingRound = open_tertial(top=top, units=units)
    for row in tertial.reports.filter(rows__position__gt=ROWS - FILLED).values_list("rows__indicator", flat=True):
        register(indicator=Indicator.objects.get(pk=row), period=tertial.period, kind="result", text="0", by=None)
    found = []
    for unit in units:
        rows = list(tertial.reports.get(unit=unit).rows.order_by("position").values_list("pk", flat=True))
        for who in ("a", "b"):
            user = User.objects.create_user(f"{unit.slug}-{who}")
            Membership.objects.create(user=user, role=Role.LEADER, unit=unit)
            found.append(Leader(user.username, _session(user), rows))
    return found


@pytest.fixture
def server(leaders: list[Leader]) -> Iterator[int]:
    """The port of a server of several processes on the tests' database."""
    with served(workers=WORKERS, environment={"DEBUG": "on"}) as port:
        yield port


def _post(port: int, leader: Leader, row: int, form: dict[str, str]) -> tuple[int, str]:
    connection_ = HTTPConnection("127.0.0.1", port, timeout=60)
    cookies = {"Cookie": f"sessionid={leader.session}; csrftoken={TOKEN}"}
    body = urlencode(form | {"csrfmiddlewaretoken": TOKEN})
    connection_.request("POST", f"/arbeid/rapportrad/{row}/", body, FORM | cookies)
    answer = connection_.getresponse()
    text = answer.read().decode()
    connection_.close()
    return answer.status, text


def _save_all(port: int, leader: Leader, number: int) -> tuple[list[int], list[Acknowledged]]:
    """Save a value in each row; where the other leader came first, see theirs and save one's own all the same."""
    statuses, saved = [], []
    for position, row in enumerate(leader.rows):
        text = f"{number},{position}"
        name = f"value-{row}"
        base = 0 if position < ROWS - FILLED else 1
        status, page = _post(port, leader, row, {name: text, f"base-{name}": f"{base}"})
        statuses.append(status)
        if status == 409:
            seen = SEEN.search(page)
            assert seen is not None
            form = {name: text, f"keep-{name}": "mine", f"seen-{name}": seen[1]}
            status, _page = _post(port, leader, row, form)
            statuses.append(status)
        if status == 200:
            saved.append(Acknowledged(row, text, leader.name))
    return statuses, saved


def test_forty_leaders_save_twenty_values_each(server: int, leaders: list[Leader]) -> None:
    with ThreadPoolExecutor(len(leaders)) as pool:
        jobs = [pool.submit(_save_all, server, leader, number) for number, leader in enumerate(leaders)]
        results = [job.result() for job in jobs]
    connections.close_all()
    statuses = [status for found, _saved in results for status in found]
    acknowledged = [one for _found, saved in results for one in saved]

    assert (len(leaders), len(acknowledged)) == (2 * UNITS, 2 * UNITS * ROWS)
    assert set(statuses) == {200, 409}
    written = {
        (row, text, name)
        for row, text, name in Observation.history.filter(kind="result").values_list(
            "indicator__report_rows", "text", "history_user__username"
        )
    }
    assert set(acknowledged) - written == set()
    for value in Observation.objects.filter(kind="result"):
        history = list(value.history.order_by("history_id").values_list("version", "text"))
        was_filled = history[0][1] == "0"
        assert [version for version, _text in history] == ([1, 2, 3] if was_filled else [1, 2])
        assert history[-1][1] == value.text
