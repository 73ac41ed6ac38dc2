"""The whole case of Elverum as a document, and the person who publishes it."""

import pytest

from organisation.access import Role
from organisation.models import User
from plans.models import Document


@pytest.fixture
def controller(elverum_case: Document) -> User:
    """The case's controller."""
    return User.objects.get(memberships__role=Role.CONTROLLER)
