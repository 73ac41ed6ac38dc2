"""Elverum's plan as it was printed, read from the text itself: every row of every table, not a look at the fixtures.

The text is a flattened web page: a row is a line, its cells parted by spaces, an empty cell a hard space between two
spaces. Thousands are parted by spaces too, so a line is read from its end: as many cells as the table has columns, or
fewer where the line has fewer; of several readings the one that takes most of the line, and of those the one whose
largest figure is smallest, since the figures of a row are alike in size.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

BLANK = "\u00a0"

WORDS = (
    "Ja|JA|Nei|Ny|Måles ikke|Ikke målt|Ikke måltall|Gjennomføres hvert 2.år|=/< landssnitt|Feil undersøkelse sendt ut"
)
NUMBER = r"(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d+)?"
FIGURE = re.compile(
    rf"(?:[<>≥] ?|\+)?{NUMBER}(?: ?%| plasser| mill\. kr)?|\d+-\d+ %|\d+ av \d+|{WORDS.replace('.', chr(92) + '.')}"
)
LONGEST = 5
"""The most words that a cell is printed with."""

YEARS = re.compile(r"(?:.*? )??((?:20\d\d\*? ){1,}20\d\d)")
MONTHS = re.compile(r"jan feb .* des", re.IGNORECASE)
OTHER_HEADERS = {
    "Skjenkesteder Kontroller Avvik Salgssteder Kontroller Avvik": 6,
    "Barnehage Antall barn pr. 15.12.2023 0-2 år 3-5 år": 3,
}
"""Headers of key-figure tables that have neither years nor months, and how many columns they have."""

SCORECARD = ("Indikatorer på tjenestekvalitet", "Indikator på tjenestekvalitet")
"""How the header of a scorecard begins."""

SCORECARD_COLUMN = re.compile(r"(?:Resultat|Mål) \d{4}(?:/\d{4})?")
END_OF_SCORECARD = ("Organisering av ", "Utvikling i nøkkeltall", "*")

BROKEN = {
    "Tilfreds med økonomiske rapporter": 3,
    "Netto driftsresultat i %": 3,
    "Andel flyktninger som følges opp av minoritetsveileder": 3,
    "Utvidelse av garasjeanlegg": 6,
}
"""Rows that are printed as several paragraphs: how they begin, and of how many."""

WITHOUT_LABEL = {
    "447 446 444 435 435 428": ("Kommunalt eide boliger", "447", "446", "444", "435", "435", "428"),
    "174 187 150 212 42 43 33 28 1": ("", "174", "187", "150", "212", "42", "43", "33", "28 1"),
}
"""Rows that begin with a figure: the first has its name above the years; in the second, 1 is the mark of a footnote."""

SPANNED = {
    "Gjennomføres hvert 2.år": (
        "Relasjon mellom barn og voksen",
        "Barns trivsel",
        "Informasjon",
        "Barnets utvikling",
        "Medvirkning",
        "Henting og levering",
        "Tilvenning og skolestart",
        "Tilfredshet",
    ),
    "Ikke måltall": ("Andel elever som har vedtak om spesialundervisning 1.klasse",),
}
"""Cells that stretch over several rows: printed in the first of them only, they are the second figure of these too."""

PRINTED_TWICE = "2027"
"""A year that a heading repeats on a line of its own."""

Printed = tuple[str, ...]
"""A row as printed: its label, then its figures in order, without the empty cells."""


class Line(NamedTuple):
    """A line of a table, and how many columns its table has."""

    text: str
    columns: int


def plain(text: str) -> str:
    """The text with single ordinary spaces."""
    return " ".join(text.split())


def row_text(row: Printed) -> str:
    """A row as it reads on a page: label and figures with a space between them."""
    return plain(" ".join(row))


def read_row(line: Line) -> Printed:
    """The label and the figures of a line; a line without figures is all label."""
    text = plain(line.text)
    if text in WITHOUT_LABEL:
        return WITHOUT_LABEL[text]
    words = _words(line.text)
    readings: list[tuple[str, ...]] = []
    for count in range(line.columns, 0, -1):
        readings = list(_readings(words[1:], count))
        if readings:
            break
    cells = min(readings, key=lambda one: (-_length(one), _largest(one)), default=())
    label = plain(" ".join(words[: len(words) - _length(cells)]))
    figures = [cell for cell in cells if cell != BLANK]
    for cell, labels in SPANNED.items():
        if label in labels:
            figures.insert(1, cell)
    return (label, *figures)


def _words(text: str) -> list[str]:
    """The words of a line; an empty cell between other cells is a word of its own."""
    parts = [part if part == BLANK else " ".join(part.split()) for part in text.strip().split(" ")]
    return [word for part in parts for word in ([part] if part == BLANK else part.split())]


def _readings(words: list[str], count: int) -> Iterator[tuple[str, ...]]:
    """Every way to read exactly so many cells from the end of the words."""
    if count == 0:
        yield ()
        return
    for size in range(1, min(LONGEST, len(words)) + 1):
        cell = " ".join(words[-size:])
        if cell == BLANK or FIGURE.fullmatch(cell):
            for before in _readings(words[:-size], count - 1):
                yield (*before, cell)


def _length(cells: Iterable[str]) -> int:
    return sum(len(cell.split(" ")) for cell in cells)


def _largest(cells: Iterable[str]) -> int:
    return max(int("0" + re.sub(r"[.,].*|\D", "", cell)) for cell in cells)


def _join_broken(lines: list[str]) -> Iterator[str]:
    """The lines, with rows that are printed as several paragraphs made whole."""
    left = 0
    held: list[str] = []
    for line in lines:
        if not left:
            left = next((count for start, count in BROKEN.items() if line.startswith(start)), 0)
        if not left:
            yield line
        elif plain(line):
            held.append(line.strip())
            left -= 1
            if not left:
                yield " ".join(held)
                held = []


def _lines(text: str) -> list[str]:
    return list(_join_broken(text.split("\n")))


def scorecards(text: str) -> list[list[Printed]]:
    """The rows of each scorecard of a service area, in order."""
    return [[row for row in card if len(row) > 1] for card in _scorecard_lines(text)]


def scorecard_headings(text: str) -> list[str]:
    """The lines of the scorecards that have no figures: their groups' headings, and what is said under them."""
    lines = [row[0] for card in _scorecard_lines(text) for row in card if len(row) == 1]
    return [line.removeprefix("(").removesuffix(")") if line.startswith("(") else line for line in lines]


