"""Search in what is published: by Norwegian word forms on PostgreSQL, by the words as they are written elsewhere."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVector
from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from publishing.models import Publication, PublishedPassage

LANGUAGE = "norwegian"
LONGEST = 200
"""Letters of a question; what comes after them is not read."""
AROUND = 120
"""Letters shown on either side of the first word that was found."""
LINES = " · "
"""What stands between the lines of a passage in an excerpt."""
START, STOP = "\x02", "\x03"
"""Marks around a found word, which no published text can hold: they are control characters."""


class Piece(NamedTuple):
    """A stretch of an excerpt."""

    text: str
    is_found: bool


_WORDS = re.compile(r'"[^"]+"|[^\s"]+')
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f]+")


def readable(question: str) -> str:
    """The question without what no text holds, at most 200 letters long."""
    return " ".join(_UNREADABLE.sub(" ", question)[:LONGEST].split())


def words_of(question: str) -> list[str]:
    """The words and quoted phrases that are asked for, without their quotation marks."""
    return [word.strip('"') for word in _WORDS.findall(question) if word.strip('"')]


def search(question: str, *, publications: QuerySet[Publication]) -> QuerySet[PublishedPassage]:
    """The passages of these publications that match, best first: those whose heading matches, then the others."""
    passages = PublishedPassage.objects.filter(publication__in=publications).select_related("publication")
    words = words_of(question)
    if not words:
        return passages.none()
    return _by_form(passages, question) if connection.vendor == "postgresql" else _as_written(passages, words)


def excerpts(question: str, passages: Sequence[PublishedPassage]) -> list[list[Piece]]:
    """For each passage its text around the first word that was found, in pieces: what was found, and the rest."""
    return [_shortened(_pieces(text.replace("\n", LINES))) for text in _with_marks(question, passages)]


def _with_marks(question: str, passages: Sequence[PublishedPassage]) -> list[str]:
    """The passages' texts with marks around every word that was found."""
    if connection.vendor == "postgresql":
        return _headlines(question, passages)
    pattern = re.compile("|".join(re.escape(word) for word in words_of(question)), re.IGNORECASE)
    return [pattern.sub(lambda match: f"{START}{match[0]}{STOP}", one.text) for one in passages]


# PostgreSQL


def _query(question: str) -> SearchQuery:
    return SearchQuery(question, config=LANGUAGE, search_type="websearch")


def _by_form(passages: QuerySet[PublishedPassage], question: str) -> QuerySet[PublishedPassage]:
    """The first vector is the one that the index is made of; the second weighs headings above texts."""
    indexed = SearchVector("heading", "text", config=LANGUAGE)
    weighed = SearchVector("heading", config=LANGUAGE, weight="A") + SearchVector("text", config=LANGUAGE, weight="C")
    found = passages.annotate(vector=indexed).filter(vector=_query(question))
    return found.annotate(rank=SearchRank(weighed, _query(question))).order_by("-rank", "-publication", "position")


def _headlines(question: str, passages: Sequence[PublishedPassage]) -> list[str]:
    headline = SearchHeadline(
        "text", _query(question), config=LANGUAGE, highlight_all=True, start_sel=START, stop_sel=STOP
    )
    rows = PublishedPassage.objects.filter(pk__in=[one.pk for one in passages]).annotate(headline=headline)
    found = dict(rows.values_list("pk", "headline"))
    return [found[one.pk] for one in passages]


# Other databases


def _as_written(passages: QuerySet[PublishedPassage], words: Sequence[str]) -> QuerySet[PublishedPassage]:
    """Every word must occur, in capitals or small letters; `folded` knows Æ, Ø and Å where the database does not."""
    for word in words:
        passages = passages.filter(folded__contains=word.casefold())
    in_heading = Q()
    for word in words:
        in_heading &= Q(heading__icontains=word)
    rank = Case(When(in_heading, then=Value(1)), default=Value(0), output_field=IntegerField())
    return passages.annotate(rank=Coalesce(rank, 0)).order_by("-rank", "-publication", "position")


# Excerpts


def _pieces(text: str) -> list[Piece]:
    """The text taken apart where the marks are."""
    before, *found = text.split(START)
    pieces = [Piece(before, is_found=False)]
    for word, _stop, rest in (part.partition(STOP) for part in found):
        pieces += [Piece(word, is_found=True), Piece(rest, is_found=False)]
    return [piece for piece in pieces if piece.text]


def _shortened(pieces: list[Piece]) -> list[Piece]:
    """The pieces from a little before the first that was found to a little after it."""
    first = next((index for index, piece in enumerate(pieces) if piece.is_found), 0)
    lead = "".join(piece.text for piece in pieces[:first])
    start = f"… {lead[-AROUND:].partition(' ')[2]}" if len(lead) > AROUND else lead
    shown, room = [Piece(start, is_found=False)] if start else [], AROUND
    for piece in pieces[first:]:
        if len(piece.text) > room and not piece.is_found:
            return [*shown, Piece(f"{piece.text[:room].rpartition(' ')[0]} …", is_found=False)]
        shown.append(piece)
        room = max(0, room - len(piece.text))
    return shown
