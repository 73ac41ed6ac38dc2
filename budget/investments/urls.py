"""Investment plans."""

from django.urls import path

from budget.investments import views

urlpatterns = [
    path("investeringer/", views.investment_plan_list, name="investment_plan_list"),
    path("investeringsplan/<slug:slug>/", views.investment_plan, name="investment_plan"),
    path("investeringer/<slug:slug>/", views.investment_plan_edit, name="investment_plan_edit"),
    path("investeringer/<slug:slug>/finansiering/", views.investment_financing_edit, name="investment_financing_edit"),
    *views.PROJECTS.paths("investeringsprosjekt", under="<slug:slug>/"),
]
