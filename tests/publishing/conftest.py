"""The whole case of Elverum as a document, and the person who publishes it."""

import pytest

from elverum import cases
from organisation.access import Role
from organisation.models import User
from plans.models import Document


@pytest.fixture
def elverum_case(db: None) -> Document:
    """The case, loaded; its people are let in as if they were not of a demo, which DEBUG off would refuse."""
    document = cases.load(folder=cases.FIXTURES / "elverum")
    User.objects.update(is_demo=False)
    return document


@pytest.fixture
def controller(elverum_case: Document) -> User:
    """The case's controller."""
    return User.objects.get(memberships__role=Role.CONTROLLER)
