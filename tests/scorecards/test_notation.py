"""The value notation: what stands in the cells of real documents, what leaders type, and what is refused."""

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from scorecards import notation
from scorecards.notation import (
    Kind,
    NotationError,
    Reason,
    Value,
    as_number,
    format_value,
    means_the_same,
    parse,
)

REPOSITORY = Path(__file__).resolve().parents[2]
NAUGHTY_STRINGS = REPOSITORY.parent / "shared" / "badinputs" / "blns" / "blns.json"
FIXTURES = sorted((REPOSITORY / "fixtures").rglob("*.yaml"))
SPACE = "\u00a0"

NUMBERS = [
    # typed, comparator, number, unit, decimals, printed
    ("21 568", "", "21568", "", 0, "21 568"),
    ("1202", "", "1202", "", 0, "1 202"),
    ("300 000", "", "300000", "", 0, "300 000"),
    ("12,66", "", "12.66", "", 2, "12,66"),
    ("5.8", "", "5.8", "", 1, "5,8"),
    ("2.30", "", "2.30", "", 2, "2,30"),
    ("1.0161", "", "1.0161", "", 4, "1,0161"),
    ("0.125", "", "0.125", "", 3, "0,125"),
    ("1,479", "", "1.479", "", 3, "1,479"),
    ("8.5 %", "", "8.5", "%", 1, "8,5 %"),
    ("99,9%", "", "99.9", "%", 1, "99,9 %"),
    ("100 %", "", "100", "%", 0, "100 %"),
    ("0   %", "", "0", "%", 0, "0 %"),
    ("45 prosent", "", "45", "%", 0, "45 %"),
    ("104, 2%", "", "104.2", "%", 1, "104,2 %"),
    ("<20%", "<", "20", "%", 0, "< 20 %"),
    ("< 5", "<", "5", "", 0, "< 5"),
    ("<0,6", "<", "0.6", "", 1, "< 0,6"),
    (">14", ">", "14", "", 0, "> 14"),
    (">20 %", ">", "20", "%", 0, "> 20 %"),
    ("≥0", ">=", "0", "", 0, "≥ 0"),
    (">=5,5", ">=", "5.5", "", 1, "≥ 5,5"),
    ("=>5", ">=", "5", "", 0, "≥ 5"),
    ("<=5", "<=", "5", "", 0, "≤ 5"),
    ("=<5", "<=", "5", "", 0, "≤ 5"),
    ("=/<5", "<=", "5", "", 0, "≤ 5"),
    ("=5", "=", "5", "", 0, "= 5"),
    ("mer enn 70", ">", "70", "", 0, "> 70"),
    ("Over 70", ">", "70", "", 0, "> 70"),
    ("mindre enn 70", "<", "70", "", 0, "< 70"),
    ("under  70", "<", "70", "", 0, "< 70"),
    ("minst 50%", ">=", "50", "%", 0, "≥ 50 %"),
    ("10 eller flere", ">=", "10", "", 0, "≥ 10"),
    ("maks 8 %", "<=", "8", "%", 0, "≤ 8 %"),
    ("inntil 8", "<=", "8", "", 0, "≤ 8"),
    ("høyst 8", "<=", "8", "", 0, "≤ 8"),
    ("+0,8", "", "0.8", "", 1, "+0,8"),
    ("-0,6 %", "", "-0.6", "%", 1, "−0,6 %"),
    ("−12,5", "", "-12.5", "", 1, "−12,5"),
    ("–12,5", "", "-12.5", "", 1, "−12,5"),
    ("1\u00a0479,0", "", "1479.0", "", 1, "1 479,0"),
    ("1\u202f479,0", "", "1479.0", "", 1, "1 479,0"),
    ("1\u2009479,0", "", "1479.0", "", 1, "1 479,0"),
    ("1 479.5", "", "1479.5", "", 1, "1 479,5"),
    (" 12 ", "", "12", "", 0, "12"),
    ("35 plasser", "", "35", "plasser", 0, "35 plasser"),
    ("1 plass", "", "1", "plasser", 0, "1 plass"),
    ("1,0 plasser", "", "1.0", "plasser", 1, "1,0 plasser"),
    ("73,0 mill. kr", "", "73.0", "mill. kr", 1, "73,0 mill. kr"),
    ("1,25 mill.kr", "", "1.25", "mill. kr", 2, "1,25 mill. kr"),
    ("kr 950 000", "", "950000", "kr", 0, "950 000 kr"),
    ("406,-", "", "406", "kr", 0, "406 kr"),
    ("91 kr/m2", "", "91", "kr per m²", 0, "91 kr per m²"),
]


