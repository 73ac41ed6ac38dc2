"""A version says which it is, that a newer one or a correction has come, and lies in caches for ever."""

import json
import re
from hashlib import sha256

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from publishing.models import Publication
from publishing.public.reading import Edition
from tests.publishing.published import MEASURED, add_file, changed, store

pytestmark = pytest.mark.django_db

PLAN = "/publikasjoner/plan-2024/"
SHORT, FOREVER = "public, max-age=60", "public, max-age=31536000, immutable"
NEWER = "Det finnes en nyere versjon."


def text_at(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def corrected() -> Publication:
    """The plan, and a version that corrects it."""
    store()
    return store(is_correction=True, reason="Sykefraværet var tastet feil.")


@pytest.mark.parametrize("path", ["", "skole/", "skole/malekort/"])
def test_version_always_says_which_it_is_and_leads_to_the_newest(client: Client, path: str) -> None:
    store()
    chapter = path.partition("/")[0]
    place = f"{PLAN}{chapter}/" if chapter else PLAN
    page = text_at(client, f"{PLAN}versjon-1/{path}")
    assert page.count("Dette er versjon 1 (vedtatt, publisert 10. januar 2024).") == 1
    assert len(re.findall(rf'href="{place}(?:#malekort)?">Se nyeste versjon</a>', page)) == 1
    assert page.count(NEWER) == 0


def test_newest_address_leads_to_the_permanent_one(client: Client) -> None:
    store()
    page = text_at(client, f"{PLAN}skole/")
    assert page.count(f'href="{PLAN}versjon-1/skole/">Fast adresse til denne versjonen</a>') == 1
    assert (page.count("Se nyeste versjon"), page.count("data-newer"), page.count("publication.js")) == (0, 0, 0)


@pytest.mark.parametrize(
    ("path", "leads_to"), [("", PLAN), ("skole/", f"{PLAN}skole/"), ("skole/malekort/", f"{PLAN}skole/#malekort")]
)
def test_old_version_says_that_a_newer_one_exists_and_leads_there(client: Client, path: str, leads_to: str) -> None:
    store()
    store(stage="revised")
    page = text_at(client, f"{PLAN}versjon-1/{path}")
    assert page.count(NEWER) == 1
    assert page.count(f'href="{leads_to}">Gå til den nyeste versjonen</a> (versjon 2, revidert, publisert') == 1


def test_chapter_that_is_gone_leads_to_the_title_page(client: Client) -> None:
    store()
    store(changed(chapters=MEASURED.chapters[1:]))
    assert text_at(client, f"{PLAN}versjon-1/skole/").count(f'href="{PLAN}">Gå til den nyeste versjonen</a>') == 1


@pytest.mark.parametrize("path", ["", "skole/", "skole/malekort-lesing/"])
def test_version_with_an_error_says_so_and_the_correction_says_what_it_corrects(client: Client, path: str) -> None:
    corrected()
    wrong, right = (text_at(client, f"{PLAN}versjon-{version}/{path}") for version in (1, 2))
    said = "Denne versjonen inneholder en feil som er rettet i versjon 2: Sykefraværet var tastet feil."
    assert (wrong.count(said), wrong.count(NEWER), right.count(said)) == (1, 0, 0)
    assert right.count("Den retter en feil i versjon 1: Sykefraværet var tastet feil.") == 1
    assert text_at(client, f"{PLAN}skole/").count("Den retter en feil i versjon 1:") == 1


def test_only_the_version_before_a_correction_has_the_error() -> None:
    store()
    store(reason="Nytt budsjett.")
    store(is_correction=True, reason="Feil.")
    corrections = [Edition("plan-2024", version).correction for version in (1, 2, 3)]
    assert [one.version if one else None for one in corrections] == [None, 3, None]


def test_title_page_lists_every_version_with_what_it_changed(client: Client) -> None:
    corrected()
    store(reason="Nytt budsjett.")
    page = text_at(client, f"{PLAN}versjon-1/")
    listed = re.findall(r'<li class="versions__item">(.*?)</li>', page)
    assert [re.findall(r"Versjon (\d)", one)[0] for one in listed] == ["3", "2", "1"]
    assert [re.findall(r"versjon-\d\.\.\.\d", one) for one in listed] == [["versjon-2...3"], ["versjon-1...2"], []]
    assert ["Retter en feil:" in one for one in listed] == [False, True, False]
    assert ["(den du ser på)" in one for one in listed] == [False, False, True]
    assert page.count(f'href="{PLAN}versjon-1...3/">Se alt som er endret fra versjon 1 til versjon 3</a>') == 1


@pytest.mark.parametrize("version", [2, 3])
def test_title_page_needs_no_long_comparison_where_the_newest_is_next(client: Client, version: int) -> None:
    for _number in range(3):
        store()
    assert text_at(client, f"{PLAN}versjon-{version}/").count("Se alt som er endret") == 0


def test_title_page_tells_address_and_checksum_as_the_json_file_has_it(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://plan.example"
    publication = store()
    page = text_at(client, PLAN)
    assert page.count(f'href="{PLAN}versjon-1/">https://plan.example{PLAN}versjon-1/</a>') == 1
    assert page.count(publication.sha256) == 1
    form = json.loads(bytes(publication.files.get(name="plan-2024-versjon-1.json").content))
    line = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert sha256(line.encode()).hexdigest() == publication.sha256


@pytest.mark.parametrize(
    ("path", "canonical"), [("", ""), ("skole/", "skole/"), ("versjon-1/", ""), ("versjon-1/skole/", "skole/")]
)
def test_search_engines_are_led_to_the_newest(client: Client, settings: Settings, path: str, canonical: str) -> None:
    settings.SITE_URL = "https://plan.example"
    store()
    expected = f'<link rel="canonical" href="https://plan.example{PLAN}{canonical}">'
    assert text_at(client, f"{PLAN}{path}").count(expected) == 1


def test_state_is_empty_for_the_newest_version(client: Client) -> None:
    store()
    store()
    newest, old = (client.get(f"{PLAN}versjon-{version}/nyere.html") for version in (2, 1))
    assert (newest.status_code, newest.content.decode().strip()) == (200, "")
    assert old.content.decode().count(NEWER) == 1
    assert (newest.headers["Cache-Control"], old.headers["Cache-Control"]) == (SHORT, SHORT)


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("", PLAN),
        ("?kapittel=skole", f"{PLAN}skole/"),
        ("?kapittel=skole&sted=malekort-lesing", f"{PLAN}skole/#malekort-lesing"),
        ("?kapittel=ukjent", PLAN),
        ('?kapittel=skole&sted="><script>', f"{PLAN}skole/"),
    ],
)
def test_state_leads_to_the_place_that_was_asked_for(client: Client, asked: str, leads_to: str) -> None:
    store()
    store()
    fragment = client.get(f"{PLAN}versjon-1/nyere.html{asked}").content.decode()
    assert (re.findall(r'href="([^"]*)"', fragment), "<script" in fragment) == ([leads_to], False)


