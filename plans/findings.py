"""What the control looks at and what it finds."""

from dataclasses import dataclass

from organisation.models import ServiceArea
from plans.models import Document, Section


@dataclass(frozen=True)
class Scope:
    """The document under control with its year, service areas and sections."""

    document: Document
    year: int
    areas: list[ServiceArea]
    sections: list[Section]

    @property
    def area_ids(self) -> list[int]:
        """Ids of the service areas."""
        return [area.pk for area in self.areas]


@dataclass(frozen=True)
class Finding:
    """Something that looks wrong.

    `rule` and `subject` are the same for the same finding next time. `place` and `message` are Norwegian: where it
    is, what is wrong and what to do.
    """

    rule: str
    subject: str
    place: str
    message: str

    @property
    def key(self) -> str:
        """The finding's address: the rule and what it is about."""
        return f"{self.rule}:{self.subject}"[:200]
