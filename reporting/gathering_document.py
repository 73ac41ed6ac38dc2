"""The document that gathers a round: its chapters are made when the round opens, and show what has been approved.

What is written here stands in the published report, so it is the document's own and is not translated.
"""

from collections.abc import Iterator

from simple_history.utils import bulk_create_with_history

from organisation.addresses import address
from organisation.models import ServiceArea
from plans.models import Document, Section
from reporting.models import ReportingRound
from scorecards.models import ScorecardRow

EXAMPLE = "Eksempeldata: tallene er regnet ut av årets resultater og måltall, ikke rapportert."
SUMMARY = "Sammendrag"

Block = Section.Block
Contents = list[tuple[str, str]]
"""The sections of a chapter: heading and block."""


def start(round_: ReportingRound) -> Document:
    """The tertial report of the round, or the year's report, with its chapters. Written to the database.

    The round need not be saved. After a summary comes a chapter for each service area with a scorecard for the year,
    answered for by the area's unit. The number of queries does not grow with the areas.
    """
    slug = address(f"rapport-{round_.slug}", taken=set(Document.objects.values_list("slug", flat=True)))
    document = Document.objects.create(
        slug=slug,
        kind=Document.Kind.TERTIAL_REPORT,
        title=f"Rapport for {round_.period.label}",
        subtitle=EXAMPLE if round_.is_example else "",
        year=round_.period.end.year,
        unit=round_.unit,
    )
    chapters = _write(round_, list(_chapters(round_, document)))
    headings = [(section, block) for chapter in chapters for section, block in _sections(round_, chapter)]
    _write(round_, [section for section, _block in headings])
    _write(round_, [_block_under(section, block, round_) for section, block in headings if block])
    return document


def add_what_is_asked(round_: ReportingRound) -> None:
    """Add to the summary what the round has begun to ask for since its document was made. Written to the database.

    What stands there already is left alone, also what is no longer asked for: somebody may have written under it.
    """
    document = round_.document
    there = set(document.sections.filter(kind=Section.Kind.BLOCK).values_list("block", flat=True))
    wanted = [(heading, block) for heading, block in _asked_besides(round_) if block not in there]
    summary = document.sections.chapters().order_by("position").first()
    if summary is None or not wanted:
        return
    last = summary.children.order_by("-position").values_list("position", flat=True).first() or 0
    place = {"document": document, "parent": summary, "unit": summary.unit, "state": Section.State.READY}
    headings = [
        (Section(**place, position=position, heading=heading), block)
        for position, (heading, block) in enumerate(wanted, start=last + 1)
    ]
    _write(round_, [section for section, _block in headings])
    _write(round_, [_block_under(section, block, round_) for section, block in headings])


def _write(round_: ReportingRound, sections: list[Section]) -> list[Section]:
    written: list[Section] = bulk_create_with_history(sections, Section, default_user=round_.opened_by)
    return written


def _chapters(round_: ReportingRound, document: Document) -> Iterator[Section]:
    place = {"document": document, "state": Section.State.READY}
    yield Section(**place, position=1, heading=SUMMARY, slug=address(SUMMARY), unit=round_.unit)
    areas = ServiceArea.objects.filter(scorecards__year=document.year).distinct()
    for position, area in enumerate(areas.select_related("unit").order_by("position", "pk"), start=2):
        yield Section(**place, position=position, heading=area.name, slug=area.slug, unit=area.unit, area=area)


def _sections(round_: ReportingRound, chapter: Section) -> Iterator[tuple[Section, str]]:
    """The headings of a chapter, each with the block that is to stand under it."""
    place = {"document": chapter.document, "parent": chapter, "unit": chapter.unit, "state": Section.State.READY}
    contents = _of_area(round_) if chapter.area else _of_summary(round_)
    if round_.is_example and not chapter.area:
        yield Section(**place, position=1, heading="Eksempeldata", body=f"<p>{EXAMPLE}</p>"), ""
    for position, (heading, block) in enumerate(contents, start=2):
        yield Section(**place, position=position, heading=heading), block


def _block_under(section: Section, block: str, round_: ReportingRound) -> Section:
    place = {"document": section.document, "unit": section.unit, "state": section.state}
    facts = {"kind": Section.Kind.BLOCK, "block": block, "parameters": {"round": round_.slug}}
    return Section(**place, **facts, parent=section, position=1)


def _of_summary(round_: ReportingRound) -> Contents:
    contents: Contents = [("Måloppnåelse", Block.ASSESSMENT_COUNTS), ("Avvik", Block.DEVIATIONS)]
    own = ScorecardRow.objects.filter(scorecard__area=None, scorecard__year=round_.period.end.year)
    if own.filter(scorecard__unit=round_.unit, indicator__frequency__in=round_.frequencies).exists():
        contents.append(("Overordnede styringsmål", Block.REPORTED_SCORECARD))
    contents += _asked_besides(round_)
    return contents + ([("Samlet vurdering", Block.UNIT_TEXTS)] if round_.asks_texts else [])


def _asked_besides(round_: ReportingRound) -> Contents:
    """What stands in the summary alone, where the round asks for it."""
    economy: Contents = [("Økonomi", Block.UNIT_ECONOMY)] if round_.asks_economy else []
    return economy + ([("Tiltak", Block.REPORTED_MEASURES)] if round_.asks_measures else [])


def _of_area(round_: ReportingRound) -> Contents:
    contents: Contents = [
        ("Måloppnåelse", Block.ASSESSMENT_COUNTS),
        ("Avvik", Block.DEVIATIONS),
        ("Målekort", Block.REPORTED_SCORECARD),
    ]
    return contents + ([("Enhetenes vurderinger", Block.UNIT_TEXTS)] if round_.asks_texts else [])
