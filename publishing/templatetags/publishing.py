"""What the templates of documents need: tables laid out, charts drawn, headings at their level."""

from collections.abc import Collection, Mapping

from django import template

from plans import richtext
from publishing import cells, charts, table_view
from publishing.explaining import references
from publishing.structure import Item, Listing, Table, Text

register = template.Library()

LOWEST_HEADING = 6
TEMPLATES: dict[type[Item], str] = {
    Table: "publishing/blocks/table.html",
    Listing: "publishing/blocks/listing.html",
    Text: "publishing/blocks/text.html",
}
KINDS: dict[type[Item], str] = {Table: "table", Listing: "list", Text: "text"}


@register.filter
def block_template(item: Item) -> str:
    """The template that draws a table, a list or a text."""
    return TEMPLATES[type(item)]


@register.filter
def kind_of(item: Item) -> str:
    """Whether it is a table, a list or a text."""
    return KINDS[type(item)]


@register.simple_tag
def lay_out(table: Table, taken: Collection[str] | str = "") -> table_view.TableView:
    """The table with its spans and classes; in a published page, where some addresses are taken, with its figures'."""
    return table_view.lay_out(table, None if isinstance(taken, str) else taken)


@register.filter
def hard_spaces(text: str) -> str:
    """The text with hard spaces inside numbers and before units."""
    return cells.hard_spaces(text)


@register.filter
def below(level: int) -> int:
    """The level of a heading under one of this level; HTML knows six."""
    return min(level + 1, LOWEST_HEADING)


@register.filter
def at_most_six(level: int) -> int:
    """The level as HTML can say it."""
    return min(level, LOWEST_HEADING)


@register.filter
def link_for(edit_links: Mapping[int, str] | None, section: int | None) -> str:
    """Where the section is edited, or nothing: the public has no such links."""
    return edit_links.get(section, "") if edit_links and section is not None else ""


@register.filter
def cleaned(html: str) -> str:
    """Running text with nothing but what it may hold, whatever was stored."""
    return richtext.clean(html)


@register.filter
def with_ids(text: Text) -> str:
    """Running text with nothing but what it may hold, whose every paragraph bears its address."""
    return references.html_with_ids(text)


@register.filter
def group_anchor(listing: Listing, number: int) -> str:
    """The address of a list's group of that number, from 1."""
    return references.group_anchor(listing.anchor, number)


@register.simple_tag
def chart(table: Table, prefix: str = "", color: str = "") -> charts.Chart | None:
    """The table's chart, or nothing where it has none that says something true."""
    return charts.draw(table, prefix=prefix, color=color)
