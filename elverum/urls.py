"""Every address of the site, one line for each app.

Working pages stand under /arbeid/, what the public reads at the top.
"""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("arbeid/", include("reporting.urls")),
    path("arbeid/", include("plans.urls")),
    path("arbeid/", include("scorecards.urls")),
    path("arbeid/", include("staffing.urls")),
    path("arbeid/", include("budget.urls")),
    path("", include("organisation.urls")),
    path("", include("publishing.public.urls")),
]
