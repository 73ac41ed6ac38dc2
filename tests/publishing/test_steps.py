"""How far the drawing of a book has come, as it is told."""

import threading
from itertools import pairwise

import pytest
from weasyprint.logger import PROGRESS_LOGGER

from publishing.book import pdf, steps
from tests.publishing.sample import CONTENTS

Said = list[tuple[int, str]]

TOLD = [
    "Step 1 - Fetching and parsing HTML - HTML string",
    "Step 2 - Fetching and parsing CSS - file:///static/site/print.css",
    "Step 2 - Fetching and parsing CSS - file:///static/site/variables.css",
    "Step 4 - Creating formatting structure",
    "Step 5 - Creating layout - Page 1",
    "Step 5 - Creating layout - Page 2",
    "Step 5 - Creating layout - Page 9",
    "Step 5 - Creating layout - Repagination #1",
    "Step 5 - Creating layout - Page 2",
    "Step 5 - Creating layout - Page 3 (up-to-date)",
    "Step 6 - Creating PDF",
    "Step 99 - Something that nobody has heard of",
    "Step 7 - Adding PDF metadata",
]


def told(*, pages: int) -> Said:
    """What is said of a drawing of about so many pages, of which WeasyPrint tells as above."""
    said: Said = []
    with steps.told(lambda *step: said.append(step), pages=pages):
        for message in TOLD:
            PROGRESS_LOGGER.info(message)
    return said


def test_told_in_sentences() -> None:
    assert told(pages=4) == [
        (2, "Leser innholdet"),
        (5, "Leser innholdet"),
        (15, "Leser innholdet"),
        (30, "Setter side 1"),
        (40, "Setter side 2"),
        (60, "Setter side 9"),
        (65, "Setter inn sidetallene"),
        (75, "Tegner sidene"),
        (90, "Skriver filen"),
        (100, "Ferdig"),
    ]


def test_told_never_backwards_whatever_was_estimated() -> None:
    for pages in (1, 3, 1_000):
        said = [percent for percent, _sentence in told(pages=pages)]
        assert (sorted(said), said.index(100)) == (said, len(said) - 1)


def test_told_of_a_book() -> None:
    said: Said = []
    pdf.render(CONTENTS, pdf.Edition.draft(), on_step=lambda *step: said.append(step))
    assert [one for one, after in pairwise(said) if one[0] > after[0]] == []
    assert (said[0], said[-2:]) == ((2, "Leser innholdet"), [(90, "Skriver filen"), (100, "Ferdig")])
    pages = [sentence for _percent, sentence in said if sentence.startswith("Setter side ")]
    assert pages == [f"Setter side {number}" for number in range(1, len(pages) + 1)]


def test_told_of_one_drawing_only() -> None:
    """Someone else's drawing goes on in a thread of its own."""
    said: Said = []
    with steps.told(lambda *step: said.append(step), pages=4):
        other = threading.Thread(target=told, kwargs={"pages": 4})
        other.start()
        other.join()
    assert said == [(100, "Ferdig")]


def test_told_no_more_when_it_is_done() -> None:
    handlers = list(PROGRESS_LOGGER.handlers)
    said = told(pages=4)
    PROGRESS_LOGGER.info("Step 6 - Creating PDF")
    assert (said[-1], PROGRESS_LOGGER.handlers) == ((100, "Ferdig"), handlers)


def test_told_nobody() -> None:
    handlers = list(PROGRESS_LOGGER.handlers)
    with steps.told(None, pages=4):
        assert PROGRESS_LOGGER.handlers == handlers


def test_what_the_listener_raises_stops_the_drawing() -> None:
    """It is never told that it is done."""
    said: Said = []

    def stop(percent: int, sentence: str) -> None:
        said.append((percent, sentence))
        raise KeyError(sentence)

    with pytest.raises(KeyError, match="Leser innholdet"):
        pdf.render(CONTENTS, pdf.Edition.draft(), on_step=stop)
    assert said == [(2, "Leser innholdet")]


def test_told_on_the_log_is_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    told(pages=4)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("letters", "pages"), [(0, 3), (9_500, 4), (566_703, 62)])
def test_estimated_pages(letters: int, pages: int) -> None:
    assert steps.estimated_pages("x" * letters) == pages
