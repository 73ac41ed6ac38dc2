"""Working on money: imports, decisions that move the budget, frames and investments."""

from budget.frames.urls import urlpatterns as frames
from budget.importing.urls import urlpatterns as importing
from budget.investments.urls import urlpatterns as investments

app_name = "budget"

urlpatterns = [*importing, *frames, *investments]
