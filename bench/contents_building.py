"""Building the contents of the whole plan from working rows, against building one chapter."""

from functools import partial

from bench.measuring import medians, show
from plans.models import Document
from publishing.building import contents


def measure(document: Document, *, runs: int) -> None:
    """Build everything, then the chapter with the most tables."""
    chapter = max(contents.build(document).chapters, key=lambda one: len(list(one.tables())))
    deeds = {
        "the whole plan": partial(contents.build, document),
        f"one chapter ({chapter.title})": partial(contents.build, document, chapter=chapter.slug),
    }
    show("Building contents from working rows", medians(deeds, runs=runs), runs=runs)
