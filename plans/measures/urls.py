"""Measures and their follow-up."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
