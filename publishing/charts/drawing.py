"""SVG without a browser: a drawing that lines, bars and words are put on. Colours are the page's own (currentColor)."""

import textwrap
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import floor, log10
from xml.etree import ElementTree

from organisation.numbers import show_number
from publishing.cells import HARD_SPACE

WIDTH = 680
FONT_SIZE = 12.5
LINE_HEIGHT = 15
LETTER = 6.6
"""The width of an average letter at this size, for room that must be set aside before anything is drawn."""

Point = tuple[float, float]
MARKERS = ("circle", "square", "triangle", "diamond")
OPACITIES = (0.9, 0.45, 0.12, 0.25, 0)
_RADIUS = 3.6
_HATCH = 5


def number(value: Decimal, decimals: int = 0) -> str:
    """The number as it is printed, with hard spaces."""
    return show_number(value, decimals=decimals).replace(" ", HARD_SPACE)


def width_of(text: str) -> float:
    """About how wide the text is drawn."""
    return len(text) * LETTER


def wrap(text: str, letters: int, lines: int = 3) -> list[str]:
    """The text in lines of at most so many letters; what there is no room for becomes an ellipsis."""
    return textwrap.wrap(text, letters, max_lines=lines, placeholder=" …") or [""]


def ticks(values: Sequence[Decimal], *, from_zero: bool = True) -> list[Decimal]:
    """Four to seven round numbers that span the values, and zero: a small change shall look small.

    Only what is told by a place and not by a length may do without zero, and only where zero is far away.
    """
    low, high = min([*values, Decimal(0)]), max([*values, Decimal(0)])
    if not from_zero and values and min(values) * 2 > max(values):
        low = min(values)
    high = high if high > low else low + 1
    span = high - low
    magnitude = Decimal(1).scaleb(floor(log10(span / 4)))
    step = next(magnitude * factor for factor in (1, 2, 5, 10) if magnitude * factor * 5 >= span)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return [step * count for count in range(int(first), int(last) + 1)]


def decimals_of(steps: Sequence[Decimal]) -> int:
    """How many decimals the numbers need."""
    return max(max(0, -int(step.normalize().as_tuple().exponent)) for step in steps)


class Drawing:
    """An SVG element of a given size, in its own units, that fills the width it is given."""

    def __init__(self, width: float, height: float, *, css: str = "chart__picture", color: str = "") -> None:
        self.root = ElementTree.Element(
            "svg",
            {
                "class": css,
                "viewBox": f"0 0 {width:g} {height:g}",
                "role": "img",
                "font-family": "Inter, sans-serif",
                "font-size": f"{FONT_SIZE:g}",
                **({"color": color, "stroke-width": "0.6"} if color else {}),
            },
        )

    def __str__(self) -> str:
        return ElementTree.tostring(self.root, encoding="unicode")

    def add(self, tag: str, text: str = "", /, **attributes: str | float) -> None:
        """An element. An underscore in a name stands for a hyphen; `css` is the class."""
        named = {
            "class" if name == "css" else name.replace("_", "-"): _plain(value) for name, value in attributes.items()
        }
        ElementTree.SubElement(self.root, tag, named).text = text or None

    def describe(self, title: str, description: str, anchor: str) -> None:
        """The picture's name and what it shows in words, for those who do not see it."""
        for tag, text in (("title", title), ("desc", description)):
            self.add(tag, text, id=f"{anchor}-{tag}")
        self.root.set("aria-labelledby", f"{anchor}-title {anchor}-desc")

    def words(
        self, lines: Sequence[str], x: float, y: float, *, anchor: str = "start", weight: int = 400, css: str = ""
    ) -> None:
        """Lines of text; `y` is the foot of the first."""
        for count, line in enumerate(lines):
            place: dict[str, str | float] = {
                "x": x,
                "y": y + count * LINE_HEIGHT,
                "text_anchor": anchor,
                "fill": "currentColor",
            }
            self.add("text", line, css=f"chart__label {css}".strip(), font_weight=weight, **place)

    def rule(self, start: Point, end: Point, *, css: str, opacity: float = 1, dashes: str = "none") -> None:
        """A thin straight line: an axis or a grid line."""
        ends = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
        self.add("line", css=css, stroke="currentColor", stroke_opacity=opacity, stroke_dasharray=dashes, **ends)

    def path(
        self, points: Sequence[Point], *, css: str, width: float, opacity: float = 1, dashes: str = "none"
    ) -> None:
        """A line through the points."""
        self.add(
            "polyline",
            css=css,
            points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
            fill="none",
            stroke="currentColor",
            stroke_width=width,
            stroke_opacity=opacity,
            stroke_dasharray=dashes,
        )

    def bar(
        self, corner: Point, width: float, height: float, *, style: int, is_forecast: bool = False, role: str = ""
    ) -> None:
        """A bar by its style: solid, half, light, hatched or empty, with an outline that keeps it legible in grey."""
        style %= len(OPACITIES)
        self.add(
            "rect",
            css=f"chart__bar chart__bar--{role or style + 1}{' chart__forecast' if is_forecast else ''}",
            x=corner[0],
            y=corner[1],
            width=width,
            height=height,
            fill="currentColor",
            fill_opacity=OPACITIES[2] if is_forecast else OPACITIES[style],
            stroke="currentColor",
            stroke_dasharray="3 2" if is_forecast else "none",
        )
        if OPACITIES[style] == OPACITIES[3]:
            self._hatch(corner, width, height, f"chart__line chart__hatch chart__bar--{role or style + 1}")

    def _hatch(self, corner: Point, width: float, height: float, css: str) -> None:
        """Slanting strokes inside a box: strokes and not a pattern, since a pattern needs an id of its own."""
        left, top = corner
        strokes = []
        for start in range(_HATCH, int(width + height), _HATCH):
            begin, end = min(start, height), max(0.0, start - width)
            strokes.append(f"M{left + start - begin:.1f} {top + begin:.1f}L{left + start - end:.1f} {top + end:.1f}")
        if strokes:
            self.add("path", css=css, d="".join(strokes), stroke="currentColor", stroke_width=0.8)

    def marker(self, point: Point, style: int) -> None:
        """A point of a line: circle, square, triangle or diamond, every other one hollow."""
        is_hollow = style % 2 == 1
        look: dict[str, str | float] = {
            "css": f"chart__marker chart__marker--{'hollow' if is_hollow else 'solid'}",
            "fill": "#fff" if is_hollow else "currentColor",
            "stroke": "currentColor",
            "stroke_width": 1.5,
        }
        x, y = point
        shape = MARKERS[style % len(MARKERS)]
        if shape == "circle":
            self.add("circle", cx=x, cy=y, r=_RADIUS, **look)
        else:
            corners = " ".join(f"{x + dx * _RADIUS:.1f},{y + dy * _RADIUS:.1f}" for dx, dy in _CORNERS[shape])
            self.add("polygon", points=corners, **look)


_CORNERS: dict[str, tuple[Point, ...]] = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "triangle": ((0, -1.2), (1.15, 0.9), (-1.15, 0.9)),
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
}


def _plain(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
