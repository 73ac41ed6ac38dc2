"""Amounts as they stand in the cells of a file. What can be read in two ways is refused, never guessed."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.kroner import LARGEST
from budget.reading.cells import Cell
from budget.reading.period_cells import read_month, read_period, read_year
from organisation.numbers import BLANKS, MINUS_SIGNS, decimals_of

__all__ = ["read_amount", "read_month", "read_period", "read_year"]

DECIMALS = 2
LONGEST_QUOTE = 40
LONGEST_AMOUNT = 60
"""Characters. Longer text is no amount, and takes long to compare with one."""

CURRENCY = re.compile(
    rf"(?P<sign>[{MINUS_SIGNS}+]?)\s*(?:kr\.?|nok)?\s*(?P<rest>.*?)\s*(?:kr\.?|kroner|nok)?", re.IGNORECASE
)
WHOLE_KRONER = re.compile(rf"(?<=[0-9]),[{MINUS_SIGNS}]")
"""«1 000,-» is 1 000 kroner and no øre."""
BODY = "[0-9](?:.*[0-9])?"
SIGNED = re.compile(
    rf"(?P<before>[{MINUS_SIGNS}+]?)[{BLANKS}]*(?P<bare>{BODY})|(?P<held>{BODY})[{BLANKS}]*[{MINUS_SIGNS}]"
    rf"|\([{BLANKS}]*(?P<inside>{BODY})[{BLANKS}]*\)"
)
DIGITS = re.compile(
    rf"(?:[0-9]{{1,20}}|[0-9]{{1,3}}(?:[{BLANKS}][0-9]{{3}}){{1,6}}|[0-9]{{1,3}}(?:\.[0-9]{{3}}){{2,6}}"
    rf"|[0-9]{{1,3}}(?:\.[0-9]{{3}}){{1,6}}(?=,[0-9]{{1,2}}\Z))(?:,[0-9]{{1,10}})?"
)
ONE_POINT = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
ONE_COMMA = re.compile(r"[0-9]{1,3},[0-9]{3}")
TWO_COMMAS = re.compile(r"[^,]*,[^,]*,.*")
POINT_DECIMALS = re.compile(rf"[0-9{BLANKS},]*\.[0-9]+")


def read_amount(cell: Cell, *, max_decimals: int = DECIMALS) -> Decimal:
    """The amount, with at most so many decimals. Raises ValueError with a sentence."""
    if cell.kind == "number" and cell.number is not None:
        amount = cell.number
    elif cell.kind == "text":
        amount = _amount_of_text(cell.text.strip())
    else:
        raise ValueError(_no_amount(cell))
    if abs(amount) > LARGEST:
        raise ValueError(_("Beløpet «%(text)s» er for stort.") % {"text": _quoted(cell)})
    if decimals_of(amount) > max_decimals:
        raise ValueError(
            _("Beløpet «%(text)s» har mer enn %(decimals)s desimaler. Rund det av i fila.")
            % {"text": _quoted(cell), "decimals": max_decimals}
        )
    return amount


def _no_amount(cell: Cell) -> str:
    sentences = {
        "empty": _("Beløpet mangler. Skriv 0 hvis det er null."),
        "date": _("%(text)s er en dato, ikke et beløp. Gi cellen tallformat og skriv beløpet på nytt."),
        "formula": _("Cellen har formelen «%(text)s», ikke et beløp. Kopier kolonnen og lim inn verdiene."),
        "error": _("Cellen viser feilen «%(text)s», ikke et beløp. Rett den i regnearket."),
        "truth": _("Cellen er «%(text)s», ikke et beløp."),
    }
    return sentences[cell.kind] % {"text": _quoted(cell)}


def _amount_of_text(text: str) -> Decimal:
    match = CURRENCY.fullmatch(text) if len(text) <= LONGEST_AMOUNT else None
    signed = SIGNED.fullmatch(WHOLE_KRONER.sub("", match["sign"] + match["rest"])) if match else None
    digits = "" if signed is None else signed["bare"] or signed["held"] or signed["inside"]
    if signed is None or ONE_COMMA.fullmatch(digits) or not DIGITS.fullmatch(digits):
        raise ValueError(_what_is_wrong(text, digits))
    amount = Decimal(re.sub(rf"[{BLANKS}.]", "", digits).replace(",", "."))
    is_below = bool(signed["held"] or signed["inside"]) or (signed["before"] or "+") in MINUS_SIGNS
    return -amount if is_below and amount else amount


def _what_is_wrong(text: str, digits: str) -> str:
    """Why the text is no amount, as exactly as can be told."""
    if ONE_POINT.fullmatch(digits):
        sentence = _("«%(text)s» kan leses på to måter. Skriv %(plain)s, eller med komma hvis det er desimaler.")
        return sentence % {"text": text, "plain": digits.replace(".", "")}
    if ONE_COMMA.fullmatch(digits):
        sentence = _("«%(text)s» kan leses på to måter. Skriv %(plain)s hvis kommaet skiller tusener.")
        return sentence % {"text": text, "plain": digits.replace(",", "")}
    if TWO_COMMAS.fullmatch(digits):
        sentence = _("«%(text)s» har to desimaltegn. Skriv beløpet med ett komma, for eksempel 1 234 567,89.")
    elif POINT_DECIMALS.fullmatch(digits):
        sentence = _("«%(text)s» har punktum som desimaltegn. Skriv beløpet med komma, for eksempel 1 234 567,89.")
    else:
        sentence = _("«%(text)s» er ikke et beløp. Skriv for eksempel 1 234 567,89 eller -1 000.")
    return sentence % {"text": text[:LONGEST_QUOTE]}


def _quoted(cell: Cell) -> str:
    return cell.text[:LONGEST_QUOTE]
