"""What a chart holds, whatever draws it: labels, series of printed numbers, and what each series is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from organisation.numbers import show_number
from publishing.cells import HARD_SPACE

KINDS = ("line", "column", "bar", "stacked", "range", "profile")
OWN, AVERAGE, LOWEST, HIGHEST, GROUP = "own", "average", "lowest", "highest", "group"
STACK_STYLES = (0, 1, 3, 2, 4)
"""How the parts of a whole look: solid, half, hatched, light, empty. Neighbours are never alike."""
NEEDED_ROLES = {"range": (OWN, LOWEST, HIGHEST), "profile": (OWN, GROUP)}


def rounded(value: Decimal, decimals: int) -> Decimal:
    """The number with at most so many decimals, and none that was not there: 3 stays 3, 2.34 becomes 2.3."""
    exponent = value.as_tuple().exponent
    return value.quantize(Decimal(1).scaleb(max(-decimals, min(0, int(exponent)))), rounding=ROUND_HALF_UP) + 0


def printed(value: Decimal, decimals: int) -> str:
    """The number as it is printed, with hard spaces, the real minus sign and at most so many decimals: «1 246,5»."""
    number = rounded(value, decimals)
    return show_number(number, decimals=-int(number.as_tuple().exponent)).replace(" ", HARD_SPACE)


@dataclass(frozen=True)
class Series:
    """One line, the bars of one look, or one part that the kind of plot asks for by its role (see `Plot`).

    `values` has None where there is no figure; `decimals` are the most that any of them is printed with.
    """

    name: str
    values: tuple[Decimal | None, ...]
    decimals: int = 0
    is_sum: bool = False
    is_target: bool = False
    role: str = ""

    def show(self, value: Decimal) -> str:
        """One of its numbers, as it is printed."""
        return printed(value, self.decimals)

    def known(self) -> list[tuple[int, Decimal]]:
        """The place and the number, as printed, of every figure there is."""
        return [(place, rounded(one, self.decimals)) for place, one in enumerate(self.values) if one is not None]

    def at(self, place: int) -> Decimal | None:
        """The number at the place as it is printed, or None."""
        value = self.values[place]
        return None if value is None else rounded(value, self.decimals)


@dataclass(frozen=True)
class Plot:
    """What is drawn. All its figures share one unit and one scale.

    The kinds are:

    - line: over time. A series with `is_target` is what the others should reach: a thin line in steps.
    - column: over time, as bars side by side.
    - bar: for each label, lying down.
    - stacked: the parts of a whole for each label, lying down; no number below zero. A series whose role is an
      outcome ("reached", "nearly", "missed", "not_measured", "not_assessable") has that outcome's colour too.
    - range: for each label, where one stands in a group. The series have the roles "lowest", "highest" and "own", and
      "average" where it is known.
    - profile: for each label, one beside another on a common scale. The roles are "own" and "group".

    `forecast` is the index where the forecast begins, or None; `note` says what of the table is not in the picture.
    `direction` is "higher" or "lower" where a person has said which way is good, else "".
    Raises ValueError for what cannot be drawn.
    """

    kind: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    forecast: int | None = None
    unit: str = ""
    note: str = ""
    direction: str = ""

    def __post_init__(self) -> None:
        """Refuse what no picture could be true of."""
        missing = {role for role in NEEDED_ROLES.get(self.kind, ()) if self.role(role) is None}
        if self.kind not in KINDS or missing:
            raise ValueError(f"A plot of the kind {self.kind!r} lacks {sorted(missing)}")
        if any(len(one.values) != len(self.labels) for one in self.series):
            raise ValueError("A series needs a value, or None, for each label")
        if self.kind == "stacked" and any(value < 0 for value in numbers(self.series)):
            raise ValueError("The parts of a whole cannot be less than zero")

    @property
    def results(self) -> tuple[Series, ...]:
        """The series that are not targets."""
        return tuple(one for one in self.series if not one.is_target)

    def role(self, role: str) -> Series | None:
        """The series with the role, if any."""
        return next((one for one in self.series if one.role == role), None)

    def needed(self, role: str) -> Series:
        """The series with a role that the kind of plot must have."""
        return next(one for one in self.series if one.role == role)

    def is_foreseen(self, place: int) -> bool:
        """Whether what stands at the place is a forecast."""
        return self.forecast is not None and place >= self.forecast


def numbers(series: Sequence[Series]) -> list[Decimal]:
    """Every number of the series."""
    return [value for one in series for value in one.values if value is not None]
