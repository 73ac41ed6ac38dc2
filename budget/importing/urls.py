"""Importing figures."""

from django.urls import path

from budget.importing import source_views, views

urlpatterns = [
    path("okonomi/import/", views.import_list, name="import_list"),
    path("okonomi/import/ny/", views.import_add, name="import_add"),
    path("okonomi/import/<int:pk>/", views.import_batch, name="import_batch"),
    path("okonomi/import/<int:pk>/kolonner/", views.import_columns, name="import_columns"),
    path("okonomi/import/<int:pk>/koder/", views.import_codes, name="import_codes"),
    path("okonomi/import/<int:pk>/kontroller/", views.import_check, name="import_check"),
    path("okonomi/import/<int:pk>/les-inn/", views.import_write, name="import_write"),
    path("okonomi/import/<int:pk>/angre/", views.import_undo, name="import_undo"),
    path("okonomi/import/<int:pk>/forkast/", views.import_drop, name="import_drop"),
    path("okonomi/kilde/<int:pk>/", source_views.ledger_source_edit, name="ledger_source_edit"),
    path("okonomi/kode/<int:pk>/fjern/", source_views.code_mapping_remove, name="code_mapping_remove"),
]
