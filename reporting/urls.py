"""The start page, the rounds, and the units' reports."""

from django.urls import path

from reporting import (
    deed_views,
    measure_views,
    overview_views,
    reminder_views,
    report_views,
    round_views,
    text_views,
    views,
)
from reporting.economy.views import economy

app_name = "reporting"

urlpatterns = [
    path("", views.start, name="start"),
    path("runder/", round_views.round_list, name="round_list"),
    path("runder/ny/", round_views.round_open, name="round_open"),
    path("runder/<slug:slug>/", overview_views.round_overview, name="round_overview"),
    path("runder/<slug:slug>/endre/", round_views.round_edit, name="round_edit"),
    path("runder/<slug:slug>/enheter/", round_views.round_units_add, name="round_units_add"),
    path("runder/<slug:slug>/avslutt/", round_views.round_close, name="round_close"),
    path("runder/<slug:slug>/paminnelser/", reminder_views.reminder_list, name="reminder_list"),
    path("runder/<slug:slug>/paminn/", reminder_views.remind, name="remind"),
    path("runder/<slug:slug>/<slug:unit>/", report_views.report, name="report"),
    path("runder/<slug:slug>/<slug:unit>/okonomi/", economy, name="economy"),
    path("runder/<slug:slug>/<slug:unit>/tiltak/<int:pk>/", measure_views.report_measure, name="report_measure"),
    path("runder/<slug:slug>/<slug:unit>/lever/", deed_views.report_hand_in, name="report_hand_in"),
    path("runder/<slug:slug>/<slug:unit>/godkjenn/", deed_views.report_approve, name="report_approve"),
    path("runder/<slug:slug>/<slug:unit>/send-tilbake/", deed_views.report_send_back, name="report_send_back"),
    path("runder/<slug:slug>/<slug:unit>/apne/", deed_views.report_reopen, name="report_reopen"),
    path("rapportrad/<int:pk>/", report_views.row_save, name="row_save"),
    path("rapporttekst/<int:pk>/", text_views.text_edit, name="text_edit"),
]