@pytest.mark.parametrize(("typed", "comparator", "number", "unit", "decimals", "printed"), NUMBERS)
def test_parse_number(typed: str, comparator: str, number: str, unit: str, decimals: int, printed: str) -> None:
    value = parse(typed)

    assert value == Value(
        text=typed,
        kind=Kind.NUMBER,
        comparator=comparator,
        number=Decimal(number),
        unit=unit,
        decimals=decimals,
        is_signed=typed.startswith("+"),
    )
    assert format_value(value).replace(SPACE, " ") == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("1479,0", "1\u00a0479,0"),
        ("2,4%", "2,4\u00a0%"),
        ("<20", "<\u00a020"),
        ("5 mill. kr", "5\u00a0mill.\u00a0kr"),
    ],
)
def test_format_puts_hard_spaces_where_a_line_must_not_break(typed: str, printed: str) -> None:
    assert format_value(parse(typed)) == printed


@pytest.mark.parametrize(
    ("typed", "lower", "upper", "unit", "printed"),
    [
        ("2-5 %", "2", "5", "%", "2–5 %"),
        ("2 % – 5 %", "2", "5", "%", "2–5 %"),
        ("0,8 til 1,25", "0.8", "1.25", "", "0,8–1,25"),
        ("mellom 2 og 5 %", "2", "5", "%", "2–5 %"),
        ("-5--2", "-5", "-2", "", "−5 til −2"),
    ],
)
def test_parse_range(typed: str, lower: str, upper: str, unit: str, printed: str) -> None:
    value = parse(typed)

    assert (value.kind, value.number, value.upper) == (Kind.RANGE, Decimal(lower), Decimal(upper))
    assert value.unit == unit
    assert format_value(value).replace(SPACE, " ") == printed


@pytest.mark.parametrize(
    ("typed", "part", "whole", "comparator", "unit"),
    [
        ("18 av 29", "18", "29", "", ""),
        ("minst 25 av 30", "25", "30", ">=", ""),
        ("18 av 29 avdelinger", "18", "29", "", "avdelinger"),
    ],
)
def test_parse_share(typed: str, part: str, whole: str, comparator: str, unit: str) -> None:
    value = parse(typed)

    assert value == Value(
        typed, Kind.SHARE, comparator, Decimal(part), denominator=Decimal(whole), unit=unit, decimals=0
    )


def test_parse_split() -> None:
    assert parse("65/35") == Value("65/35", Kind.SPLIT, number=Decimal(65), upper=Decimal(35), decimals=0)
    assert format_value(parse("65 / 35")) == "65/35"


@pytest.mark.parametrize(
    ("typed", "reason", "printed"),
    [
        ("Måles ikke", Reason.NOT_MEASURED, "Måles ikke"),
        ("måles  IKKE", Reason.NOT_MEASURED, "Måles ikke"),
        ("Ma\u030ales ikke", Reason.NOT_MEASURED, "Måles ikke"),
        ("Ikke målt", Reason.NOT_MEASURED, "Ikke målt"),
        ("Ikke måltall", Reason.NO_TARGET, "Ikke måltall"),
        ("Ny", Reason.NEW, "Ny"),
        ("Gjennomføres hvert 2.år", Reason.NOT_THIS_TIME, "Gjennomføres hvert 2. år"),
        ("Feil undersøkelse sendt ut", Reason.INVALID, "Feil undersøkelse sendt ut"),
        ("--", Reason.NO_DATA, "–"),
        ("-", Reason.NO_DATA, "–"),
        ("–", Reason.NO_DATA, "–"),
        ("..", Reason.NO_DATA, ".."),
        (":", Reason.HIDDEN, ":"),
    ],
)
def test_parse_reason(typed: str, reason: Reason, printed: str) -> None:
    value = parse(typed)

    assert value == Value(typed, Kind.REASON, reason=reason, phrase=printed)
    assert format_value(value) == printed


