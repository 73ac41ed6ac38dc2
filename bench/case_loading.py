"""Loading the case into an empty database, and how much of it is reading the files."""

from django.db import transaction

from bench.measuring import medians, show
from elverum import case_files, case_shapes, cases

FOLDER = cases.FIXTURES / "elverum"
SHAPES = {
    "municipality.yaml": case_shapes.MUNICIPALITY,
    "document.yaml": case_shapes.DOCUMENT,
    "scorecard.yaml": case_shapes.SCORECARDS,
    "staffing.yaml": case_shapes.STAFFING,
    "plans.yaml": case_shapes.PLANS,
    "investments.yaml": case_shapes.INVESTMENTS,
}


def measure(*, runs: int) -> None:
    """Load the case and take it back, and read its files alone. Needs a database without the case."""
    deeds = {"the whole case": _load, "of which reading its files": _read}
    show("Loading the case", medians(deeds, runs=runs), runs=runs)


def _load() -> None:
    with transaction.atomic():
        cases.load(folder=FOLDER)
        transaction.set_rollback(True)


def _read() -> None:
    areas = {f"areas/{path.name}": case_shapes.AREA for path in (FOLDER / "areas").glob("*.yaml")}
    for name, shape in (SHAPES | areas).items():
        case_files.read(FOLDER, name, shape)
