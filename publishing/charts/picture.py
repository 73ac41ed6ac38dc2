"""Charts as SVG, drawn in Python from the same table that stands under them. They read in grey, in the dark and aloud.

Nothing but shape, weight, pattern and nearness to its name tells a series from another. What is told by a length
begins at zero.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from publishing.charts.bars import bar, column, stacked
from publishing.charts.drawing import Drawing
from publishing.charts.groups import profile, range_of_group
from publishing.charts.lines import line
from publishing.charts.plot import Plot, numbers
from publishing.charts.series import plot_of
from publishing.charts.words import in_words
from publishing.structure import Table

FEW_FIGURES = 14


@dataclass(frozen=True)
class Chart:
    """A drawn chart: the SVG, what it shows in words, the unit of its axis, and what of the table it leaves out.

    `is_worth_exploring` is whether it has so many figures that picking among them helps.
    """

    svg: str
    words: str
    unit: str
    note: str
    is_worth_exploring: bool = False


def draw(table: Table, *, prefix: str = "", color: str = "") -> Chart | None:
    """The table's chart, or None. `prefix` makes its ids unlike those of other chapters; `color` is for paper."""
    plot = plot_of(table)
    return draw_plot(plot, title=table.caption, anchor=f"{prefix}{table.anchor}", color=color) if plot else None


def draw_plot(plot: Plot, *, title: str, anchor: str, color: str = "") -> Chart:
    """The plot as a picture. `anchor` makes its ids; `color` is for paper."""
    drawing = _KINDS[plot.kind](plot, color)
    words = in_words(plot)
    name = _("Diagram: %(caption)s") % {"caption": title}
    if color:  # a picture in a PDF has one text, and WeasyPrint takes the title
        name = f"{name.rstrip('.')}. {words}"
    drawing.describe(name, words, f"{anchor}-chart")
    return Chart(f"{drawing}", words, plot.unit, plot.note, len(numbers(plot.series)) > FEW_FIGURES)


_KINDS: dict[str, Callable[[Plot, str], Drawing]] = {
    "line": line,
    "column": column,
    "bar": bar,
    "stacked": stacked,
    "range": range_of_group,
    "profile": profile,
}
