"""The indicators and values of a case: what its tables refer to, and what is found in their cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from organisation.bulk import Facts, LoadingError, functions_by_code, in_waves, look_up, periods_for, write
from organisation.models import KostraFunction, Period, ServiceArea, Unit
from organisation.periods import Span
from scorecards import notation
from scorecards.cells import CellKey, key_of
from scorecards.gathering import IndicatorBook, cell
from scorecards.models import Indicator, Observation
from scorecards.registration import understand

WORDS = ("definition", "unit_of_measure", "scale", "direction", "frequency", "source")


@dataclass
class Case:
    """What the rows being written refer to, and the values found so far."""

    year: int
    units: Mapping[str, Unit]
    areas: Mapping[str, ServiceArea]
    functions: Mapping[str, KostraFunction] = field(default_factory=functions_by_code)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    periods: dict[Span, Period] = field(default_factory=dict)
    values: dict[CellKey, tuple[str, str, str]] = field(default_factory=dict)

    def indicator(self, slug: str, place: str) -> Indicator | None:
        """The indicator of the slug; None where nothing is said."""
        return look_up(self.indicators, slug, what="indikatoren", place=place) if slug else None

    def put(self, key: CellKey, said: Facts | str, place: str) -> None:
        """Take in one value; empty cells have none.

        Raises `LoadingError` where another place prints another text.
        """
        text, mark = cell(said)
        if not text:
            return
        other, other_mark, first = self.values.setdefault(key, (text, mark, place))
        if other != text:
            raise LoadingError(
                f"{place}: verdien er «{text}», men «{other}» for samme indikator, periode og type i {first}."
            )
        self.values[key] = (text, other_mark or mark, first)


def load_indicators(case: Case, book: IndicatorBook) -> None:
    """Write the indicators of the book that are not there."""
    case.indicators = Indicator.objects.in_bulk(field_name="slug")
    new = [facts for facts in book.all() if facts["slug"] not in case.indicators]
    for wave in in_waves(new, key="slug", refers_to=_references, known=case.indicators, place="indicators"):
        made = write(Indicator, [_indicator(case, facts) for facts in wave])
        case.indicators |= {row.slug: row for row in made}


def _references(indicator: Facts) -> set[str]:
    return {indicator[key] for key in ("same_as", "parent") if key in indicator}


def _indicator(case: Case, facts: Facts) -> Indicator:
    place = f"indikatoren {facts['slug']}"
    row = Indicator(
        slug=facts["slug"],
        name=facts["name"],
        owner=look_up(case.units, facts["owner"], what="enheten", place=place),
        unit=look_up(case.units, facts["unit"], what="enheten", place=place) if "unit" in facts else None,
        parent=case.indicators.get(facts.get("parent", "")),
        same_as=case.indicators.get(facts.get("same_as", "")),
        **{key: facts[key] for key in WORDS if key in facts},
    )
    for key, allowed in (
        ("direction", Indicator.DirectionChoice.values),
        ("frequency", Indicator.Frequency.values),
    ):
        if facts.get(key, allowed[0]) not in allowed:
            raise LoadingError(f"{place}: {key} «{facts[key]}» er ikke blant {', '.join(allowed)}.")
    return row


def load_values(case: Case) -> None:
    """Write the values that are not there.

    What the notation does not understand is kept as text, on purpose: it is what is printed.
    """
    case.periods |= periods_for(key.span for key in case.values)
    known = {key_of(row) for row in Observation.objects.select_related("period").filter(reference_group__isnull=True)}
    units = {row.pk: row.unit_of_measure for row in case.indicators.values()}
    rows = []
    for key, (text, mark, place) in case.values.items():
        if key in known:
            continue
        row = Observation(indicator_id=key.indicator_id, period=case.periods[key.span], kind=key.kind)
        try:
            value = notation.parse(text, as_text=True, units=[units[key.indicator_id]])
        except notation.NotationError as error:
            raise LoadingError(f"{place}: {error}") from error
        understand(row, value, mark)
        rows.append(row)
    write(Observation, rows)
