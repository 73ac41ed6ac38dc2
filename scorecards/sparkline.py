"""A small line of the last values, as SVG. Pure, without the ORM; its colour is that of the words around it."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

WIDTH, HEIGHT = 96, 28
EDGE = 4
MOST = 8
FEWEST = 2

Point = tuple[float, float]


def draw(series: Sequence[Decimal | None], *, words: str, target: Decimal | None = None) -> str:
    """The last eight values as a line with a point on the last; "" for fewer than two numbers.

    None is a period without a number, and leaves a gap. `target` is drawn as a dashed line. `words` say aloud what the
    picture shows.
    """
    shown = series[-MOST:]
    known = [value for value in shown if value is not None]
    if len(known) < FEWEST:
        return ""
    scale = [*known, target] if target is not None else known
    low, span = min(scale), max(scale) - min(scale)
    step = (WIDTH - 2 * EDGE) / (len(shown) - 1)
    points = [
        None if value is None else (EDGE + index * step, _height(value, low, span)) for index, value in enumerate(shown)
    ]
    picture = _picture(words)
    if target is not None:
        y = f"{_height(target, low, span):.1f}"
        _add(picture, "line", x1="0", x2=f"{WIDTH}", y1=y, y2=y, opacity="0.6", stroke_dasharray="3 3")
    for run in stretches(points):
        _add(picture, "polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in run), stroke_width="1.5")
    x, y_last = next(point for point in reversed(points) if point)
    _add(picture, "circle", cx=f"{x:.1f}", cy=f"{y_last:.1f}", r="3", fill="currentColor", stroke="none")
    return ElementTree.tostring(picture, encoding="unicode")


def _height(value: Decimal, low: Decimal, span: Decimal) -> float:
    """How far down the value is drawn; in the middle where all are alike."""
    part = float((value - low) / span) if span else 0.5
    return HEIGHT - EDGE - part * (HEIGHT - 2 * EDGE)


def stretches(points: Sequence[Point | None]) -> list[list[Point]]:
    """The stretches of at least two points without a gap."""
    runs: list[list[Point]] = []
    for before, after in pairwise(points):
        if before and after:
            if runs and runs[-1][-1] is before:
                runs[-1].append(after)
            else:
                runs.append([before, after])
    return runs


def _picture(words: str) -> ElementTree.Element:
    size = {"width": f"{WIDTH}", "height": f"{HEIGHT}", "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    look = {"class": "sparkline", "role": "img", "fill": "none", "stroke": "currentColor"}
    picture = ElementTree.Element("svg", size | look)
    ElementTree.SubElement(picture, "title").text = words
    return picture


def _add(picture: ElementTree.Element, tag: str, **attributes: str) -> None:
    ElementTree.SubElement(picture, tag, {name.replace("_", "-"): value for name, value in attributes.items()})
