"""Charts, drawn from the same table that stands under them."""

from publishing.charts.picture import Chart, draw, draw_plot, in_words
from publishing.charts.plotly import figure
from publishing.charts.series import Plot, Series, plot_of

__all__ = ["Chart", "Plot", "Series", "draw", "draw_plot", "figure", "in_words", "plot_of"]
