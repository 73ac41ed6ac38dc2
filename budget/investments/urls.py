"""Investment plans."""

from django.urls import path

from budget.investments import views

urlpatterns = [
    path("investeringer/<slug:slug>/", views.investment_plan_edit, name="investment_plan_edit"),
    *views.PROJECTS.paths("investeringsprosjekt", under="<slug:slug>/"),
]
