"""The plans the municipality steers by, what is to be done, and the documents it writes."""

from plans.models.documents import Document, FindingAcceptance, Section, SectionQuerySet
from plans.models.measures import Measure, MeasureEffect, MeasureStatus
from plans.models.strategy import DevelopmentItem, PlanContribution, StrategicPlan

__all__ = [
    "DevelopmentItem",
    "Document",
    "FindingAcceptance",
    "Measure",
    "MeasureEffect",
    "MeasureStatus",
    "PlanContribution",
    "Section",
    "SectionQuerySet",
    "StrategicPlan",
]