@pytest.mark.parametrize(
    ("typed", "kind", "printed"), [("Ja", Kind.YES, "Ja"), ("JA", Kind.YES, "Ja"), (" nei ", Kind.NO, "Nei")]
)
def test_parse_yes_and_no(typed: str, kind: Kind, printed: str) -> None:
    assert parse(typed) == Value(typed, kind, phrase=printed)
    assert format_value(parse(typed)) == printed


@pytest.mark.parametrize(
    ("typed", "comparator", "printed"),
    [
        ("=/< landssnitt", "<=", "≤ landssnitt"),
        ("landssnittet", "", "landssnitt"),
        ("over nasjonalt snitt", ">", "> nasjonalt snitt"),
    ],
)
def test_parse_reference(typed: str, comparator: str, printed: str) -> None:
    value = parse(typed)

    assert (value.kind, value.comparator, value.number) == (Kind.REFERENCE, comparator, None)
    assert format_value(value).replace(SPACE, " ") == printed


@pytest.mark.parametrize("typed", ["", " ", "\u00a0"])
def test_parse_empty(typed: str) -> None:
    assert parse(typed) == Value(typed, Kind.EMPTY)
    assert format_value(parse(typed)) == ""


@pytest.mark.parametrize(
    ("typed", "number", "mark", "printed"),
    [
        ("6,8*", "6.8", "*", "6,8*"),
        ("6,8 **", "6.8", "**", "6,8**"),
        ("28¹", "28", "¹", "28¹"),
        ("28 kr¹²", "28", "¹²", "28 kr¹²"),
        ("28 1)", "28", "1)", "28 1)"),
        ("12 m²", "12", "", "12 m²"),
        ("12 m²*", "12", "*", "12 m²*"),
    ],
)
def test_parse_footnote_mark(typed: str, number: str, mark: str, printed: str) -> None:
    value = parse(typed)

    assert (value.number, value.mark) == (Decimal(number), mark)
    assert format_value(value).replace(SPACE, " ") == printed


NOT_A_HUNDRED = "blir ikke 100 til sammen. Skriv «18 av 29» for en andel; en fordeling er for eksempel 65/35."

QUESTIONS = [
    ("1.479", "Mener du 1 479 eller 1,479? Skriv tusener med mellomrom og desimaler med komma."),
    ("1 479.500", "Mener du 1 479 500 eller 1 479,500? Skriv tusener med mellomrom og desimaler med komma."),
    ("1.479,0", "Mener du 1 479,0? Skriv tusener med mellomrom og desimaler med komma."),
    ("1,479.0", "Mener du 1 479,0? Skriv tusener med mellomrom og desimaler med komma."),
    ("1.479.000", "Mener du 1 479 000? Skriv tusener med mellomrom og desimaler med komma."),
    ("12, 5", "«12, 5» har mellomrom etter komma. Mener du 12,5?"),
    (",8 %", "«,8» mangler tallet foran komma. Mener du 0,8?"),
    ("5,", "«5,» slutter med komma eller punktum. Mangler det et siffer?"),
    ("007", "«007» begynner med 0. Skriv tallet uten null foran."),
    ("5-2", "I «5-2» er det første tallet størst. Skriv den laveste grensen først."),
    (
        "30 av 18",
        "«30 av 18» er ikke en andel: tallet etter «av» må være over 0 og minst like stort som tallet foran.",
    ),
    (
        "18/29",
        f"«18/29» {NOT_A_HUNDRED}",
    ),
    (
        "12 bananer",
        "Kjenner ikke enheten «bananer». Skriv bare tallet. Enheten står i indikatoren.",
    ),
    ("2 kr-5 %", "De to tallene i «2 kr-5 %» har ulik enhet. Skriv enheten én gang, etter det siste tallet."),
    ("<2-5", "«<2-5» har både en grense og et område eller en fordeling. Skriv bare én av delene."),
    ("1e5", "Skriv tallet helt ut i stedet for «1e5», for eksempel 100 000."),
    ("1_000", "«1_000» har understrek. Skriv tusener med mellomrom, for eksempel 1 000."),
    ("١٢", "«١٢» har andre siffer enn 0–9. Skriv tallet med vanlige siffer."),
    ("\uff11\uff12", "«\uff11\uff12» har andre siffer enn 0–9. Skriv tallet med vanlige siffer."),
    ("31.12.2023", "«31.12.2023» ser ut som en dato. Her skal det stå en verdi."),
    ("ca. 5", "Skriv tallet i «ca. 5» alene. Forbehold hører hjemme i kommentaren."),
    ("#N/A", "«#N/A» ser ut som en feilmelding fra et regneark. Skriv verdien som skulle stått der."),
    ("- 5", "Skriv fortegnet i «- 5» rett foran tallet, uten mellomrom."),
]


