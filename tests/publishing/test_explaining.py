"""What is told of a published figure: what it measures, how it was judged, and what it was before and after."""

import datetime
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from organisation.models import Municipality, Unit, User
from plans.models import Document
from publishing import json_form
from publishing.explaining.explanation import Explanation, explain
from publishing.explaining.figure_history import Change, Saying, Telling, told
from publishing.explaining.references import elements
from publishing.figures import published_figures, published_indicators, published_observations
from publishing.models import Publication
from publishing.structure import (
    Chapter,
    Column,
    Contents,
    IndicatorFacts,
    Origin,
    Row,
    RowGroup,
    Section,
    Table,
    Verdict,
)
from scorecards.explaining import Fact

pytestmark = pytest.mark.django_db

Publish = Callable[..., Publication]
COLUMNS = (("Resultat 2021", "result"), ("Resultat 2022", "result"), ("Mål 2022", "target"), ("Kommentar", "text"))
ORIGINS = (
    Origin("trivsel", "result", "2021"),
    Origin("trivsel", "result", "2022"),
    Origin("trivsel", "target", "2022"),
)
FACTS = IndicatorFacts(
    slug="trivsel",
    name="Trivsel",
    definition="Andelen som trives.",
    unit_of_measure="%",
    direction="higher",
    tolerance="2.0",
    frequency="year",
    source="Elevundersøkelsen",
    owner="Skole",
)
MISSED = Verdict("missed", "Ikke nådd", "✗", "", "84 %", "90 %")


def goal_row(result: str = "84 %", verdict: Verdict | None = MISSED) -> Row:
    values = ("80", result.removesuffix(" %"), "90", None)
    cells = ("80 %", result, "90 % *", "Målt i mai.")
    return Row("Trivsel", cells, values, key="trivsel", anchor="mal-trivsel", verdict=verdict, origins=(*ORIGINS, None))


def contents_with(row: Row, staff: str = "12,5") -> Contents:
    goals = Table(
        anchor="mal",
        number="1.1",
        kind="scorecard",
        caption="Målekort",
        columns=tuple(Column(label, "", kind) for label, kind in COLUMNS),
        groups=(RowGroup((row,)),),
        footnotes=(("*", "Foreløpig."),),
    )
    people = Table(
        anchor="arsverk",
        number="1.2",
        kind="staffing",
        caption="Årsverk",
        columns=(Column("1. januar 2024"),),
        groups=(RowGroup((Row("Skole", (staff,), (staff.replace(",", "."),), anchor="arsverk-skole"),)),),
        source="Lønnssystemet",
    )
    chapter = Chapter("skole", "1", "Skole", "", sections=(Section("mal-og-folk", "Mål og folk", 2, (goals, people)),))
    return Contents("plan", "Plan", "", "annual-plan", "Dalen kommune", 2022, (chapter,), (FACTS,))


@pytest.fixture
def publish(db: None) -> Publish:
    """A function that publishes contents, one month after the last, in the document of that slug."""
    municipality = Municipality.objects.create(number="3499", name="Dalen kommune", short_name="Dalen", is_owner=True)
    unit = Unit.objects.create(municipality=municipality, kind="municipality", name="Dalen kommune", slug="dalen")
    person = User.objects.create_user("kari")

    def store(contents: Contents, slug: str = "plan", **fields: object) -> Publication:
        document, _new = Document.objects.get_or_create(
            slug=slug, defaults={"kind": "annual-plan", "title": slug.capitalize(), "year": 2022, "unit": unit}
        )
        text = json_form.canonical(json_form.to_json(contents))
        month = Publication.objects.count() + 1
        publication = Publication.objects.create(
            document=document,
            version=document.publications.count() + 1,
            slug=slug,
            title=document.title,
            year=2022,
            stage="proposal",
            published_at=datetime.datetime(2022, month, 12, tzinfo=datetime.UTC),
            published_by=person,
            contents=text,
            sha256=json_form.digest(text.encode()),
            **fields,
        )
        for make in (published_indicators, published_figures, published_observations):
            for row in make(publication, contents):
                row.save()
        return publication

    return store


def explained(publication: Publication, anchor: str) -> Explanation:
    contents = json_form.from_json(json.loads(publication.contents))
    chapter = contents.chapters[0]
    explanation = explain(elements(chapter)[anchor], chapter, publication)
    assert explanation is not None
    return explanation


def in_short(past: list[Telling]) -> list[tuple[str, int, str, str]]:
    return [(one.saying.publication.slug, one.saying.publication.version, one.saying.text, one.change) for one in past]


def test_row_is_explained_by_its_indicator_as_it_was_published(publish: Publish) -> None:
    explanation = explained(publish(contents_with(goal_row())), "mal-trivsel")
    assert explanation.facts == [
        Fact("Hva som måles", "Andelen som trives."),
        Fact("Måleenhet", "%"),
        Fact("Retning", "høyere er bedre"),
        Fact("Hvor ofte", "hvert år"),
        Fact("Kilde", "Elevundersøkelsen"),
        Fact("Eier", "Skole"),
    ]
    assert explanation.comment == "Kommentar: Målt i mai."


def test_figure_says_its_kind_and_period(publish: Publish) -> None:
    explanation = explained(publish(contents_with(goal_row())), "mal-trivsel-3")
    assert explanation.facts[-2:] == [Fact("Hva slags tall", "måltall"), Fact("Periode", "2022")]
    assert explanation.observation is not None
    assert (explanation.observation.kind, explanation.observation.period) == ("target", "2022")


