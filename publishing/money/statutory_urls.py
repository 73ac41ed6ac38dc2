"""The statutory tables."""

from django.urls import path

from publishing.money import statutory_views as views

urlpatterns = [
    path("okonomi/oversikter/", views.statutory_newest, name="statutory_newest"),
    path("okonomi/oversikter/<int:year>/", views.statutory, name="statutory"),
    path("okonomi/oversikter/<int:year>/<slug:table>.<str:fmt>", views.statutory_file, name="statutory_file"),
]
