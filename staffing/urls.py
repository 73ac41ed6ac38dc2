"""Working on staffing."""

from django.urls import path

from staffing import views

app_name = "staffing"

urlpatterns = [path("bemanning/", views.figures_edit, name="figures_edit")]