@pytest.mark.parametrize(("typed", "sentence"), QUESTIONS)
def test_parse_refuses_with_a_sentence_that_helps(typed: str, sentence: str) -> None:
    with pytest.raises(NotationError) as refused:
        parse(typed)

    assert str(refused.value).replace(SPACE, " ") == sentence
    assert refused.value.message % refused.value.params == str(refused.value)


@pytest.mark.parametrize("typed", ["28 1", "1 47", "1 4790", "12  345", "1 479 00", "62 43 30 00"])
def test_parse_refuses_a_group_without_three_digits(typed: str) -> None:
    with pytest.raises(NotationError) as refused:
        parse(typed)

    assert str(refused.value) == (
        f"Mellomrom i et tall skiller tusener: «{typed}» må ha nøyaktig tre siffer etter hvert mellomrom,"
        " som i 12 500. Skriv ett tall i feltet."
    )


@pytest.mark.parametrize("typed", ["NaN", "inf", "Infinity", "Ja og nei", "*", "%", "1/2/3", "mİnst 5", "½"])
def test_parse_refuses_what_is_no_value(typed: str) -> None:
    with pytest.raises(NotationError):
        parse(typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("a\x00b", "0000"), ("5\n", "000A"), ("5\t6", "0009"), ("5\u200b", "200B"), ("\ud800", "D800")],
)
@pytest.mark.parametrize("as_text", [False, True])
def test_parse_refuses_invisible_characters(typed: str, code: str, as_text: bool) -> None:
    with pytest.raises(NotationError) as refused:
        parse(typed, as_text=as_text)

    assert refused.value.params == {"code": code}


def test_parse_refuses_what_is_too_long() -> None:
    assert parse("x" * notation.MAX_LENGTH, as_text=True).kind == Kind.TEXT
    with pytest.raises(NotationError, match=r"^Verdien er for lang: 201 tegn\. Det er plass til 200;"):
        parse("x" * (notation.MAX_LENGTH + 1), as_text=True)


@pytest.mark.parametrize(
    ("typed", "is_read"),
    [("9" * 16, True), ("9" * 17, False), ("0," + "1" * 8, True), ("0," + "1" * 9, False)],
)
def test_parse_bounds_the_digits(typed: str, is_read: bool) -> None:
    assert (parse(typed, as_text=True).kind == Kind.NUMBER) is is_read


def test_parse_as_text_keeps_what_is_not_understood() -> None:
    assert parse(" Etter avtale ", as_text=True) == Value(" Etter avtale ", Kind.TEXT, phrase="Etter avtale")
    assert parse("28 1", as_text=True).number is None
    assert parse("La\u030ant ut", as_text=True).phrase == "Lånt ut"


def test_parse_as_text_still_understands_the_rest() -> None:
    assert parse("99,9%", as_text=True) == parse("99,9%")


def test_parse_knows_the_units_it_is_given() -> None:
    assert parse("12 senger", units=["senger"]).unit == "senger"
    with pytest.raises(NotationError):
        parse("12 senger")


@pytest.mark.parametrize(
    ("typed", "number"),
    [("99,9 %", "99.9"), ("73,0 mill. kr", "73.0"), ("=5", "5"), ("6,8*", "6.8")],
)
def test_as_number_of_a_plain_number(typed: str, number: str) -> None:
    assert as_number(parse(typed)) == Decimal(number)


@pytest.mark.parametrize("typed", ["<20", "2-5", "18 av 29", "65/35", "Ja", "Måles ikke", "landssnitt", ""])
def test_as_number_of_everything_else(typed: str) -> None:
    assert as_number(parse(typed)) is None


