"""The page of a typing table: shown, saved, or shown again with what went wrong."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organisation.editing import person, saved, way_back
from organisation.typing_table import TypingTable


def typing_page(request: HttpRequest, template: str, grid: TypingTable, *, page: str, **context: Any) -> HttpResponse:
    """Save what was typed and go back; else the page, with the status that the table says. `page` is its address."""
    if request.method == "POST" and grid.store(request.POST, by=person(request)):
        return saved(request, page)
    context = {"grid": grid, "page": page, "next": way_back(request, "")} | context
    return render(request, template, context, status=grid.status)
