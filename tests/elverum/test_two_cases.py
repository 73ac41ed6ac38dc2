"""Two cases in one database: each keeps to its own municipality."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from budget.models import BudgetLine
from elverum import cases
from organisation.access import Right
from organisation.bulk import LoadingError
from organisation.models import Municipality
from plans.models import Document
from publishing import json_form
from publishing.building import contents
from publishing.models import Publication

FOLDER = cases.FIXTURES / "drift"
SLUG = "enhetsrapport-2017-driftsavdelingen"


def test_load_beside_another_case_leaves_the_owner_alone(loaded_case: Document, db: None) -> None:
    cases.load(folder=FOLDER)
    owners = dict(Municipality.objects.values_list("number", "is_owner"))
    assert owners == {"3420": True, "0000": False}


def test_load_refuses_a_unit_of_another_municipality(loaded_case: Document, db: None, tmp_path: Path) -> None:
    for path in FOLDER.iterdir():
        text = path.read_text(encoding="utf-8").replace("slug: tildeling-og-koordinering", "slug: skole")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(LoadingError, match=r"municipality\.yaml: en annen kommune har en enhet med adressen «skole»"):
        cases.load(folder=tmp_path)


def test_build_of_another_case_is_not_changed(loaded_case: Document, db: None) -> None:
    before = json_form.to_json(contents.build(loaded_case))
    cases.load(folder=FOLDER)
    BudgetLine.objects.update(plan_year=2024)
    assert json_form.to_json(contents.build(loaded_case)) == before


@pytest.mark.draws_pdfs
def test_demo_publishes_it_by_its_own_controller(
    loaded_case: Document, db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.DEBUG, settings.BASE_DIR = True, tmp_path
    call_command("demo", case="drift", no_serve=True, stdout=io.StringIO())
    publication = Publication.objects.get(slug=SLUG)
    assert publication.document.unit_id in publication.published_by.unit_ids(Right.PUBLISH)
    assert (publication.publisher, publication.stage) == ("Kristin Foss", "final")
    assert (tmp_path / "out" / f"{SLUG}.pdf").read_bytes()[:5] == b"%PDF-"
