"""What a thing of a version is called, and where it stands, in words. Pure."""

from django.utils.translation import gettext as _

from publishing.comparison.alignment import Node
from publishing.structure import Chapter, Listing, Section, Table


def name_of(node: Node | None) -> str:
    """Its title, heading or caption; a text has its section's; "" of nothing."""
    match node and node.thing:
        case Chapter(title=title):
            return title
        case Section(heading=heading):
            return heading or _("Avsnitt uten overskrift")
        case Table(caption=caption) | Listing(caption=caption):
            return caption
    return name_of(node.parent) if node else ""


def place_of(node: Node) -> str:
    """Where it is: «kapittel 4 Skole», «avsnittet «Mål» i kapittel 4 Skole», «tabell 4.3 i kapittel 4 Skole»."""
    chapter = node.chapter
    where = f"{chapter.number} {chapter.title}" if chapter else ""
    match node.thing:
        case Section(heading=heading) if heading:
            return _("avsnittet «%(heading)s» i kapittel %(chapter)s") % {"heading": heading, "chapter": where}
        case Table(number=number):
            return _("tabell %(number)s i kapittel %(chapter)s") % {"number": number, "chapter": where}
    return _("kapittel %(chapter)s") % {"chapter": where} if chapter else _("dokumentet")
