"""Drawing the plan as a PDF: with and without the garbage collector, and where the time goes."""

import gc
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise

from weasyprint.logger import PROGRESS_LOGGER

from bench.measuring import Deed, medians, show
from plans.models import Document
from publishing.book import pdf
from publishing.building import contents
from publishing.structure import Contents

PARTS = {
    "Step 1": "reading the HTML",
    "Step 2": "reading the style sheets",
    "Step 3": "applying the style sheets",
    "Step 4": "making boxes",
    "Step 5": "layout",
    "Step 6": "drawing and tagging",
    "Step 7": "writing the file",
}


class Stopwatch(logging.Handler):
    """Hears WeasyPrint say which step it begins, and notes when."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.begun: list[tuple[str, float]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.begun.append((record.getMessage()[: len("Step 1")], time.perf_counter()))


def measure(document: Document, *, runs: int) -> None:
    """Draw the draft, which is read from the database once."""
    plan = contents.build(document)
    deeds: dict[str, Deed] = {
        "garbage collector off (as the system does)": partial(pdf.render, plan, pdf.Edition.draft()),
        "garbage collector on": partial(_with_collector, plan),
    }
    show("Drawing the whole plan as a PDF", medians(deeds, runs=runs), runs=runs)
    show("Where the time goes, garbage collector off", _shares(plan), runs=1)


def _with_collector(plan: Contents) -> None:
    gc.enable()
    pdf.page(plan, pdf.Edition.draft()).write_pdf(**pdf.ACCESSIBLE)


def _shares(plan: Contents) -> dict[str, float]:
    """The seconds of each part, the whole first."""
    with _listening() as stopwatch:
        start = time.perf_counter()
        pdf.render(plan, pdf.Edition.draft())
        end = time.perf_counter()
    parts = {"the whole": end - start, "filling the templates": stopwatch.begun[0][1] - start}
    for (step, begun), (_next, ended) in pairwise([*stopwatch.begun, ("", end)]):
        name = PARTS[step]
        parts[name] = parts.get(name, 0) + ended - begun
    return parts


@contextmanager
def _listening() -> Iterator[Stopwatch]:
    """WeasyPrint's own words on how far it has come go to a stopwatch, and not to the screen."""
    stopwatch = Stopwatch()
    level, propagate = PROGRESS_LOGGER.level, PROGRESS_LOGGER.propagate
    PROGRESS_LOGGER.setLevel(logging.INFO)
    PROGRESS_LOGGER.propagate = False
    PROGRESS_LOGGER.addHandler(stopwatch)
    try:
        yield stopwatch
    finally:
        PROGRESS_LOGGER.removeHandler(stopwatch)
        PROGRESS_LOGGER.setLevel(level)
        PROGRESS_LOGGER.propagate = propagate
