"""Charts, drawn from the same table that stands under them."""

from publishing.charts.picture import Chart, draw, draw_plot
from publishing.charts.plot import Plot, Series
from publishing.charts.plotly import figure
from publishing.charts.series import plot_of
from publishing.charts.words import in_words

__all__ = ["Chart", "Plot", "Series", "draw", "draw_plot", "figure", "in_words", "plot_of"]
