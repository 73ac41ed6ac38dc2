"""Whether a target is reached, and the traps in real scorecards."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.assessment import Assessment, Direction, Outcome, assess
from scorecards.notation import format_value, parse

HIGHER, LOWER, RANGE, YES, UNSET = (
    Direction.HIGHER, Direction.LOWER, Direction.RANGE, Direction.YES, Direction.UNSET,
)  # fmt: skip
REACHED, NEARLY, MISSED = Outcome.REACHED, Outcome.NEARLY, Outcome.MISSED


def assessed(
    result: str,
    target: str,
    direction: Direction,
    *,
    tolerance: str | None = None,
    reference: str | None = None,
) -> Assessment:
    return assess(
        result=parse(result, as_text=True),
        target=parse(target, as_text=True),
        direction=direction,
        tolerance=None if tolerance is None else Decimal(tolerance),
        reference=None if reference is None else parse(reference),
    )


@pytest.mark.parametrize(
    ("result", "target", "direction", "outcome"),
    [
        # higher is better; nearly is within 5 % of the target
        ("98%", "96%", HIGHER, REACHED),
        ("96 %", "96%", HIGHER, REACHED),
        ("95 %", "100 %", HIGHER, NEARLY),
        ("94,9 %", "100 %", HIGHER, MISSED),
        ("4,3", "4,5", HIGHER, NEARLY),
        ("4,2", "4,5", HIGHER, MISSED),
        ("+0,8", "≥0", HIGHER, REACHED),
        ("12 257", "10 000", HIGHER, REACHED),
        ("91", ">170", HIGHER, MISSED),
        ("170", ">170", HIGHER, NEARLY),
        # lower is better
        ("215", "<200", LOWER, MISSED),
        ("205", "<200", LOWER, NEARLY),
        ("200", "<200", LOWER, NEARLY),
        ("199,9", "<200", LOWER, REACHED),
        ("20 %", "<20%", LOWER, NEARLY),
        ("20 %", "=/<20%", LOWER, REACHED),
        ("18,2%", "<20%", LOWER, REACHED),
        ("0,6", "<0,6", LOWER, NEARLY),
        ("3", "< 5", LOWER, REACHED),
        # the target 0: nothing is nearly reached
        ("0", "0", LOWER, REACHED),
        ("1", "0", LOWER, MISSED),
        ("0", ">0", HIGHER, MISSED),
        ("0,8 %", "0 %", LOWER, MISSED),
        # below nought the target's absolute value counts
        ("-104", "-100", HIGHER, NEARLY),
        ("-106", "-100", HIGHER, MISSED),
        # a range, both bounds included
        ("2 %", "2-5 %", RANGE, REACHED),
        ("5 %", "2-5 %", RANGE, REACHED),
        ("5,2 %", "2-5 %", RANGE, NEARLY),
        ("5,3 %", "2-5 %", RANGE, MISSED),
        ("1,9 %", "2-5 %", RANGE, NEARLY),
        ("1,8 %", "2-5 %", RANGE, MISSED),
        ("5", "=5", RANGE, REACHED),
        ("6", "=5", RANGE, MISSED),
        # yes and no
        ("Ja", "JA", YES, REACHED),
        ("Nei", "Ja", YES, MISSED),
        # shares of the same whole, and a share against a percentage
        ("29 av 29", "29 av 29", HIGHER, REACHED),
        ("28 av 29", "29 av 29", HIGHER, NEARLY),
        ("18 av 29", "29 av 29", HIGHER, MISSED),
        ("18 av 20", "90 %", HIGHER, REACHED),
        ("86 %", "18 av 20", HIGHER, NEARLY),
    ],
)
def test_assess_measured(result: str, target: str, direction: Direction, outcome: Outcome) -> None:
    assert assessed(result, target, direction) == Assessment(outcome)


@pytest.mark.parametrize(
    ("result", "target", "tolerance", "outcome"),
    [
        ("1", "0", "1", NEARLY),
        ("2", "0", "1", MISSED),
        ("205", "<200", "0", MISSED),
        ("200", "<200", "0", MISSED),
        ("215", "<200", "15", NEARLY),
        ("19 av 20", "18 av 20", "5", NEARLY),
        ("20 av 20", "18 av 20", "5", MISSED),
    ],
)
def test_assess_within_a_set_tolerance(result: str, target: str, tolerance: str, outcome: Outcome) -> None:
    assert assessed(result, target, LOWER, tolerance=tolerance) == Assessment(outcome)


def test_assess_refuses_a_tolerance_below_nought() -> None:
    with pytest.raises(ValueError, match="A tolerance cannot be below 0"):
        assessed("1", "2", HIGHER, tolerance="-1")


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        ("", "Resultatet er ikke registrert."),
        ("Ikke målt", "Resultatet er oppgitt som «Ikke målt»."),
        ("måles ikke", "Resultatet er oppgitt som «Måles ikke»."),
        ("Ny", "Resultatet er oppgitt som «Ny»."),
        ("Feil undersøkelse sendt ut", "Resultatet er oppgitt som «Feil undersøkelse sendt ut»."),
        ("--", "Resultatet er oppgitt som «–»."),
    ],
)
@pytest.mark.parametrize("target", ["100 %", "Måles ikke", ""])
def test_assess_not_measured(result: str, reason: str, target: str) -> None:
    assessment = assessed(result, target, HIGHER)

    assert (assessment.outcome, assessment.reason) == (Outcome.NOT_MEASURED, reason)


NO_DIRECTION = "Retningen er ikke satt: ingen har sagt om høyere eller lavere er bedre."


@pytest.mark.parametrize(
    ("result", "target", "direction", "reason"),
    [
        ("4,6", "Måles ikke", HIGHER, "Ingen måltall."),
        ("4,6", "Ikke måltall", HIGHER, "Ingen måltall."),
        ("4,6", "", HIGHER, "Ingen måltall."),
        ("4,6", "", UNSET, "Ingen måltall."),
        ("12,66", ">14", UNSET, NO_DIRECTION),
        ("Nei", "Ja", UNSET, NO_DIRECTION),
        ("12,66", ">14", LOWER, "Måltallet «> 14» og retningen «lavere er bedre» sier imot hverandre."),
        ("18,2%", "<20%", HIGHER, "Måltallet «< 20 %» og retningen «høyere er bedre» sier imot hverandre."),
        ("3 %", "2-5 %", HIGHER, "Måltallet «2–5 %» og retningen «høyere er bedre» sier imot hverandre."),
        ("3 %", "4 %", RANGE, "Måltallet «4 %» og retningen «skal ligge i målområdet» sier imot hverandre."),
        ("3 %", "4 %", YES, "Måltallet «4 %» og retningen «skal være ja» sier imot hverandre."),
        ("5", "=5", HIGHER, "Måltallet «= 5» og retningen «høyere er bedre» sier imot hverandre."),
        ("Ja", "Ja", HIGHER, "Måltallet «Ja» og retningen «høyere er bedre» sier imot hverandre."),
        ("Ja", "Nei", YES, "Måltallet «Nei» og retningen «skal være ja» sier imot hverandre."),
        ("4.8", "=/< landssnitt", LOWER, "Tallet for «landssnitt» mangler."),
        ("8,4", "10%", HIGHER, "Resultat og mål har ulik enhet: «8,4» og «10 %»."),
        ("18", "30 av 30", HIGHER, "Resultat og mål har ulik enhet: «18» og «30 av 30»."),
        ("74,7 mill. kr", "80 kr", HIGHER, "Resultat og mål har ulik enhet: «74,7 mill. kr» og «80 kr»."),
        ("< 5", "3", LOWER, "Resultatet «< 5» kan ikke sammenlignes med måltallet «3»."),
        ("2-5 %", "3 %", LOWER, "Resultatet «2–5 %» kan ikke sammenlignes med måltallet «3 %»."),
        ("Ja", "3", HIGHER, "Resultatet «Ja» kan ikke sammenlignes med måltallet «3»."),
        ("3", "Ja", YES, "Resultatet «3» kan ikke sammenlignes med måltallet «Ja»."),
        ("Etter planen", "3", HIGHER, "Resultatet «Etter planen» kan ikke sammenlignes med måltallet «3»."),
        ("3", "Etter avtale", HIGHER, "Måltallet «Etter avtale» kan ikke sammenlignes med et tall."),
        ("65/35", "65/35", HIGHER, "Måltallet «65/35» kan ikke sammenlignes med et tall."),
    ],
)  # fmt: skip
def test_assess_not_assessable(result: str, target: str, direction: Direction, reason: str) -> None:
    assessment = assessed(result, target, direction)

    assert assessment.outcome == Outcome.NOT_ASSESSABLE
    assert assessment.reason.replace("\u00a0", " ") == reason


@pytest.mark.parametrize(
    ("result", "target", "direction", "outcome"),
    [
        ("4.4", "=/< landssnitt", LOWER, REACHED),
        ("4.5", "=/< landssnitt", LOWER, NEARLY),
        ("4.7", "=/< landssnitt", LOWER, MISSED),
        ("4.4", "over landssnittet", HIGHER, NEARLY),
        ("4.4", "landssnitt", HIGHER, REACHED),
    ],
)
def test_assess_against_a_reference(result: str, target: str, direction: Direction, outcome: Outcome) -> None:
    assert assessed(result, target, direction, reference="4,4") == Assessment(outcome)


def test_assess_against_a_reference_with_the_sign_the_other_way() -> None:
    assessment = assessed("4.8", "=/< landssnitt", HIGHER, reference="4,4")

    assert assessment.outcome == Outcome.NOT_ASSESSABLE


@pytest.mark.parametrize(("reference", "unit"), [("Måles ikke", ""), ("<4", ""), ("44 %", "%")])
def test_assess_against_a_reference_that_is_no_such_figure(reference: str, unit: str) -> None:
    assessment = assessed("4.8", "landssnitt", HIGHER, reference=reference)

    assert assessment.outcome == Outcome.NOT_ASSESSABLE
    assert assessment.reason.startswith("Resultat og mål har ulik enhet" if unit else "Tallet for")


@pytest.mark.parametrize(("result", "outcome"), [("29 av 29", REACHED), ("18 av 29", MISSED), ("28 av 29", NEARLY)])
def test_assess_share_of_another_whole_says_so(result: str, outcome: Outcome) -> None:
    assessment = assessed(result, "30 av 30", HIGHER)

    assert assessment.outcome == outcome
    assert assessment.reason == f"Sammenlignet som andel, fordi nevneren er ulik: «{result}» mot «30 av 30»."


@pytest.mark.parametrize(
    ("outcome", "word", "symbol"),
    [
        (Outcome.REACHED, "Nådd", "✓"),
        (Outcome.NEARLY, "Nesten nådd", "≈"),
        (Outcome.MISSED, "Ikke nådd", "✗"),
        (Outcome.NOT_MEASURED, "Ikke målt", "–"),
        (Outcome.NOT_ASSESSABLE, "Ikke vurderbar", "?"),
    ],
)
def test_assessment_word_and_symbol(outcome: Outcome, word: str, symbol: str) -> None:
    assert (Assessment(outcome).word, Assessment(outcome).symbol, Assessment(outcome).reason) == (
        word, symbol, "",
    )  # fmt: skip


def test_assess_takes_the_direction_as_it_is_stored() -> None:
    stored: Any = "lower"

    assert assess(result=parse("3"), target=parse("5"), direction=stored) == Assessment(REACHED)


TYPED = st.sampled_from(
    [
        "", "0", "5", "-5", "5 %", "< 5", ">=5", "=5", "2-5", "2–5 %", "18 av 29", "30 av 30", "65/35",
        "Ja", "Nei", "Ny", "Måles ikke", "landssnitt", "≤ landssnitt", "Etter avtale", "1 479,0",
        "73,0 mill. kr",
    ]
)  # fmt: skip


@given(TYPED, TYPED, st.sampled_from(Direction), st.none() | TYPED)
def test_assess_always_answers_and_says_why_not(
    result: str, target: str, direction: Direction, reference: str | None
) -> None:
    assessment = assess(
        result=parse(result, as_text=True),
        target=parse(target, as_text=True),
        direction=direction,
        reference=None if reference is None else parse(reference, as_text=True),
    )

    if assessment.outcome in (Outcome.NOT_MEASURED, Outcome.NOT_ASSESSABLE):
        assert assessment.reason.endswith(".")
    else:
        assert direction != UNSET
        assert format_value(parse(target, as_text=True)) != ""
