"""The data package: accepted by the standard's own program, exact, and the same bytes for the same publication."""

import csv
import dataclasses
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from plans.models import Document
from publishing.building import contents
from publishing.files import data_package, data_tables
from publishing.structure import Column, Contents, Row, RowGroup, Table
from tests.publishing import sample
from tests.publishing.published import MEASURED, unstored
from tests.publishing.sample import FORMULA, HOSTILE

FRICTIONLESS = Path(sys.executable).with_name("frictionless")


def packed(made: Contents) -> bytes:
    return data_package.data_package(unstored(made), made)


def validated(package: Path) -> tuple[int, str]:
    """The exit code and words of `frictionless validate`."""
    run = subprocess.run(
        [FRICTIONLESS, "validate", package.name, "--json"],
        cwd=package.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout


def files_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def described(package: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files_of(package)["datapackage.json"])
    return found


def lines_of(package: bytes, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files_of(package)[name].decode(), newline="")))


@pytest.mark.parametrize("made", [MEASURED, sample.CONTENTS], ids=["with figures", "sample"])
def test_package_is_accepted(made: Contents, tmp_path: Path) -> None:
    package = tmp_path / "plan.zip"
    package.write_bytes(packed(made))
    assert validated(package)[0] == 0


def test_package_of_the_whole_case_is_accepted(loaded_case: Document, tmp_path: Path) -> None:
    built = contents.build(loaded_case)
    package = tmp_path / "plan.zip"
    package.write_bytes(packed(built))
    code, said = validated(package)
    assert code == 0
    assert json.loads(said)["stats"]["tasks"] == len(list(built.tables())) + 2


@pytest.mark.parametrize(
    ("name", "old", "new", "error"),
    [
        ("observations.csv", b"46.2,", b"\xc3\xa5tte,", "type-error"),
        ("observations.csv", b"lesing,target", b"skriving,target", "foreign-key"),
        ("observations.csv", b"trivsel,result,2022", b"trivsel,result,2023", "primary-key"),
        ("indicators.csv", b"slug,name", b"slug,navn", "incorrect-label"),
        ("tabeller/skole/malekort.csv", b"false", b"kanskje", "type-error"),
        ("tabeller/skole/malekort.csv", b"missed", b"forsinket", "constraint-error"),
        ("indicators.csv", b"Trivsel", b"Trivsal", "hash-count"),
    ],
)
def test_broken_package_is_refused(name: str, old: bytes, new: bytes, error: str, tmp_path: Path) -> None:
    """A control of the two tests above: the program does look."""
    for path, content in files_of(packed(MEASURED)).items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        assert path != name or old in content
        target.write_bytes(content.replace(old, new, 1) if path == name else content)
    code, said = validated(tmp_path / "datapackage.json")
    errors = {one["type"] for task in json.loads(said)["tasks"] for one in task["errors"]}
    assert code == 1
    assert error in errors


def test_package_says_what_it_is(settings: Any) -> None:
    settings.SITE_URL = "https://plan.testvik.example"
    publication = unstored()
    found = described(packed(MEASURED))
    resources = found.pop("resources")
    assert found.pop("description").startswith("Tall og tabeller fra Virksomhetsplan 2024, versjon 1, vedtatt.")
    assert found == {
        "profile": "tabular-data-package",
        "name": "plan-2024-versjon-1",
        "id": "https://plan.testvik.example/publikasjoner/plan-2024/versjon-1/",
        "title": "Virksomhetsplan 2024 – Testvik kommune",
        "version": "1",
        "created": "2024-01-10T12:00:00+00:00",
        "homepage": "https://plan.testvik.example/publikasjoner/plan-2024/versjon-1/",
        "licenses": [data_package.LICENCE],
        "sources": [
            {"title": "Testvik kommune", "path": "https://plan.testvik.example/publikasjoner/plan-2024/versjon-1/"}
        ],
        "contributors": [{"title": "Testvik kommune", "role": "publisher"}],
        "sha256": publication.sha256,
    }
    assert [one["path"] for one in resources] == [
        "observations.csv",
        "indicators.csv",
        "tabeller/skole/malekort.csv",
        "tabeller/omsorg/malekort.csv",
    ]
    assert resources[2]["sources"] == [{"title": "Skoleporten"}]
    assert {one["schema"]["missingValues"][0] for one in resources} == {""}
    assert {one["dialect"]["delimiter"] for one in resources} == {","}


def test_package_is_the_same_bytes_each_time() -> None:
    assert packed(MEASURED) == packed(MEASURED)
    times = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(packed(MEASURED))).infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}
    other = dataclasses.replace(MEASURED, title="En annen plan")
    assert packed(other) != packed(MEASURED)


