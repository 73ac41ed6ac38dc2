"""Working on investment plans."""

from django.urls import path

from budget import views

app_name = "budget"

urlpatterns = [
    path("investeringer/<slug:slug>/", views.investment_plan_edit, name="investment_plan_edit"),
    *views.PROJECTS.paths("investeringsprosjekt", under="<slug:slug>/"),
]
