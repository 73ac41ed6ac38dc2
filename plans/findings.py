"""What the control looks at and what it finds."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

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


TITLES = {
    "sum-differs": _("Summer som ikke stemmer"),
    "step": _("Tall som gjør et hopp fra ett år til det neste"),
    "two-values": _("Samme mål med to verdier"),
    "percentage": _("Andeler utenfor 0–100 %"),
    "no-target": _("Indikatorer uten mål"),
    "no-direction": _("Mål uten retning"),
    "function-not-valid": _("KOSTRA-funksjoner som ikke gjelder i året"),
    "plan-expired": _("Planer som har gått ut"),
    "section-empty": _("Avsnitt uten tekst"),
    "operations-unbalanced": _("Drift som ikke går opp"),
    "investment-unbalanced": _("Investeringer som ikke går opp"),
    "deficit": _("Budsjett med merforbruk eller udekket beløp"),
    "depreciation-differs": _("Avskrivninger som er ulike motposten"),
    "transfer-differs": _("Overføring til investering som er ulik på de to sidene"),
    "relending-unbalanced": _("Videreutlån som ikke går opp"),
    "parts-differ": _("Fordelinger som ikke gir summen i første del"),
    "art-unplaced": _("Linjer som ikke hører til noen rad"),
    "amendment-unbalanced": _("Budsjettreguleringer som endrer summen"),
    "measure-without-goal": _("Tiltak uten mål eller plan"),
    "measure-without-effect": _("Tiltak uten virkning og begrunnelse"),
    "measure-without-status": _("Tiltak som ingen har fulgt opp"),
    "measures-differ-from-frame": _("Tiltak som ikke stemmer med rammen"),
}


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

    @property
    def title(self) -> str:
        """What findings of this rule have in common."""
        return str(TITLES[self.rule])
