"""The blocks about one unit: what they show, of whom, and what they say where there is nothing yet."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from budget.models import Frame, FrameChange
from organisation.models import Municipality, Unit, User
from organisation.versions import create
from plans.models import Document, Section
from plans.starting import start_document
from publishing.building import contents
from publishing.building.place import MissingData
from publishing.structure import Chapter, Table, Text
from scorecards.models import Indicator, Observation, Scorecard, ScorecardColumn, ScorecardGroup, ScorecardRow
from scorecards.registration import register
from staffing.models import StaffingFigure
from tests.budget.money import Layer, amendment, line, load_codes
from tests.workplace import YEAR, Workplace, year_period

pytestmark = pytest.mark.django_db
SPACE = "\u00a0"


@pytest.fixture
def document(schools: Unit) -> Document:
    return Document.objects.create(slug="rapport", kind="unit-report", title="Rapport", year=YEAR, unit=schools)


def chapter_with(document: Document, block: str, **parameters: Any) -> Chapter:
    """The document's one chapter, which holds the block."""
    facts = {"document": document, "unit": document.unit, "position": 1}
    chapter = create(Section(**facts, heading="Enheten", slug="enheten"), by=None)
    section = create(Section(**facts, parent=chapter, heading="Blokk"), by=None)
    create(Section(**facts, parent=section, kind="block", block=block, parameters=parameters), by=None)
    [built] = contents.build(document).chapters
    return built


def table(document: Document, block: str, **parameters: Any) -> Table:
    [found] = chapter_with(document, block, **parameters).tables()
    return found


def sentences(chapter: Chapter) -> list[str]:
    return [item.html for section in chapter.walk() for item in section.items if isinstance(item, Text)]


def cells(found: Table) -> dict[str, tuple[str, ...]]:
    return {row.label: row.cells for row in found.rows()}


@pytest.fixture
def economy(schools: Unit, one_school: Unit, care: Unit) -> None:
    """Two years of the sector and of a unit under it, a change of the budget, an investment, another sector."""
    load_codes()
    for year, budget, actual in ((YEAR - 1, 10_000_400, 10_000_600), (YEAR, 11_000_500, 11_500_400)):
        line(schools, budget, layer=Layer.ORIGINAL, period=f"{year}")
        line(schools, actual, period=f"{year}-06")
    line(one_school, 500_000, layer=Layer.ORIGINAL, period=f"{YEAR}")
    change = amendment(schools)
    line(one_school, 100_000, layer=Layer.REVISED, period=f"{YEAR}", amendment=change)
    line(one_school, 7_000_000, period=f"{YEAR}-03", account_class="investment", art="230")
    line(care, 9_000_000, period=f"{YEAR}-03")
    line(schools, 3_000_000, layer=Layer.ORIGINAL, period=f"{YEAR + 1}", plan_year=YEAR)


def test_accounts_are_of_the_unit_and_those_under_it(document: Document, economy: None) -> None:
    found = table(document, "accounts-budget-deviation")
    assert [column.label for column in found.columns] == [f"{YEAR - 1}", f"{YEAR}"]
    assert cells(found) == {
        "Regnskap": ("10 001", "11 500"),
        "Budsjett": ("10 000", "11 601"),
        "Avvik": ("−1", "101"),
    }
    assert found.note.replace(SPACE, " ").startswith("Enheten hadde et mindreforbruk på 100 100 kroner. ")
    assert [row.is_sum for row in found.rows()] == [False, False, True]


def test_accounts_show_the_rows_that_are_asked_for(document: Document, economy: None) -> None:
    found = table(document, "accounts-budget-deviation", rows=["budget", "actual"], caption="Driftsutgifter")
    assert (found.caption, list(cells(found)), found.note) == ("Driftsutgifter", ["Regnskap", "Budsjett"], "")


@pytest.mark.parametrize(
    ("actual", "said"),
    [
        ("1000000", "Enheten gikk i balanse."),
        ("1000000.50", "Enheten hadde et merforbruk på 1 kroner."),
        ("1200000", "Enheten hadde et merforbruk på 200 000 kroner."),
        (None, "Avvik er budsjett minus regnskap; over null er mindreforbruk."),
    ],
    ids=["balance", "ore", "over", "no-accounts"],
)
def test_accounts_say_the_deviation_in_words(document: Document, schools: Unit, actual: str | None, said: str) -> None:
    load_codes()
    line(schools, 1_000_000, layer=Layer.ORIGINAL, period=f"{YEAR}")
    if actual:
        line(schools, Decimal(actual), period=f"{YEAR}-01")  # type: ignore[arg-type]
    assert table(document, "accounts-budget-deviation").note.replace(SPACE, " ").startswith(said)


