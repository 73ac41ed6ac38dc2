"""Search in what is published, in the way of the database that the tests run on."""

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from organisation.models import User
from publishing import json_form, searching
from publishing.models import Publication, PublishedIndicator, PublishedPassage
from tests.workplace import Workplace

pytestmark = pytest.mark.django_db

TEXTS = {
    "tilbud": ("Tilbud til barn", "Kommunen har tolv barnehager, og alle barnehagene har ledige plasser."),
    "barnehage": ("Barnehage", "Her står det noe annet."),
    "okonomi": ("ÅRSBUDSJETT", "Økonomien er god: 5 < 6 & litt til."),
    "skole": ("Skole", "Elevene trives på skolen."),
}


@pytest.fixture
def publication(place: Workplace, approver: User) -> Publication:
    """A version with four passages and an indicator."""
    made = Publication.objects.create(
        document=place.document,
        version=1,
        slug=place.document.slug,
        title="Plan",
        year=2024,
        stage="adopted",
        published_at=timezone.now(),
        published_by=approver,
        contents="{}",
        sha256=json_form.digest(b"{}"),
    )
    add(made, TEXTS)
    PublishedIndicator.objects.create(publication=made, slug="trivsel", name="Trivsel på skolen", owner="Skole")
    return made


def add(publication: Publication, texts: dict[str, tuple[str, str]]) -> None:
    for position, (anchor, (heading, text)) in enumerate(texts.items(), start=1):
        PublishedPassage.objects.create(
            publication=publication,
            chapter_slug="kapittel",
            chapter_title="Kapittel",
            anchor=anchor,
            heading=heading,
            text=text,
            folded=f"{heading}\n{text}".casefold(),
            position=position,
        )


def found(question: str) -> list[str]:
    return [one.anchor for one in searching.search(question, publications=Publication.objects.all())]


def test_heading_counts_more_than_text(publication: Publication) -> None:
    assert found("barnehage") == ["barnehage", "tilbud"]


def test_other_forms_of_a_word(publication: Publication) -> None:
    """PostgreSQL knows that they are one word; elsewhere the words must stand there as they are written."""
    knows_forms = connection.vendor == "postgresql"
    assert found("barnehagen") == (["barnehage", "tilbud"] if knows_forms else ["tilbud"])
    assert found("elev") == ["skole"]
    assert found("trivdes") == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("årsbudsjett", ["okonomi"]),
        ("ØKONOMIEN god", ["okonomi"]),
        ("økonomien elevene", []),
        ('"ledige plasser"', ["tilbud"]),
        ('"plasser ledige"', []),
        ("", []),
        ('"', []),
        ("%", []),
        ("_____", []),
    ],
    ids=["capitals", "two", "not both", "phrase", "other order", "empty", "quote", "percent", "underscores"],
)
def test_search_finds_what_has_every_word(publication: Publication, question: str, expected: list[str]) -> None:
    assert found(question) == expected


def test_excerpt_marks_what_was_found_and_is_only_text(publication: Publication) -> None:
    passages = searching.search("økonomien", publications=Publication.objects.all())
    (pieces,) = searching.excerpts("økonomien", list(passages))
    assert [piece.text for piece in pieces if piece.is_found] == ["Økonomien"]
    assert "".join(piece.text for piece in pieces) == "Økonomien er god: 5 < 6 & litt til."


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has such an index")
def test_search_uses_its_index(publication: Publication) -> None:
    """With sequential scans made dear, so that a small table too is asked through its index."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = searching.search("barnehage", publications=Publication.objects.all()).explain()
    assert "published_passage_words" in plan


# The page


def page(client: Client, query: str) -> str:
    answer = client.get(f"/sok/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_page_shows_hits_with_their_address(client: Client, publication: Publication) -> None:
    shown = page(client, "?q=elevene")
    assert "Ett treff på «elevene»" in shown
    assert f'href="/publikasjoner/{publication.slug}/versjon-1/kapittel/#skole"' in shown
    assert "<mark>Elevene</mark> trives" in shown


def test_page_escapes_text_and_question(client: Client, publication: Publication) -> None:
    shown = page(client, "?q=%3Cscript%3E+god")
    assert "<script> god" not in shown
    assert "</mark>: 5 &lt; 6 &amp; litt til." in page(client, "?q=god")


@pytest.mark.parametrize("query", ["", "?q=", "?q=%00%01", f"?q={'x' * 5000}", "?q=a&side=9999", "?q=a&side=x"])
def test_page_takes_odd_input(client: Client, publication: Publication, query: str) -> None:
    assert "Søk i det som er publisert" in page(client, query)


def test_page_says_that_nothing_was_found(client: Client, publication: Publication) -> None:
    shown = page(client, "?q=romferge")
    assert "Ingen treff på «romferge»" in shown
    assert "Prøv færre eller andre ord" in shown


def test_page_finds_indicators_by_name(client: Client, publication: Publication) -> None:
    assert 'href="/indikatorer/trivsel/"' in page(client, "?q=TRIVSEL")
    assert 'href="/indikatorer/trivsel/"' not in page(client, "?q=trivsel+bibliotek")


def test_older_versions_only_when_asked_for(client: Client, publication: Publication) -> None:
    newer = Publication.objects.get(pk=publication.pk)
    newer.pk, newer.version = None, 2
    newer.save()
    assert "Ingen treff" in page(client, "?q=elevene")
    assert "Ett treff" in page(client, "?q=elevene&eldre=1")


def test_page_takes_the_same_queries_for_many_hits(
    client: Client, publication: Publication, django_assert_max_num_queries: object
) -> None:
    add(publication, {f"mange-{number}": ("Elever", "Mange elevene her.") for number in range(50)})
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        shown = page(client, "?q=elevene")
    assert "51 treff" in shown
    assert "Side 1 av 3" in shown
    assert "q=elevene&amp;side=2" in shown
