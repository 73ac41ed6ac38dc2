"""Kroner become whole øre, before the columns that hold them become integers."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

AMOUNTS = (("InvestmentProject", "estimate"), ("HistoricalInvestmentProject", "estimate"), ("InvestmentAmount", "amount"))


def to_ore(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    for model, field in AMOUNTS:
        apps.get_model("budget", model).objects.update(**{field: F(field) * 100})


def to_kroner(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    for model, field in AMOUNTS:
        apps.get_model("budget", model).objects.update(**{field: F(field) / 100})


class Migration(migrations.Migration):
    dependencies = [("budget", "0001_investment_plans")]

    operations = [migrations.RunPython(to_ore, to_kroner)]
