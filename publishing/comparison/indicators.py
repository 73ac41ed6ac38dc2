"""What is said of the indicators themselves: how they are defined, read and owned. Pure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from publishing.comparison.changes import Change, wordings
from publishing.structure import Contents, IndicatorFacts
from scorecards.assessment import Direction

FREQUENCIES = {
    "month": "hver måned",
    "tertial": "hvert tertial",
    "year": "hvert år",
    "school-year": "hvert skoleår",
    "biennial": "annethvert år",
}


def changes(old: Contents, new: Contents, successors: dict[str, str]) -> Iterator[Change]:
    """The indicators of which something else is said, once each, wherever their figures stand.

    `successors` leads from the slug of an indicator to that of the one that has taken its row.
    """
    before, after = ({facts.slug: facts for facts in contents.indicators} for contents in (old, new))
    came_from = {new_slug: slug for slug, new_slug in successors.items()}
    for slug, facts in after.items():
        was = before.get(slug) or before.get(came_from.get(slug, ""))
        if was:
            change = _change(was, facts, {**before, **after})
            if change.is_something:
                yield change


def _change(old: IndicatorFacts, new: IndicatorFacts, facts_of: dict[str, IndicatorFacts]) -> Change:
    name = wordings((_("Navn"), old.name, new.name))
    said = wordings(
        (_("Definisjon"), old.definition, new.definition),
        (_("Måleenhet"), old.unit_of_measure, new.unit_of_measure),
        (_("Skala"), old.scale, new.scale),
        (_("Retning"), _direction(old.direction), _direction(new.direction)),
        (_("Slingringsmonn"), old.tolerance, new.tolerance),
        (_("Hvor ofte"), _frequency(old), _frequency(new)),
        (_("Kilde"), old.source, new.source),
        (_("Eier"), old.owner, new.owner),
        (_("Sektor"), old.sector, new.sector),
        (_("Samme mål som"), _name(old.same_as, facts_of), _name(new.same_as, facts_of)),
        (_("Avløser"), _name(old.succeeds, facts_of), _name(new.succeeds, facts_of)),
    )
    return Change("indicator", "changed", new.name, is_renamed=bool(name), wordings=name + said)


def _direction(code: str) -> str:
    return Direction(code).word if code in set(Direction) else code


def _frequency(facts: IndicatorFacts) -> str:
    return FREQUENCIES.get(facts.frequency, facts.frequency)


def _name(slug: str, facts_of: dict[str, IndicatorFacts]) -> str:
    return facts_of[slug].name if slug in facts_of else slug
