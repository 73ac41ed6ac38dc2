"""Working on documents."""

from django.urls import path

from plans import development_views, matrix_views, starting_views, views
from plans.measures.urls import urlpatterns as measures

app_name = "plans"

urlpatterns = [
    path("dokument/", views.document_list, name="document_list"),
    path("dokument/nytt/", starting_views.document_add, name="document_add"),
    path("dokument/<slug:slug>/", views.document, name="document"),
    path("dokument/<slug:slug>/nytt-kapittel/", views.chapter_add, name="chapter_add"),
    path("avsnitt/<int:pk>/", views.section_edit, name="section_edit"),
    path("avsnitt/<int:pk>/nytt/", views.section_add, name="section_add"),
    path("avsnitt/<int:pk>/flytt/", views.section_move, name="section_move"),
    path("avsnitt/<int:pk>/fjern/", views.section_remove, name="section_remove"),
    path("avsnitt/<int:pk>/historikk/", views.section_history, name="section_history"),
    path("avsnitt/<int:pk>/historikk/<int:history_id>/", views.section_restore, name="section_restore"),
    path("tjenesteomrade/<slug:slug>/utviklingsarbeid/<int:year>/", development_views.development, name="development"),
    *development_views.ITEMS.paths("utviklingsarbeid", under="<slug:slug>/<int:year>/"),
    path("utviklingsarbeid/<int:pk>/nytt/", development_views.development_part_add, name="development_part_add"),
    *measures,
    path("planmatrise/<int:year>/", matrix_views.plan_matrix_edit, name="plan_matrix_edit"),
]