def _scorecard_lines(text: str) -> list[list[Printed]]:
    found: list[list[Printed]] = []
    is_inside, columns = False, 0
    for line in _lines(text):
        printed = plain(line)
        if printed.startswith(SCORECARD) and not is_inside:
            is_inside = True
            found.append([])
        is_inside = is_inside and not printed.startswith(END_OF_SCORECARD)
        headers = SCORECARD_COLUMN.findall(printed)
        columns = len(headers) if len(headers) > 1 else columns
        if is_inside and printed and printed != SCORECARD[0] and not headers:
            found[-1].append(read_row(Line(line, columns)))
    return found


def overall_goals(text: str) -> list[Printed]:
    """The rows of the municipality's own scorecard."""
    lines = _between(text, "OVERORDNEDE STYRINGSMÅL", "Tabell:")[3:]
    return [row for row in (read_row(Line(line, 6)) for line in lines if plain(line)) if len(row) > 1]


def key_figure_tables(text: str) -> list[list[Printed]]:
    """The rows of each key-figure table, in order. A table goes from its header to the first empty line after a row."""
    found: list[list[Printed]] = []
    columns = 0
    for above, line in pairwise(["", *_lines(text)]):
        printed = plain(line)
        if _columns(printed) and "DIMENSJONER" not in above:
            columns = _columns(printed)
            found.append([])
        elif columns and printed and printed != PRINTED_TWICE:
            row = read_row(Line(line, columns))
            if len(row) > 1:
                found[-1].append(row)
        elif columns and found[-1] and not printed:
            columns = 0
    return found


def _columns(header: str) -> int:
    """How many columns the header of a key-figure table has; 0 where the line is no header."""
    if header in OTHER_HEADERS:
        return OTHER_HEADERS[header]
    if MONTHS.fullmatch(header):
        return 12
    years = YEARS.fullmatch(header)
    return len(years[1].split()) if years else 0


def staffing(text: str) -> list[Printed]:
    """The rows of the staffing table, the sum included."""
    lines = _between(text, "Sektorer og staber Antall årsverk", "Tabell:")
    return [read_row(Line(line, 2)) for line in lines[2:] if plain(line)]


def matrix(text: str) -> list[tuple[str, tuple[bool, ...]]]:
    """Each plan with its twelve cells: crossed or not."""
    rows = []
    for line in _between(text, "Plan Tjenesteområde", "Tabell:")[2:]:
        words = line.split(" ")
        if len(words) > 12:
            rows.append((plain(" ".join(words[:-12])), tuple(word == "x" for word in words[-12:])))
    return rows


def investments(text: str) -> list[Printed]:
    """Each project with its amounts in order and its estimate last. The comment between them is left out."""
    rows = []
    for line in _between(text, "Ledningsnett", "Tabell: Planlagte investeringsprosjekter"):
        figures = re.findall(r"(?<![\d.,])\d+,\d(?![\d,])", line)
        if figures:
            rows.append((plain(line[: line.index(figures[0])]), *figures))
    return rows


def _between(text: str, first: str, end: str) -> list[str]:
    """The lines from the one that begins like `first` to the one before `end`."""
    lines = _lines(text)
    start = next(number for number, line in enumerate(lines) if line.startswith(first))
    stop = next(number for number, line in enumerate(lines) if number > start and line.startswith(end))
    return lines[start:stop]
