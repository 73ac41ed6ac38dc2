"""What a file is, whatever it is called."""

import io
import zipfile
import zlib

import pytest

from budget.reading import file_types
from budget.reading.cells import Unreadable
from budget.reading.sheets import read
from tests.budget.reading.workbooks import HEADINGS, csv_file, ledger, ods, repacked, zipped

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
SAVE_AS = "Åpne den i regnearket og lagre den som Excel-arbeidsbok (.xlsx), ODS eller CSV."
PASSWORD = "Fila er beskyttet med passord. Fjern passordet, lagre og prøv igjen."
BOMB = "Fila er mye større når den pakkes ut enn den ser ut til. Kopier radene med tall til en ny fil."
NO_BOOK = "Fila er en zip-fil uten noen arbeidsbok i. Pakk den ut, og last opp regnearket som ligger i den."
DAMAGED = "Fila er skadet eller bare delvis lastet opp. Åpne den i regnearket, lagre den på nytt og prøv igjen."
PAGE = f"Dette er en nettside (HTML), ikke et regneark, selv om Excel kan åpne den. {SAVE_AS}"


def with_flag(content: bytes) -> bytes:
    """The zip with its parts marked as encrypted."""
    directory = content.index(b"PK\x01\x02")
    return content[: directory + 8] + b"\x01" + content[directory + 9 :]


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 200 times what it takes."""
    return repacked(ledger(1), {}, xl__media__picture=bytes(10_000_000))


REFUSED = {
    "empty": (b"", "Fila er tom (0 byte). Hent den ut på nytt og prøv igjen."),
    "pdf": (b"%PDF-1.7\n", "Dette er en PDF, ikke et regneark. Hent tallene ut på nytt som Excel eller CSV."),
    "png": (b"\x89PNG\r\n\x1a\n", "Dette er et bilde (PNG), ikke et regneark. Last opp fila som tallene står i."),
    "jpeg": (b"\xff\xd8\xff\xe0", "Dette er et bilde (JPEG), ikke et regneark. Last opp fila som tallene står i."),
    "gzip": (b"\x1f\x8b\x08", "Fila er pakket (gzip). Pakk den ut, og last opp det som ligger i den."),
    "xls": (COMPOUND, f"Dette er en gammel Excel-fil (.xls). {SAVE_AS}"),
    "older-xls": (b"\x09\x08\x10\x00", f"Dette er en gammel Excel-fil (.xls). {SAVE_AS}"),
    "password": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), PASSWORD),
    "old-word": (
        COMPOUND + "WordDocument".encode("utf-16-le"),
        "Dette er et Word-dokument, ikke et regneark. Last opp fila som tallene står i.",
    ),
    "page": (b"<!DOCTYPE html><html><body><table>", PAGE),
    "table": (b"\xef\xbb\xbf\r\n<table><tr><td>Ansvar", PAGE),
    "xml": (b"<?xml version='1.0'?><saft/>", f"Dette er en XML-fil, ikke et regneark. {SAVE_AS}"),
    "xml-spreadsheet": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        f"Dette er et regneark lagret som XML 2003. {SAVE_AS}",
    ),
    "flat-ods": (
        b'<?xml version="1.0"?><office:document xmlns:office="x">',
        f"Dette er et regneark lagret som flat XML (.fods). {SAVE_AS}",
    ),
    "text": (
        csv_file(";".join(HEADINGS)),
        "Fila heter .xlsx, men er ikke en arbeidsbok. Lagre den på nytt fra regnearket.",
    ),
    "zip": (zipped(**{"regnskap.csv": b"1;2;3"}), NO_BOOK),
    "empty-zip": (zipped(), NO_BOOK),
    "package-without-book": (zipped(**{"[Content_Types].xml": b"<Types/>"}),
        "Fila er en zip-fil uten noen arbeidsbok i. Lagre den på nytt fra regnearket som .xlsx."),
    "xlsb": (zipped(xl__x=b"", **{"xl/workbook.bin": b""}), f"Dette er en binær Excel-arbeidsbok (.xlsb). {SAVE_AS}"),
    "word": (
        zipped(word__document=b""),
        "Dette er et Word-dokument, ikke et regneark. Last opp fila som tallene står i.",
    ),
    "numbers": (zipped(Index__Document=b""), "Dette er et regneark fra Numbers. Eksporter det som Excel eller CSV."),
    "odt": (
        zipped(mimetype=b"application/vnd.oasis.opendocument.text"),
        "Dette er et tekstdokument eller en presentasjon, ikke et regneark. Lagre som ODS.",
    ),
    "half": (ledger(*range(100))[:3000], DAMAGED),
    "encrypted-zip": (with_flag(ledger(1)), PASSWORD),
    "encrypted-ods": (repacked(ods(""), {}, **{"META-INF/manifest.xml": b"<manifest:encryption-data>"}), PASSWORD),
    "bomb": (bomb(), BOMB),
    "many-parts": (zipped(**{f"part{number}": b"x" for number in range(2001)}), BOMB),
    "same-part-twice": (repacked(ledger(1), {}, **{"XL/worksheets/Sheet1.xml": b"<worksheet/>"}), DAMAGED),
}  # fmt: skip


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_file_that_is_no_table_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(content, "regnskap.xlsx")
    assert refusal.value.message == f"«regnskap.xlsx»: {sentence}"


def test_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_types, "LARGEST_FILE", 1024 * 1024)
    with pytest.raises(Unreadable) as refusal:
        read(b"x" * (1024 * 1024 + 1), "regnskap.csv")
    assert refusal.value.sentence == "Fila er større enn 1 MB. Del den i flere, for eksempel en for hver måned."


def test_bomb_with_a_directory_that_lies_is_not_unpacked() -> None:
    """The directory says 10 bytes; what is read is never more than it says."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in (("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b" " * 50_000_000)):
            archive.writestr(name, part)
    content = target.getvalue().replace((50_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(Unreadable) as refusal:
        read(content, "regnskap.xlsx")
    assert refusal.value.sentence == DAMAGED


def test_broken_bytes_inside_a_workbook_are_refused() -> None:
    content = bytearray(ledger(*range(200)))
    place = content.index(b"xl/worksheets/sheet1.xml") + 60
    content[place : place + 40] = zlib.compress(b"other")[:40].ljust(40, b"x")
    with pytest.raises(Unreadable) as refusal:
        list(read(bytes(content), "regnskap.xlsx").lines)
    assert refusal.value.sentence == DAMAGED


def test_workbook_is_read_whatever_it_is_called() -> None:
    assert read(ledger(1), "regnskap.csv").headings == HEADINGS


def test_heading_that_begins_as_a_zip_does_is_text() -> None:
    assert read(csv_file("PK-nummer;Ansvar;Beløp"), "regnskap.csv").headings == ("PK-nummer", "Ansvar", "Beløp")


def test_long_name_is_shown_by_its_end() -> None:
    with pytest.raises(Unreadable) as refusal:
        read(b"", "x" * 300 + ".csv")
    assert refusal.value.where == f"«{'x' * 76}.csv»"
