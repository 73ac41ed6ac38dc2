"""The addresses of drafts and of publishing, all under /arbeid/."""

from django.urls import path

from publishing.working import draft_views as views
from publishing.working import pdf_views, published_figure_views

urlpatterns = [
    path("utkast/<slug:slug>/", views.draft, name="draft"),
    path("utkast/<slug:slug>/filer/<slug:ending>/", views.draft_file, name="draft_file"),
    path("utkast/<slug:slug>/<slug:chapter>/", views.draft_chapter, name="draft_chapter"),
    path("utkast/<slug:slug>/pdf.bestill", pdf_views.pdf_order_add, name="pdf_order_add"),
    path("pdf/<int:pk>/", pdf_views.pdf_order, name="pdf_order"),
    path("pdf/<int:pk>/fil/", pdf_views.pdf_order_file, name="pdf_order_file"),
    path("pdf/<int:pk>/igjen/", pdf_views.pdf_order_retry, name="pdf_order_retry"),
    path("publisert-tall/<int:pk>/", published_figure_views.published_figure, name="published_figure"),
    path("publiser/<slug:slug>/", views.publish, name="publish"),
    path("publiser/<slug:slug>/funn/", views.finding_accept, name="finding_accept"),
]
