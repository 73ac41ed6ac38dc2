"""Where things lie on a drawing: figures up an axis over time, or rows with a name to the left; and legends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from publishing.charts.drawing import (
    LINE_HEIGHT,
    WIDTH,
    Drawing,
    Point,
    decimals_of,
    number,
    ticks,
    width_of,
    wrap,
)
from publishing.charts.plot import Plot, numbers

NAME_LETTERS = 38
LEGEND_LINE = 22

Sample = Callable[[Point], None]
"""Draws what a name in a legend stands for, in a box of 12 by 12 with this upper left corner."""


@dataclass(frozen=True)
class Frame:
    """Figures up an axis, labels along the foot."""

    left: float
    right: float
    top: float
    bottom: float
    steps: Sequence[Decimal]

    @classmethod
    def of(cls, plot: Plot, *, right: float, top: float, height: float) -> "Frame":
        """Room for the plot's figures between the axis and `right`, of that height."""
        steps = ticks(numbers(plot.series))
        decimals = decimals_of(steps)
        left = max(width_of(number(step, decimals)) for step in steps) + 12
        return cls(left, right, top, top + height, steps)

    def y(self, value: Decimal) -> float:
        """How far down the figure lies."""
        low, high = self.steps[0], self.steps[-1]
        return self.bottom - float((value - low) / (high - low)) * (self.bottom - self.top)

    def draw_axis(self, drawing: Drawing) -> None:
        """A rule for each step, and its number."""
        decimals = decimals_of(self.steps)
        for step in self.steps:
            y = self.y(step)
            css, opacity = ("chart__axis", 0.8) if step == 0 else ("chart__grid", 0.2)
            drawing.rule((self.left, y), (self.right, y), css=css, opacity=opacity)
            drawing.words([number(step, decimals)], self.left - 8, y + 4, anchor="end")

    def draw_labels(self, drawing: Drawing, places: Sequence[float], labels: Sequence[str]) -> None:
        """The labels under their places; where they are too long for that every other one, the last one always."""
        widest = max((width_of(label) for label in labels), default=0) + 6
        apart = (places[-1] - places[0]) / (len(places) - 1) if len(places) > 1 else WIDTH
        every = max(1, -int(-widest // apart))
        for place, label in list(zip(places, labels, strict=True))[::-1][::every]:
            drawing.words([label], place, self.bottom + 18, anchor="middle")


@dataclass(frozen=True)
class Rows:
    """A row for each label, with its name to the left and a scale from side to side."""

    names: Sequence[list[str]]
    left: float
    right: float
    top: float
    slot: float
    steps: Sequence[Decimal]

    @classmethod
    def of(
        cls, plot: Plot, scaled: Sequence[Decimal], *, top: float, slot: float, aside: float, from_zero: bool = True
    ) -> "Rows":
        """Room for the plot's labels and the figures `scaled`, with `aside` left free at the right edge."""
        names = [wrap(label, NAME_LETTERS, lines=2) for label in plot.labels]
        left = max((width_of(line) for name in names for line in name), default=0) + 14
        slot = max(slot, 2 * LINE_HEIGHT + 4)
        return cls(names, left, WIDTH - aside, top, slot, ticks(scaled, from_zero=from_zero))

    @property
    def bottom(self) -> float:
        """The foot of the last row."""
        return self.top + self.slot * len(self.names)

    def x(self, value: Decimal) -> float:
        """How far to the right the figure lies."""
        low, high = self.steps[0], self.steps[-1]
        return self.left + float((value - low) / (high - low)) * (self.right - self.left)

    def middle(self, place: int) -> float:
        """How far down the row's middle lies."""
        return self.top + (place + 0.5) * self.slot

    def draw_names(self, drawing: Drawing) -> None:
        """The labels to the left of their rows."""
        for place, name in enumerate(self.names):
            foot = self.middle(place) + 4 - (len(name) - 1) * LINE_HEIGHT / 2
            drawing.words(name, self.left - 8, foot, anchor="end")

    def draw_axis(self, drawing: Drawing) -> None:
        """A rule down through the rows for each step, and its number under it."""
        decimals = decimals_of(self.steps)
        for step in self.steps:
            css, opacity = ("chart__axis", 0.8) if step == 0 else ("chart__grid", 0.2)
            drawing.rule((self.x(step), self.top), (self.x(step), self.bottom), css=css, opacity=opacity)
            drawing.words([number(step, decimals)], self.x(step), self.bottom + 16, anchor="middle")


def legend_height(names: Sequence[str]) -> float:
    """The room that a legend with those names takes above the rest; none for a single name."""
    return LEGEND_LINE * (_places(names)[-1][1] + 1) + 4 if len(names) > 1 else 0


def draw_legend(drawing: Drawing, entries: Sequence[tuple[str, Sample]]) -> None:
    """What each name looks like, above the rest; nothing where there is one name only."""
    names = [name for name, _sample in entries]
    for (name, sample), (x, line) in zip(entries, _places(names), strict=True) if len(entries) > 1 else ():
        top = 5 + line * LEGEND_LINE
        sample((x, top))
        drawing.words([name], x + 18, top + 11)


def _places(names: Sequence[str]) -> list[tuple[float, int]]:
    """Where each name of a legend begins, and on which line, as many to a line as there is room for."""
    x, line, places = 8.0, 0, []
    for name in names:
        if x > LEGEND_LINE and x + width_of(name) + 18 > WIDTH:
            x, line = 8.0, line + 1
        places.append((x, line))
        x += width_of(name) + 42
    return places
