"""The addresses of the public site, and of the drafts under /arbeid/.

A version's addresses come before a chapter's, so no chapter can hide them.
"""

from django.urls import include, path

from publishing.public import views

app_name = "publishing"

DOCUMENT = "publikasjoner/<slug:slug>/"
VERSION = f"{DOCUMENT}versjon-<int:version>/"

urlpatterns = [
    path("", views.front, name="front"),
    path("tilgjengelighet/", views.accessibility, name="accessibility"),
    path("arbeid/", include("publishing.working.draft_urls")),
    path("publikasjoner/", views.publication_list, name="publication_list"),
    path(DOCUMENT, views.document, name="document"),
    path(VERSION, views.version_document, name="version_document"),
    path(f"{VERSION}filer/<str:name>", views.publication_file, name="publication_file"),
    path(f"{VERSION}tabeller/<slug:chapter>/<slug:anchor>.<str:fmt>", views.table_file, name="table_file"),
    path(f"{VERSION}<slug:chapter>/", views.version_chapter, name="version_chapter"),
    path(f"{DOCUMENT}<slug:chapter>/", views.chapter, name="chapter"),
]
