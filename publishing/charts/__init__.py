"""Charts, drawn from the same table that stands under them."""

from publishing.charts.picture import Chart, draw, in_words

__all__ = ["Chart", "draw", "in_words"]
