"""The control of a document holds the budget that it shows to be in balance."""

import pytest

from organisation.models import Unit
from plans.control_money import MONEY_RULES
from plans.findings import Finding, Scope
from plans.models import Document, Section
from tests.budget.statutory import example
from tests.workplace import YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(top: Unit, schools: Unit, care: Unit) -> Document:
    """A document of a municipality whose budget lacks 70 000 kroner on a function of no service area."""
    example.build(top)
    example.move(top, ("370", "010", 70_000))
    return Document.objects.create(slug="budsjett", kind="annual-plan", title="Budsjett", year=YEAR, unit=top)


def found(document: Document, *parameters: dict[str, object]) -> list[Finding]:
    blocks = [Section(block="statutory-budget", parameters=one) for one in parameters]
    scope = Scope(document=document, year=document.year, areas=[], sections=[Section(body="<p>x</p>"), *blocks])
    return [finding for rule in MONEY_RULES for finding in rule(scope)]


def test_document_that_shows_the_budget_is_held_against_it(document: Document) -> None:
    where = f"Opprinnelig budsjett {YEAR}"
    assert [(one.rule, one.key, one.place) for one in found(document, {}, {"table": "investments"})] == [
        ("operations-unbalanced", f"operations-unbalanced:{YEAR}/original", where),
        ("parts-differ", f"parts-differ:{YEAR}/original/appropriations", where),
    ]


def test_finding_says_what_is_wrong_and_what_to_do(document: Document) -> None:
    (one,) = found(document, {"by": "sector"})
    assert one.message.replace("\u00a0", " ") == (
        "Driften går ikke opp: det mangler 70 000 kroner i inntekter eller bruk av fond. "
        "Endre bevilgninger, avsetninger eller bruk av fond til summen er 0."
    )


def test_document_that_does_not_show_the_budget_is_left_alone(document: Document) -> None:
    assert found(document) == []


def test_document_is_held_against_the_year_that_it_shows(document: Document) -> None:
    assert found(document, {"year": f"{YEAR - 1}"}, {"year": "nå"}) == []
