"""The frames of a year as a table: what is printed adds up, down and across."""

from decimal import Decimal
from typing import Any

import pytest

from budget.models import Frame, FrameChange
from organisation.models import Unit
from plans.models import Section
from publishing.building.frame_block import frames
from publishing.building.material import Material
from publishing.building.place import MissingData, Place
from publishing.structure import Table, Text
from tests.workplace import YEAR, Workplace

pytestmark = pytest.mark.django_db


def frame(unit: Unit, opening: str, *changes: tuple[str, str], year: int = YEAR) -> Frame:
    """A frame with changes of kind and amount."""
    made = Frame.objects.create(unit=unit, year=year, opening=Decimal(opening))
    for position, (kind, amount) in enumerate(changes, start=1):
        facts = {"kind": kind, "reason": f"På grunn av {kind}", "amount": Decimal(amount)}
        FrameChange.objects.create(frame=made, position=position, **facts)
    return made


def built(work: Workplace, **parameters: Any) -> Any:
    section = Section(document=work.document, unit=work.document.unit, block="frames", parameters=parameters)
    material = Material(year=YEAR, areas=[], unit=work.document.unit)
    return frames(Place(section, None, "rammer", "1.1"), material)


def printed(table: Table) -> list[tuple[str, ...]]:
    return [(row.label, *row.cells) for row in table.rows()]


def values(table: Table) -> list[list[int]]:
    """The figures of the columns of kroner."""
    return [[int(value) for value in row.values if value is not None] for row in table.rows()]


def test_frames_of_all_units(place: Workplace, schools: Unit, care: Unit) -> None:
    frame(care, "50000000", year=YEAR - 1)
    frame(care, "50000000", ("wages-and-prices", "1500000"), ("measures", "-2000000"))
    frame(schools, "100000000", ("measures", "-1000000"), ("measures", "500000"))
    table = built(place)
    assert [(column.label, column.kind) for column in table.columns] == [
        (f"Ramme {YEAR - 1}", "amount"),
        ("Lønns- og prisvekst", "amount"),
        ("Tiltak", "amount"),
        (f"Ramme {YEAR}", "amount"),
        ("Endring i prosent", ""),
    ]
    assert printed(table) == [
        ("Sektor for omsorg", "50 000", "1 500", "−2 000", "49 500", "−1,0\u00a0%"),
        ("Sektor for skole", "100 000", "0", "−500", "99 500", "−0,5\u00a0%"),
        ("Sum", "150 000", "1 500", "−2 500", "149 000", "−0,7\u00a0%"),
    ]
    assert [row.note for row in table.rows()] == ["", f"Hadde ingen ramme i {YEAR - 1}.", ""]
    assert (table.caption, table.unit_of_measure) == (f"Rammer {YEAR}", "beløp i 1 000 kroner")


def test_frames_that_are_no_whole_thousands_add_up_as_they_are_printed(
    place: Workplace, top: Unit, schools: Unit, one_school: Unit, care: Unit
) -> None:
    kinds = ("wages-and-prices", "measures", "moved")
    for number, unit in enumerate((top, schools, one_school, care), start=1):
        amounts = (f"{number * 333}.33", f"-{number * 1_499}.50", f"{number * 500}.01")
        frame(unit, f"{number * 1_000_499}.49", *zip(kinds, amounts, strict=True))
    *rows, total = values(built(place))
    assert [sum(column) for column in zip(*rows, strict=True)] == total
    assert [(sum(row[:-1]), row[-1]) for row in (*rows, total)] == [(row[-1], row[-1]) for row in (*rows, total)]
    exact = sum((one.amount for one in Frame.objects.all()), Decimal(0))
    assert abs(exact / 1_000 - total[-1]) <= Decimal("0.5")


def test_frames_of_one_unit_tell_what_changed_and_why(place: Workplace, schools: Unit, care: Unit) -> None:
    frame(schools, "1000400", ("demography", "1400"), ("measures", "-600"))
    frame(schools, "900000", year=YEAR - 1)
    frame(care, "1")
    table = built(place, unit="skole")
    assert printed(table) == [
        ("Utgangspunkt", "1 001"),
        ("På grunn av demography", "1"),
        ("På grunn av measures", "−1"),
        (f"Ramme {YEAR}", "1 001"),
    ]
    assert [row.note for row in table.rows()] == [
        f"Utgangspunktet er ikke rammen for {YEAR - 1}, som er 900.",
        "Flere eller færre brukere",
        "Tiltak",
        "",
    ]
    assert table.caption == f"Ramme {YEAR}: Sektor for skole"


def test_frames_of_another_year(place: Workplace, schools: Unit) -> None:
    frame(schools, "7000", year=YEAR + 1)
    assert printed(built(place, year=f"{YEAR + 1}")) == [("Sektor for skole", "7", "7", "0,0\u00a0%")]


def test_frames_that_are_not_set_are_a_sentence(place: Workplace) -> None:
    text = built(place)
    assert isinstance(text, Text)
    assert text.html == f"<p>Rammene for {YEAR} er ikke satt ennå.</p>"


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ({"unit": "skole"}, "«skole», som ikke har noen ramme i 2024"),
        ({"year": "i fjor"}, "«i fjor», som ikke er et år"),
        ({"year": "99999"}, "«99999», som ikke er et år"),
    ],
    ids=["unit without a frame", "no year", "too late a year"],
)
def test_frames_of_what_is_not_there(place: Workplace, parameters: dict[str, str], problem: str) -> None:
    with pytest.raises(MissingData, match=problem):
        built(place, **parameters)
