"""What has changed from one version to another."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from publishing import comparison as comparing
from publishing.json_form import from_text
from publishing.models import Publication
from publishing.public.page import cached, page, trail
from publishing.structure import Contents


@require_safe
@conditional_page
def compare(request: HttpRequest) -> HttpResponse:
    """Lead to the comparison of the two versions that were chosen; without a choice, let the reader choose."""
    slug, old, new = (request.GET.get(name, "") for name in ("dokument", "fra", "til"))
    if slug and old.isdecimal() and new.isdecimal():
        _found(_versions(slug), int(old), int(new))
        return cached(redirect(_address(slug, int(old), int(new))), is_immutable=False)
    if old or new:
        raise Http404
    publications = Publication.objects.defer("contents").order_by("-year", "title", "slug", "version")
    documents: dict[str, list[Publication]] = {}
    for publication in publications.filter(slug=slug) if slug else publications:
        documents.setdefault(publication.slug, []).append(publication)
    if slug and not documents:
        raise Http404
    several = [versions for versions in documents.values() if len(versions) > 1]
    context = {"documents": several, "trail": trail(_list(), ("", _("Sammenlign versjoner")))}
    return page(request, "publishing/comparison_choice.html", context)


@require_safe
@conditional_page
def comparison(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    """Every change between two versions of a document. Both are frozen, so the page is the same for ever.

    The versions to choose from are those up to the newer of the two, for the same reason.
    """
    versions = _versions(slug)
    before, after = _found(versions, old, new)
    if old == new:
        return cached(redirect("publishing:document", slug), is_immutable=False)
    frozen = _contents(before, after)
    context = {
        "old": before,
        "new": after,
        "versions": [one for one in versions if one.version <= max(old, new)],
        "comparison": comparing.compare(*frozen).between(old, new),
        "trail": trail(_list(), (after.get_absolute_url(), f"{after}"), ("", _("Endringer"))),
    }
    return page(request, "publishing/comparison.html", context, is_immutable=True)


def _versions(slug: str) -> list[Publication]:
    return list(Publication.objects.filter(slug=slug).defer("contents").order_by("version"))


def _found(versions: Sequence[Publication], *numbers: int) -> list[Publication]:
    """The versions of these numbers, in their order. Raises Http404 where one does not exist."""
    by_number = {one.version: one for one in versions}
    if not by_number.keys() >= set(numbers):
        raise Http404
    return [by_number[number] for number in numbers]


def _contents(*publications: Publication) -> list[Contents]:
    """What was frozen, in the order of the publications. One query."""
    texts = dict(Publication.objects.filter(pk__in=[one.pk for one in publications]).values_list("pk", "contents"))
    return [from_text(texts[one.pk]) for one in publications]


def _address(slug: str, old: int, new: int) -> str:
    return reverse("publishing:comparison", args=[slug, old, new])


def _list() -> tuple[str, str]:
    return reverse("publishing:publication_list"), _("Publikasjoner")
