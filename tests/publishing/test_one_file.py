"""The whole document as one HTML file: it needs nothing beside it, and lets nothing in."""

import json
import re

import pytest

from publishing.book import one_file, pdf
from publishing.models import Publication
from publishing.structure import Chapter, Contents, Section, Text
from tests.publishing import sample
from tests.publishing.published import MEASURED, unstored

REFERENCES = re.compile(
    r"""(?:\bsrc|\bhref|\baction|\bdata|srcset|poster)\s*=\s*["']?([^"'\s>]*)|url\(([^)]*)\)|@import"""
)


def html(contents: Contents = MEASURED, publication: Publication | None = None) -> str:
    return one_file.html(contents, pdf.Edition.of_publication(publication or unstored(contents)))


def references(page: str) -> set[str]:
    """Everything in the page that leads out of it."""
    found = {"".join(match.groups(default="")) or match[0] for match in REFERENCES.finditer(page)}
    return {one for one in found if not one.startswith("#")}


def test_leads_nowhere_but_to_its_permanent_address() -> None:
    assert references(html()) == {"http://localhost:8000/publikasjoner/plan-2024/versjon-1/"}


def test_draft_leads_nowhere() -> None:
    page = one_file.html(sample.CONTENTS, pdf.Edition.draft())
    assert references(page) == set()


def test_references_are_found_where_there_are_any() -> None:
    """A control of the two tests above."""
    assert references('<img src="a.png"> @import "b.css"; url(c.woff2) <a href="#d">') == {
        "a.png",
        "@import",
        "c.woff2",
    }


def test_every_link_inside_leads_somewhere() -> None:
    page = html(sample.CONTENTS)
    wanted = set(re.findall(r'href="#([^"]+)"', page))
    assert wanted == {"barnehage", "barnehage-nokkeltall", "barnehage-tjenestene", "planer", "planer-oversikt"}
    assert wanted - set(re.findall(r'id="([^"]+)"', page)) == set()


def test_ids_are_unique() -> None:
    """The two chapters have a table of the same name."""
    found = re.findall(r'\bid="([^"]+)"', html())
    assert len(found) == len(set(found))


def test_styles_stand_inside_with_the_dark_values() -> None:
    page = html()
    assert page.count("<style>") == page.count("</style>") == 1
    assert "<link" not in page
    assert "prefers-color-scheme: dark" in page
    assert ".data-table" in page


def test_policy_lets_nothing_in() -> None:
    page = html(sample.CONTENTS)
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"" in page
    assert "<script" not in page
    assert sample.HOSTILE not in page
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; «æøå»" in page


def test_text_in_braces_stays_as_it_is() -> None:
    """Texts are put in after the styles' place is found, so that no text can move it."""
    text = Text("tekst", "<p>{styles} &lt;/head&gt;</p>")
    section = Section("a", "A", 2, (text,))
    page = html(
        Contents("p", "P", "", "annual-plan", "Testvik", 2024, (Chapter("k", "1", "K", "", sections=(section,)),))
    )
    assert "<p>{styles} &lt;/head&gt;</p>" in page
    assert page.index("<style>") < page.index("<body>")


def test_holds_the_whole_document() -> None:
    publication = unstored()
    page = html(publication=publication)
    for table in json.loads(publication.contents)["chapters"][0]["sections"][0]["items"]:
        assert table["caption"] in page
        assert [row["label"] for row in table["rows"] if row["label"] not in page] == []
    assert publication.sha256 in page


def test_without_the_style_sheets_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_file, "STYLES", ("site/finnes-ikke.css",))
    with pytest.raises(FileNotFoundError, match=r"site/finnes-ikke\.css"):
        html()
