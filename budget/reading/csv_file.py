"""CSV files as accounting systems and spreadsheets write them: `;`, tab or comma; UTF-8, UTF-16 or Windows-1252."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from budget.reading.cells import Cell, Sheet, Unreadable
from budget.reading.headings import SEARCHED, Grid, Row, is_heading_row, sheet_of
from budget.reading.text_file import encoding_of, opened

DELIMITERS = (";", "\t", ",")
SEEN = 256 * 1024
"""Characters that the delimiter is found from."""
SEPARATOR_LINE = re.compile(r"sep=([;,\t])\s*", re.IGNORECASE)
ERRORS = frozenset(
    {"#N/A", "#I/T", "#REF!", "#REF", "#DIV/0!", "#VALUE!", "#VERDI!", "#NAME?", "#NAVN?", "#NUM!", "#NULL!"}
)
PROTECTED = re.compile(r'="([^"]*)"')
"""How some systems keep Excel from taking the zeros off a code: ="010"."""


def read_csv(content: bytes, where: str) -> Sheet:
    """The table in the file. Raises `Unreadable`."""
    encoding, warnings = encoding_of(content, where)
    delimiter, skipped = _delimiter(opened(content, encoding).read(SEEN))

    def rows() -> Iterator[Row]:
        return _rows(islice(opened(content, encoding), skipped, None), delimiter, where)

    return sheet_of(Grid(where, "", rows, warnings=warnings))


def _delimiter(sample: str) -> tuple[str, int]:
    """What stands between the fields, and how many lines to skip: `sep=;` first in a file is a note to Excel."""
    if match := SEPARATOR_LINE.match(sample):
        return match[1], 1
    return max(DELIMITERS, key=lambda delimiter: _heading_count(sample, delimiter)), 0


def _heading_count(sample: str, delimiter: str) -> int:
    """How many headings the first row of headings has when it is read so."""
    records = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        filled = islice((cells for cells in map(_cells, records) if cells), SEARCHED)
        return next((len(cells) for cells in filled if is_heading_row(cells)), 0)
    except csv.Error:
        return 0


def _rows(lines: Iterator[str], delimiter: str, where: str) -> Iterator[Row]:
    """The filled rows. A field with a line break is one row, as Excel shows it."""
    width = 0
    for number, record in _records(lines, delimiter, where):
        cells = _cells(record)
        if not cells:
            continue
        if not width and is_heading_row(cells):
            width = len(record)
        elif width and next(reversed(cells)) >= width:
            raise Unreadable(
                where,
                _(
                    "Rad %(row)s har %(count)s felt, men det er bare %(width)s overskrifter. Sett tekst med skilletegn "
                    "i anførselstegn, og bruk semikolon mellom feltene når beløpene har desimalkomma."
                )
                % {"row": number, "count": next(reversed(cells)) + 1, "width": width},
            )
        yield number, cells


def _records(lines: Iterator[str], delimiter: str, where: str) -> Iterator[tuple[int, list[str]]]:
    number = 1
    try:
        for record in csv.reader(lines, delimiter=delimiter, strict=True):
            if any(record):
                yield number, record
            number += 1
    except csv.Error as error:
        raise Unreadable(
            where,
            _("Rad %(row)s: et anførselstegn mangler eller står feil. Rett det, eller lagre fila på nytt fra Excel.")
            % {"row": number},
        ) from error


def _cells(record: list[str]) -> dict[int, Cell]:
    return {index: _cell(text) for index, field in enumerate(record) if (text := _bare(field))}


def _bare(field: str) -> str:
    text = field.strip()
    match = PROTECTED.fullmatch(text) if text.startswith("=") else None
    return match[1].strip() if match else text


def _cell(text: str) -> Cell:
    if text[0] == "=":
        return Cell("formula", text)
    if text[0] == "#" and text.upper() in ERRORS:
        return Cell("error", text)
    return Cell("text", text)
