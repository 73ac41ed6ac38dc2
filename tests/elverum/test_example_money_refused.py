"""What of the demo's money is refused, and what is left alone."""

from typing import Any

import pytest

from budget.models import Frame
from elverum import case_files, cases
from elverum.examples.money import SHAPE, load_example_money, number_example_projects
from organisation.bulk import LoadingError
from plans.models import Document, Measure


def _facts() -> dict[str, Any]:
    return case_files.read(cases.FIXTURES / "elverum", "example_money.yaml", SHAPE)


def test_a_measure_that_does_not_say_that_it_is_an_example_is_refused(elverum_case: Document) -> None:
    facts = _facts()
    measure = facts["measures"][0] | {"title": "Felles vikarordning"}
    with pytest.raises(LoadingError, match="«Felles vikarordning» begynner ikke med «Eksempel:»"):
        load_example_money(unit=elverum_case.unit, facts={"measures": [measure]})


def test_a_project_that_the_plan_does_not_have_is_refused(elverum_case: Document) -> None:
    project = {"plan": "vann-og-avlop-2024-2027", "project": "Ny bru", "code": "1", "function": "345", "art": "230"}
    with pytest.raises(LoadingError, match="prosjektet «Ny bru» finnes ikke i planen «vann-og-avlop-2024-2027»"):
        number_example_projects(facts={"investments": [project | {"amounts": {}}]})


def test_money_is_left_alone_where_somebody_has_begun(elverum_case: Document) -> None:
    Frame.objects.create(unit=elverum_case.unit, year=2024, opening=1)
    load_example_money(unit=elverum_case.unit, facts=_facts())
    assert (Frame.objects.count(), Measure.objects.count()) == (1, 0)
