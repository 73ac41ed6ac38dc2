"""Where a block stands in a document, and what it does when its data is missing."""

from dataclasses import dataclass

from plans.models import Section

LANGUAGE = "nb"
"""The language of a document's own words, whatever the site's is: what is frozen must not change with a setting."""


class MissingData(Exception):
    """A block asks for data that is not there. The message says which, to the person at the screen."""


@dataclass(frozen=True)
class Place:
    """The section that asks for the block, its service area, the numbers that are its own there, and its level."""

    section: Section
    area_id: int | None
    anchor: str
    number: str
    level: int = 2

    def said(self, what: str, otherwise: str) -> str:
        """What the section says of the block (its caption, a heading), or the usual."""
        return self.section.parameters.get(what) or otherwise
