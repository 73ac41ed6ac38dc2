"""Search in everything published."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from publishing import searching
from publishing.models import Publication, PublishedIndicator
from publishing.public.page import page, trail

PER_PAGE = 20
MOST_INDICATORS = 5


@require_safe
@conditional_page
def search(request: HttpRequest) -> HttpResponse:
    """The passages that match, best first, twenty on a page; in the newest versions unless older are asked for."""
    question = searching.readable(request.GET.get("q", ""))
    newest = Publication.objects.latest_of_each().defer("contents")
    with_older, chosen = "eldre" in request.GET, request.GET.get("dokument", "")
    within = Publication.objects.all() if with_older else newest
    within = within.filter(slug=chosen) if chosen else within
    shown = Paginator(searching.search(question, publications=within), PER_PAGE).get_page(request.GET.get("side"))
    passages = list(shown.object_list)
    context = {
        "question": question,
        "documents": newest,
        "chosen": chosen,
        "with_older": with_older,
        "shown": shown,
        "hits": list(zip(passages, searching.excerpts(question, passages), strict=True)) if passages else [],
        "indicators": _indicators(question, newest) if shown.number == 1 else [],
        "trail": trail(("", _("Søk"))),
    }
    return page(request, "publishing/search.html", context)


def _indicators(question: str, publications: QuerySet[Publication]) -> list[PublishedIndicator]:
    """Indicators whose name has every word, each once, from the newest publication."""
    words = searching.words_of(question)
    found: dict[str, PublishedIndicator] = {}
    rows = PublishedIndicator.objects.filter(publication__in=publications).order_by(
        "-publication__published_at", "name"
    )
    for row in rows.only("slug", "name") if words else ():
        if all(word.casefold() in row.name.casefold() for word in words):
            found.setdefault(row.slug, row)
    return list(found.values())[:MOST_INDICATORS]
