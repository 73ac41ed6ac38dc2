"""What a chart shows, in words: the message first, made of the same numbers as the picture."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from publishing.charts.plot import Plot
from publishing.charts.told_by_label import highest_and_lowest, one_beside_another, own_in_group, whole_and_parts
from publishing.charts.told_over_time import over_time

_TOLD: dict[str, Callable[[Plot], Iterator[str]]] = {
    "line": over_time,
    "column": over_time,
    "bar": highest_and_lowest,
    "stacked": whole_and_parts,
    "range": own_in_group,
    "profile": one_beside_another,
}


def in_words(plot: Plot) -> str:
    """The chart's message for those who do not see it: «Utlån per innbygger falt fra 3 i 2019 til 2,3 i 2022»."""
    return " ".join(f"{sentence}." for sentence in _TOLD[plot.kind](plot)) or _("Det er ingen tall å vise.")
