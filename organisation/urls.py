"""Signing in and out."""

from django.urls import include, path

from organisation import views

app_name = "organisation"

urlpatterns = [
    path("logg-inn/", views.login, name="login"),
    path("logg-ut/", views.logout, name="logout"),
    path("arbeid/", include("organisation.editing_urls")),
]