def test_judgement_says_what_was_compared_and_by_which_rule(publish: Publish) -> None:
    judgement = explained(publish(contents_with(goal_row())), "mal-trivsel").judgement
    assert judgement is not None
    assert judgement.columns == (2, 3)
    assert judgement.words == (
        "Resultatet 84\u00a0% for 2022 er holdt mot måltallet 90\u00a0% for 2022.",
        "Målet er nådd når resultatet er 90\u00a0% eller høyere.",
        "Det er nesten nådd når avviket er høyst 2\u00a0prosentpoeng.",
    )
    assert judgement.missed_since == "2021"


def test_judgement_of_what_is_not_measured_has_its_reason_and_no_rule(publish: Publish) -> None:
    verdict = Verdict("not_measured", "Ikke målt", "–", "Resultatet er ikke registrert.", "", "90 %")
    judgement = explained(publish(contents_with(goal_row(verdict=verdict))), "mal-trivsel").judgement
    assert judgement is not None
    assert (judgement.verdict.reason, judgement.words, judgement.columns, judgement.missed_since) == (
        "Resultatet er ikke registrert.",
        (),
        (),
        "",
    )


def test_row_without_verdict_is_not_judged(publish: Publish) -> None:
    assert explained(publish(contents_with(goal_row(verdict=None))), "mal-trivsel").judgement is None


def test_past_of_a_figure_tells_first_same_and_corrected(publish: Publish) -> None:
    first = publish(contents_with(goal_row("45 %")))
    publish(contents_with(goal_row("45 %")), slug="rapport")
    publish(contents_with(goal_row("46 %")), is_correction=True, reason="Tastefeil.")
    publish(contents_with(goal_row("47 %")), slug="rapport")
    assert in_short(explained(first, "mal-trivsel-2").past[2]) == [
        ("plan", 1, "45 %", "first"),
        ("rapport", 1, "45 %", "same"),
        ("plan", 2, "46 %", "corrected"),
        ("rapport", 2, "47 %", "changed"),
    ]


def test_past_of_a_figure_is_without_its_footnote_mark(publish: Publish) -> None:
    past = explained(publish(contents_with(goal_row())), "mal-trivsel-3").past
    assert in_short(past[3]) == [("plan", 1, "90 %", "first")]


def test_past_of_a_row_tells_only_what_has_changed(publish: Publish) -> None:
    publish(contents_with(goal_row("45 %")))
    newest = publish(contents_with(goal_row("46 %")))
    explanation = explained(newest, "mal-trivsel")
    assert (sorted(explanation.past), list(explanation.changed)) == ([1, 2, 3], [2])


def test_figure_of_no_indicator_is_explained_by_its_table(publish: Publish) -> None:
    explanation = explained(publish(contents_with(goal_row())), "arsverk-skole-1")
    assert explanation.facts == [
        Fact("Tabell", "tabell 1.2 Årsverk"),
        Fact("Måleenhet", ""),
        Fact("Kilde", "Lønnssystemet"),
        Fact("Kolonne", "1. januar 2024"),
    ]
    assert (explanation.indicator, explanation.judgement, explanation.observation) == (None, None, None)


def test_figure_of_no_indicator_has_its_past_in_the_document_alone(publish: Publish) -> None:
    publish(contents_with(goal_row(), staff="12,5"))
    publish(contents_with(goal_row(), staff="99,9"), slug="rapport")
    newest = publish(contents_with(goal_row(), staff="13,0"))
    assert in_short(explained(newest, "arsverk-skole-1").past[1]) == [
        ("plan", 1, "12,5", "first"),
        ("plan", 2, "13,0", "changed"),
    ]
    assert list(explained(newest, "arsverk-skole").changed) == [1]


def test_words_have_no_past(publish: Publish) -> None:
    publication = publish(contents_with(goal_row()))
    publish(contents_with(replace(goal_row(), cells=("80 %", "84 %", "90 % *", "Målt i juni."))))
    assert explained(publication, "mal-trivsel-4").past == {}


def test_what_is_no_row_is_not_explained(publish: Publish) -> None:
    publication = publish(contents_with(goal_row()))
    chapter = json_form.from_json(json.loads(publication.contents)).chapters[0]
    found = elements(chapter)
    assert [explain(found[anchor], chapter, publication) for anchor in ("mal-og-folk", "mal")] == [None, None]


@pytest.mark.parametrize("anchor", ["mal-trivsel", "mal-trivsel-2", "arsverk-skole", "arsverk-skole-1"])
def test_explaining_takes_few_queries_however_many_publications(
    publish: Publish, django_assert_max_num_queries: DjangoAssertNumQueries, anchor: str
) -> None:
    publications = [publish(contents_with(goal_row(f"{number} %"))) for number in range(40, 46)]
    with django_assert_max_num_queries(3):
        explained(publications[0], anchor)


def saying(text: str, value: str | None, **publication: object) -> Saying:
    return Saying(Publication(slug="plan", **publication), text, None if value is None else Decimal(value), "")


def test_told_compares_numbers_not_how_they_are_written() -> None:
    past = told([saying("4,50", "4.50"), saying("4,5", "4.5"), saying("ca. 4,5", None)])
    assert [one.change for one in past] == [Change.FIRST, Change.SAME, Change.CHANGED]


def test_told_a_correction_that_leaves_the_figure_corrects_nothing() -> None:
    past = told([saying("4", "4"), saying("4", "4", is_correction=True)])
    assert [one.change for one in past] == [Change.FIRST, Change.SAME]
    assert told([]) == []
