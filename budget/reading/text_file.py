"""Files of text: how their letters are written."""

import codecs
import io
import re

from django.utils.translation import gettext as _

from budget.reading.cells import Unreadable

LONGEST_LINE = 1_000_000
"""Bytes."""
CHUNK = 1024 * 1024
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
LOST_LETTER = b"\xef\xbf\xbd"


def encoding_of(content: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    """The encoding, and what to warn of. Raises `Unreadable` for what is no text."""
    _check_lines(content, where)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates: tuple[str, ...] = ("utf-16",)
    elif content.startswith(codecs.BOM_UTF8):
        candidates = ("utf-8-sig",)
    else:
        candidates = ("utf-8", "cp1252")
    for encoding in candidates:
        if _is_text(content, encoding):
            return encoding, _warnings(content, encoding)
    raise Unreadable(
        where,
        _("Fila har tegn som verken er UTF-8 eller Windows-tekst. Lagre den på nytt som «CSV UTF-8»."),
    )


def _is_text(content: bytes, encoding: str) -> bool:
    """Whether all of it can be read so, and holds no control characters."""
    chunks = (content[start : start + CHUNK] for start in range(0, len(content), CHUNK))
    try:
        return not any(CONTROL.search(text) for text in codecs.iterdecode(chunks, encoding))
    except UnicodeError:
        return False


def _warnings(content: bytes, encoding: str) -> tuple[str, ...]:
    if encoding == "cp1252":
        return (_("Fila er lest som Windows-tekst (1252). Se at æ, ø og å står riktig."),)
    if LOST_LETTER in content:
        return (_("Noen bokstaver gikk tapt før fila kom hit, og står som «�»."),)
    return ()


def opened(content: bytes, encoding: str) -> io.TextIOWrapper:
    """The text, line by line, with the line breaks as they are."""
    return io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")


def _check_lines(content: bytes, where: str) -> None:
    """A file without line breaks would be one row of any width."""
    start = 0
    while len(content) - start > LONGEST_LINE:
        end = start + LONGEST_LINE
        start = 1 + max(content.rfind(b"\n", start, end), content.rfind(b"\r", start, end))
        if not start:
            raise Unreadable(where, _("En linje i fila er for lang. Se at fila har linjeskift mellom radene."))
