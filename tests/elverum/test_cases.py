"""Loading a case: what comes in, that twice is once, and what is said of a mistake in a file."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import authenticate

from budget.models import InvestmentAmount, InvestmentPlan, InvestmentProject
from elverum import cases
from organisation.bulk import LoadingError
from organisation.loading import codes_of
from organisation.models import (
    AreaFunction,
    Delivery,
    KostraFunction,
    Municipality,
    Service,
    ServiceArea,
    Unit,
    User,
)
from plans.models import DevelopmentItem, Document, PlanContribution, Section, StrategicPlan
from scorecards.models import Indicator, KeyFigureTable, Observation, Scorecard, ScorecardRow
from staffing.models import StaffingFigure

ELVERUM = cases.FIXTURES / "elverum"
LOADED_APPS = ("organisation", "staffing", "budget", "scorecards", "plans")


def _counts() -> dict[str, int]:
    """How many rows each table holds, the history included."""
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in LOADED_APPS
    }


def test_load_brings_in_the_whole_case(elverum_case: Document) -> None:
    expected = {
        "Municipality": 1,
        "ServiceArea": 14,
        "KostraFunction": 86,
        "Service": 139,
        "Scorecard": 13,
        "ScorecardRow": 177 + 17,
        "KeyFigureTable": 21,
        "StaffingFigure": (11 + 1) * 2,
        "StrategicPlan": 14,
        "PlanContribution": 101,
        "InvestmentPlan": 1,
        "InvestmentProject": 14 + 2,
        "Document": 1,
    }
    counts = _counts()
    assert {name: counts[name] for name in expected} == expected
    assert Section.objects.chapters().count() == 20
    assert str(elverum_case) == "Virksomhetsplan 2024"


def test_load_writes_one_history_row_for_each_row(elverum_case: Document) -> None:
    counts = _counts()
    histories = {name: count for name, count in counts.items() if name.startswith("Historical")}
    assert len(histories) == 16
    assert histories == {name: counts[name.removeprefix("Historical")] for name in histories}


def test_load_twice_changes_nothing(elverum_case: Document) -> None:
    before = _counts()
    section = Section.objects.filter(body__gt="").earliest("pk")
    Section.objects.filter(pk=section.pk).update(body="<p>Skrevet av en leder.</p>")
    assert cases.load(folder=ELVERUM) == elverum_case
    assert _counts() == before
    assert Section.objects.get(pk=section.pk).body == "<p>Skrevet av en leder.</p>"


def test_load_again_without_the_document_writes_only_the_document(elverum_case: Document) -> None:
    """Every floor skips what is there by its natural key, also what has been edited since."""
    before = _counts()
    Observation.objects.filter(indicator__slug="mal-sykefravaer").update(text="rettet")
    ServiceArea.objects.filter(slug="skole").update(name="Skole og SFO")
    Document.objects.all().delete()
    cases.load(folder=ELVERUM)
    after = _counts()
    assert {name for name in before if before[name] != after[name]} == {"HistoricalSection"}
    assert set(Observation.objects.filter(indicator__slug="mal-sykefravaer").values_list("text")) == {("rettet",)}
    assert ServiceArea.objects.get(slug="skole").name == "Skole og SFO"


def test_load_gives_units_their_place_in_the_tree(elverum_case: Document) -> None:
    assert Municipality.objects.values_list("number", "is_owner").get() == ("3420", True)
    assert [unit.slug for unit in Unit.objects.filter(parent__isnull=True)] == ["elverum-kommune"]
    department = Unit.objects.get(slug="hjemmebaserte-tjenester-nord")
    assert department.parent is not None
    assert department.parent.parent == Unit.objects.get(slug="helse-mestring-og-omsorg")


def test_load_gives_people_roles_but_no_password(elverum_case: Document) -> None:
    assert set(User.objects.values_list("is_demo", "is_superuser")) == {(True, False)}
    assert list(User.objects.filter(is_staff=True).values_list("username", flat=True)) == ["administrator"]
    leader = User.objects.get(username="leder.staber")
    roles = [(one.role, one.unit.slug) for one in leader.memberships.order_by("pk")]
    assert roles == [("leader", "personalstaben"), ("leader", "service-og-ikt-staben")]
    assert [authenticate(username="controller", password=word) for word in ("", "!", "controller")] == [None] * 3


def test_load_functions_that_stand_for_two_codes(elverum_case: Document) -> None:
    titles = [row.title for row in AreaFunction.objects.filter(area__slug="fellesfunksjoner").order_by("position")]
    assert titles[5] == "Funksjon 340 og 345 – Produksjon og distribusjon av vann"
    assert codes_of({"code": "120"}) == ["120"]


def test_load_keeps_the_national_name_and_validity(elverum_case: Document) -> None:
    ended = KostraFunction.objects.get(code="254")
    assert (ended.name, ended.is_valid_in(2023), ended.is_valid_in(2024)) == (
        "Helse- og omsorgstjenester til hjemmeboende",
        True,
        False,
    )


def test_load_services_with_and_without_a_description(elverum_case: Document) -> None:
    services = Service.objects.filter(area_function__area__slug="barnehage", area_function__position__in=(1, 3))
    found = services.order_by("area_function__position", "position").values_list("name", "description")
    assert list(found) == [
        ("kommunal barnehagedrift", ""),
        ("tilskudd til privat barnehagedrift", ""),
        ("lokal barnehagemyndighet", ""),
        (
            "utgifter til drift og vedlikehold av barnehagelokaler og uteanlegg",
            "Omfatter også skyss av barn som har vedtak om det.",
        ),
    ]


def test_load_deliveries_with_the_functions_they_list(elverum_case: Document) -> None:
    delivery = Delivery.objects.get(area__slug="skole", unit__slug="kulturskolen")
    assert [code for one in delivery.functions.all() for code in one.codes] == ["383"]


def test_load_scorecard_columns_say_kind_and_period(elverum_case: Document) -> None:
    columns = Scorecard.objects.get(slug="skole-2024").columns.order_by("position")
    assert [(one.label, one.kind, one.period.label) for one in columns] == [
        ("Resultat 2022/2023", "result", "2022/2023"),
        ("Mål 2023", "target", "2023"),
        ("Mål 2024", "target", "2024"),
    ]


def test_load_scorecard_row_with_its_values(elverum_case: Document) -> None:
    row = ScorecardRow.objects.get(indicator__slug="adm-renholdskostnad")
    assert row.name == "Renholdskostnad – kroner per m2 bruttoareal (sum eide og leide bygg)"
    assert (row.group.title, row.indicator.direction, row.indicator.owner.slug) == (
        "121/130: Eiendomsfunksjoner.",
        "lower",
        "eiendomsstaben",
    )
    values = row.indicator.observations.order_by("period__start").values_list("kind", "text", "comparator", "number")
    assert list(values) == [("result", "215", "", 215), ("target", "<200", "<", 200), ("target", "<205", "<", 205)]


def test_load_empty_cells_have_no_value(elverum_case: Document) -> None:
    indicator = Indicator.objects.get(slug="adm-restavfall")
    assert list(indicator.observations.values_list("kind", "text")) == [("target", ">20 %")]


def test_load_one_measure_in_two_tables_is_one_indicator(elverum_case: Document) -> None:
    indicator = Indicator.objects.get(slug="adm-vedlikehold-kr-per-m2")
    table = KeyFigureTable.objects.get(slug="adm-vedlikehold-formalsbygg")
    assert [row.indicator for row in table.rows.all()] == [indicator]
    assert indicator.name.startswith("Korrigerte brutto driftsutgifter")
    assert indicator.observations.filter(period__start__year=2022, kind="result").count() == 1


def test_load_months_as_columns(elverum_case: Document) -> None:
    values = Indicator.objects.get(slug="sostj-avsluttede-gjeldssaker").observations.order_by("period__start")
    assert [one.text for one in values.filter(period__start__year=2022)] == [
        "9", "19", "11", "9", "11", "7", "6", "10", "14", "10", "14", "0",
    ]  # fmt: skip
    assert {one.period.kind for one in values.select_related("period")} == {"month"}


def test_load_breakdown_by_unit(elverum_case: Document) -> None:
    total = Indicator.objects.get(slug="bhg-barn-telling")
    parts = total.breakdown.order_by("pk")
    assert [(part.unit.slug, part.observations.get().text) for part in parts if part.unit] == [
        ("terningen-barnehage", "130"),
        ("sorenskrivergarden-barnehage", "70"),
        ("solkroken-barnehage", "39"),
        ("sobakken-barnehage", "41"),
        ("stavasbakken-barnehage", "63"),
        ("ydalir-barnehage", "120"),
    ]
    assert total.observations.get().text == "463"


def test_load_cell_with_a_footnote_mark(elverum_case: Document) -> None:
    marked = Observation.objects.exclude(mark="")
    assert [(one.indicator.slug, one.text, one.mark) for one in marked] == [("sostj-avslag-bolig", "28", "1")]


def test_load_staffing_with_the_printed_sum(elverum_case: Document) -> None:
    figures = StaffingFigure.objects.filter(counted_on="2023-08-31").select_related("unit")
    printed = {one.label or one.unit.name: f"{one.fte}" for one in figures}
    assert printed["Sektor for skole (inkl. PPT, BOI/ELS, kulturskole)"] == "441.4"
    assert [(one.label, f"{one.fte}") for one in figures if one.is_total] == [("Sum", "1479.0")]


def test_load_investments_in_kroner(elverum_case: Document) -> None:
    plan = InvestmentPlan.objects.get()
    dam = plan.projects.get(name="Tiltak Stavåsdammen")
    assert f"{dam.estimate}" == "1800000.00"
    assert [(one.year, f"{one.amount}") for one in dam.amounts.all()] == [(2024, "300000.00"), (2025, "1500000.00")]
    kinds = plan.projects.order_by("position").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["unallocated", "total"]
    assert InvestmentAmount.objects.count() == 31
    assert InvestmentProject.objects.exclude(group="").values("group").distinct().count() == 4


def test_load_plans_with_their_years(elverum_case: Document) -> None:
    plan = StrategicPlan.objects.get(slug="trafikksikkerhet")
    assert (plan.starts, plan.ends, plan.position) == (2021, 2025, 4)
    assert StrategicPlan.objects.filter(starts__isnull=True).count() == 3
    crosses = PlanContribution.objects.filter(plan__slug="hovedplan-vann-og-avlop")
    assert [cross.area.slug for cross in crosses] == ["administrasjon", "teknisk-drift"]


def test_load_development_work_with_parts(elverum_case: Document) -> None:
    whole = DevelopmentItem.objects.exclude(children=None).distinct().get(area__slug="sosial-tjenestebistand")
    assert [part.text for part in whole.children.order_by("position")][:2] == [
        "Vi identifiserer behov for innsats",
        "Vi kommer i posisjon for innsats",
    ]
    linked = DevelopmentItem.objects.get(indicator__slug="bv-fosterhjem-i-slekt")
    assert linked.text == "Sikre at flere fosterhjemsplasseringer skjer i barnets slekt og nære nettverk."


def test_load_chapters_and_their_sections(elverum_case: Document) -> None:
    chapter = Section.objects.get(parent=None, slug="teknisk-drift")
    assert (chapter.position, chapter.heading, chapter.unit.slug, str(chapter.area)) == (
        18,
        "Teknisk drift",
        "teknikk-og-miljo",
        "Teknisk drift",
    )
    last = chapter.children.order_by("position").last()
    assert last is not None
    assert last.heading == "Forslag til Handlingsplan vann og avløp 2024 - 2027"
    parts = last.children.order_by("position").values_list("position", "heading", "kind", "block", "parameters")
    assert list(parts) == [
        (1, "", "text", "", {}),
        (2, "", "block", "investments", {"plan": "vann-og-avlop-2024-2027"}),
    ]
    assert last.children.earliest("position").body.count("<p>") == 2


def test_load_sections_below_a_section_come_after_its_parts(elverum_case: Document) -> None:
    section = Section.objects.get(parent__slug="administrasjon", heading="Organisering av arbeidet")
    below = section.children.order_by("position").values_list("position", "heading", "block")
    assert list(below)[:3] == [(1, "", ""), (2, "", "responsibilities"), (3, "Økonomistaben", "")]


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """A copy of the case with one text changed in one file."""

    def change(name: str, old: str, new: str) -> Path:
        folder = tmp_path / "elverum"
        shutil.copytree(ELVERUM, folder)
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return change


MISTAKES = {
    "unknown key": (
        "areas/03-barnehage.yaml",
        "is_sum: true",
        "is_som: true",
        r"areas/03-barnehage.yaml: key_figures\[1\]: rows\[3\]: kjenner ikke nøkkelen «is_som»",
    ),
    "missing key": (
        "staffing.yaml",
        "unit: kultur, ",
        "",
        r"staffing.yaml: rows\[8\]: nøkkelen «unit» mangler",
    ),
    "number without quotes": (
        "areas/03-barnehage.yaml",
        '["15", "", "30"]',
        "[15, '', '30']",
        r"areas/03-barnehage.yaml: .*values\[1\]: her skal det stå tekst i anførselstegn, ikke «15»",
    ),
    "key twice": (
        "areas/03-barnehage.yaml",
        "slug: barnehage,",
        "slug: barnehage, slug: barnehage,",
        "areas/03-barnehage.yaml: nøkkelen «slug» står to ganger",
    ),
    "not YAML": ("plans.yaml", "caption: >-", "caption: [", "plans.yaml: "),
    "too few cells": (
        "areas/03-barnehage.yaml",
        '["530", "514", "507", "519"]',
        '["530", "514", "507"]',
        "areas/03-barnehage.yaml, raden «Antall barn i barnehage .private.»: raden har 3 celler, men .* 4 kolonner",
    ),
    "too many values": (
        "areas/04-skole.yaml",
        '["3", "5", "5"]',
        '["3", "5", "5", "5"]',
        r"areas/04-skole.yaml, .*: raden har 4 celler, men tabellen har 3 kolonner",
    ),
    "one fact with two texts": (
        "areas/02-administrasjon.yaml",
        '"58", "58", "91"',
        '"58", "58", "92"',
        r"verdien er «92», men «91» for samme indikator, periode og type i areas/02-administrasjon.yaml",
    ),
    "one indicator with two directions": (
        "areas/02-administrasjon.yaml",
        '"91"]\n        direction: higher',
        '"91"]\n        direction: lower',
        "direction for «adm-vedlikehold-kr-per-m2» er «lower», men «higher» i areas/02-administrasjon.yaml",
    ),
    "unknown unit of an area": (
        "areas/03-barnehage.yaml",
        "position: 3, unit: barnehage",
        "position: 3, unit: barnehagen",
        "areas/03-barnehage.yaml: enheten «barnehagen» finnes ikke",
    ),
    "unknown parent": (
        "areas/03-barnehage.yaml",
        "kind: unit, parent: barnehage",
        "kind: unit, parent: barnehagen",
        "areas/03-barnehage.yaml: «terningen-barnehage» viser til «barnehagen», som ikke finnes",
    ),
    "unknown unit of an indicator": (
        "areas/04-skole.yaml",
        "owner: kulturskolen",
        "owner: kulturskola",
        "enheten «kulturskola» finnes ikke",
    ),
    "unit in two files": (
        "areas/04-skole.yaml",
        "slug: ppt,",
        "slug: kultur,",
        "areas/04-skole.yaml: enheten «kultur» står to ganger",
    ),
    "unknown function": (
        "areas/04-skole.yaml",
        'code: "223"',
        'code: "229"',
        "areas/04-skole.yaml: KOSTRA-funksjonen «229» finnes ikke",
    ),
    "unknown column": (
        "areas/04-skole.yaml",
        "Mål 2023, Mål 2024",
        "Plan 2023, Mål 2024",
        "areas/04-skole.yaml: kolonnen «Plan 2023» må begynne med Resultat, Mål, Måltall, Prognose",
    ),
    "unknown period": (
        "areas/03-barnehage.yaml",
        'period: "2023"}',
        'period: "2023*"}',
        r"areas/03-barnehage.yaml: «2023\*» er ikke en periode",
    ),
    "unknown area of a chapter": (
        "document.yaml",
        "{area: skole}",
        "{area: skolen}",
        "document.yaml: tjenesteområdet «skolen» finnes ikke",
    ),
    "unknown block": (
        "document.yaml",
        "{block: staffing}",
        "{block: bemanning}",
        "Personaloversikt: blokken «bemanning» er ikke blant",
    ),
    "number in staffing": (
        "staffing.yaml",
        '"54,5", "54,5"',
        '"54.5", "54,5"',
        "staffing.yaml, teknikk-og-miljo: «54.5» er ikke et tall",
    ),
    "year outside the plan": (
        "investments.yaml",
        '{"2024": "1,0"}',
        '{"2023": "1,0"}',
        "investments.yaml, .*: året 2023 er ikke blant planens år",
    ),
    "unknown role": (
        "municipality.yaml",
        "role: reader",
        "role: leser",
        "municipality.yaml: «leser» er ikke blant",
    ),
    "unknown same_as": (
        "areas/03-barnehage.yaml",
        "same_as: bhg-barn-per-ansatt",
        "same_as: bhg-barn-per-hode",
        "«bhg-barn-per-ansatt-malekort» viser til «bhg-barn-per-hode», som ikke finnes",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_load_names_the_file_and_the_place_of_a_mistake(
    db: None, broken: Callable[[str, str, str], Path], mistake: str
) -> None:
    name, old, new, message = MISTAKES[mistake]
    before = _counts()
    with pytest.raises(LoadingError, match=message):
        cases.load(folder=broken(name, old, new))
    assert _counts() == before


def test_load_without_a_file_names_the_file(db: None, broken: Callable[[str, str, str], Path]) -> None:
    folder = broken("staffing.yaml", "title:", "title:")
    (folder / "staffing.yaml").unlink()
    with pytest.raises(LoadingError, match=r"staffing\.yaml: filen finnes ikke"):
        cases.load(folder=folder)


def test_decision_as_far_as_the_file_says() -> None:
    assert cases.decision(folder=ELVERUM) == cases.Decision("adopted", "Vedtatt av kommunestyret", None)


def test_names_of_the_cases() -> None:
    assert cases.names() == ["elverum"]
