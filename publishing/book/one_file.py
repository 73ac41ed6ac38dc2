"""A document as one HTML file that needs nothing beside it: style sheets and charts stand inside it."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

from publishing.book.pdf import Edition, book_html
from publishing.structure import Contents

STYLES = ("site/variables.css", "site/document.css", "site/one-file.css")
LINKS = re.compile(r'\s*<link rel="stylesheet"[^>]*>')


def html(contents: Contents, edition: Edition) -> str:
    """The whole document as one page. Raises FileNotFoundError where the application's style sheets are missing."""
    styles = "\n".join(_static(name) for name in STYLES)
    book = LINKS.sub("", book_html(contents, edition))
    return book.replace("</head>", f"<style>\n{styles}\n</style>\n  </head>", 1)


def _static(name: str) -> str:
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(name)
    return Path(found).read_text(encoding="utf-8")
