"""The newest publications as an Atom feed, and the site map.

Both give whole addresses from the setting SITE_URL, never from the request: a cache may hand them to anyone.
"""

import datetime
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.db.models import Max, Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from organisation.models import Municipality
from publishing.files import kinds
from publishing.models import Publication, PublishedChapter, PublishedFigure, PublishedFile, PublishedIndicator
from publishing.public.page import cached

NEWEST_IN_FEED = 100
PAGES = ("front", "publication_list", "scorecard_overview", "explore", "open_data", "accessibility")

Place = tuple[str, datetime.datetime | None]
"""An address on this site, and when what stands there was last published."""


def whole_address(path: str) -> str:
    """The address with the site's name in front."""
    return f"{settings.SITE_URL}{path}"


class PublicationFeed(Feed):
    """The newest versions of all documents: each version is an entry of its own, which never changes."""

    feed_type = Atom1Feed

    @method_decorator((require_safe, conditional_page))
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The feed as XML. Three queries."""
        return cached(super().__call__(request, *args, **kwargs), is_immutable=False)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The municipality's name: the author of it all."""
        return Municipality.objects.filter(is_owner=True).values_list("name", flat=True).first() or ""

    def title(self, owner: str) -> str:
        """The feed's name."""
        return " – ".join(filter(None, [_("Planer og rapporter"), owner]))

    def subtitle(self) -> str:
        """What the feed tells of."""
        return _("Nye planer og rapporter, og nye versjoner av dem.")

    def author_name(self, owner: str) -> str:
        """Who publishes."""
        return owner or _("Kommunen")

    def link(self) -> str:
        """The page that shows the same."""
        return whole_address(reverse("publishing:publication_list"))

    def feed_url(self) -> str:
        """Where the feed itself is."""
        return whole_address(reverse("publishing:publication_feed"))

    feed_guid = feed_url

    def items(self) -> list[Publication]:
        """The newest versions, with their PDFs but not what stands in them."""
        pdfs = PublishedFile.objects.filter(media_type="application/pdf").defer("content").order_by("pk")
        newest = Publication.objects.defer("contents").order_by("-published_at", "-pk")
        return list(newest.prefetch_related(Prefetch("files", pdfs))[:NEWEST_IN_FEED])

    def item_title(self, item: Publication) -> str:
        """Title, version and stage, as plain text."""
        return f"{item} ({item.get_stage_display()})"

    def item_description(self, item: Publication) -> str:
        """The decision, and why there is a new version, as HTML."""
        return format_html_join("", "<p>{}</p>", ((line,) for line in _said_of(item)))

    def item_link(self, item: Publication) -> str:
        """The title page of this version."""
        return whole_address(item.get_absolute_url())

    item_guid = item_link

    def item_pubdate(self, item: Publication) -> datetime.datetime:
        """When it was published."""
        return item.published_at

    item_updateddate = item_pubdate

    def item_categories(self, item: Publication) -> list[str]:
        """The stage and the year, for readers that sort."""
        return [item.get_stage_display(), str(item.year)]

    def item_enclosures(self, item: Publication) -> list[Enclosure]:
        """The PDF, once it is made; not the archive's."""
        return [
            Enclosure(
                whole_address(reverse("publishing:publication_file", args=[item.slug, item.version, file.name])),
                str(file.size),
                file.media_type,
            )
            for file in item.files.all()
            if kinds.ending_of(file.name) == kinds.PDF
        ]


def _said_of(publication: Publication) -> list[str]:
    day = date_format(localdate(publication.published_at), _("j. F Y"))
    told = [_("%(stage)s, publisert %(date)s.") % {"stage": publication.get_stage_display().capitalize(), "date": day}]
    if publication.decision:
        told.append(_("Vedtak: %(decision)s.") % {"decision": publication.decision})
    if publication.reason:
        words = _("Retter en feil: %(reason)s") if publication.is_correction else _("Endret: %(reason)s")
        told.append(words % {"reason": publication.reason})
    return told


class PublicationMap(Sitemap):
    """Every page that a search engine should know: the newest of each document, and what goes across them."""

    def get_protocol(self, protocol: str | None = None) -> str:
        """The scheme that people reach the site by."""
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        """The site's name, as people reach it."""
        return urlsplit(settings.SITE_URL).netloc

    def items(self) -> list[Place]:
        """Every address with the time of what stands there. Four queries."""
        newest = list(Publication.objects.latest_of_each().defer("contents"))
        last = max((one.published_at for one in newest), default=None)
        return [
            *((reverse(f"publishing:{name}"), last) for name in PAGES),
            *((reverse("publishing:document", args=[one.slug]), one.published_at) for one in newest),
            *_chapters(newest),
            *_areas(newest),
            *_indicators(),
        ]

    def location(self, item: Place) -> str:
        """The address on this site."""
        return item[0]

    def lastmod(self, item: Place) -> datetime.datetime | None:
        """When what stands there was last published; None where nothing is."""
        return item[1]


def _chapters(newest: list[Publication]) -> Iterator[Place]:
    times = {one.pk: one.published_at for one in newest}
    found = PublishedChapter.objects.filter(publication__in=times).order_by("publication", "position")
    for pk, slug, chapter in found.values_list("publication", "publication__slug", "slug"):
        yield reverse("publishing:chapter", args=[slug, chapter]), times[pk]


def _areas(newest: list[Publication]) -> Iterator[Place]:
    found = PublishedFigure.objects.filter(publication__in=newest, is_area=True).order_by()
    grouped = found.values_list("publication__year", "chapter_slug").annotate(last=Max("publication__published_at"))
    for year, area, last in grouped.order_by("publication__year", "chapter_slug"):
        yield reverse("publishing:scorecard", args=[year, area]), last


def _indicators() -> Iterator[Place]:
    found = PublishedIndicator.objects.order_by("slug").values_list("slug")
    for slug, last in found.annotate(last=Max("publication__published_at")):
        yield reverse("publishing:indicator", args=[slug]), last
