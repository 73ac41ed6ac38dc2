"""Signing in and out."""

from django.urls import include, path

from organisation import kept_forms, views

app_name = "organisation"

urlpatterns = [
    path("logg-inn/", views.login, name="login"),
    path("logg-ut/", views.logout, name="logout"),
    path("arbeid/tatt-vare-pa/", kept_forms.kept_form, name="kept_form"),
    path("arbeid/", include("organisation.editing_urls")),
]
