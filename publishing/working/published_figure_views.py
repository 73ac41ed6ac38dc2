"""From a published figure to the working row it was copied from, for those who are signed in and may see that row."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from organisation import periods
from publishing.models import PublishedObservation
from scorecards.models import Observation


@login_required
@require_GET
def published_figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to who entered the figure, when, and from which import.

    404 where the working row is gone since. Whether the person may see it, the page that it leads to decides.
    """
    published = get_object_or_404(PublishedObservation.objects.only("indicator_slug", "kind", "period"), pk=pk)
    span = periods.parse(published.period)
    observation = get_object_or_404(
        Observation.objects.only("pk"),
        indicator__slug=published.indicator_slug,
        kind=published.kind,
        period__kind=span.kind,
        period__start=span.start,
        period__end=span.end,
        reference_group=None,
    )
    return redirect("scorecards:observation_explain", observation.pk)
