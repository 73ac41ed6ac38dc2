"""Contents as JSON and back."""

import json

import pytest

from plans.models import Document
from publishing import json_form
from publishing.building import contents

pytestmark = pytest.mark.django_db


def test_from_json_gives_back_what_to_json_wrote(elverum_case: Document) -> None:
    form = json.loads(json_form.canonical(json_form.to_json(contents.build(elverum_case))))
    assert json_form.to_json(json_form.from_json(form)) == form


def test_to_json_table_has_the_agreed_shape(elverum_case: Document) -> None:
    form = json_form.to_json(contents.build(elverum_case))
    staffing = form["chapters"][2]["sections"][0]["items"]
    table = next(item for item in staffing if item["type"] == "table")
    assert table["columns"] == ["31.08.2023", "01.01.2024"]
    assert [(row["group"], row["label"], row["cells"]) for row in table["rows"]][-1] == (
        "",
        "Sum",
        ["1 479,0", "1 492,9"],
    )


def test_canonical_does_not_depend_on_the_order_of_keys() -> None:
    assert json_form.canonical({"b": 1, "a": "ø"}) == json_form.canonical({"a": "ø", "b": 1}) == '{"a":"ø","b":1}'


def test_digest_is_sha256() -> None:
    assert json_form.digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
