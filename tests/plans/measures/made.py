"""Measures for tests: one with what a test wants to say of it, and what a person types in its forms."""

from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from organisation import periods
from organisation.models import Unit, User
from plans.measures import saving
from plans.measures.figures import Figures
from plans.models import Measure, MeasureStatus
from tests.workplace import YEAR


def made(unit: Unit, title: str = "Felles vikarordning", *, planned: dict[int, Any] | None = None, **facts: Any) -> Any:
    """A measure that is written. `planned` is kroner, or `Figures`, by year."""
    figures = {year: _figures(one) for year, one in (planned or {}).items()}
    measure = Measure(unit=unit, title=title, **facts)
    return saving.save_measure(measure=measure, planned=figures, base_version=None, by=None)


def _figures(one: Any) -> Figures:
    return one if isinstance(one, Figures) else Figures(Decimal(one))


def followed_up(measure: Measure, of: str = f"{YEAR}-T1", status: str = "begun", **facts: Any) -> MeasureStatus:
    """A follow-up that is written. `of` as `organisation.periods.parse` reads it."""
    measure.refresh_from_db()
    known: dict[str, Any] = {"comment": "", "achieved": Figures(), "base_version": measure.version, "by": None} | facts
    return saving.follow_up(measure=measure, span=periods.parse(of), status=status, **known)


def typed(unit: Unit, **facts: Any) -> dict[str, Any]:
    """The form of a measure as it is sent."""
    return {"title": "Felles vikarordning", "unit": unit.pk} | facts


def add(client: Client, unit: Unit, *, year: int = YEAR, **facts: Any) -> Any:
    """Add a measure through its form. Returns the answer."""
    return client.post(reverse("plans:measure_add", args=[year]), typed(unit, **facts))


def follow(client: Client, measure: Measure, of: str = f"{YEAR}-T1", **facts: Any) -> Any:
    """Follow a measure up through its form, as it stands now. Returns the answer."""
    measure.refresh_from_db()
    sent = {"status_now": "begun", "comment": "", "base_version": measure.version} | facts
    return client.post(reverse("plans:measure_follow_up", args=[measure.pk, of]), sent)


def effects(measure: Measure) -> dict[int, tuple[Any, ...]]:
    """Year → planned and achieved kroner, planned and achieved full-time equivalents."""
    names = ("planned_amount", "achieved_amount", "planned_fte", "achieved_fte")
    return {row[0]: row[1:] for row in measure.effects.values_list("year", *names)}


def last_saver(measure: Measure) -> User | None:
    """Who saved the measure last."""
    return measure.history.latest().history_user
