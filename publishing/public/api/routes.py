"""The read-only API over publications, indicators and observations, described in OpenAPI.

Everyone may read it, from any page: it knows no cookies, and gives nothing that is not published. Numbers are text
("12.66"), so that no program rounds them. Its words are bokmål whatever the language of the site, as they are part of
what other programs are written against.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, URLResolver
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI, Query, Router
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from publishing.models import Publication, PublishedFigure, PublishedObservation
from publishing.public.api.forms import (
    Filters,
    GoalFilters,
    GoalForm,
    IndicatorFilters,
    IndicatorForm,
    Listed,
    ObservationFilters,
    ObservationForm,
    Problem,
    PublicationFilters,
    PublicationForm,
    PublicationWithFiles,
    at,
    listed,
)
from publishing.public.api.problems import problem, said_of, unknown_filters
from publishing.public.api.queries import (
    last_day,
    missed_since,
    newest_indicators,
    says,
    shown_in,
    versions,
    with_files,
)
from publishing.public.feeds import whole_address
from publishing.public.page import cached

Answer = Callable[..., HttpResponse]

SAFE = ("GET", "HEAD")
NOT_FOUND = "Det finnes ikke noe på denne adressen."


class Readable(JSONRenderer):
    """JSON with Norwegian letters as they are."""

    json_dumps_params = {"ensure_ascii": False}


class OpenAPI(NinjaAPI):
    """An API that everyone may read and any cache may keep."""

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """The addresses, for `path`."""
        patterns, app, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = conditional_page(_open(pattern.callback))
        return patterns, app, namespace


def _open(view: Answer) -> Answer:
    """Reading only, from any site, with errors as JSON; what was found may lie in any cache for a minute."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in SAFE:
            return _read_by_all(
                problem(HTTPStatus.METHOD_NOT_ALLOWED, "API-et kan bare leses. Bruk GET.", Allow="GET, HEAD")
            )
        asked, request.method = request.method, "GET"
        try:
            found = view(request, *args, **kwargs)
        except Http404:
            found = problem(HTTPStatus.NOT_FOUND, NOT_FOUND)
        finally:
            request.method = asked
        return _read_by_all(found)

    return answer


def _read_by_all(response: HttpResponse) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = "*"
    if response.status_code == HTTPStatus.OK and "Cache-Control" not in response.headers:
        return cached(response, is_immutable=False)
    return response


