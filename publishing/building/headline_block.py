"""The headline figures of a unit: which of them the section says, where each comes from is said here.

`parameters["figures"]` names them in order: `result` (the deviation from the budget in per cent), `share-of-frame`
(of the municipality's frames), `share-of-budget` (the same of the budget lines), `fte`, and `indicator:SLUG`.
"""

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from budget.ledger.yearly import together
from organisation.numbers import show_number
from publishing.building.goal_tables import sentence
from publishing.building.material import Material
from publishing.building.place import MissingData, Place
from publishing.building.scorecard_block import origin_of, plain_value
from publishing.structure import Column, Item, Row, RowGroup, Table
from scorecards.models import Indicator, Observation

INDICATOR = "indicator:"
STANDARD = ("result", "share-of-frame", "fte")
HUNDRED, TENTH = Decimal(100), Decimal("0.1")


def headline_figures(place: Place, material: Material) -> Item:
    """The figures that say most about the unit, each with what it is; those that are not known are left out."""
    wanted = place.section.parameters.get("figures") or list(STANDARD)
    measured = _measured([name.removeprefix(INDICATOR) for name in wanted if name.startswith(INDICATOR)], material)
    found = [measured.get(name) if name in measured else _computed(name, place, material) for name in wanted]
    rows = tuple(row for row in found if row)
    if not rows:
        return sentence(place, f"Det er ingen hovedtall for {place.section.unit.name} i {material.year} ennå.")
    return Table(
        anchor=place.anchor,
        number=place.number,
        kind=place.section.block,
        caption=place.said("caption", f"Hovedtall for {place.section.unit.name}"),
        columns=(Column(f"{material.year}", "", "result"), Column("Hva tallet viser", "", "text")),
        groups=(RowGroup(rows),),
        section=place.section.pk,
    )


def _computed(name: str, place: Place, material: Material) -> Row | None:
    if name not in _FIGURES:
        raise MissingData(_("Avsnittet ber om hovedtallet «%(name)s», som ikke finnes.") % {"name": name})
    return _FIGURES[name](place, material)


def _row(name: str, label: str, number: Decimal, unit: str, *, note: str = "", words: str) -> Row:
    printed = show_number(number, decimals=1)
    cells = (f"{printed} {unit}".rstrip(), words)
    return Row(label, cells, (f"{number.quantize(TENTH)}", None), key=name, note=note)


def result(place: Place, material: Material) -> Row | None:
    """How far the accounts are from the budget, in per cent of it."""
    sums = together(material.sums, [one.pk for one in material.branch(place.section.unit)], material.year)
    percent = sums.percent
    if percent is None:
        return None
    words = "Budsjettet minus regnskapet, i prosent av budsjettet."
    return _row("result", "Resultat", percent, "%", note=name_of(sums.deviation or Decimal(0)), words=words)


def name_of(deviation: Decimal) -> str:
    """What a deviation is called: "mindreforbruk", "merforbruk", "i balanse"."""
    if not deviation:
        return "i balanse"
    return "mindreforbruk" if deviation > 0 else "merforbruk"


def share_of_frame(place: Place, material: Material) -> Row | None:
    """The unit's frame of the municipality's: of the top's own frame, else of all those right under it."""
    tops = [unit for unit in material.units if unit.parent_id is None]
    under = [unit for unit in material.units if unit.parent_id in {top.pk for top in tops}]
    frames = material.frames
    whole = [frames[unit.pk].amount for unit in tops if unit.pk in frames] or [
        frames[unit.pk].amount for unit in under if unit.pk in frames
    ]
    own = frames.get(place.section.unit_id)
    words = "Enhetens ramme i prosent av kommunens samlede ramme til drift."
    return _share("share-of-frame", own.amount if own else None, sum(whole, Decimal(0)), words)


def share_of_budget(place: Place, material: Material) -> Row | None:
    """The unit's budget of the municipality's, without what pays for it all: taxes, grants and interest."""
    own = together(material.framed_sums, [one.pk for one in material.branch(place.section.unit)], material.year)
    whole = together(material.framed_sums, [one.pk for one in material.units], material.year)
    words = "Enhetens budsjett i prosent av budsjettet for alle tjenestene i kommunen."
    return _share("share-of-budget", own.budget, whole.budget or Decimal(0), words)


def _share(name: str, own: Decimal | None, whole: Decimal, words: str) -> Row | None:
    if own is None or not whole:
        return None
    share = (own / whole * HUNDRED).quantize(TENTH, rounding=ROUND_HALF_UP)
    return _row(name, "Andel av samlet driftsramme", share, "%", words=words)


def full_time_equivalents(place: Place, material: Material) -> Row | None:
    """The unit's own figure on the last date up to the end of the year."""
    figures = material.staffing_of([place.section.unit])
    if not figures:
        return None
    last = max(figures, key=lambda figure: figure.counted_on)
    day = f"{last.counted_on:%d.%m.%Y}"
    return _row("fte", "Årsverk", last.fte, "", note=day, words=f"Årsverk i enheten, talt {day}.")


_FIGURES: dict[str, Callable[[Place, Material], Row | None]] = {
    "result": result,
    "share-of-frame": share_of_frame,
    "share-of-budget": share_of_budget,
    "fte": full_time_equivalents,
}


def _measured(slugs: Iterable[str], material: Material) -> dict[str, Row | None]:
    """The last result within the year of each of the indicators, by its name among the figures. Two queries.

    Raises `MissingData` for an indicator that nobody has made.
    """
    wanted = list(slugs)
    known = set(Indicator.objects.filter(slug__in=wanted).values_list("slug", flat=True)) if wanted else set()
    for slug in wanted:
        if slug not in known:
            raise MissingData(_("Avsnittet viser til indikatoren «%(slug)s», som ikke finnes.") % {"slug": slug})
    results = Observation.objects.filter(
        indicator__slug__in=known,
        kind=Observation.Kind.RESULT,
        period__end__year=material.year,
        reference_group=None,
    )
    ordered = results.select_related("indicator", "period").order_by("period__end", "-period__start") if known else []
    last = {one.indicator.slug: one for one in ordered if one.text}
    return {f"{INDICATOR}{slug}": _of_indicator(last.get(slug)) for slug in wanted}


def _of_indicator(observation: Observation | None) -> Row | None:
    if observation is None:
        return None
    indicator = observation.indicator
    return Row(
        label=indicator.name,
        cells=(observation.printed, indicator.definition),
        values=(plain_value(observation), None),
        key=indicator.slug,
        origins=(origin_of(observation), None),
    )
