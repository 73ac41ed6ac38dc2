"""The publications whose goals can be read, and the values behind a goal's small line."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.http import Http404

from plans.models import Document
from plans.models.documents import OF_ONE_UNIT
from publishing.goals.goal import Figure, Goal, Point
from publishing.goals.issues import DOCUMENT, VERSION, Issue, chosen, in_force, query_of
from publishing.models import Publication, PublishedFigure, PublishedIndicator, PublishedObservation

FACTS = ("pk", "slug", "version", "title", "year", "published_at")


def read_issues(chapter: str = "") -> list[Issue]:
    """Every version of every document of more than one unit; with a chapter's address, only those with goals in it.

    One query.
    """
    goals = PublishedFigure.objects.filter(publication=OuterRef("pk"), **({"chapter_slug": chapter} if chapter else {}))
    rows = Publication.objects.exclude(document__kind__in=OF_ONE_UNIT).annotate(
        document_kind=F("document__kind"), period=Subquery(goals.order_by("-period").values("period")[:1])
    )
    found = [_issue(row) for row in rows.values(*FACTS, "document_id", "document_kind", "stage", "period")]
    return [one for one in found if one.has_goals] if chapter else found


def _issue(row: Mapping[str, Any]) -> Issue:
    return Issue(
        document=row["document_id"],
        kind=str(Document.Kind(row["document_kind"]).label),
        stage=str(Publication.Stage(row["stage"]).label),
        is_report=row["document_kind"] == Document.Kind.TERTIAL_REPORT,
        period=row["period"] or "",
        has_goals=row["period"] is not None,
        **{name: row[name] for name in FACTS},
    )


def asked_for(issues: Iterable[Issue], words: Mapping[str, str], otherwise: Issue | None) -> Issue | None:
    """The issue that the address names, or the other where it names none. Raises Http404 for one that is not there."""
    if not words.get(DOCUMENT) and not words.get(VERSION):
        return otherwise
    issue = chosen(issues, words)
    if issue is None:
        raise Http404
    return issue


def read_goals(issue: Issue, issues: Iterable[Issue], *others: Issue) -> dict[int, list[Goal]]:
    """An issue's pk → its goals in the document's order; of the issue and of the others. One query."""
    found = {one.pk: one for one in (issue, *others)}
    queries = {pk: query_of(one, issues) for pk, one in found.items()}
    goals: dict[int, list[Goal]] = {pk: [] for pk in found}
    for figure in PublishedFigure.objects.filter(publication__in=found).order_by("position"):
        pk = figure.publication_id
        goals[pk].append(Goal(figure, found[pk], queries[pk]))
    return goals


def successions(issue: Issue) -> dict[str, str]:
    """The slug of an indicator → that of the one it carries on. One query."""
    indicators = PublishedIndicator.objects.filter(publication=issue.pk).exclude(succeeds="")
    return dict(indicators.values_list("slug", "succeeds"))


def results(figures: Sequence[Figure], issue: Issue, issues: Iterable[Issue]) -> dict[str, list[Point]]:
    """Each indicator's published results as they were known when the issue came out, oldest first. One query."""
    sources = [one.pk for one in in_force(issue, issues)]
    found: dict[str, dict[str, Point]] = {}
    rows = PublishedObservation.objects.filter(
        publication__in=sources, kind="result", indicator_slug__in=[figure.indicator_slug for figure in figures]
    ).values_list("publication_id", "indicator_slug", "period", "period_ends_on", "text", "value")
    for _source, slug, period, ends_on, text, value in sorted(rows, key=lambda row: sources.index(row[0])):
        found.setdefault(slug, {})[period] = Point(period, ends_on, text, value)
    return {slug: sorted(points.values(), key=lambda point: point.ends_on) for slug, points in found.items()}
