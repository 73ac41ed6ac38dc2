"""The whole case of Elverum as a document, and the person who publishes it; a small round with a missed goal."""

import pytest

from organisation.access import Role
from organisation.models import User
from plans.models import Document
from reporting.models import ReportingRound
from tests.publishing.reporting_round import report_result, set_goal
from tests.workplace import Workplace


@pytest.fixture
def controller(elverum_case: Document) -> User:
    """The case's controller."""
    return User.objects.get(memberships__role=Role.CONTROLLER)


@pytest.fixture
def missed(tertial: ReportingRound, place: Workplace) -> ReportingRound:
    """The school sector has missed its goal and said why; nothing is handed in."""
    set_goal(place.schools.row.indicator, "5,0")
    words = {"comment": "Målt i mai.", "cause": "Vikarer mangler.", "action": "Ny turnus.", "expected": "2025"}
    report_result(tertial, place.schools.row.indicator, "4,5", **words)
    return tertial
