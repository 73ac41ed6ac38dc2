"""What others build on: data, their description, feed and site map."""

from django.contrib.sitemaps.views import sitemap
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from publishing.files import schema
from publishing.files.data_package import LICENCE
from publishing.models import Publication, PublishedFigure, PublishedFile
from publishing.public.feeds import PublicationMap, whole_address
from publishing.public.page import cached, page, trail

NEWEST = 10


@require_safe
@conditional_page
def open_data(request: HttpRequest) -> HttpResponse:
    """What data there are, how to use them, and on which terms. Four queries."""
    files = Prefetch("files", PublishedFile.objects.defer("content").order_by("pk"))
    versions = Publication.objects.defer("contents").order_by("-published_at", "-pk").prefetch_related(files)
    newest = list(versions[:NEWEST])
    context = {
        "publications": newest,
        "examples": _examples(newest),
        "licence": LICENCE,
        "site": whole_address(""),
        "trail": trail(("", _("Åpne data"))),
    }
    return page(request, "publishing/open_data.html", context)


def _examples(newest: list[Publication]) -> list[tuple[str, str]]:
    """Questions that the API can answer, with addresses that do answer. At most one query."""
    found = [(_("Alle versjoner av alle dokumenter, de nyeste først:"), api_address("publications"))]
    with_goals = PublishedFigure.objects.filter(publication__in=newest).order_by("-publication__published_at", "pk")
    goal = with_goals.values_list("publication__slug", "publication__version", "indicator_slug").first()
    if goal:
        slug, version, indicator = goal
        missed = f"{api_address('publication_goals', slug, version)}?outcome=missed"
        values = f"{api_address('observations')}?indicator={indicator}&kind=result"
        found += [
            (_("Målene som ikke er nådd i en publikasjon:"), missed),
            (_("Hva en indikator måler:"), api_address("indicator", indicator)),
            (_("Alle resultater for en indikator:"), values),
        ]
    return found


def api_address(name: str, *parts: str | int) -> str:
    """The whole address of an answer of the API."""
    return whole_address(reverse(f"publishing:api:{name}", args=parts))


@require_safe
@conditional_page
def publication_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of a publication's contents."""
    described = schema.publication_schema(whole_address(reverse("publishing:publication_schema")))
    options = {"ensure_ascii": False, "indent": 1}
    answer = JsonResponse(described, content_type="application/schema+json", json_dumps_params=options)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return cached(answer, is_immutable=False)


@require_safe
@conditional_page
def site_map(request: HttpRequest) -> HttpResponse:
    """Every page that a search engine should know, as XML."""
    answer = sitemap(request, {"publications": PublicationMap})
    return cached(answer.render(), is_immutable=False)


@require_safe
@conditional_page
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may visit: all that is public."""
    lines = [
        "User-agent: *",
        "Disallow: /arbeid/",
        "Disallow: /admin/",
        "",
        f"Sitemap: {whole_address(reverse('publishing:sitemap'))}",
        "",
    ]
    return cached(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"), is_immutable=False)
