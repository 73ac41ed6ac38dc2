"""The ledger, from the municipality down to the line."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
