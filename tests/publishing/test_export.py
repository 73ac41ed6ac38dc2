"""`manage.py export`."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from organisation.models import User
from plans.models import Document
from publishing.freeze import freeze

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(elverum_case: Document) -> Document:
    elverum_case.sections.chapters().exclude(slug="barnehage").delete()
    return elverum_case


def test_export_list_prints_slug_and_title(small: Document) -> None:
    out = io.StringIO()
    call_command("export", "--list", stdout=out)
    assert out.getvalue() == "virksomhetsplan-2024\tVirksomhetsplan 2024\n"


@pytest.mark.parametrize(
    ("ending", "beginning"), [("pdf", b"%PDF-"), ("html", b"<!doctype html>"), ("json", b"{"), ("xlsx", b"PK")]
)
def test_export_writes_the_file(small: Document, tmp_path: Path, ending: str, beginning: bytes) -> None:
    target = tmp_path / f"plan.{ending}"
    call_command("export", small.slug, "--format", ending, "--output", str(target), stdout=io.StringIO())
    assert target.read_bytes()[: len(beginning)] == beginning


def test_export_json_has_tables_and_texts(small: Document, tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    call_command("export", small.slug, "--format", "json", "--output", str(target), stdout=io.StringIO())
    form = json.loads(target.read_text(encoding="utf-8"))
    items = [item for section in form["chapters"][0]["sections"] for item in section["items"]]
    assert [item["caption"] for item in items if item["type"] == "table"][-1] == "Barn i de kommunale barnehagene"
    assert [item["type"] for item in items].count("list") == 4


def test_export_unchanged_document_is_the_version_and_a_changed_one_a_draft(
    small: Document, controller: User, tmp_path: Path
) -> None:
    freeze(document=small, stage="adopted", by=controller)
    target = tmp_path / "plan.html"
    call_command("export", small.slug, "--format", "html", "--output", str(target), stdout=io.StringIO())
    assert "utkast " not in target.read_text(encoding="utf-8")
    small.sections.filter(heading="Målgrupper for tjenestene").update(heading="Målgrupper")
    call_command("export", small.slug, "--format", "html", "--output", str(target), stdout=io.StringIO())
    assert "utkast " in target.read_text(encoding="utf-8")


def test_export_unknown_document_says_what_to_do(db: None) -> None:
    with pytest.raises(CommandError, match="Det finnes ikke noe dokument «x»"):
        call_command("export", "x")


def test_export_without_document_says_what_to_do(db: None) -> None:
    with pytest.raises(CommandError, match="Si hvilket dokument"):
        call_command("export")


def test_export_html_needs_nothing_beside_it(small: Document, tmp_path: Path) -> None:
    target = tmp_path / "plan.html"
    call_command("export", small.slug, "--format", "html", "--output", str(target), stdout=io.StringIO())
    page = target.read_text(encoding="utf-8")
    assert page.count("<style>") == 1
    assert [page.count(text) for text in ("<link", "<script", "<img", "url(")] == [0, 0, 0, 0]
