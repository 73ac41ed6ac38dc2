"""Measures and their follow-up."""

from django.urls import URLPattern, path

from plans.measures import views

urlpatterns: list[URLPattern] = [
    path("tiltak/", views.measure_list, name="measure_list"),
    path("tiltak/fra/<int:year>/ny/", views.measure_add, name="measure_add"),
    path("tiltak/<int:pk>/", views.measure, name="measure"),
    path("tiltak/<int:pk>/endre/", views.measure_edit, name="measure_edit"),
    path("tiltak/<int:pk>/flytt/", views.measure_move, name="measure_move"),
    path("tiltak/<int:pk>/fjern/", views.measure_remove, name="measure_remove"),
    path("tiltak/<int:pk>/oppfolging/<str:period>/", views.measure_follow_up, name="measure_follow_up"),
]