api = OpenAPI(
    title="Planer og rapporter",
    description="Alt kommunen har publisert av mål, resultater og nøkkeltall. Bare lesing, ingen nøkkel. "
    "Tall er tekst med punktum som desimaltegn, så de ikke blir avrundet. Lisens: NLOD 2.0.",
    version="1",
    urls_namespace="publishing:api",
    docs_url=None,
    openapi_url="/v1/openapi.json",
    renderer=Readable(),
)
router = Router()
"""The first version of the API. What it gives is never taken away; another form would be a version of its own."""
PROBLEMS = {404: Problem, 422: Problem}


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """Nothing is there, or nothing that is published."""
    return problem(HTTPStatus.NOT_FOUND, NOT_FOUND)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A filter is unknown, or has a value that it cannot have."""
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, said_of(error))


@router.get(
    "/publications",
    response={200: Listed[PublicationForm], **PROBLEMS},
    summary="Publikasjoner",
    description="Alle versjoner av alle planer og rapporter, de nyeste først.",
)
def publications(request: HttpRequest, filters: Query[PublicationFilters]) -> Any:
    """All versions, newest first. Two queries."""
    rows = versions().order_by("-published_at", "-pk")
    for field in ("year", "kind", "stage"):
        if (chosen := getattr(filters, field)) is not None:
            rows = rows.filter(**{field: chosen})
    if filters.newest:
        rows = rows.filter(version=F("newest_version"))
    return _listed(request, filters, rows)


@router.get(
    "/publications/{slug}/{int:version}",
    response={200: PublicationWithFiles, **PROBLEMS},
    summary="Én publikasjon",
    description="Én versjon av en plan eller rapport, med filene.",
)
def publication(request: HttpRequest, slug: str, version: int) -> Any:
    """One version with its files. Two queries."""
    return get_object_or_404(versions().prefetch_related(with_files()), slug=slug, version=version)


@router.get(
    "/publications/{slug}/{int:version}/contents",
    response={200: dict[str, Any], **PROBLEMS},
    summary="Innholdet i en publikasjon",
    description="Hele innholdet, byte for byte det som kontrollsummen (SHA-256) er tatt over. "
    "Skjemaet på /data/publikasjon.schema.json beskriver det.",
)
def publication_contents(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """The frozen JSON as it is stored. One query."""
    found = get_object_or_404(Publication, slug=slug, version=version)
    answer = HttpResponse(found.contents.encode(), content_type="application/json")
    answer.headers["ETag"] = f'"{found.sha256}"'
    answer.headers["Link"] = f'<{at("publication_schema")}>; rel="describedby"; type="application/schema+json"'
    return cached(answer, is_immutable=True)


@router.get(
    "/publications/{slug}/{int:version}/goals",
    response={200: Listed[GoalForm], **PROBLEMS},
    summary="Målene i en publikasjon",
    description="Hvert mål med resultat, måltall, måloppnåelse, utvikling og hvor lenge det ikke har vært nådd.",
)
def publication_goals(request: HttpRequest, slug: str, version: int, filters: Query[GoalFilters]) -> Any:
    """The goals of one version, in its order. At most four queries."""
    found = get_object_or_404(Publication.objects.only("pk"), slug=slug, version=version)
    rows = PublishedFigure.objects.filter(publication=found).order_by("position")
    for field, chosen in (("outcome", filters.outcome), ("trend", filters.trend), ("chapter_slug", filters.area)):
        if chosen is not None:
            rows = rows.filter(**{field: chosen})
    if filters.missed_since is not None:
        rows = rows.filter(missed_since__in=missed_since(rows, last_day(filters.missed_since)))
    return _listed(request, filters, rows)


@router.get(
    "/indicators",
    response={200: Listed[IndicatorForm], **PROBLEMS},
    summary="Indikatorer",
    description="Alt som måles, slik det ble beskrevet i den nyeste publikasjonen som viser det. Sortert på navn.",
)
def indicators(request: HttpRequest, filters: Query[IndicatorFilters]) -> Any:
    """Each indicator once, by name. Two queries."""
    rows = newest_indicators()
    if filters.search:
        rows = rows.filter(says(filters.search))
    if filters.area:
        rows = rows.filter(shown_in(filters.area))
    return _listed(request, filters, rows.order_by("name", "slug"))


@router.get(
    "/indicators/{slug}",
    response={200: IndicatorForm, **PROBLEMS},
    summary="Én indikator",
    description="Hva den måler, slik det ble beskrevet i den nyeste publikasjonen som viser den.",
)
def indicator(request: HttpRequest, slug: str) -> Any:
    """What it measures. One query."""
    return get_object_or_404(newest_indicators(), slug=slug)


@router.get(
    "/observations",
    response={200: Listed[ObservationForm], **PROBLEMS},
    summary="Verdier",
    description="Resultater, måltall, prognoser og sammenligninger, hver med tallet og slik det er trykt. "
    "Samme verdi kan stå i flere publikasjoner. Uten versjon gis den nyeste av hvert dokument.",
)
def observations(request: HttpRequest, filters: Query[ObservationFilters]) -> Any:
    """The values of all indicators, by indicator and period. Two queries."""
    rows = PublishedObservation.objects.select_related("publication").defer("publication__contents")
    if filters.version is None:
        rows = rows.filter(publication__in=Publication.objects.latest_of_each().order_by().values("pk"))
    for field, chosen in (
        ("indicator_slug", filters.indicator),
        ("kind", filters.kind),
        ("publication__slug", filters.publication),
        ("publication__version", filters.version),
    ):
        if chosen is not None:
            rows = rows.filter(**{field: chosen})
    if filters.period is not None:
        rows = rows.filter(period=filters.period, period_ends_on=last_day(filters.period))
    order = ("indicator_slug", "period_ends_on", "period", "kind", "-publication__published_at", "pk")
    return _listed(request, filters, rows.order_by(*order))


@router.get("/{path:rest}", include_in_schema=False)
def nothing(request: HttpRequest, rest: str) -> None:
    """What is not there, said as JSON."""
    raise Http404


api.add_router("/v1", router)


def _listed(request: HttpRequest, filters: Filters, rows: QuerySet[Any]) -> dict[str, Any]:
    """The rows that were asked for, how many there are in all, and where the next are.

    Raises HttpError for a filter that is unknown: a slip of the pen must not give everything.
    """
    if unknown := set(request.GET) - set(type(filters).model_fields):
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, unknown_filters(unknown))
    asked = request.GET.copy()
    for name in ("limit", "offset"):
        asked.pop(name, None)
    address = whole_address(f"{request.path}?{asked.urlencode()}" if asked else request.path)
    items = list(rows[filters.offset : filters.offset + filters.limit])
    return listed(address, filters, rows.count(), items)
