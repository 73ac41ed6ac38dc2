"""What a new document of a kind holds: headings, blocks and guiding words, in order. Pure.

The words become the document's own, to be written over, and are not translated. Whoever publishes the document may
add, move and remove sections afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from plans.models import Document, Section

Block, Kind = Section.Block, Document.Kind
LINE = "_" * 38
OWN = "{unit}"
"""Stands in a parameter for the address of the document's unit."""


@dataclass(frozen=True)
class Part:
    """A section of a template. `text` is HTML, `shown` are its blocks with their parameters, `below` its sections."""

    heading: str
    text: str = ""
    shown: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    below: tuple["Part", ...] = field(default=())


@dataclass(frozen=True)
class Template:
    """What a document of a kind is called and holds. `title` takes `year` and `unit`."""

    title: str
    parts: tuple[Part, ...]


UNIT_REPORT = Template(
    title="Enhetsrapport {year}: {unit}",
    parts=(
        Part(
            "Hovedtall",
            shown=(
                (Block.HEADLINE_FIGURES, {"figures": ["result", "share-of-frame", "fte"]}),
                (Block.ACCOUNTS, {"caption": "Driftsutgifter", "rows": ["actual"]}),
            ),
        ),
        Part("Målekort", shown=((Block.UNIT_SCORECARD, {}),)),
        Part(
            "Avviksforklaring",
            below=(
                Part("Økonomi", shown=((Block.ACCOUNTS, {"caption": "Merforbruk/mindreforbruk"}),)),
                Part("Arbeidsgiver", below=(Part("Sykefravær"), Part("Årsverk", shown=((Block.UNIT_STAFFING, {}),)))),
                Part("Tjenesteleverandør"),
            ),
        ),
        Part("Fremtidige utfordringer"),
        Part("Om enheten"),
    ),
)

LEADER_AGREEMENT = Template(
    title="Lederavtale {year}: {unit}",
    parts=(
        Part("Mål", shown=((Block.UNIT_SCORECARD, {}),)),
        Part("Ramme", shown=((Block.FRAMES, {"unit": OWN}),)),
        Part("Bemanning", shown=((Block.UNIT_STAFFING, {}),)),
        Part("Oppgaver og tiltak", shown=((Block.MEASURES, {}),)),
        Part(
            "Oppfølging",
            "<p>Leder og overordnet går gjennom mål, ramme, bemanning og tiltak etter hvert tertial.</p>",
        ),
        Part(
            "Signatur",
            f"<p>Leder, dato og underskrift: {LINE}</p><p>Overordnet, dato og underskrift: {LINE}</p>",
        ),
    ),
)

TEMPLATES: dict[str, Template] = {Kind.UNIT_REPORT: UNIT_REPORT, Kind.LEADER_AGREEMENT: LEADER_AGREEMENT}
"""The kinds of documents that are started from a template."""
