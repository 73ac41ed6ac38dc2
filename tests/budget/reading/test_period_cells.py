"""Periods in the cells of a file."""

from decimal import Decimal

import pytest

from budget.reading.amounts import read_month, read_period, read_year
from budget.reading.cells import Cell
from organisation.periods import code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("202403", "2024-03"),
        ("2024/3", "2024-03"),
        ("2024.03", "2024-03"),
        ("03.2024", "2024-03"),
        ("3/2024", "2024-03"),
        ("mars 2024", "2024-03"),
        ("Mars 2024", "2024-03"),
        ("mar. 2024", "2024-03"),
        ("des-2024", "2024-12"),
        ("31.03.2024", "2024-03"),
        ("1.3.2024", "2024-03"),
        ("03.04.2024", "2024-04"),
        ("2024-03-31", "2024-03"),
        ("2024-T1", "2024-T1"),
        ("2024-t3", "2024-T3"),
        ("2. tertial 2024", "2024-T2"),
        ("2024-Q4", "2024-Q4"),
        ("3. kvartal 2024", "2024-Q3"),
        (" 2024 ", "2024"),
    ],
)
def test_period_of_text(text: str, expected: str) -> None:
    assert code(read_period(Cell("text", text))) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell("date", "31.03.2024"), "2024-03"),
        (Cell("date", "31.03.2024 12:30"), "2024-03"),
        (Cell("number", "2024", Decimal(2024)), "2024"),
        (Cell("number", "202412", Decimal(202412)), "2024-12"),
    ],
)
def test_period_of_a_date_or_a_number(cell: Cell, expected: str) -> None:
    assert code(read_period(cell)) == expected


@pytest.mark.parametrize(
    "text",
    ["24", "mars", "mars 24", "03/04/2024", "2023/2024", "2024-3", "2024-T4", "2024-Q5", "4. tertial 2024", "12:30",
     "24-03-31", "20240331", "2024-", "\u0662\u0660\u0662\u0664"],
)  # fmt: skip
def test_period_that_can_mean_several_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"er ikke en periode\. Skriv for eksempel 2024"):
        read_period(Cell("text", text))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (
            Cell("text", "2024-13"),
            "«2024-13»: måned 13 finnes ikke. Før linjer fra årsavslutningen på måned 12.",
        ),
        (Cell("text", "202400"), "«202400»: måned 0 finnes ikke."),
        (Cell("text", "31.02.2024"), "Datoen «31.02.2024» finnes ikke."),
        (Cell("text", "1824"), "«1824»: 1824 er ikke et årstall."),
        (
            Cell("number", "45382", Decimal(45382)),
            "«45382» er ikke en periode. Skriv for eksempel 2024, 2024-03, 2024-T1, mars 2024 eller 31.03.2024.",
        ),
        (
            Cell("number", "2024,5", Decimal("2024.5")),
            "«2024,5» er ikke en periode. Skriv for eksempel 2024, 2024-03, 2024-T1, mars 2024 eller 31.03.2024.",
        ),
        (Cell("empty", ""), "Perioden mangler."),
        (Cell("formula", "=A1"), "Perioden er formelen «=A1». Kopier kolonnen og lim inn verdiene."),
        (Cell("error", "#N/A"), "Perioden viser feilen «#N/A». Rett den i regnearket."),
    ],
)
def test_period_that_is_refused_says_why(cell: Cell, expected: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refusal:
        read_period(cell)
    assert str(refusal.value) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell("number", "3", Decimal(3)), 3),
        (Cell("number", "03", Decimal(3)), 3),
        (Cell("text", "03"), 3),
        (Cell("text", "mars"), 3),
        (Cell("text", "Des."), 12),
        (Cell("date", "31.03.2024"), 3),
    ],
)
def test_month(cell: Cell, expected: int) -> None:
    assert read_month(cell) == expected


@pytest.mark.parametrize("text", ["0", "13", "2024", "tertial", "3,5", "-1"])
def test_month_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="måned"):
        read_month(Cell("text", text))


def test_year() -> None:
    assert [read_year(Cell("text", "2024")), read_year(Cell("date", "31.03.2024"))] == [2024, 2024]


@pytest.mark.parametrize("text", ["24", "1066", "20244", "i år", "2 024"])
def test_year_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="årstall"):
        read_year(Cell("text", text))
