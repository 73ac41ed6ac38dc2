"""Working on what a service area consists of. Included by `organisation.urls`, in its namespace."""

from django.urls import path

from organisation import editing_views

urlpatterns = [
    path("tjenesteomrade/<slug:slug>/tjenester/", editing_views.area_functions, name="area_functions"),
    path("tjenesteomrade/<slug:slug>/malgrupper/", editing_views.target_groups, name="target_groups"),
    path("tjenesteomrade/<slug:slug>/leveranser/", editing_views.deliveries, name="deliveries"),
    *editing_views.AREA_FUNCTIONS.paths("funksjon", under="<slug:slug>/"),
    *editing_views.SERVICES.paths("tjeneste", under="<int:pk>/"),
    *editing_views.TARGET_GROUPS.paths("malgruppe", under="<slug:slug>/"),
    *editing_views.DELIVERIES.paths("leveranse", under="<slug:slug>/"),
]
