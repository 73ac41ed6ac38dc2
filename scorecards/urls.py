"""Working on scorecards and key-figure tables."""

from django.urls import path

from scorecards import indicator_views, key_figure_views, ownership_views, views

app_name = "scorecards"

urlpatterns = [
    path("malekort/<slug:slug>/", views.scorecard_edit, name="scorecard_edit"),
    path("malekort/<slug:slug>/oppsett/", views.scorecard_arrange, name="scorecard_arrange"),
    *views.ROWS.paths("malekortrad", under="<slug:slug>/"),
    *views.GROUPS.paths("malekortgruppe", under="<slug:slug>/"),
    path("indikatorer/", indicator_views.indicator_list, name="indicator_list"),
    path("indikator/<int:pk>/", views.indicator_edit, name="indicator_edit"),
    path("verdi/<int:pk>/forklar/", views.observation_explain, name="observation_explain"),
    path("eierskap/", ownership_views.ownership, name="ownership"),
    path("eierskap/<slug:unit>/", ownership_views.hand_over, name="hand_over"),
    path("nokkeltall/<slug:slug>/", key_figure_views.key_figures_edit, name="key_figures_edit"),
    path("nokkeltall/<slug:slug>/oppsett/", key_figure_views.key_figures_arrange, name="key_figures_arrange"),
    *key_figure_views.KEY_FIGURE_ROWS.paths("nokkeltallsrad", under="<slug:slug>/"),
]
