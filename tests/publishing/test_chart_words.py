"""What charts say in words agrees with what they show, whatever the figures: numbers, times, and which way it went."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.charts import Plot, Series, in_words
from publishing.charts.plot import rounded

YEARS = tuple(f"{year}" for year in range(2015, 2025))
GROUP = "snittet på 100, i gruppen fra 85 til 112"
NAMES = tuple("ABCDEFGH")
NUMBER = "(−?[0-9\u00a0]+(?:,[0-9]+)?)"
POINT = re.compile(rf"{NUMBER} i (20[0-9]{{2}})")
STEP = re.compile(rf"(steg|falt)(?: fra {NUMBER} i 20[0-9]{{2}})? til {NUMBER} i 20[0-9]{{2}}")

figures = st.decimals(min_value=-99999, max_value=99999, places=2)
few_figures = st.integers(min_value=-3, max_value=3).map(Decimal)
gaps = st.lists(st.one_of(figures, few_figures, st.none()), min_size=1, max_size=len(YEARS))
known_somewhere = gaps.filter(lambda values: any(value is not None for value in values))
amounts = st.lists(st.one_of(st.none(), st.integers(min_value=0, max_value=500).map(Decimal)), min_size=1, max_size=5)


def series(name: str, *values: str | None, decimals: int = 0, role: str = "", is_target: bool = False) -> Series:
    numbers = tuple(None if value is None else Decimal(value) for value in values)
    return Series(name, numbers, decimals, role=role, is_target=is_target)


def over_years(*made: Series, kind: str = "line", **facts: str | int) -> Plot:
    return Plot(kind, YEARS[4 : 4 + len(made[0].values)], made, **facts)  # type: ignore[arg-type]


def read(text: str) -> Decimal:
    return Decimal(text.replace("\u00a0", "").replace("−", "-").replace(",", "."))


LOANS = series("Utlån per innbygger", "3", "2.9", None, "2.3", decimals=1)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (["3", "2.3"], "Utlån falt fra 3 i 2019 til 2,3 i 2020."),
        (["2.3", "2.9", "3"], "Utlån steg fra 2,3 i 2019 til 3 i 2021."),
        (["3", "3", "3.0"], "Utlån var uendret på 3 fra 2019 til 2021."),
        (["3", "5", "2.3"], "Utlån steg fra 3 i 2019 til 5 i 2020 og falt til 2,3 i 2021."),
        (["3", "1", "2.3"], "Utlån falt fra 3 i 2019 til 1 i 2020 og steg til 2,3 i 2021."),
        (["3", "5", "1", "3"], "Utlån steg fra 3 i 2019 til 5 i 2020, falt til 1 i 2021 og steg til 3 i 2022."),
        (["3", "3.04"], "Utlån var uendret på 3 fra 2019 til 2020."),
        ([None, "3"], "Utlån var 3 i 2020."),
        (["3", None, "4"], "Utlån steg fra 3 i 2019 til 4 i 2021. Tall mangler for 2020."),
        (["-1200", "1200"], "Utlån steg fra −1\u00a0200 i 2019 til 1\u00a0200 i 2020."),
        ([None, None], "Det er ingen tall å vise."),
    ],
)
def test_in_words_over_time(values: list[str | None], told: str) -> None:
    assert in_words(over_years(series("Utlån", *values, decimals=1))) == told


@pytest.mark.parametrize(
    ("values", "forecast", "told"),
    [
        (["3", "4", "5"], 2, "Barn steg fra 3 i 2019 til 4 i 2020, og ventes å bli 5 i 2021."),
        (["3", "6", "5"], 1, "Barn var 3 i 2019, og ventes å bli 6 i 2020 og 5 i 2021."),
        ([None, "6", "5"], 1, "Barn ventes å bli 6 i 2020 og 5 i 2021."),
        ([None, None, "5"], 1, "Barn ventes å bli 5 i 2021."),
        (
            [None, "6", "9", "1", "5"],
            1,
            "Barn ventes å bli 6 i 2020, 9 i 2021, 1 i 2022 og 5 i 2023.",
        ),
    ],
)
def test_in_words_says_what_is_foreseen_as_foreseen(values: list[str | None], forecast: int, told: str) -> None:
    assert in_words(over_years(series("Barn", *values), forecast=forecast)) == told


@pytest.mark.parametrize(
    ("direction", "targets", "told"),
    [
        ("higher", ["4", "4", None], "Målet er 4 i 2020: ikke nådd."),
        ("lower", ["4", "4", None], "Målet er 4 i 2020: nådd."),
        ("", ["4", "4", None], "Målet er 4 i 2020."),
        ("range", ["4", "4", None], "Målet er 4 i 2020."),
        ("higher", [None, "3", "5"], "Målet er 3 i 2020: nådd. Målet er 5 i 2021."),
        ("higher", [None, None, "5"], "Målet er 5 i 2021."),
    ],
)
def test_in_words_says_whether_a_target_is_reached_only_with_a_direction(
    direction: str, targets: list[str | None], told: str
) -> None:
    target = series("Mål", *targets, is_target=True)
    plot = over_years(series("Utlån", "2", "3", None), target, direction=direction)
    assert in_words(plot) == f"Utlån steg fra 2 i 2019 til 3 i 2020. {told}"


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("%", "Andel steg fra 2 prosent i 2019 til 3 prosent i 2020."),
        ("kr per m²", "Andel steg fra 2 kroner per m² i 2019 til 3 i 2020."),
        ("mill. kr", "Andel steg fra 2 millioner kroner i 2019 til 3 i 2020."),
        ("årsverk", "Andel steg fra 2 årsverk i 2019 til 3 årsverk i 2020."),
        ("antall", "Andel steg fra 2 i 2019 til 3 i 2020."),
        ("andel", "Andel steg fra 2 i 2019 til 3 i 2020."),
        ("kroneruller", "Andel steg fra 2 kroneruller i 2019 til 3 kroneruller i 2020."),
    ],
)
def test_in_words_names_the_unit_as_it_is_read(unit: str, told: str) -> None:
    assert in_words(over_years(series("Andel", "2", "3"), unit=unit)) == told


def test_in_words_of_months_and_of_dates() -> None:
    months = Plot("line", ("JAN", "Mars", "Des"), (series("2022", "3", "2", "1"),))
    dates = Plot("column", ("31.08.2023", "01.01.2024"), (series("Skole", "3", "2"),))
    assert in_words(months) == "2022: tallet falt fra 3 i januar til 1 i desember."
    assert in_words(dates) == "Skole falt fra 3 per 31.08.2023 til 2 per 01.01.2024."


def test_in_words_of_many_gaps_counts_them() -> None:
    plot = over_years(series("Utlån", "1", None, None, None, None, "2"))
    assert in_words(plot) == "Utlån steg fra 1 i 2019 til 2 i 2024. Tall mangler for 4 av 6 perioder."


@given(known_somewhere, st.integers(min_value=0, max_value=2), st.none() | st.integers(min_value=1, max_value=9))
def test_in_words_over_time_agrees_with_the_figures(
    values: list[Decimal | None], decimals: int, forecast: int | None
) -> None:
    labels = YEARS[: len(values)]
    words = in_words(Plot("line", labels, (Series("Utlån", tuple(values), decimals),), forecast=forecast))
    shown = {labels[at]: rounded(value, decimals) for at, value in enumerate(values) if value is not None}
    is_foreseen = {label: forecast is not None and at >= forecast for at, label in enumerate(labels)}
    actual = [value for label, value in shown.items() if not is_foreseen[label]]
    was, expects, expected = words.partition("ventes å bli")
    for part, foreseen in ((was, False), (expected, True)):
        for number, year in POINT.findall(part):
            assert (read(number), is_foreseen[year]) == (shown[year], foreseen)
    assert bool(expects) == (len(actual) < len(shown))
    told = [read(number) for number, _year in POINT.findall(was)]
    if "uendret" in words:
        assert {read(number) for number in re.findall(rf"uendret på {NUMBER} fra", words)} == set(actual)
    elif actual:
        assert (told[0], told[-1], max(told), min(told)) == (actual[0], actual[-1], max(actual), min(actual))
        went = [step[0] for step in STEP.findall(was)]
        assert went == ["steg" if after > before else "falt" for before, after in pairwise(told)]
        assert all(before != after for before, after in pairwise(told))
    if expected:
        assert POINT.findall(expected)[-1][1] == [label for label in shown if is_foreseen[label]][-1]
    first, *_others, last = [*shown, *shown][:1] + list(shown)[-1:]
    gaps_between = [label for label in labels if first < label < last and label not in shown]
    assert bool(gaps_between) == ("Tall mangler for" in words)
    if 0 < len(gaps_between) <= 3:
        assert re.findall(r"20[0-9]{2}", words.partition("Tall mangler for")[2]) == gaps_between


@given(
    st.lists(few_figures, min_size=1, max_size=6),
    st.lists(st.one_of(few_figures, st.none()), min_size=6, max_size=6),
    st.sampled_from(["higher", "lower", "range", ""]),
)
def test_in_words_calls_a_target_reached_only_where_it_is(
    results: list[Decimal], targets: list[Decimal | None], direction: str
) -> None:
    padded = (*results, *[None] * (6 - len(results)))
    target = Series("Mål", tuple(targets), is_target=True)
    words = in_words(Plot("line", YEARS[:6], (Series("Utlån", padded), target), direction=direction))
    told = re.findall(rf"Målet er {NUMBER} i (20[0-9]{{2}})(: ikke nådd|: nådd|)\.", words)
    known = [at for at, value in enumerate(targets) if value is not None]
    answered = [at for at in known if at < len(results)]
    expected = []
    for at in sorted({*answered[-1:], *known[-1:]}):
        goal, verdict = targets[at] or Decimal(0), ""
        if at < len(results) and direction in ("higher", "lower"):
            is_reached = results[at] >= goal if direction == "higher" else results[at] <= goal
            verdict = ": nådd" if is_reached else ": ikke nådd"
        expected.append((goal, YEARS[at], verdict))
    assert [(read(number), year, verdict) for number, year, verdict in told] == expected


def test_in_words_of_bars_names_the_highest_and_the_lowest() -> None:
    plot = Plot("bar", ("Skole", "Kultur", "Barnehage"), (series("Årsverk", "10", None, "12.5", decimals=1),))
    assert in_words(plot) == "Årsverk: høyest Barnehage med 12,5, lavest Skole med 10."
    ties = Plot("bar", ("Skole", "Kultur", "Barnehage"), (series("", "1", "1", "2"),))
    assert in_words(ties) == "Høyest Barnehage med 2, lavest Skole og Kultur med 1."
    alike = Plot("bar", tuple("ABCDE"), (series("Plasser", *["7"] * 5),))
    assert in_words(alike) == "Plasser: A, B og 3 andre med 7."


@given(known_somewhere.filter(lambda values: len(values) <= len(NAMES)), st.integers(min_value=0, max_value=2))
def test_in_words_of_bars_agrees_with_the_figures(values: list[Decimal | None], decimals: int) -> None:
    words = in_words(Plot("bar", NAMES[: len(values)], (Series("Årsverk", tuple(values), decimals),)))
    shown = {name: rounded(value, decimals) for name, value in zip(NAMES, values, strict=False) if value is not None}
    told = re.fullmatch(rf"Årsverk: høyest (.+) med {NUMBER}, lavest (.+) med {NUMBER}\.", words)
    if told is None:
        number = re.findall(rf" med {NUMBER}\.", words)
        assert {read(one) for one in number} == set(shown.values())
        return
    highest, high, lowest, low = told.groups()
    assert (read(high), read(low)) == (max(shown.values()), min(shown.values()))
    for names, value in ((highest, read(high)), (lowest, read(low))):
        assert {shown[name] for name in re.findall(r"\b[A-H]\b", names)} == {value}


def test_in_words_of_a_whole_says_sums_and_largest_parts() -> None:
    plot = Plot(
        "stacked", ("Skole", "Kultur", "Vei"), (series("Nådd", "5", "1", None), series("Ikke nådd", "2", "1", "0"))
    )
    assert in_words(plot) == (
        "I alt 9: nådd 6 og ikke nådd 3. Skole: 7 i alt, mest nådd med 5."
        " Kultur: 2 i alt, mest nådd og ikke nådd med 1 hver. Vei: 0 i alt."
    )


@given(amounts, amounts)
def test_in_words_of_a_whole_agrees_with_the_figures(one: list[Decimal | None], other: list[Decimal | None]) -> None:
    rows = list(zip(one, other, strict=False))
    parts = (Series("Nådd", tuple(row[0] for row in rows)), Series("Ikke nådd", tuple(row[1] for row in rows)))
    words = in_words(Plot("stacked", NAMES[: len(rows)], parts))
    pairs = [(left or Decimal(0), right or Decimal(0)) for left, right in rows]
    told = re.findall(rf"([A-H]): {NUMBER} i alt(?:, mest (.+?) med {NUMBER}( hver)?)?\.", words)
    assert [(name, read(total)) for name, total, *_part in told] == [
        (name, sum(pair)) for name, pair in zip(NAMES, pairs, strict=False)
    ]
    names = {(True, False): "nådd", (False, True): "ikke nådd", (True, True): "nådd og ikke nådd"}
    for (_name, _total, largest, part, _each), (left, right) in zip(told, pairs, strict=True):
        expected = (names[left >= right, right >= left], max(left, right)) if left or right else ("", None)
        assert (largest, read(part) if part else None) == expected
    everything = re.findall(rf"I alt {NUMBER}: nådd {NUMBER} og ikke nådd {NUMBER}\.", words)
    sums = [sum(left for left, _right in pairs), sum(right for _left, right in pairs)]
    assert [tuple(map(read, line)) for line in everything] == ([(sum(sums), *sums)] if len(pairs) > 1 else [])


def in_group(own: Decimal | None, average: Decimal | None, low: Decimal, high: Decimal) -> Plot:
    return Plot(
        "range",
        ("Barnehage",),
        (
            Series("Elverum", (own,), 1, role="own"),
            Series("Snittet", (average,), 1, role="average"),
            Series("Laveste", (low,), 1, role="lowest"),
            Series("Høyeste", (high,), 1, role="highest"),
        ),
        unit="%",
    )


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("91.5", "Elverum har 91,5 prosent, lavere enn snittet på 100, i gruppen fra 85 til 112"),
        ("100", "Elverum har 100 prosent, likt med snittet på 100, i gruppen fra 85 til 112"),
        ("112", f"Elverum har 112 prosent, høyere enn {GROUP}"),
        ("113", f"Elverum har 113 prosent, høyere enn {GROUP}, høyere enn alle de andre"),
        ("80", f"Elverum har 80 prosent, lavere enn {GROUP}, lavere enn alle de andre"),
        (None, "Elverum har ikke tall, snittet 100, i gruppen fra 85 til 112"),
    ],
)  # fmt: skip
def test_in_words_of_a_range_holds_ones_own_against_the_group(own: str | None, told: str) -> None:
    plot = in_group(None if own is None else Decimal(own), Decimal(100), Decimal(85), Decimal(112))
    assert in_words(plot) == f"Barnehage: {told}."


@given(few_figures, few_figures, few_figures, few_figures)
def test_in_words_of_a_range_agrees_with_the_figures(
    own: Decimal, average: Decimal, one_end: Decimal, other_end: Decimal
) -> None:
    low, high = sorted((one_end, other_end))
    words = in_words(in_group(own, average, low, high))
    compared = "likt med" if own == average else "høyere enn" if own > average else "lavere enn"
    assert re.findall("(likt med|høyere enn|lavere enn) snittet", words) == [compared]
    assert [read(number) for number in re.findall(NUMBER, words)] == [own, average, low, high]
    assert ("høyere enn alle de andre" in words, "lavere enn alle de andre" in words) == (own > high, own < low)


@given(st.lists(st.tuples(few_figures, few_figures), min_size=1, max_size=6))
def test_in_words_of_a_profile_agrees_with_the_figures(pairs: list[tuple[Decimal, Decimal]]) -> None:
    own, group = (Series(name, tuple(pair[at] for pair in pairs), role=role) for at, (name, role) in enumerate(
        [("Elverum", "own"), ("Landet", "group")]
    ))  # fmt: skip
    words = in_words(Plot("profile", NAMES[: len(pairs)], (own, group)))
    counts = {
        "høyere": sum(mine > theirs for mine, theirs in pairs),
        "lavere": sum(mine < theirs for mine, theirs in pairs),
        "likt": sum(mine == theirs for mine, theirs in pairs),
    }
    told = dict(re.findall(rf"(høyere|lavere|likt) for ([0-9]) av {len(pairs)}", words))
    expected = {word: f"{count}" for word, count in counts.items() if count} if len(pairs) > 1 else {}
    assert told == expected
    furthest = max(abs(mine - theirs) for mine, theirs in pairs)
    for label, mine, theirs in re.findall(rf"([A-H]): Elverum har {NUMBER}, .+ landet med {NUMBER}\.", words):
        assert pairs[NAMES.index(label)] == (read(mine), read(theirs))
        assert abs(read(mine) - read(theirs)) == furthest
    assert ("Elverum har" in words) == (len(pairs) == 1 or furthest > 0)
