"""All measurements, in the order that the database is filled in."""

from bench import (
    book_drawing,
    case_loading,
    contents_building,
    ledger_views,
    page_serving,
    report_typing,
    value_registering,
)
from elverum import cases
from organisation.access import Role
from organisation.models import User
from publishing.freeze import freeze


def run(*, runs: int) -> None:
    """Measure. Needs an empty database, and leaves the case in it, published."""
    case_loading.measure(runs=runs)
    document = cases.load(folder=case_loading.FOLDER)
    value_registering.measure(runs=runs)
    report_typing.measure(document.unit, runs=runs)
    ledger_views.measure(document.unit, runs=runs)
    contents_building.measure(document, runs=runs)
    book_drawing.measure(document, runs=runs)
    by = User.objects.get(memberships__role=Role.CONTROLLER)
    page_serving.measure(document, freeze(document=document, stage="adopted", by=by), runs=runs)
