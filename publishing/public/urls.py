"""The addresses of the public site, and of the drafts under /arbeid/.

A version's addresses come before a chapter's, and those beside chapters bear a full stop or stand deeper, so that no
chapter's address can hide them.
"""

from django.urls import include, path

from publishing.public import (
    chart_views,
    comparison_views,
    feeds,
    file_views,
    front_views,
    open_data_views,
    reference_views,
    scorecard_views,
    search_views,
    views,
)
from publishing.public.api.routes import api
from publishing.public.explore import views as explore_views
from publishing.public.indicators import views as indicator_views

app_name = "publishing"

DOCUMENT = "publikasjoner/<slug:slug>/"
VERSION = f"{DOCUMENT}versjon-<int:version>/"
TABLE = "<slug:chapter>/<slug:anchor>"

urlpatterns = [
    path("", front_views.front, name="front"),
    path("tilgjengelighet/", views.accessibility, name="accessibility"),
    path("sok/", search_views.search, name="search"),
    path("data/", open_data_views.open_data, name="open_data"),
    path("data/publikasjon.schema.json", open_data_views.publication_schema, name="publication_schema"),
    path("api/", api.urls),
    path("sitemap.xml", open_data_views.site_map, name="sitemap"),
    path("robots.txt", open_data_views.robots, name="robots"),
    path("arbeid/", include("publishing.working.draft_urls")),
    path("arbeid/", include("publishing.money.ledger_urls")),
    path("arbeid/", include("publishing.money.statutory_urls")),
    path("malekort/", scorecard_views.scorecard_overview, name="scorecard_overview"),
    path("malekort/<int:year>/<slug:area>/", scorecard_views.scorecard, name="scorecard"),
    path("indikatorer/", explore_views.explore, name="explore"),
    path("indikatorer/liste.<str:fmt>", explore_views.explore_file, name="explore_file"),
    path("indikatorer/<slug:slug>/", indicator_views.indicator, name="indicator"),
    path("indikatorer/<slug:slug>/diagram.json", indicator_views.indicator_chart, name="indicator_chart"),
    path("publikasjoner/", views.publication_list, name="publication_list"),
    path("publikasjoner.atom", feeds.PublicationFeed(), name="publication_feed"),
    path("sammenlign/", comparison_views.compare, name="compare"),
    path(DOCUMENT, views.document, name="document"),
    path(f"{DOCUMENT}versjon-<int:old>...<int:new>/", comparison_views.comparison, name="comparison"),
    path(VERSION, views.version_document, name="version_document"),
    path(f"{VERSION}nyere.html", reference_views.edition_state, name="edition_state"),
    path(f"{VERSION}filer/<str:name>", file_views.publication_file, name="publication_file"),
    path(f"{VERSION}tabeller/{TABLE}.<str:fmt>", file_views.table_file, name="table_file"),
    path(f"{VERSION}diagrammer/{TABLE}.json", chart_views.table_chart, name="table_chart"),
    path(f"{VERSION}<slug:chapter>/", views.version_chapter, name="version_chapter"),
    path(f"{VERSION}{TABLE}/", reference_views.reference, name="reference"),
    path(f"{DOCUMENT}<slug:chapter>/", views.chapter, name="chapter"),
]
