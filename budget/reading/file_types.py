"""What a file is, told from its content: a name says only what somebody called it."""

import io
import zipfile
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.reading.cells import LARGEST_FILE, Unreadable
from budget.reading.xml_stream import BROKEN, damaged

FileType = Literal["excel", "ods", "text"]

LARGEST_UNPACKED = 100 * 1024 * 1024
LARGEST_RATIO = 100
MOST_MEMBERS = 2_000
ENCRYPTED = 1

_SAVE_AS = gettext_lazy("Åpne den i regnearket og lagre den som Excel-arbeidsbok (.xlsx), ODS eller CSV.")
_PASSWORD = gettext_lazy("Fila er beskyttet med passord. Fjern passordet, lagre og prøv igjen.")
_OLD_EXCEL = gettext_lazy("Dette er en gammel Excel-fil (.xls).")
_BEGINNINGS = (
    (b"\x09\x08", _OLD_EXCEL),
    (b"\x09\x04", _OLD_EXCEL),
    (b"\x09\x02", _OLD_EXCEL),
    (b"%PDF", gettext_lazy("Dette er en PDF, ikke et regneark. Hent tallene ut på nytt som Excel eller CSV.")),
    (b"\x89PNG", gettext_lazy("Dette er et bilde (PNG), ikke et regneark. Last opp fila som tallene står i.")),
    (b"\xff\xd8\xff", gettext_lazy("Dette er et bilde (JPEG), ikke et regneark. Last opp fila som tallene står i.")),
    (b"GIF8", gettext_lazy("Dette er et bilde (GIF), ikke et regneark. Last opp fila som tallene står i.")),
    (b"\x1f\x8b", gettext_lazy("Fila er pakket (gzip). Pakk den ut, og last opp det som ligger i den.")),
    (b"7z\xbc\xaf", gettext_lazy("Fila er pakket (7-Zip). Pakk den ut, og last opp det som ligger i den.")),
    (b"Rar!", gettext_lazy("Fila er pakket (RAR). Pakk den ut, og last opp det som ligger i den.")),
)
_MARKUP = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", gettext_lazy("Dette er et regneark lagret som XML 2003.")),
    (b"<office:document", gettext_lazy("Dette er et regneark lagret som flat XML (.fods).")),
    (b"<html", gettext_lazy("Dette er en nettside (HTML), ikke et regneark, selv om Excel kan åpne den.")),
    (b"<table", gettext_lazy("Dette er en nettside (HTML), ikke et regneark, selv om Excel kan åpne den.")),
    (b"<?xml", gettext_lazy("Dette er en XML-fil, ikke et regneark.")),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OTHER_ZIPS = (
    ("xl/workbook.bin", gettext_lazy("Dette er en binær Excel-arbeidsbok (.xlsb).")),
    ("word/", gettext_lazy("Dette er et Word-dokument, ikke et regneark. Last opp fila som tallene står i.")),
    ("ppt/", gettext_lazy("Dette er en presentasjon, ikke et regneark. Last opp fila som tallene står i.")),
    ("Index/", gettext_lazy("Dette er et regneark fra Numbers. Eksporter det som Excel eller CSV.")),
)


def type_of(content: bytes, where: str, name: str) -> FileType:
    """Excel, ODS or text. Raises `Unreadable` for everything else."""
    _check_size(content, where)
    for beginning, sentence in _BEGINNINGS:
        if content.startswith(beginning):
            raise Unreadable(where, _with_advice(str(sentence)))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(where, _of_compound_file(content))
    if content.startswith(_ZIP):
        return _type_of_zip(content, where)
    _check_text(content, where, name)
    return "text"


def _check_size(content: bytes, where: str) -> None:
    if not content:
        raise Unreadable(where, _("Fila er tom (0 byte). Hent den ut på nytt og prøv igjen."))
    if len(content) > LARGEST_FILE:
        raise Unreadable(
            where,
            _("Fila er større enn %(limit)s MB. Del den i flere, for eksempel en for hver måned.")
            % {"limit": LARGEST_FILE // 1024 // 1024},
        )


def _with_advice(sentence: str) -> str:
    """The sentence with how to save the file, where it does not say what to do itself."""
    return sentence if sentence.count(". ") else f"{sentence} {_SAVE_AS}"


def _of_compound_file(content: bytes) -> str:
    """Excel before 2007, and newer workbooks with a password, lie in the same kind of container."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return str(_PASSWORD)
    if "WordDocument".encode("utf-16-le") in content:
        return _("Dette er et Word-dokument, ikke et regneark. Last opp fila som tallene står i.")
    return f"{_OLD_EXCEL} {_SAVE_AS}"


def _check_text(content: bytes, where: str, name: str) -> None:
    beginning = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if beginning.startswith(b"<"):
        for mark, sentence in _MARKUP:
            if mark in beginning:
                raise Unreadable(where, f"{sentence} {_SAVE_AS}")
    ending = name.lower().rpartition(".")[2]
    if ending in ("xlsx", "xlsm", "xls", "ods"):
        raise Unreadable(
            where,
            _("Fila heter .%(ending)s, men er ikke en arbeidsbok. Lagre den på nytt fra regnearket.")
            % {"ending": ending},
        )


def _type_of_zip(content: bytes, where: str) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_members(members, where)
            names = {member.filename.replace("\\", "/").lstrip("/") for member in members}
            mimetype = archive.read("mimetype")[:200].strip() if "mimetype" in names else b""
            is_locked = "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml")
    except BROKEN as error:
        raise damaged(where) from error
    if is_locked:
        raise Unreadable(where, str(_PASSWORD))
    return _type_of_names(names, mimetype, where)


def _check_members(members: list[zipfile.ZipInfo], where: str) -> None:
    """Read from the directory alone, before anything is unpacked: a small file can unpack to more than fits.

    The limits let every real workbook through that was tried.
    """
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > LARGEST_UNPACKED or unpacked > LARGEST_RATIO * max(packed, 1) or len(members) > MOST_MEMBERS:
        raise Unreadable(
            where,
            _("Fila er mye større når den pakkes ut enn den ser ut til. Kopier radene med tall til en ny fil."),
        )
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise Unreadable(where, str(_PASSWORD))


def _type_of_names(names: set[str], mimetype: bytes, where: str) -> FileType:
    for beginning, sentence in _OTHER_ZIPS:
        if any(name.startswith(beginning) for name in names):
            raise Unreadable(where, _with_advice(str(sentence)))
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if mimetype.startswith(b"application/vnd.oasis"):
        raise Unreadable(where, _("Dette er et tekstdokument eller en presentasjon, ikke et regneark. Lagre som ODS."))
    if any(name.lower() == "[content_types].xml" for name in names):
        return "excel"
    if "content.xml" in names:
        return "ods"
    raise Unreadable(
        where, _("Fila er en zip-fil uten noen arbeidsbok i. Pakk den ut, og last opp regnearket som ligger i den.")
    )
