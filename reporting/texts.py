"""The texts of a unit's report: what was written the period before, and who has changed what."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString

from plans.richtext import clean, plain_text
from plans.word_diff import Piece, word_diff
from reporting.models import ReportText

SHOWN = 20
"""How many versions of a text the page shows, the newest first."""


@dataclass(frozen=True)
class Version:
    """One save of a text: the row of the history, and what was changed in it."""

    row: Any
    body: list[Piece]


def as_page(body: str) -> SafeString:
    """The text as it is read: clean HTML."""
    return SafeString(clean(body))


def previous_of(text: ReportText) -> ReportText | None:
    """What the same unit wrote of the same kind in the round before; None where that is nothing."""
    before = text.report.round.previous_id
    texts = ReportText.objects.filter(report__unit=text.report.unit_id, kind=text.kind).exclude(body="")
    return texts.filter(report__round=before).select_related("report__round").first() if before else None


def versions_of(text: ReportText) -> list[Version]:
    """The last saves of the text, newest first; none for a text that nobody has written in."""
    rows = list(text.history.select_related("history_user").order_by("-history_date", "-history_id")[: SHOWN + 1])
    return [Version(row, word_diff(plain_text(before.body), plain_text(row.body))) for row, before in pairwise(rows)]
