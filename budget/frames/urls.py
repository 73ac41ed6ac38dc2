"""Frames, and decisions that move the budget."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
