"""A document as one HTML file that needs nothing beside it: style sheets and charts stand inside it."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from publishing.book import qr_code
from publishing.book.layout import layout_of
from publishing.book.pdf import Edition
from publishing.structure import Contents

STYLES = ("site/variables.css", "site/theme.css", "site/document.css", "site/one-file.css")
LINKS = re.compile(r'\s*<link rel="stylesheet"[^>]*>')
FONTS = re.compile(r"@font-face\s*\{[^}]*\}\s*")
HEAD = """<meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
    <style>
{styles}
    </style>
  </head>"""
"""The end of the head. What the policy leaves out, the file cannot fetch, wherever it is opened."""


def html(contents: Contents, edition: Edition) -> str:
    """The whole document as one page. Raises FileNotFoundError where the application's style sheets are missing.

    Nothing in it folds, so that it prints as it is read. Its charts follow the style sheet, in the light and the dark.
    """
    said = {
        "contents": contents,
        "edition": edition,
        "qr_code": qr_code.svg(edition.address) if edition.address else "",
        "in_print": True,
    } | layout_of(contents)
    book = LINKS.sub("", render_to_string("publishing/book.html", said).lstrip())
    return book.replace("</head>", HEAD.format(styles="\n".join(map(_style, STYLES))), 1)


def _style(name: str) -> str:
    """The sheet without typefaces, which are files of their own; the reader's machine has others."""
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(name)
    return FONTS.sub("", Path(found).read_text(encoding="utf-8"))
