"""Running text: the one list of what it may hold, the ways to clean HTML, and from there to plain text."""

import re
from html.parser import HTMLParser

import nh3
from markdown import markdown

ALLOWED = {"a", "br", "em", "li", "ol", "p", "strong", "ul"}
"""The tags that running text may hold. Headings are sections of their own, tables are blocks."""

SCHEMES = {"http", "https", "mailto"}


def clean(html: str) -> str:
    """The HTML with nothing but what running text may hold.

    A link tells the site it leads to nothing about where it came from.
    """
    return nh3.clean(
        html, tags=ALLOWED, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="noopener noreferrer"
    ).strip()


def from_markdown(text: str) -> str:
    """Markdown (paragraphs, lists, strong, emphasis, links) as clean HTML. Lists of two kinds never run together."""
    return clean(markdown(text, extensions=["sane_lists"]))


def plain_text(html: str) -> str:
    """Clean HTML without its tags: a line for each paragraph and for each point of a list, after a dash."""
    reader = _LineReader()
    reader.feed(html)
    reader.close()
    lines = (re.sub(r"\s+", " ", line).strip() for line in reader.lines)
    return "\n".join(line for line in lines if line and line != "–")


class _LineReader(HTMLParser):
    """Gathers the text of a page as lines.

    A paragraph that opens a point of a list goes on after its dash.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            self.lines.append("– ")
        elif tag == "br" or (tag in ("p", "ul", "ol") and self.lines[-1].strip() != "–"):
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li", "ul", "ol"):
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data if self.lines[-1] else data.lstrip()