def test_observations_are_one_line_for_each_value() -> None:
    lines = lines_of(packed(MEASURED), "observations.csv")
    assert len(lines) == 9
    assert lines[1] == {
        "indicator": "lesing",
        "kind": "result",
        "period": "2023",
        "period_starts_on": "2023-01-01",
        "period_ends_on": "2023-12-31",
        "value": "46.2",
        "text": "46,2 %",
        "chapter": "skole",
        "table": "malekort",
        "row": "malekort-lesing",
    }
    assert [(line["text"], line["value"]) for line in lines[6:]] == [("", ""), ("Måles ikke", ""), ("> 3", "")]


def test_indicators_are_defined() -> None:
    lines = lines_of(packed(MEASURED), "indicators.csv")
    assert [line["slug"] for line in lines] == ["besok", "lesing", "trivsel"]
    assert (lines[1]["definition"], lines[1]["tolerance"]) == ("Andel på ØVERSTE nivå", "0.5")


def test_printed_table_has_numbers_and_print() -> None:
    lines = lines_of(packed(MEASURED), "tabeller/skole/malekort.csv")
    assert lines[0] == {
        "group": "202: Grunnskole",
        "label": "Lesing på 5. trinn",
        "resultat_2022": "48.5",
        "resultat_2022_trykt": "48,5 %",
        "resultat_2023": "46.2",
        "resultat_2023_trykt": "46,2 %",
        "mal_2024": "50",
        "mal_2024_trykt": "50 %",
        "is_sum": "false",
        "note": "",
        "outcome": "missed",
        "outcome_reason": "",
        "row": "malekort-lesing",
    }


def test_text_is_exact_also_where_it_looks_like_a_formula() -> None:
    """The files are for programs: nothing is put in front, nothing is taken away."""
    found = lines_of(packed(MEASURED), "tabeller/omsorg/malekort.csv")
    assert found[0]["label"] == FORMULA
    hostile = lines_of(packed(sample.CONTENTS), "tabeller/barnehage/malekort.csv")
    assert hostile[1]["label"] == HOSTILE


def table_of(*columns: Column) -> Table:
    row = Row("Rad", ("1",) * len(columns), ("1",) * len(columns))
    return Table("t", "1.1", "key-figures", "T", columns, (RowGroup((row,)),))


@pytest.mark.parametrize(
    ("columns", "names"),
    [
        ([Column("2023"), Column("2024")], ["2023", "2023_trykt", "2024", "2024_trykt"]),
        ([Column("Mål", "A"), Column("Mål", "B")], ["a_mal", "a_mal_trykt", "b_mal", "b_mal_trykt"]),
        ([Column("Mål"), Column("mål")], ["mal", "mal_trykt", "mal_2", "mal_2_trykt"]),
        ([Column("Note"), Column("Is sum")], ["note_2", "note_2_trykt", "is_sum_2", "is_sum_2_trykt"]),
        ([Column("A"), Column("A trykt")], ["a", "a_trykt", "a_trykt_2", "a_trykt_2_trykt"]),
        ([Column(""), Column("")], ["kolonne", "kolonne_trykt", "kolonne_2", "kolonne_2_trykt"]),
    ],
    ids=["years", "headings", "case", "taken", "print", "none"],
)
def test_field_names_are_unique(columns: list[Column], names: list[str]) -> None:
    made = data_tables.printed_table(MEASURED.chapters[0], table_of(*columns))
    found = [field.name for field in made.fields]
    assert found[2:-5] == names
    assert len(set(found)) == len(found)


def test_field_names_do_not_follow_the_order() -> None:
    """A column that comes in front in the next version must not rename the others."""
    one, two = (
        {field.name for field in data_tables.printed_table(MEASURED.chapters[0], table_of(*columns)).fields}
        for columns in ([Column("2024")], [Column("2023"), Column("2024")])
    )
    assert one < two


def test_column_of_results_has_a_number_also_where_none_is_one() -> None:
    row = Row("Rad", ("Måles ikke", "Ord"), (None, None))
    columns = (Column("2023", "", "result"), Column("Kommentar", "", "text"))
    table = Table("t", "1.1", "scorecard", "T", columns, (RowGroup((row,)),))
    fields = data_tables.printed_table(MEASURED.chapters[0], table).fields[2:-5]
    assert [(field.name, field.type) for field in fields] == [
        ("2023", "number"),
        ("2023_trykt", "string"),
        ("kommentar", "string"),
    ]
