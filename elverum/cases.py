"""Loading a case, a folder of `fixtures/`, into the database: floor by floor, all or nothing."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from budget.codes import load_arts
from budget.investments.loading import load_investments
from budget.loading import load_budget
from elverum import case_files, case_shapes
from elverum.examples.ledger_loading import load_example_ledger
from elverum.examples.money import SHAPE as MONEY
from elverum.examples.money import load_example_money, number_example_projects
from elverum.examples.values import example_row
from organisation.bulk import Facts, LoadingError, look_up
from organisation.loading import load_areas, load_functions, load_organisation, load_people
from plans.loading import load_development, load_document, load_plans
from plans.models import Document
from reporting.loading import load_rounds as load_rounds_of
from reporting.models import ReportingRound
from scorecards.loading import load_scorecards, load_single_indicators
from staffing.loading import load_staffing

FIXTURES: Path = settings.BASE_DIR / "fixtures"


@dataclass(frozen=True)
class Decision:
    """How the document was decided: the stage of `Publication.Stage`, the decision in words, and its date."""

    stage: str
    text: str = ""
    decided_on: datetime.date | None = None


def names() -> list[str]:
    """The cases there are."""
    return sorted(path.parent.name for path in FIXTURES.glob("*/document.yaml"))


def decision(*, folder: Path) -> Decision:
    """How the case's document was decided; a proposal where its file does not say."""
    said = case_files.read(folder, "document.yaml", case_shapes.DOCUMENT).get(
        "decision", {"stage": "proposal", "text": ""}
    )
    decided_on = datetime.date.fromisoformat(said["decided_on"]) if "decided_on" in said else None
    return Decision(said["stage"], said["text"], decided_on)


@transaction.atomic
def load(*, folder: Path) -> Document:
    """Load the case in the folder. Returns its document. Does nothing when the document is there already.

    Raises `LoadingError` with the file and the place in it; then nothing is written.
    """
    document = case_files.read(folder, "document.yaml", case_shapes.DOCUMENT)
    found = Document.objects.filter(slug=document["document"]["slug"]).first()
    return found or _load(folder, document)


@transaction.atomic
def load_rounds(*, folder: Path) -> list[ReportingRound]:
    """Load the rounds of the case in the folder, after the case itself, and the people who are not there.

    Returns the rounds in order, also those that were there already; none where the case has no file of them. Raises
    `LoadingError` as `load`.
    """
    if not (folder / "rounds.yaml").exists():
        return []
    said = case_files.read(folder, "rounds.yaml", case_shapes.ROUNDS)
    people = case_files.read(folder, "municipality.yaml", case_shapes.MUNICIPALITY).get("people", ())
    load_people(people=people, place="municipality.yaml")
    return load_rounds_of(rounds=said["rounds"], texts=said["texts"], rule=example_row, place="rounds.yaml")


def load_examples(*, folder: Path, document: Document) -> list[ReportingRound]:
    """Load what is made up for the case in the folder and marked as that: money, and the rounds that explain it.

    Returns the rounds; none where the case has no file of them, and then no money either.
    """
    if not (folder / "rounds.yaml").exists():
        return []
    functions, arts = (case_files.read_codes(FIXTURES / "kostra" / f"{name}.csv") for name in ("functions", "arts"))
    money = case_files.read_if_there(folder, "example_money.yaml", MONEY, {})
    projects = number_example_projects(facts=money)
    load_example_ledger(
        unit=document.unit,
        functions=functions,
        arts=arts,
        projects=projects,
        successors=money.get("successors", {}),
    )
    load_example_money(unit=document.unit, facts=money)
    return load_rounds(folder=folder)


def _load(folder: Path, document: Facts) -> Document:
    municipality = case_files.read(folder, "municipality.yaml", case_shapes.MUNICIPALITY)
    areas = _areas(folder)
    year = int(document["document"]["year"])
    units = [one | {"file": "municipality.yaml"} for one in municipality["units"]]
    units += [one | {"file": area["file"]} for area in areas for one in area.get("units", ())]

    load_functions(functions=case_files.read_codes(FIXTURES / "kostra" / "functions.csv"))
    load_arts(arts=case_files.read_codes(FIXTURES / "kostra" / "arts.csv"))
    load_organisation(municipality=municipality["municipality"], units=units)
    load_areas(areas=areas)
    load_people(people=municipality.get("people", ()), place="municipality.yaml")
    parameters = _load_figures(folder, areas, document["document"]["unit"], year)
    load_development(year=year, areas=areas)
    chapters = [_chapter(one, areas) for one in document["chapters"]]
    return load_document(document=document["document"], chapters=chapters, parameters=parameters)


