"""What the control finds about measures."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from budget.models import Frame, FrameChange
from organisation.models import Unit
from organisation.versions import create
from plans.control_measures import (
    MEASURE_RULES,
    measures_and_frames,
    measures_without_effect,
    measures_without_goal,
    measures_without_status,
)
from plans.findings import Finding, Scope
from plans.measures.figures import Figures
from plans.models import Document
from tests.plans.measures.made import followed_up, made
from tests.workplace import YEAR, Workplace

pytestmark = pytest.mark.django_db
Rule = Callable[[Scope], Iterator[Finding]]


def found(rule: Rule, document: Document) -> list[str]:
    """What the rule finds, by what it is about."""
    return [one.message for one in rule(Scope(document, document.year, [], []))]


@pytest.fixture
def document(place: Workplace) -> Document:
    return place.document


def test_measure_that_no_goal_or_plan_asks_for(document: Document, place: Workplace, schools: Unit) -> None:
    made(schools, "Alene", planned={YEAR: -1})
    made(schools, "Uten år")
    made(schools, "Et annet år", planned={YEAR + 1: -1})
    made(schools, "Mål", planned={YEAR: -1}, indicator=place.schools.row.indicator)
    made(schools, "Plan", planned={YEAR: -1}, plan=place.plan)
    assert found(measures_without_goal, document) == [
        "Tiltaket «Alene» bidrar ikke til noe mål og kommer ikke fra noen plan. Velg et av dem.",
        "Tiltaket «Uten år» bidrar ikke til noe mål og kommer ikke fra noen plan. Velg et av dem.",
    ]


def test_measure_without_effect_in_kroner_or_words(document: Document, schools: Unit) -> None:
    made(schools, "Tomt")
    made(schools, "Ord", why="Derfor.")
    made(schools, "Kroner", planned={YEAR: 0})
    made(schools, "Årsverk", planned={YEAR: Figures(fte=Decimal(-1))})
    assert found(measures_without_effect, document) == [
        "Tiltaket «Tomt» har ingen virkning i kroner eller årsverk, og ingen begrunnelse."
    ]


def test_measure_of_an_earlier_year_without_a_status(document: Document, schools: Unit) -> None:
    made(schools, "Glemt", planned={YEAR - 1: -1, YEAR - 2: -1})
    made(schools, "Nytt", planned={YEAR: -1})
    followed_up(made(schools, "Fulgt opp", planned={YEAR - 1: -1}), of=f"{YEAR - 1}")
    assert found(measures_without_status, document) == [
        f"Tiltaket «Glemt» skulle gi virkning før {YEAR}, men ingen har meldt status."
    ]


def test_measures_that_do_not_add_up_to_the_frame(document: Document, schools: Unit, care: Unit) -> None:
    for unit, amount in ((schools, -2_000_000), (care, -1_000_000)):
        made(unit, planned={YEAR: -1_000_000})
        frame = create(Frame(unit=unit, year=YEAR, opening=Decimal(0)), by=None)
        create(FrameChange(frame=frame, position=1, kind="measures", reason="x", amount=Decimal(amount)), by=None)
    (said,) = found(measures_and_frames, document)
    assert said == (
        f"Rammen til Sektor for skole er endret med −2\u00a0000 tusen kroner for tiltak i {YEAR}, "
        "men tiltakene gir −1\u00a0000 tusen kroner."
    )


def test_control_of_a_sector_leaves_the_others_alone(document: Document, schools: Unit, care: Unit) -> None:
    Document.objects.update(unit=schools)
    made(care, "Tomt", planned={YEAR - 1: -1})
    made(care, "Helt tomt")
    scope = Scope(Document.objects.get(), YEAR, [], [])
    assert [finding for rule in MEASURE_RULES for finding in rule(scope)] == []
