"""How a document is laid out as a book: which of the three kinds of book a kind of document is.

A book has a cover and a list of contents. A report of one unit, and what its leader has agreed to, are read as a few
sheets: they open with a title on the first page, and end with where the version stands on the web.
"""

from dataclasses import dataclass

from plans.models import Document
from publishing.structure import Contents

MANY_CHAPTERS = 6
"""From so many chapters on, a short document has a list of contents too."""


@dataclass(frozen=True)
class Layout:
    """How the document opens and how dense it is set.

    `has_cover` is a page of its own with a list of contents after it, `is_dense` small type and narrow margins.
    """

    has_cover: bool = True
    is_dense: bool = False


BOOK = Layout()
LAYOUTS: dict[str, Layout] = {
    Document.Kind.UNIT_REPORT: Layout(has_cover=False),
    Document.Kind.LEADER_AGREEMENT: Layout(has_cover=False, is_dense=True),
}
"""The kinds of documents that are not books."""


def layout_of(contents: Contents) -> dict[str, object]:
    """What the template asks for: the layout, whether there is a list of contents, and a chapter that stands alone.

    A chapter that stands alone in a short document has no heading of its own: it is the document.
    """
    layout = LAYOUTS.get(contents.kind, BOOK)
    count = len(contents.chapters)
    return {
        "layout": layout,
        "has_contents": layout.has_cover or count >= MANY_CHAPTERS,
        "only_chapter": contents.chapters[0] if count == 1 and not layout.has_cover else None,
    }
