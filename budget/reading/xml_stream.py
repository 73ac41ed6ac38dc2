"""Walking through the XML inside a workbook with flat memory, however large it is.

A tree, also one that is cleared on the way, keeps something for each row; ten million blank rows are too many.
"""

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Generic, TypeVar
from xml.parsers import expat

from django.utils.translation import gettext as _

from budget.reading.cells import Unreadable

CHUNK = 256 * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, LookupError, RuntimeError)
"""What is raised for a zip or a sheet whose parts are not what its directory says, or refer to what is not there."""

T = TypeVar("T")


class Handler(Generic[T]):
    """What is done with each tag. `ready` is what has been read so far and not been handed over."""

    def __init__(self) -> None:
        self.ready: list[T] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag begins."""

    def end(self, tag: str) -> None:
        """A tag ends."""

    def text(self, data: str) -> None:
        """Text between tags."""


def walk(source: IO[bytes], handler: Handler[T], where: str, *, separator: str | None = None) -> Iterator[T]:
    """What the handler makes of the XML, as it comes. Raises `Unreadable` where the file is broken.

    With a separator, tags and attributes come as namespace, separator and name; without, as they are written.
    """
    parser = _parser(handler, where, separator)
    try:
        chunk = b"first"
        while chunk:
            chunk = source.read(CHUNK)
            parser.Parse(chunk, not chunk)
            yield from handler.ready
            handler.ready.clear()
    except expat.ExpatError as error:
        raise damaged(where) from error
    except BROKEN as error:
        raise damaged(where) from error


def _parser(handler: Handler[T], where: str, separator: str | None) -> expat.XMLParserType:
    def refuse(*_declaration: object) -> None:
        raise Unreadable(where, _("Fila har en innebygd dokumenttype, som regneark ikke skal ha. Lagre den på nytt."))

    parser = expat.ParserCreate(namespace_separator=separator)
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = refuse
    return parser


def damaged(where: str) -> Unreadable:
    """A file whose insides cannot be read."""
    return Unreadable(
        where,
        _("Fila er skadet eller bare delvis lastet opp. Åpne den i regnearket, lagre den på nytt og prøv igjen."),
    )
