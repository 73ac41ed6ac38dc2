"""Loading a case: what comes in, that twice is once, and what is said of a mistake in a file."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps

from elverum import cases
from organisation.bulk import LoadingError
from organisation.models import ServiceArea, User
from plans.models import Document, Section
from scorecards.models import Observation

ELVERUM = cases.FIXTURES / "elverum"
LOADED_APPS = ("organisation", "staffing", "budget", "scorecards", "plans")


@pytest.fixture
def fresh_case(db: None) -> Document:
    """The case, loaded into an empty database."""
    return cases.load(folder=cases.FIXTURES / "elverum")


def _counts() -> dict[str, int]:
    """How many rows each table holds, the history included."""
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in LOADED_APPS
    }


def test_load_brings_in_the_whole_case(fresh_case: Document) -> None:
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
    assert str(fresh_case) == "Virksomhetsplan 2024"


def test_load_writes_one_history_row_for_each_row(fresh_case: Document) -> None:
    counts = _counts()
    histories = {name: count for name, count in counts.items() if name.startswith("Historical")}
    assert len([name for name in histories if histories[name]]) == 16
    assert histories == {name: counts[name.removeprefix("Historical")] for name in histories}


def test_load_twice_changes_nothing(fresh_case: Document) -> None:
    before = _counts()
    section = Section.objects.filter(body__gt="").earliest("pk")
    Section.objects.filter(pk=section.pk).update(body="<p>Skrevet av en leder.</p>")
    assert cases.load(folder=ELVERUM) == fresh_case
    assert _counts() == before
    assert Section.objects.get(pk=section.pk).body == "<p>Skrevet av en leder.</p>"


def test_load_again_without_the_document_writes_only_the_document(fresh_case: Document) -> None:
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
    folder = broken("municipality.yaml", "units:", "units:")
    (folder / "municipality.yaml").unlink()
    with pytest.raises(LoadingError, match=r"municipality\.yaml: filen finnes ikke"):
        cases.load(folder=folder)


def test_load_does_without_the_files_of_figures(db: None, broken: Callable[[str, str, str], Path]) -> None:
    folder = broken("municipality.yaml", "units:", "units:")
    for name in ("staffing.yaml", "plans.yaml", "investments.yaml"):
        (folder / name).unlink()
    cases.load(folder=folder)
    counts = _counts()
    names = ("StaffingFigure", "StrategicPlan", "InvestmentPlan", "Scorecard")
    assert [counts[name] for name in names] == [0, 0, 0, 13]


def test_load_rounds_names_the_file_and_the_place_of_a_mistake(
    db: None, broken: Callable[[str, str, str], Path]
) -> None:
    folder = broken("rounds.yaml", "{unit: sandbakken, state: approved}", "{unit: sandbakken, status: approved}")
    with pytest.raises(LoadingError, match=r"rounds\.yaml: rounds\[1\]: reports\[1\]: kjenner ikke nøkkelen «status»"):
        cases.load_rounds(folder=folder)


def test_load_rounds_of_a_case_without_any(db: None, broken: Callable[[str, str, str], Path]) -> None:
    folder = broken("rounds.yaml", "rounds:", "rounds:")
    (folder / "rounds.yaml").unlink()
    assert cases.load_rounds(folder=folder) == []


def test_load_rounds_lets_in_people_who_came_into_the_file_later(fresh_case: Document) -> None:
    """A database that an earlier demo made has the units, but not everybody who leads them."""
    User.objects.exclude(username__in=["controller", "godkjenner"]).delete()
    assert len(cases.load_rounds(folder=ELVERUM)) == 2


def test_decision_as_far_as_the_file_says() -> None:
    assert cases.decision(folder=ELVERUM) == cases.Decision("adopted", "Kommunestyret", None)


def test_names_of_the_cases() -> None:
    assert cases.names() == ["drift", "elverum"]
