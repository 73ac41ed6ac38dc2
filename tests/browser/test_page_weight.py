"""What a published page weighs on the way to a phone, served as in production: with styles, fonts and scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models.functions import Length
from playwright.sync_api import Browser
from pytest_django import Settings

from elverum import cases
from organisation.access import Role
from organisation.models import User
from publishing.freeze import freeze
from publishing.models import Publication
from tests.serving import served

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

LIMIT = 150_000
"""Bytes over the wire."""
HEAVIEST = 4
"""How many chapters are weighed: those with the longest pages."""


@pytest.fixture
def publication() -> Publication:
    """The whole plan of Elverum, published without its PDF."""
    document = cases.load(folder=cases.FIXTURES / "elverum")
    return freeze(document=document, stage="adopted", by=User.objects.get(memberships__role=Role.CONTROLLER))


@pytest.fixture
def address(publication: Publication, tmp_path: Path, settings: Settings) -> Iterator[str]:
    """Where the site is served with its static files compressed and named by their contents."""
    static = tmp_path / "static"
    settings.STATIC_ROOT = static
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": settings.HASHED_FILES}}
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin", "django_prose_editor"])
    safe = {"DEBUG": "off", "SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "127.0.0.1", "SECURE_SSL_REDIRECT": "off"}
    with served(workers=1, environment=safe | {"STATIC_ROOT": f"{static}"}) as port:
        yield f"http://127.0.0.1:{port}"


def weight(browser: Browser, url: str) -> int:
    """All bytes that come over the wire for the page, in an empty browser."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    answer = page.goto(url, wait_until="networkidle")
    assert answer is not None
    assert answer.status == 200
    context.close()
    assert len(sizes) > 1
    return round(sum(sizes))


def test_published_pages_are_light(browser: Browser, address: str, publication: Publication) -> None:
    home = f"/publikasjoner/{publication.slug}/versjon-1/"
    longest_first = publication.chapters.order_by(Length("html").desc()).values_list("slug", flat=True)
    chapters = [f"{home}{slug}/" for slug in longest_first[:HEAVIEST]]
    pages = ["/", "/malekort/", "/indikatorer/", "/sok/?q=barnehage", home, *chapters]
    weights = {page: weight(browser, f"{address}{page}") for page in pages}
    assert {page: size for page, size in weights.items() if size >= LIMIT} == {}
