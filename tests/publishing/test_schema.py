"""The published schema describes what we write: all of it, nothing else."""

import copy
import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from plans.models import Document, Section
from publishing import json_form, structure
from publishing.building import contents
from publishing.files import schema
from publishing.structure import Chapter, Contents, IndicatorFacts, Origin, Row, RowGroup, Table
from scorecards.assessment import Direction, Outcome
from scorecards.models import Indicator, KeyFigureTable, Observation
from tests.publishing.sample import CONTENTS, SCORECARD

DESCRIBED = schema.publication_schema()
DEFINED = DESCRIBED["$defs"]

FIGURE = Row("Lesing", ("5", "> 6"), ("5", None), key="lesing", origins=(Origin("lesing", "result", "2024-T2"), None))
FACTS = IndicatorFacts("lesing", "Lesing", direction="higher", tolerance="0.5", frequency="year", owner="Skole")
NAMED = {
    "entryGroup": structure.EntryGroup,
    "list": structure.Listing,
    "assessment": structure.Verdict,
    "indicator": IndicatorFacts,
    **{
        one.__name__[0].lower() + one.__name__[1:]: one
        for one in (Chapter, structure.Section, structure.Headline, structure.Entry, structure.Text, Origin, Row)
    },
    "table": Table,
    "rowGroup": RowGroup,
}
"""What each definition of the schema describes."""
ADDED = {
    "text": {"type", "heading", "text"},
    "list": {"type", "heading", "text"},
    "table": {"type", "column_headings", "column_kinds", "rows"},
    "rowGroup": {"size"},
    "row": {"group", "assessment"},
}
"""What the JSON says beside the fields of the structure."""
LEFT_OUT = {"rowGroup": {"rows"}, "row": {"verdict"}}
"""Fields that the JSON has elsewhere, or under another name."""


def validator() -> Draft202012Validator:
    return Draft202012Validator(DESCRIBED)


def problems(form: json_form.Json) -> list[str]:
    """Where the form breaks the schema."""
    return sorted(error.json_path for error in validator().iter_errors(form))


def with_figures() -> Contents:
    """The sample, with an indicator and a row of its figures."""
    columns = SCORECARD.columns[:2]
    table = dataclasses.replace(SCORECARD, columns=columns, groups=(RowGroup((FIGURE,), functions=("202",)),))
    section = structure.Section("malene", "Målene", 2, (table,))
    chapter = dataclasses.replace(CONTENTS.chapters[1], sections=(section,))
    return dataclasses.replace(CONTENTS, chapters=(CONTENTS.chapters[0], chapter), indicators=(FACTS,))


def test_schema_is_a_schema_with_an_address() -> None:
    Draft202012Validator.check_schema(DESCRIBED)
    assert schema.publication_schema("https://x.example/s.json")["$id"] == "https://x.example/s.json"
    assert "$id" not in DESCRIBED


@pytest.mark.parametrize("made", [CONTENTS, with_figures()], ids=["sample", "with figures"])
def test_sample_follows_the_schema(made: Contents) -> None:
    assert problems(json_form.to_json(made)) == []


def test_whole_case_follows_the_schema(loaded_case: Document) -> None:
    assert problems(json_form.to_json(contents.build(loaded_case))) == []


def changed(path: list[str | int], value: Any) -> json_form.Json:
    """The form with another value at the place."""
    form = copy.deepcopy(json_form.to_json(with_figures()))
    *way, last = path
    found: Any = form
    for step in way:
        found = found[step]
    found[last] = value
    return form


TABLE: list[str | int] = ["chapters", 1, "sections", 0, "items", 0]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["extra"], 1),
        (["year"], "2024"),
        (["kind"], "budget"),
        (["chapters", 0, "extra"], ""),
        (["chapters", 0, "sections", 0, "level"], 1),
        ([*TABLE, "type"], "tabell"),
        ([*TABLE, "chart"], "pie"),
        ([*TABLE, "footnotes"], [["*"]]),
        ([*TABLE, "rows", 0, "values", 0], 5),
        ([*TABLE, "rows", 0, "values", 0], "5,0"),
        ([*TABLE, "rows", 0, "origins", 0, "period"], "høsten 2024"),
        ([*TABLE, "rows", 0, "assessment"], {"outcome": "reached"}),
        ([*TABLE, "groups", 0, "functions"], ["skole"]),
        (["indicators", 0, "direction"], "up"),
        (["indicators", 0, "section"], 7),
    ],
    ids=lambda one: ".".join(map(str, one)) if isinstance(one, list) else "",
)
def test_changed_form_is_refused(path: list[str | int], value: Any) -> None:
    assert problems(changed(path, value)) != []


def objects(form: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every field of every object of the form."""
    pairs = form.items() if isinstance(form, dict) else enumerate(form) if isinstance(form, list) else ()
    for key, value in pairs:
        if isinstance(form, dict):
            yield path, key
        yield from objects(value, (*path, key))


def test_form_that_lacks_any_field_is_refused() -> None:
    form = json_form.to_json(with_figures())
    accepted = []
    for path, key in objects(form):
        lacking = copy.deepcopy(form)
        found: Any = lacking
        for step in path:
            found = found[step]
        del found[key]
        if validator().is_valid(lacking):
            accepted.append((*path, key))
    assert accepted == []


def test_schema_has_the_fields_of_the_structure() -> None:
    """A field that is added to the structure must be described too."""
    assert set(NAMED) == set(DEFINED)
    for name, one in [*NAMED.items()]:
        fields = {field.name for field in dataclasses.fields(one)} - {"section"} | ADDED.get(name, set())
        assert set(DEFINED[name]["properties"]) == fields - LEFT_OUT.get(name, set()), name
    assert set(DESCRIBED["properties"]) == {field.name for field in dataclasses.fields(Contents)}


def parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of the schema, at any depth."""
    if isinstance(node, dict):
        yield node
    for below in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from parts(below)


def test_every_object_is_closed_and_every_field_described() -> None:
    for node in parts(DESCRIBED):
        if "additionalProperties" in node or node.get("type") == "object":
            assert node["additionalProperties"] is False
            assert node["required"] == list(node["properties"])
            assert [key for key, field in node["properties"].items() if not field.get("description")] == []


def test_schema_knows_the_words_of_the_code() -> None:
    row, table, indicator = (DEFINED[name]["properties"] for name in ("origin", "table", "indicator"))
    assert DESCRIBED["properties"]["kind"]["enum"] == Document.Kind.values
    assert table["kind"]["enum"] == DEFINED["list"]["properties"]["kind"]["enum"] == Section.Block.values
    assert set(table["chart"]["enum"]) == {*KeyFigureTable.Chart.values, "stacked"}
    assert set(row["kind"]["enum"]) == set(Observation.Kind.values)
    assert set(Observation.Kind.values) < set(table["column_kinds"]["items"]["enum"])
    assert indicator["direction"]["enum"] == [*Direction]
    assert indicator["frequency"]["enum"] == ["", *Indicator.Frequency.values]
    assert DEFINED["assessment"]["properties"]["outcome"]["enum"] == [*Outcome]


@pytest.mark.django_db
def test_publication_schema_page(client: Client) -> None:
    answer = client.get("/data/publikasjon.schema.json")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["$id"] == "http://localhost:8000/data/publikasjon.schema.json"
    assert {**answer.json(), "$id": ""} == {**DESCRIBED, "$id": ""}
