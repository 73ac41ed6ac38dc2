"""The Atom feed and the site map: valid, whole addresses, nothing that is not published."""

from xml.etree import ElementTree

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from publishing.models import Publication
from publishing.public import feeds, open_data_views
from tests.publishing.published import add_file, changed, store

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "https://plan.testvik.example"


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.SITE_URL = SITE


@pytest.fixture
def plan(db: None) -> Publication:
    return store(decision_body="Kommunestyret", case_number="12/24")


def feed(client: Client) -> ElementTree.Element:
    return ElementTree.XML(client.get("/publikasjoner.atom").content)


def texts(element: ElementTree.Element, *names: str) -> list[str | None]:
    """The text of each of these elements in it; each must be there once."""
    found = []
    for name in names:
        (one,) = element.findall(f"{ATOM}{name}")
        found.append(one.text)
    return found


def links(element: ElementTree.Element) -> dict[str, str]:
    return {one.attrib["rel"]: one.attrib["href"] for one in element.findall(f"{ATOM}link")}


def test_feed_has_what_atom_requires(client: Client, plan: Publication) -> None:
    """RFC 4287, 4.1: id, title and updated, an author, and links to the page and to itself."""
    found = feed(client)
    assert found.tag == f"{ATOM}feed"
    assert found.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "nb"
    assert texts(found, "id", "title", "updated") == [
        f"{SITE}/publikasjoner.atom",
        "Planer og rapporter – Testvik kommune",
        "2024-01-10T12:00:00+00:00",
    ]
    assert texts(found.findall(f"{ATOM}author")[0], "name") == ["Testvik kommune"]
    assert links(found) == {"self": f"{SITE}/publikasjoner.atom", "alternate": f"{SITE}/publikasjoner/"}


def test_feed_every_version_is_an_entry(client: Client, plan: Publication) -> None:
    store(stage="revised", reason="Feil <tall> i 1.1.", is_correction=True)
    newest, oldest = feed(client).findall(f"{ATOM}entry")
    assert texts(newest, "id", "title", "updated", "published") == [
        f"{SITE}/publikasjoner/plan-2024/versjon-2/",
        "Virksomhetsplan 2024, versjon 2 (revidert)",
        "2024-01-11T12:00:00+00:00",
        "2024-01-11T12:00:00+00:00",
    ]
    assert texts(newest, "summary") == [
        "<p>Revidert, publisert 11. januar 2024.</p><p>Retter en feil: Feil &lt;tall&gt; i 1.1.</p>"
    ]
    assert texts(oldest, "summary") == [
        "<p>Vedtatt, publisert 10. januar 2024.</p><p>Vedtak: Kommunestyret, sak 12/24.</p>"
    ]
    assert links(oldest) == {"alternate": f"{SITE}/publikasjoner/plan-2024/versjon-1/"}


def test_feed_encloses_the_pdf_once_it_is_made(client: Client, plan: Publication) -> None:
    add_file(plan, "-arkiv.pdf")
    add_file(plan, ".pdf")
    (entry,) = feed(client).findall(f"{ATOM}entry")
    found = [one.attrib for one in entry.findall(f"{ATOM}link") if one.attrib["rel"] == "enclosure"]
    assert found == [
        {
            "rel": "enclosure",
            "href": f"{SITE}/publikasjoner/plan-2024/versjon-1/filer/plan-2024-versjon-1.pdf",
            "length": "8",
            "type": "application/pdf",
        }
    ]


def test_feed_with_nothing_published_is_valid(client: Client) -> None:
    found = feed(client)
    assert found.findall(f"{ATOM}entry") == []
    assert texts(found.findall(f"{ATOM}author")[0], "name") == ["Kommunen"]


def test_feed_may_lie_in_any_cache(client: Client, plan: Publication) -> None:
    found = client.get("/publikasjoner.atom")
    assert found.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert found.headers["Cache-Control"] == "public, max-age=60"
    assert client.get("/publikasjoner.atom", headers={"if-none-match": found.headers["ETag"]}).status_code == 304
    assert client.post("/publikasjoner.atom").status_code == 405


def test_feed_ends_somewhere(client: Client, plan: Publication, monkeypatch: pytest.MonkeyPatch) -> None:
    store()
    monkeypatch.setattr(feeds, "NEWEST_IN_FEED", 1)
    assert len(feed(client).findall(f"{ATOM}entry")) == 1


def test_feed_and_map_take_as_many_queries_whatever_there_is(
    client: Client, plan: Publication, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        add_file(store(changed(slug=f"plan-{number}")), ".pdf")
    with django_assert_num_queries(3):
        client.get("/publikasjoner.atom")
    with django_assert_num_queries(4):
        client.get("/sitemap.xml")


def places(client: Client) -> dict[str, str]:
    """Each address of the site map, and when what stands there was last published."""
    root = ElementTree.XML(client.get("/sitemap.xml").content)
    assert root.tag == f"{MAP}urlset"
    return {one.findtext(f"{MAP}loc", ""): one.findtext(f"{MAP}lastmod", "") for one in root}


def test_site_map_has_what_is_newest(client: Client, plan: Publication) -> None:
    store()
    found = places(client)
    assert set(found.values()) == {"2024-01-11"}
    assert sorted(address.removeprefix(SITE) for address in found) == [
        "/",
        "/data/",
        "/indikatorer/",
        "/indikatorer/besok/",
        "/indikatorer/lesing/",
        "/indikatorer/trivsel/",
        "/malekort/",
        "/malekort/2024/omsorg/",
        "/malekort/2024/skole/",
        "/publikasjoner/",
        "/publikasjoner/plan-2024/",
        "/publikasjoner/plan-2024/omsorg/",
        "/publikasjoner/plan-2024/skole/",
        "/tilgjengelighet/",
    ]


def test_site_map_leads_to_pages_that_are_there(client: Client, plan: Publication) -> None:
    answers = {address: client.get(address.removeprefix(SITE)).status_code for address in places(client)}
    assert [address for address, status in answers.items() if status != 200] == []


def test_site_map_with_nothing_published(client: Client) -> None:
    assert set(places(client).values()) == {""}


def test_site_map_may_lie_in_any_cache(plan: Publication) -> None:
    found = open_data_views.site_map(RequestFactory().get("/sitemap.xml"))
    assert found.headers["Content-Type"] == "application/xml"
    assert found.headers["Cache-Control"] == "public, max-age=60"
    assert open_data_views.site_map(RequestFactory().post("/sitemap.xml")).status_code == 405


def test_robots(client: Client) -> None:
    found = client.get("/robots.txt")
    assert found.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert found.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /arbeid/",
        "Disallow: /admin/",
        "",
        f"Sitemap: {SITE}/sitemap.xml",
    ]