def test_headline_figures_are_computed_from_what_is_there(document: Document, economy: None, schools: Unit) -> None:
    create(StaffingFigure(unit=schools, counted_on=datetime.date(YEAR, 6, 30), fte=Decimal("12.5")), by=None)
    create(StaffingFigure(unit=schools, counted_on=datetime.date(YEAR + 1, 1, 1), fte=Decimal("99.9")), by=None)
    chapter = chapter_with(document, "headline-figures", figures=["result", "share-of-budget", "fte"])
    assert [(one.label, one.value, one.note) for one in chapter.headlines] == [
        ("Resultat", f"0,9{SPACE}%", "mindreforbruk"),
        ("Andel av samlet driftsramme", f"100,0{SPACE}%", ""),
        ("Årsverk", "12,5", f"30.06.{YEAR}"),
    ]
    [found] = chapter.tables()
    assert [row.values for row in found.rows()] == [("0.9", None), ("100.0", None), ("12.5", None)]


def test_headline_share_is_of_the_frames(document: Document, schools: Unit, care: Unit, approver: User) -> None:
    own = create(Frame(unit=schools, year=YEAR, opening=Decimal(20)), by=approver)
    create(FrameChange(frame=own, position=1, kind="other", reason="Flere elever", amount=Decimal(5)), by=approver)
    create(Frame(unit=care, year=YEAR, opening=Decimal(75)), by=approver)
    found = table(document, "headline-figures", figures=["share-of-frame"])
    assert cells(found)["Andel av samlet driftsramme"][0] == "25,0 %"


def test_headline_figures_of_an_indicator_are_its_last_result_of_the_year(document: Document, schools: Unit) -> None:
    indicator = create(Indicator(slug="fravaer", name="Sykefravær", owner=schools, definition="I prosent."), by=None)
    for year, text in ((YEAR - 1, "8,1 %"), (YEAR, "7,5 %"), (YEAR + 1, "9,9 %")):
        register(indicator=indicator, period=year_period(year), kind="result", text=text, by=None)
    register(indicator=indicator, period=year_period(), kind="target", text="6,0 %", by=None)
    found = table(document, "headline-figures", figures=["indicator:fravaer"])
    assert cells(found) == {"Sykefravær": ("7,5 %", "I prosent.")}
    [row] = found.rows()
    assert (row.origins[0].period if row.origins[0] else "", row.origins[1]) == (f"{YEAR}", None)


@pytest.mark.parametrize("figure", ["indicator:borte", "noe-annet"])
def test_headline_figures_of_what_nobody_has_made_are_missing_data(document: Document, figure: str) -> None:
    with pytest.raises(MissingData, match=rf"«{figure.removeprefix('indicator:')}», som ikke finnes"):
        chapter_with(document, "headline-figures", figures=[figure])


def scorecard(unit: Unit, indicator: Indicator, slug: str) -> Scorecard:
    card: Scorecard = create(Scorecard(slug=slug, title=slug, year=YEAR, unit=unit), by=None)
    for position, (kind, label) in enumerate((("target", f"Mål {YEAR}"), ("result", f"Resultat {YEAR}")), start=1):
        ScorecardColumn.objects.create(scorecard=card, position=position, label=label, kind=kind, period=year_period())
    group = create(ScorecardGroup(scorecard=card, title="Økonomi", position=1), by=None)
    create(ScorecardRow(scorecard=card, group=group, indicator=indicator, position=1), by=None)
    return card


def test_unit_scorecard_computes_the_deviation_it_is_told_of(document: Document, economy: None, schools: Unit) -> None:
    indicator = create(Indicator(slug="avvik", name="Avvik", owner=schools, direction="higher"), by=None)
    scorecard(schools, indicator, "skolens")
    register(indicator=indicator, period=year_period(), kind="target", text="0,0 %", by=None)
    found = table(document, "unit-scorecard", deviation="avvik")
    assert [column.label for column in found.columns] == ["Mål", f"{YEAR}"]
    assert cells(found) == {"Avvik": ("0,0 %", "0,9 %")}
    [row] = found.rows()
    assert row.verdict is not None
    assert (row.verdict.outcome, row.verdict.result) == ("reached", "0,9 %")
    assert Observation.objects.filter(kind="result").count() == 0


