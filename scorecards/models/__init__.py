"""What is measured, what was found, and how it is set up as scorecards and key-figure tables."""

from scorecards.models.cards import Scorecard, ScorecardColumn, ScorecardGroup, ScorecardRow
from scorecards.models.footnotes import FootnotedModel
from scorecards.models.indicators import Indicator, IndicatorQuerySet, Observation, ObservationQuerySet, ReferenceGroup
from scorecards.models.key_figures import KeyFigureColumn, KeyFigureRow, KeyFigureTable

__all__ = [
    "FootnotedModel",
    "Indicator",
    "IndicatorQuerySet",
    "KeyFigureColumn",
    "KeyFigureRow",
    "KeyFigureTable",
    "Observation",
    "ObservationQuerySet",
    "ReferenceGroup",
    "Scorecard",
    "ScorecardColumn",
    "ScorecardGroup",
    "ScorecardRow",
]
