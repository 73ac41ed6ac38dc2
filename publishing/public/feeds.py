"""The newest publications as an Atom feed, and the site map."""

from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed


class PublicationFeed(Feed):
    """The newest versions of all documents."""


class PublicationMap(Sitemap):
    """Every page that a search engine should know."""