def test_unit_scorecard_without_one_gathers_the_goals_that_the_unit_owns(place: Workplace, care: Unit) -> None:
    register(indicator=place.schools.row.indicator, period=year_period(), kind="target", text="5,0", by=None)
    schools = place.schools.card.unit
    document = Document.objects.create(slug="avtale", kind="leader-agreement", title="Avtale", year=YEAR, unit=schools)
    found = table(document, "unit-scorecard")
    assert cells(found) == {"Trivsel": ("4,5", "5,0")}
    assert [group.title for group in found.groups] == ["Skole"]


def test_overall_goals_are_those_of_the_top_and_not_a_units(place: Workplace, schools: Unit, top: Unit) -> None:
    indicator = place.schools.row.indicator
    scorecard(schools, indicator, "skolens")
    other = create(Indicator(slug="netto", name="Netto driftsresultat", owner=top), by=None)
    Section.objects.create(
        document=place.document, parent=place.common, unit=top, kind="block", block="overall-goals", position=1
    )
    with pytest.raises(MissingData, match="ikke noe overordnet målekort"):
        contents.build(place.document, chapter=place.common.slug)
    scorecard(top, other, "kommunens")
    built = contents.build(place.document, chapter=place.common.slug)
    assert [row.label for _chapter, one in built.tables() for row in one.rows()] == ["Netto driftsresultat"]


def test_unit_staffing_is_of_the_unit_and_those_under_it(
    document: Document, schools: Unit, one_school: Unit, care: Unit
) -> None:
    for unit, month, fte in ((schools, 1, "40"), (schools, 7, "41.5"), (one_school, 7, "20"), (care, 7, "9")):
        figure = StaffingFigure(unit=unit, counted_on=datetime.date(YEAR, month, 1), fte=Decimal(fte))
        create(figure, by=None)
    found = table(document, "unit-staffing")
    assert [column.label for column in found.columns] == [f"01.01.{YEAR}", f"01.07.{YEAR}"]
    assert cells(found) == {"Bakken skole": ("", "20,0"), "Sektor for skole": ("40,0", "41,5")}
    assert [row.is_sum for row in found.rows()] == [False, True]


def test_figures_of_another_municipality_are_not_shown(document: Document, schools: Unit) -> None:
    other = Municipality.objects.create(number="0002", name="Nabovik", short_name="Nabovik")
    theirs = Unit.objects.create(municipality=other, kind="sector", name="Drift", slug="drift", parent=schools)
    load_codes()
    line(theirs, 5, period=f"{YEAR}-01")
    assert list(chapter_with(document, "accounts-budget-deviation").tables()) == []


def test_started_report_without_data_says_what_is_missing(schools: Unit, approver: User) -> None:
    document = start_document(kind="unit-report", unit=schools, year=YEAR, by=approver)
    [chapter] = contents.build(document).chapters
    assert (list(chapter.tables()), chapter.headlines) == ([], ())
    assert sentences(chapter) == [
        f"<p>Det er ingen hovedtall for Sektor for skole i {YEAR} ennå.</p>",
        "<p>Det er ikke ført regnskap eller budsjett for Sektor for skole ennå.</p>",
        f"<p>Det er ikke satt mål for Sektor for skole i {YEAR} ennå.</p>",
        "<p>Det er ikke ført regnskap eller budsjett for Sektor for skole ennå.</p>",
        "<p>Det er ikke registrert årsverk for Sektor for skole ennå.</p>",
    ]


def test_started_agreement_without_data_says_what_is_missing(schools: Unit, approver: User) -> None:
    document = start_document(kind="leader-agreement", unit=schools, year=YEAR, by=approver)
    [chapter] = contents.build(document).chapters
    assert list(chapter.tables()) == []
    assert sentences(chapter)[:4] == [
        f"<p>Det er ikke satt mål for Sektor for skole i {YEAR} ennå.</p>",
        f"<p>Rammen for Sektor for skole i {YEAR} er ikke satt ennå.</p>",
        "<p>Det er ikke registrert årsverk for Sektor for skole ennå.</p>",
        "<p>Ingen tiltak er vedtatt.</p>",
    ]


def test_started_agreement_shows_the_units_own_frame(schools: Unit, care: Unit, approver: User) -> None:
    for unit, opening in ((schools, 20_000), (care, 75_000)):
        create(Frame(unit=unit, year=YEAR, opening=Decimal(opening)), by=approver)
    document = start_document(kind="leader-agreement", unit=schools, year=YEAR, by=approver)
    [(_chapter, found)] = contents.build(document).tables()
    assert (found.kind, [row.cells for row in found.rows()][-1]) == ("frames", ("20",))
