"""The charts of published tables: as JSON for plotly.js, and the button that asks for it."""

import json
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisation.models import User
from publishing import charts, json_form, pages
from publishing.models import Publication
from publishing.structure import Contents, Section
from tests.publishing.sample import CHILDREN, CONTENTS
from tests.workplace import Workplace

pytestmark = pytest.mark.django_db

ADDRESS = "/publikasjoner/plan/versjon-1/diagrammer/{}/{}.json"
BUTTON = "data-chart="


@pytest.fixture
def published(place: Workplace, leader: User) -> Publication:
    """The hand-made contents as a published version, without pages and files."""
    text = json_form.canonical(json_form.to_json(CONTENTS))
    return Publication.objects.create(
        document=place.document,
        version=1,
        slug="plan",
        title="Virksomhetsplan",
        year=2024,
        stage="adopted",
        published_at=timezone.now(),
        published_by=leader,
        contents=text,
        sha256=json_form.digest(text.encode()),
    )


def test_table_chart_is_the_figure_of_the_table(
    client: Client, published: Publication, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    plot = charts.plot_of(CHILDREN)
    assert plot is not None
    with django_assert_max_num_queries(1):
        answer = client.get(ADDRESS.format("barnehage", "barn"))
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == json.loads(json.dumps(charts.figure(plot, title="Barn i førskolealder")))


def test_table_chart_lies_in_caches_for_ever(client: Client, published: Publication) -> None:
    answer = client.get(ADDRESS.format("barnehage", "barn"))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    again = client.get(ADDRESS.format("barnehage", "barn"), headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("chapter", "anchor"), [("barnehage", "malekort"), ("planer", "barn"), ("barnehage", "ukjent"), ("ukjent", "barn")]
)
def test_table_chart_of_a_table_without_a_chart_is_not_found(
    client: Client, published: Publication, chapter: str, anchor: str
) -> None:
    assert client.get(ADDRESS.format(chapter, anchor)).status_code == 404


def test_table_chart_of_a_version_that_is_not_there_is_not_found(client: Client, published: Publication) -> None:
    assert client.get(ADDRESS.format("barnehage", "barn").replace("versjon-1", "versjon-2")).status_code == 404


def test_table_chart_cannot_be_written_to(client: Client, published: Publication) -> None:
    assert client.post(ADDRESS.format("barnehage", "barn")).status_code == 405


def with_more_columns(count: int) -> Contents:
    """The contents with one table, whose columns are so many years."""
    years = tuple(replace(CHILDREN.columns[0], label=f"{2000 + number}") for number in range(count))
    groups = tuple(
        replace(
            group,
            rows=tuple(replace(row, cells=("5",) * count, values=("5",) * count) for row in group.rows),
        )
        for group in CHILDREN.groups
    )
    section = Section("tall", "Tall", 2, (replace(CHILDREN, columns=years, groups=groups),))
    return replace(CONTENTS, chapters=(replace(CONTENTS.chapters[0], sections=(section,)),))


@pytest.mark.parametrize(("years", "expected"), [(3, 0), (5, 1)])
def test_published_chart_with_many_figures_has_a_button(years: int, expected: int) -> None:
    (chapter,) = with_more_columns(years).chapters
    html = pages.published_html(chapter, slug="plan", version=1)
    assert html.count(BUTTON) == expected
    assert html.count(f'{BUTTON}"{ADDRESS.format("barnehage", "barn")}"') == expected
    assert html.count('<p class="chart__switch" hidden>') == expected


def test_draft_chart_has_no_button() -> None:
    (chapter,) = with_more_columns(5).chapters
    assert pages.draft_html(chapter, edit_links={}).count(BUTTON) == 0


def test_published_chart_bears_no_name_of_a_static_file() -> None:
    (chapter,) = with_more_columns(5).chapters
    html = pages.published_html(chapter, slug="plan", version=1)
    assert ("chart.js" in html, "plotly" in html, "/static/" in html) == (False, False, False)
