"""A table's printed cell taken apart: the number, what stands around it, and its footnote mark.

Pure, without the ORM.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from publishing.structure import Row, Table

HARD_SPACE = "\u00a0"
BLANK = "[ \u00a0\u2009\u202f]"
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_NUMBER = re.compile(rf"[-−–+]?[0-9]+(?:{BLANK}[0-9]{{3}})*(?:[.,]{BLANK}?[0-9]+)?")
_LEADS_WITH_FIGURE = re.compile(r"\s*(?:[<>=≤≥/]+\s*)?[-−–+]?[0-9]")
_BETWEEN_DIGITS = re.compile(rf"(?<=[0-9]){BLANK}(?=[0-9]{{3}}(?![0-9]))")
_AFTER_COMPARATOR = re.compile(r"(?<=[<>=≤≥]) (?=[0-9])")
_BEFORE_UNIT = re.compile(r"(?<=[0-9]) (?=(?:%|‰|mill\b|mrd\b|kr\b|m[²³2]|km|kg|tonn|timer|dager|år|stk|poeng)(?!\w))")


@dataclass(frozen=True)
class Cell:
    """What a printed cell holds. `number` is the printed one (99,9 % is 99.9), None where the cell is no single number.

    `before` and `after` are what is printed around the number; `decimals` how many it was typed with.
    """

    text: str
    mark: str = ""
    number: Decimal | None = None
    decimals: int = 0
    is_grouped: bool = False
    before: str = ""
    after: str = ""

    @property
    def is_figure(self) -> bool:
        """Whether the cell reads as a figure, so that it belongs at the right edge: «12,6», «> 14», «2–5 %»."""
        return self.number is not None or _LEADS_WITH_FIGURE.match(self.text) is not None

    @property
    def unit(self) -> str:
        """What is printed after the number: «%», «mill. kr», or nothing."""
        return self.after.strip()


def hard_spaces(text: str) -> str:
    """The text with hard spaces inside numbers, before units and after comparators, so that no line ends there."""
    for pattern in (_BETWEEN_DIGITS, _BEFORE_UNIT, _AFTER_COMPARATOR):
        text = pattern.sub(HARD_SPACE, text)
    return text


def cells_of(table: Table, row: Row) -> list[Cell]:
    """The row's cells in order."""
    marks = {mark for mark, _text in table.footnotes}
    return [read(printed, value, marks) for printed, value in zip(row.cells, row.values, strict=True)]


def read(printed: str, value: str | None, marks: Collection[str] = ()) -> Cell:
    """The cell. `value` is its number as plain decimal text ("99.9") or None; `marks` are the table's footnote marks.

    The value counts only where the print holds exactly that number, so that a sheet never shows another one.
    """
    text, mark = _split_mark(printed.strip(), value, marks)
    matches = list(_NUMBER.finditer(text))
    if value is None or len(matches) != 1:
        return Cell(text, mark)
    match = matches[0]
    number = Decimal(value)
    if _as_decimal(match[0]) != number:
        return Cell(text, mark)
    _whole, _comma, decimals = match[0].replace(".", ",").partition(",")
    return Cell(
        text=text,
        mark=mark,
        number=number,
        decimals=len(decimals.strip(" \u00a0")),
        is_grouped=re.search(BLANK, match[0]) is not None,
        before=text[: match.start()],
        after=text[match.end() :],
    )


def _split_mark(printed: str, value: str | None, marks: Collection[str]) -> tuple[str, str]:
    """The print and the footnote mark after it. A mark of letters or digits is one only after a number."""
    text, _space, last = printed.rpartition(" ")
    is_mark = bool(text) and (last in marks or set(last) == {"*"})
    if is_mark and (value is not None or not last.isalnum()):
        return text, last
    return printed, ""


def _as_decimal(number: str) -> Decimal:
    plain = re.sub(BLANK, "", number).replace(",", ".").replace("−", "-").replace("–", "-")
    return Decimal(plain)
