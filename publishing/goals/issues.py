"""Which publication a reader has chosen, what it is called, and what came before it.

Pure, without the ORM. An issue is a publication as one chooses it: one version of the document of a year or a period.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from organisation import periods

DOCUMENT, VERSION = "publikasjon", "versjon"
"""The words of an address that name an issue."""


@dataclass(frozen=True)
class Issue:
    """A publication as one chooses it. `kind` and `stage` are words on the screen.

    `is_report` is that it reports a period rather than plan a year, `period` the code of its newest result, and
    `has_goals` that there is something in it to count.
    """

    pk: int
    document: int
    slug: str
    version: int
    title: str
    year: int
    kind: str
    stage: str
    published_at: datetime.datetime
    is_report: bool = False
    period: str = ""
    has_goals: bool = True

    @property
    def until(self) -> datetime.date:
        """The last day of what it is about."""
        if self.is_report and self.period:
            return periods.parse(self.period).end
        return periods.year(self.year).end

    @property
    def words(self) -> str:
        """Year and period in words: «2024, virksomhetsplan (vedtatt), versjon 1», «2024, 1. tertial, versjon 1»."""
        said = {"year": self.year, "what": self._what(), "version": self.version}
        return _("%(year)s, %(what)s, versjon %(version)s") % said

    def _what(self) -> str:
        if not self.is_report:
            return f"{self.kind} ({self.stage})"
        part = periods.label_of(self.period).removesuffix(f" {self.year}") if self.period else self.title
        return _("hele året") if part == f"{self.year}" else part

    @property
    def query(self) -> str:
        """What names it in an address."""
        return f"?{urlencode({DOCUMENT: self.slug, VERSION: self.version})}"


def standard(issues: Iterable[Issue]) -> Issue | None:
    """The one to show first: the newest version of the newest year's plan; a report does not stand in for the year."""
    plans = [one for one in _newest_versions(issues) if one.has_goals and not one.is_report]
    return max(plans, key=lambda one: (one.year, one.published_at), default=None)


def newest(issues: Iterable[Issue], year: int) -> Issue | None:
    """The one of the year that was published last."""
    return max((one for one in issues if one.year == year), key=lambda one: one.published_at, default=None)


def chosen(issues: Iterable[Issue], words: Mapping[str, str]) -> Issue | None:
    """The one that an address names, in the newest version where it names none; None where there is no such one."""
    version = words.get(VERSION, "")
    found = [one for one in issues if one.slug == words.get(DOCUMENT) and version in ("", f"{one.version}")]
    return max(found, key=lambda one: one.version, default=None)


def query_of(issue: Issue, issues: Iterable[Issue]) -> str:
    """What to add to the address of an area's page: nothing where that page shows this issue of itself."""
    return "" if newest((one for one in issues if one.has_goals), issue.year) == issue else issue.query


def period_before(issue: Issue, issues: Iterable[Issue]) -> Issue | None:
    """What a reader compares with: the same kind of document of the period before, in its newest version.

    The first report is held against the plan of its year.
    """
    others = [one for one in _newest_versions(issues) if one.has_goals and one.document != issue.document]
    alike = [one for one in others if one.kind == issue.kind and one.until < issue.until]
    if alike:
        return max(alike, key=lambda one: (one.until, one.published_at))
    plans = [one for one in others if issue.is_report and not one.is_report and one.year == issue.year]
    return max(plans, key=lambda one: one.published_at, default=None)


def version_before(issue: Issue, issues: Iterable[Issue]) -> Issue | None:
    """The version of the same document that it replaced."""
    found = [one for one in issues if one.document == issue.document and one.version < issue.version and one.has_goals]
    return max(found, key=lambda one: one.version, default=None)


def is_newest_version(issue: Issue, issues: Iterable[Issue]) -> bool:
    """Whether no later version has replaced it."""
    return issue in _newest_versions(issues)


def in_force(issue: Issue, issues: Iterable[Issue]) -> list[Issue]:
    """What held when it was published: the newest version of each document then, oldest first, and itself last."""
    earlier = [one for one in issues if one.published_at <= issue.published_at and one.document != issue.document]
    return [*sorted(_newest_versions(earlier), key=lambda one: one.published_at), issue]


def choices(issues: Sequence[Issue], shown: Issue | None) -> list[tuple[int, list[tuple[Issue, str]]]]:
    """The issues to choose from, year by year, newest first, each in words that no other has."""
    offered = [one for one in issues if one.has_goals or one == shown]
    alike = Counter(one.words for one in offered)
    found: dict[int, list[tuple[Issue, str]]] = {}
    for one in sorted(offered, key=lambda one: (one.year, one.until, one.published_at), reverse=True):
        words = one.words if alike[one.words] == 1 else f"{one.words}: {one.title}"
        found.setdefault(one.year, []).append((one, words))
    return list(found.items())


def _newest_versions(issues: Iterable[Issue]) -> list[Issue]:
    found: dict[int, Issue] = {}
    for one in sorted(issues, key=lambda one: one.version):
        found[one.document] = one
    return list(found.values())
