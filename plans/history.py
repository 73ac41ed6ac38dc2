"""The versions of a section: who changed what and when, and the way back to an earlier one."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from organisation.models import User
from organisation.versions import save_version
from plans.models import Section
from plans.richtext import plain_text
from plans.word_diff import Piece, word_diff

SHOWN = 50
"""How many versions the page shows, the newest first."""


@dataclass(frozen=True)
class Version:
    """One save: the row as it became, who saved it, and what was changed since the version before it."""

    row: Any
    heading: list[Piece]
    body: list[Piece]
    state: str
    is_latest: bool

    @property
    def has_changes(self) -> bool:
        """Whether heading or text differ from the version before."""
        return any(piece.kind != "same" for piece in (*self.heading, *self.body))


def versions_of(section: Section) -> list[Version]:
    """The last versions, newest first."""
    rows = list(section.history.select_related("history_user").order_by("-history_date", "-history_id")[: SHOWN + 1])
    pairs = zip(rows, [*rows[1:], None], strict=True)
    return [_version(row, before, is_latest=row is rows[0]) for row, before in pairs][:SHOWN]


def _version(row: Any, before: Any, *, is_latest: bool) -> Version:
    return Version(
        row=row,
        heading=word_diff(before.heading if before else "", row.heading),
        body=word_diff(plain_text(before.body) if before else "", plain_text(row.body)),
        state=str(Section.State(row.state).label) if not before or before.state != row.state else "",
        is_latest=is_latest,
    )


def restore(section: Section, *, history_id: int, base_version: int, by: User) -> Section:
    """Let heading and text be what they were in a version. It is a new version; nothing is lost. Raises `Conflict`."""
    old = section.history.get(history_id=history_id)
    section.heading, section.body = old.heading, old.body
    reason = _("Hentet tilbake fra %(date)s") % {"date": f"{old.history_date:%d.%m.%Y}"}
    saved: Section = save_version(section, base_version=base_version, by=by, reason=reason)
    return saved


def last_changes(sections: Any) -> dict[int, Any]:
    """Section id → its newest version in the history, with the person. Two queries."""
    model = Section.history.model
    newest = model.objects.filter(id__in=sections.values("pk")).order_by("id", "history_date", "history_id")
    ids = dict(newest.values_list("id", "history_id"))
    rows = model.objects.select_related("history_user").filter(history_id__in=ids.values())
    return {row.id: row for row in rows}