def test_state_has_no_page_around_it(client: Client) -> None:
    corrected()
    fragment = client.get(f"{PLAN}versjon-1/nyere.html").content.decode()
    assert fragment.count("er rettet i versjon 2:") == 1
    assert (fragment.count("<html"), fragment.count("<main")) == (0, 0)


@pytest.mark.parametrize("path", ["", "skole/", "skole/malekort/", "filer/plan-2024-versjon-1.pdf"])
def test_version_lies_in_caches_for_ever_and_is_asked_for_once(client: Client, path: str) -> None:
    add_file(store(), ".pdf")
    answer = client.get(f"{PLAN}versjon-1/{path}")
    again = client.get(f"{PLAN}versjon-1/{path}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (answer.headers["Cache-Control"], again.status_code, again.content) == (FOREVER, 304, b"")
    other = client.get(f"{PLAN}versjon-1/{path}", headers={"If-None-Match": '"noe annet"'})
    assert other.status_code == 200


@pytest.mark.parametrize("path", ["", "skole/"])
def test_newest_address_is_short_lived(client: Client, path: str) -> None:
    store()
    assert client.get(f"{PLAN}{path}").headers["Cache-Control"] == SHORT


@pytest.mark.parametrize(
    "path", ["", "skole/", "versjon-1/", "versjon-1/skole/", "versjon-1/skole/malekort/", "versjon-1/nyere.html"]
)
def test_page_of_a_version_takes_as_few_queries_for_nine_versions(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    for _number in range(9):
        store()
    with django_assert_max_num_queries(5):
        client.get(f"{PLAN}{path}")
