"""Money: lines in layers, where they were imported from, decisions that move them, frames and investments."""

from budget.models.batches import CodeMapping, ImportBatch, LedgerSource
from budget.models.codes import KostraArt
from budget.models.frames import Frame, FrameChange
from budget.models.investments import (
    InvestmentAmount,
    InvestmentFinancing,
    InvestmentPlan,
    InvestmentProject,
)
from budget.models.lines import BudgetAmendment, BudgetLine, BudgetLineQuerySet, Forecast

__all__ = [
    "BudgetAmendment",
    "BudgetLine",
    "BudgetLineQuerySet",
    "CodeMapping",
    "Forecast",
    "Frame",
    "FrameChange",
    "ImportBatch",
    "InvestmentAmount",
    "InvestmentFinancing",
    "InvestmentPlan",
    "InvestmentProject",
    "KostraArt",
    "LedgerSource",
]
