"""The ledger, from the municipality down to the line."""

from django.urls import path

from publishing.money import ledger_views

urlpatterns = [
    path("okonomi/", ledger_views.ledger, name="ledger"),
    path("okonomi/linjer/", ledger_views.ledger_lines, name="ledger_lines"),
    path("okonomi/tabell.<str:fmt>", ledger_views.ledger_file, name="ledger_file"),
]