def cells(node: object) -> Iterator[str]:
    """The printed cells of a fixture: `values` of scorecard rows and `cells` of key-figure rows."""
    if isinstance(node, dict):
        for name, child in node.items():
            if name in ("values", "cells"):
                yield from (cell["text"] if isinstance(cell, dict) else cell for cell in child)
            else:
                yield from cells(child)
    elif isinstance(node, list):
        for child in node:
            yield from cells(child)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_parse_understands_every_cell_of_the_fixtures(path: Path) -> None:
    refused = []
    for cell in cells(yaml.safe_load(path.read_text(encoding="utf-8"))):
        try:
            parse(cell)
        except NotationError as error:
            refused.append(str(error))

    assert refused == []


@pytest.mark.skipif(not NAUGHTY_STRINGS.exists(), reason="the list of naughty strings is not here")
def test_parse_survives_naughty_strings() -> None:
    typed = json.loads(NAUGHTY_STRINGS.read_text(encoding="utf-8"))
    assert len(typed) > 400
    for text in typed:
        check_reading(text)


def read_or_refuse(text: str, *, as_text: bool = False) -> Value | NotationError:
    try:
        return parse(text, as_text=as_text)
    except NotationError as error:
        return error


def check_reading(text: str) -> None:
    """Refused with a sentence, or understood, kept exactly and printed so that it means the same."""
    value = read_or_refuse(text)
    if isinstance(value, NotationError):
        assert str(value).endswith((".", "?"))
    else:
        assert value.text == text
        assert means_the_same(parse(format_value(value)), value)


@given(st.text())
@example("mİnst 5")
def test_parse_never_crashes_on_any_text(text: str) -> None:
    check_reading(text)


PIECES = [
    *"0123456789 ,.-–−+<>=≥≤/%*()¹\u00a0\u202f\u2009", "av", "til", "mellom", "og", "kr", "mill.", "plasser",
    "minst", "mer enn", "eller flere", "landssnitt", "Ja", "Måles ikke", "1 000", "12,5", "100",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_parse_never_crashes_on_pieces_of_the_notation(text: str) -> None:
    check_reading(text)


@given(st.text())
def test_parse_as_text_only_refuses_what_cannot_be_stored(text: str) -> None:
    value = read_or_refuse(text, as_text=True)
    if isinstance(value, NotationError):
        assert set(value.params) in ({"code"}, {"length", "limit"})
    else:
        assert value.text == text
        assert means_the_same(parse(format_value(value), as_text=True), value)


def decimals_of(places: int) -> st.SearchStrategy[Decimal]:
    return st.integers(min_value=-(10**15), max_value=10**15).map(lambda n: Decimal(n).scaleb(-places))


NUMERALS = st.integers(min_value=0, max_value=8).flatmap(decimals_of)
UNITS = st.sampled_from(["", "%", "‰", "kr", "mill. kr", "plasser", "årsverk", "kr per m²"])
MARKS = st.sampled_from(["", "*", "**", "¹", "2)"])


@given(NUMERALS, UNITS, MARKS, st.sampled_from(["", "<", "<=", ">", ">=", "="]))
def test_number_printed_means_the_same_when_read(number: Decimal, unit: str, mark: str, comparator: str) -> None:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    value = Value("", Kind.NUMBER, comparator, number, unit=unit, decimals=-exponent, mark=mark)

    read = parse(format_value(value))

    assert replace(read, text="") == value
    assert read.number == number


@given(NUMERALS, NUMERALS, UNITS)
def test_range_printed_means_the_same_when_read(one: Decimal, other: Decimal, unit: str) -> None:
    lower, upper = sorted((one, other))
    exponent = lower.as_tuple().exponent
    assert isinstance(exponent, int)
    value = Value("", Kind.RANGE, number=lower, upper=upper, unit=unit, decimals=-exponent)

    assert replace(parse(format_value(value)), text="") == value


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=1, max_value=10**9))
def test_share_printed_means_the_same_when_read(part: int, whole: int) -> None:
    assume(part <= whole)
    value = Value("", Kind.SHARE, number=Decimal(part), denominator=Decimal(whole), decimals=0)

    assert replace(parse(format_value(value)), text="") == value
