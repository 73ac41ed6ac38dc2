"""The document that gathers a round: its chapters are made when the round opens, and show what has been approved."""

from plans.models import Document
from reporting.models import ReportingRound


def start(round_: ReportingRound) -> Document:
    """The tertial report of the round, or the year's report, with its chapters. Written to the database."""
    return Document.objects.create(
        slug=f"rapport-{round_.slug}",
        kind=Document.Kind.TERTIAL_REPORT,
        title=f"Rapport for {round_.period.label}",
        year=round_.period.end.year,
        unit=round_.unit,
    )