def _areas(folder: Path) -> list[Facts]:
    names = sorted(f"areas/{path.name}" for path in (folder / "areas").glob("*.yaml"))
    return [case_files.read(folder, name, case_shapes.AREA) | {"file": name} for name in names]


def _load_figures(folder: Path, areas: Sequence[Facts], unit: str, year: int) -> dict[str, dict[str, Any]]:
    """Load the case's tables.

    Returns for each kind of block what its file says about how the table is printed.
    """
    staffing = _load_staffing(folder)
    _load_money(folder)
    said = case_files.read_if_there(folder, "scorecard.yaml", case_shapes.SCORECARDS, {})
    overall = said.get("scorecard")
    whole = [{"slug": f"{unit}-{year}", "place": "scorecard.yaml", "owner": unit} | overall] if overall else []
    load_scorecards(year=year, scorecards=[*whole, *_scorecards(areas, year)], tables=_tables(areas))
    load_single_indicators(year=year, indicators=said.get("indicators", ()), owner=unit, place="scorecard.yaml")
    plans = case_files.read_if_there(folder, "plans.yaml", case_shapes.PLANS, {"plans": ()})
    load_plans(year=year, plans=plans["plans"], place="plans.yaml")
    return {
        "staffing": _printed(staffing),
        "plan-matrix": _printed(plans),
        "overall-goals": _printed(overall or {}),
    }


def _load_staffing(folder: Path) -> Facts:
    """Load the full-time equivalents. Returns what their file says."""
    staffing = case_files.read_if_there(folder, "staffing.yaml", case_shapes.STAFFING, {"dates": (), "rows": ()})
    total = [staffing["total"]] if "total" in staffing else []
    load_staffing(dates=staffing["dates"], rows=[*staffing["rows"], *total], place="staffing.yaml")
    return staffing


def _load_money(folder: Path) -> None:
    investments = case_files.read_if_there(folder, "investments.yaml", case_shapes.INVESTMENTS, {"plans": ()})
    load_investments(plans=investments["plans"], place="investments.yaml")
    budget = case_files.read_if_there(folder, "budget.yaml", case_shapes.BUDGET, {})
    load_budget(lines=budget.get("lines", ()), frames=budget.get("frames", ()), place="budget.yaml")


def _printed(facts: Facts) -> dict[str, str]:
    return {key: facts[key] for key in ("caption", "row_heading", "column_heading") if key in facts}


def _scorecards(areas: Sequence[Facts], year: int) -> list[Facts]:
    return [
        {"slug": f"{area['area']['slug']}-{year}"} | _of_area(area) | area["scorecard"]
        for area in areas
        if "scorecard" in area
    ]


def _tables(areas: Sequence[Facts]) -> list[Facts]:
    return [_of_area(area) | table for area in areas for table in area.get("key_figures", ())]


def _of_area(area: Facts) -> dict[str, str]:
    return {"place": area["file"], "area": area["area"]["slug"], "owner": area["area"]["unit"]}


def _chapter(facts: Facts, areas: Sequence[Facts]) -> Facts:
    """A chapter as `document.yaml` has it, or, where it names an area, with the sections of its file."""
    if "area" not in facts:
        missing = {"title", "slug", "unit", "sections"} - facts.keys()
        if missing:
            raise LoadingError(f"document.yaml: et kapittel mangler {', '.join(sorted(missing))}.")
        return {**facts, "file": "document.yaml"}
    by_slug: Mapping[str, Facts] = {one["area"]["slug"]: one for one in areas}
    area = look_up(by_slug, facts["area"], what="tjenesteområdet", place="document.yaml")
    about = area["area"]
    return {
        "area": about["slug"],
        "slug": about["slug"],
        "title": about["name"],
        "unit": about["unit"],
        "sections": area["sections"],
        "file": area["file"],
    }
