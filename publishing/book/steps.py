"""How far the drawing of a book has come: WeasyPrint's own words, heard and told as per cent and a sentence."""

import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from weasyprint.logger import PROGRESS_LOGGER

OnStep = Callable[[int, str], None]
"""Is told per cent (0–100) and a sentence."""
LETTERS_A_PAGE = 9_500
"""The HTML of one page, measured on an annual plan; before the drawing nobody knows how many pages there will be."""
LAYOUT, DRAWING, WRITING = 5, 6, 7
"""WeasyPrint's steps that are told in words of their own; the ones before read the contents."""
BEGINS = {1: 2, 2: 5, 3: 11, 4: 15, LAYOUT: 20, DRAWING: 75, WRITING: 90}
"""Per cent of the time that is gone when each of its steps begins, measured on an annual plan."""
PAGINATED = 60
"""The same when the first layout is done; the contents' page numbers may ask for a few rounds more."""
STEP = re.compile(r"Step (\d+)")
PAGE = re.compile(r"Page (\d+)")
ROUND = re.compile(r"Repagination #(\d+)")


def estimated_pages(html: str) -> int:
    """About how many pages the book will have."""
    return 3 + len(html) // LETTERS_A_PAGE


@contextmanager
def told(on_step: OnStep | None, *, pages: int) -> Iterator[None]:
    """Tell how far the drawing of about so many pages has come; 100 is said when it is done, and only then.

    Other drawings at the same time, in threads of their own, are not heard. What `on_step` raises stops the drawing.
    """
    if on_step is None:
        yield
        return
    PROGRESS_LOGGER.setLevel(logging.INFO)
    PROGRESS_LOGGER.propagate = False  # Each page is told to those who ask; never to the log, and never taken back.
    listener = _Listener(on_step, pages)
    PROGRESS_LOGGER.addHandler(listener)
    try:
        yield
    finally:
        PROGRESS_LOGGER.removeHandler(listener)
    on_step(100, _("Ferdig"))


class _Listener(logging.Handler):
    """Hears one thread's drawing. Never goes backwards, and says nothing twice."""

    def __init__(self, on_step: OnStep, pages: int) -> None:
        super().__init__(logging.INFO)
        self._on_step = on_step
        self._pages = pages
        self._thread = threading.get_ident()
        self._last = (0, "")
        self._is_again = False

    def filter(self, record: logging.LogRecord) -> bool:
        return record.thread == self._thread

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        step = STEP.match(message)
        if step and int(step[1]) in BEGINS:
            percent, sentence = self._understood(int(step[1]), message)
            self._tell(max(percent, self._last[0]), sentence)

    def _tell(self, percent: int, sentence: str) -> None:
        if (percent, sentence) != self._last:
            self._last = (percent, sentence)
            self._on_step(percent, sentence)

    def _understood(self, step: int, message: str) -> tuple[int, str]:
        """What WeasyPrint says, such as «Step 5 - Creating layout - Page 34»."""
        if step == LAYOUT:
            return self._layout(message)
        if step < LAYOUT:
            return BEGINS[step], _("Leser innholdet")
        return BEGINS[step], _("Tegner sidene") if step == DRAWING else _("Skriver filen")

    def _layout(self, message: str) -> tuple[int, str]:
        again, page = ROUND.search(message), PAGE.search(message)
        if page and not self._is_again:
            share = min(int(page[1]) / self._pages, 1)
            percent = BEGINS[LAYOUT] + round((PAGINATED - BEGINS[LAYOUT]) * share)
            return percent, _("Setter side %(number)s") % {"number": page[1]}
        self._is_again = True
        rounds = int(again[1]) if again else 0
        return min(PAGINATED + 5 * rounds, BEGINS[DRAWING]), _("Setter inn sidetallene")
