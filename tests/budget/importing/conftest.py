"""What the tests of imports share: the work done at once, the national code lists, and a controller."""

import pytest
from django.test import Client
from pytest_django import Settings

from organisation.models import Unit, User
from tests.budget.money import load_codes


@pytest.fixture
def at_once(settings: Settings) -> None:
    """Files are checked and written in the request, as in the demo."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def office(at_once: None, client: Client, controller: User, one_school: Unit, care: Unit) -> Client:
    """A controller at work in a municipality with two sectors and a school, and the national codes."""
    load_codes()
    client.force_login(controller)
    return client
