"""Rounds, the units' reports, and what was sent to remind of them."""

from reporting.models.reminders import Reminder
from reporting.models.reports import (
    EXPLANATION,
    ROW_TEXTS,
    KeptEntry,
    ReportEconomy,
    ReportRow,
    ReportStep,
    ReportText,
    UnitReport,
    UnitReportQuerySet,
)
from reporting.models.rounds import ReportingRound

__all__ = [
    "EXPLANATION",
    "ROW_TEXTS",
    "KeptEntry",
    "Reminder",
    "ReportEconomy",
    "ReportRow",
    "ReportStep",
    "ReportText",
    "ReportingRound",
    "UnitReport",
    "UnitReportQuerySet",
]
