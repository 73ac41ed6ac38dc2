"""Frames, and decisions that move the budget."""

from django.urls import path

from budget.frames import amendment_views, views

urlpatterns = [
    path("okonomi/reguleringer/", amendment_views.amendments, name="amendments"),
    path("okonomi/reguleringer/<int:year>/", amendment_views.amendment_list, name="amendment_list"),
    path("okonomi/reguleringer/<int:year>/ny/", amendment_views.amendment_add, name="amendment_add"),
    path("okonomi/regulering/<int:pk>/", amendment_views.amendment, name="amendment"),
    path("okonomi/regulering/<int:pk>/endre/", amendment_views.amendment_edit, name="amendment_edit"),
    path("okonomi/regulering/<int:pk>/fjern/", amendment_views.amendment_remove, name="amendment_remove"),
    path("okonomi/rammer/", views.frames, name="frames"),
    path("okonomi/rammer/<int:year>/", views.frame_list, name="frame_list"),
    path("okonomi/rammer/<int:year>/begynn/", views.frames_begin, name="frames_begin"),
    path("okonomi/rammer/<int:year>/ny/", views.frame_add, name="frame_add"),
    path("okonomi/ramme/<int:pk>/", views.frame, name="frame"),
    path("okonomi/ramme/<int:pk>/endre/", views.frame_edit, name="frame_edit"),
    path("okonomi/ramme/<int:pk>/fjern/", views.frame_remove, name="frame_remove"),
    *views.CHANGES.paths("okonomi/rammeendring", under="<int:frame>/"),
]
