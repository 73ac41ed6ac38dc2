"""The parts of an Excel workbook that its sheets lean on: which sheets there are, number formats and shared texts."""

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from budget.reading.cells import Unreadable
from budget.reading.xml_stream import BROKEN, Handler, damaged, walk

LARGEST_PART = 8 * 1024 * 1024
"""Bytes of a part that is read whole. Real ones are far smaller."""
ZEROS = re.compile(r"0{2,20}")
OFFICE_DOCUMENT = "/officeDocument"


@dataclass(frozen=True)
class ExcelSheet:
    """A sheet and the part of the zip where its cells are."""

    name: str
    is_hidden: bool
    part: str


@dataclass(frozen=True)
class Formats:
    """What styles mean, by the style's number: dates, durations, and how many digits codes are shown with."""

    dates: frozenset[str]
    durations: frozenset[str]
    digits: dict[str, int]


@dataclass(frozen=True)
class Book:
    """A workbook that is open for reading."""

    archive: zipfile.ZipFile
    parts: dict[str, zipfile.ZipInfo]
    sheets: tuple[ExcelSheet, ...]
    formats: Formats
    texts: list[str]
    has_mac_epoch: bool

    def open(self, sheet: ExcelSheet) -> IO[bytes]:
        """The sheet's XML."""
        return self.archive.open(self.parts[sheet.part])


class _Texts(Handler[str]):
    """The shared texts in order; what a text sounds like, for East Asian writing, is left out."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._is_text = False
        self._sounds = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "rPh":
            self._sounds += 1
        self._is_text = name == "t" and not self._sounds

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        self._is_text = False
        if name == "rPh":
            self._sounds -= 1
        elif name == "si":
            self.ready.append("".join(self._parts))
            self._parts.clear()

    def text(self, data: str) -> None:
        if self._is_text:
            self._parts.append(data)


def open_book(content: bytes, where: str) -> Book:
    """The workbook. Raises `Unreadable`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = {_key(member.filename): member for member in archive.infolist()}
        if len(parts) < len(archive.infolist()):
            raise damaged(where)
        book_part = _book_part(archive, parts, where)
        links = _links(archive, parts, book_part, where)
        root = _tree(archive, parts, book_part, where)
        styles = _linked(links, "/styles")
        formats = _formats(_tree(archive, parts, styles, where) if styles in parts else Element("styleSheet"))
        strings = _linked(links, "/sharedStrings")
        texts = list(walk(archive.open(parts[strings]), _Texts(), where)) if strings in parts else []
    except BROKEN as error:
        raise damaged(where) from error
    sheets = tuple(sheet for sheet in _sheets(root, links) if sheet.part in parts)
    return Book(archive, parts, sheets, formats, texts, _has_mac_epoch(root))


def _key(name: str) -> str:
    """Parts are found whatever the case and the slashes they are written with."""
    return name.replace("\\", "/").lstrip("/").lower()


def _book_part(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], where: str) -> str:
    links = _links(archive, parts, "", where)
    part = _linked(links, OFFICE_DOCUMENT) or "xl/workbook.xml"
    if part not in parts:
        raise Unreadable(
            where, _("Fila er en zip-fil uten noen arbeidsbok i. Lagre den på nytt fra regnearket som .xlsx.")
        )
    return part


def _links(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], part: str, where: str
) -> dict[str, tuple[str, str]]:
    """What a part refers to: id → kind and part."""
    folder, name = posixpath.split(part)
    link_part = posixpath.join(folder, "_rels", f"{name}.rels")
    if link_part not in parts:
        return {}
    tree = _tree(archive, parts, link_part, where)
    return {
        one.get("Id", ""): (one.get("Type", ""), _resolved(folder, one.get("Target", "")))
        for one in tree
        if _name(one) == "Relationship"
    }


def _resolved(folder: str, target: str) -> str:
    path = target.replace("\\", "/")
    return _key(posixpath.normpath(path if path.startswith("/") else posixpath.join(folder, path)))


def _linked(links: dict[str, tuple[str, str]], ending: str) -> str:
    return next((part for kind, part in links.values() if kind.endswith(ending)), "")


def _tree(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], part: str, where: str) -> Element:
    if parts[part].file_size > LARGEST_PART:
        raise damaged(where)
    try:
        return fromstring(archive.read(parts[part]), forbid_dtd=True)
    except ParseError as error:
        raise damaged(where) from error


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _sheets(root: Element, links: dict[str, tuple[str, str]]) -> list[ExcelSheet]:
    """The sheets with cells, in the order of the tabs: a sheet that is only a chart has none."""
    found = []
    for element in root.iter():
        if _name(element) != "sheet":
            continue
        link = next((value for key, value in element.items() if key.endswith("}id")), "")
        kind, part = links.get(link, ("", ""))
        if kind.endswith("/worksheet"):
            is_hidden = element.get("state", "visible") != "visible"
            found.append(ExcelSheet(element.get("name", ""), is_hidden, part))
    return found


def _has_mac_epoch(root: Element) -> bool:
    return any(_name(one) == "workbookPr" and one.get("date1904") in ("1", "true") for one in root)


def _formats(root: Element) -> Formats:
    codes = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iter() if _name(one) == "numFmt"}
    codes |= own
    styles = [one for group in root if _name(group) == "cellXfs" for one in group]
    shown = {str(index): codes.get(style.get("numFmtId", "0"), "General") for index, style in enumerate(styles)}
    return Formats(
        frozenset(index for index, code in shown.items() if is_date_format(code)),
        frozenset(index for index, code in shown.items() if is_timedelta_format(code)),
        {index: len(code) for index, code in shown.items() if ZEROS.fullmatch(code)},
    )
