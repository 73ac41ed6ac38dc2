"""Files of figures for tests, and the way they come in: the page where a controller uploads them."""

import io
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from budget.models import BudgetLine, ImportBatch

HEAD = ("Ansvar", "Tjeneste", "Art", "Periode", "Beløp")
GOOD = ("bakken-skole", "202", "010", "202401", "100,00")
"""A line that is right: a unit's address, a function, an art, January 2024 and kroner."""
SOURCE = "Regnskapssystemet"
Sentence = tuple[int | None, str, str, str]
"""A finding: row, column, what is wrong, and what to do."""


def line(
    *, unit: str = GOOD[0], function: str = GOOD[1], art: str = GOOD[2], period: str = GOOD[3], amount: str = "1"
) -> tuple[str, ...]:
    """A line that is right but for what is said."""
    return (unit, function, art, period, amount)


def csv(*lines: Sequence[str], head: Sequence[str] = HEAD) -> bytes:
    """A CSV file as Excel writes it in Norway, in UTF-8."""
    return "".join(";".join(one) + "\r\n" for one in (head, *lines)).encode()


def workbook(
    *lines: Sequence[Any], head: Sequence[str] = HEAD, change: Callable[[openpyxl.Workbook], None] | None = None
) -> bytes:
    """An Excel workbook with one sheet, `change`d as the test says."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (head, *lines):
        sheet.append(list(row))
    if change:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Ark1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def ods(*lines: Sequence[str], head: Sequence[str] = HEAD, more: str = "") -> bytes:
    """An ODS workbook of text cells; the last cell of a line is a number. `more` is rows as XML."""
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{0}</text:p></table:table-cell>'
    rows = ["".join(text.format(one) for one in head)]
    rows += ["".join(text.format(one) for one in said) + number.format(amount) for *said, amount in lines]
    content = ODS.format(rows="".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + more)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
    return stream.getvalue()


def kostra(
    *,
    organisation: str = "",
    account_class: str = "1",
    function: str = "202",
    art: str = "010",
    amount: str = "100",
    year: str = "2024",
    quarter: str = "0",
) -> bytes:
    """A line of 48 characters."""
    start = f"0A{year}{quarter}000100{organisation:9}{'':9}{account_class}"
    return f"{start}{function:4}{art:3}{amount:>9}\r\n".encode()


def post(client: Client, content: bytes, *, name: str = "fil.csv", **said: Any) -> Any:
    """The answer to an upload. The source is a new one, or the one that is there."""
    facts = {"layer": "actual"} | ({} if "source" in said else {"new_name": SOURCE, "new_form": "table"}) | said
    return client.post(reverse("budget:import_add"), facts | {"file": SimpleUploadedFile(name, content)})


def upload(client: Client, content: bytes, **said: Any) -> ImportBatch:
    """The batch of an upload that was received."""
    answer = post(client, content, **said)
    assert answer.status_code == 302, answer.context["form"].errors
    return ImportBatch.objects.get(pk=answer["Location"].rstrip("/").rpartition("/")[2])


def write(client: Client, batch: ImportBatch) -> ImportBatch:
    """The batch after the button that writes it."""
    client.post(reverse("budget:import_write", args=[batch.pk]))
    return ImportBatch.objects.get(pk=batch.pk)


def found(batch: ImportBatch, severity: str = "error") -> list[Sentence]:
    """What was found: row, column, what is wrong, and what to do."""
    rows = (one for one in batch.findings if one["severity"] == severity)
    return [(one["row"], one["column"], one["what"], one["advice"]) for one in rows]


def explain(client: Client, batch: ImportBatch, meanings: dict[tuple[str, str], str]) -> None:
    """Say what unknown codes mean."""
    names = {f"{kind}-{code.encode().hex()}": target for (kind, code), target in meanings.items()}
    assert client.post(reverse("budget:import_codes", args=[batch.pk]), names).status_code == 302


def amounts() -> list[tuple[str, str, str, str, Decimal]]:
    """What is written: unit, function, art, period and kroner."""
    rows = BudgetLine.objects.select_related("unit", "function", "art", "period").order_by("row")
    return [(one.unit.slug, one.function.code, one.art.code, str(one.period), one.amount) for one in rows]
