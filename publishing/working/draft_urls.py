"""The addresses of drafts and of publishing, all under /arbeid/."""

from django.urls import path

from publishing.working import draft_views as views

urlpatterns = [
    path("utkast/<slug:slug>/", views.draft, name="draft"),
    path("utkast/<slug:slug>/filer/<slug:ending>/", views.draft_file, name="draft_file"),
    path("utkast/<slug:slug>/<slug:chapter>/", views.draft_chapter, name="draft_chapter"),
    path("publiser/<slug:slug>/", views.publish, name="publish"),
    path("publiser/<slug:slug>/funn/", views.finding_accept, name="finding_accept"),
]
