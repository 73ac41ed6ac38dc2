"""Who may log in, and what Django's own administration lets them do.

Both follow from the person, not from Django's permissions.
"""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models

from organisation.access import Right
from organisation.models import User

ALLOWED = (
    "organisation.view_",
    "organisation.add_",
    "organisation.change_",
    "organisation.delete_membership",
    "budget.view_kostraart",
    "budget.add_kostraart",
    "budget.change_kostraart",
)
"""An administrator keeps people and code lists.

Nothing is deleted but roles, which must be possible to take away.
"""


class Backend(ModelBackend):
    """User name and password.

    A demo person, whose password everybody knows, is refused where DEBUG is off.
    """

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        """Whether the person may log in, and stay logged in."""
        is_open = settings.DEBUG or not getattr(user, "is_demo", False)
        return is_open and super().user_can_authenticate(user)

    def has_perm(self, user_obj: AbstractBaseUser | AnonymousUser, perm: str, obj: models.Model | None = None) -> bool:
        """Whether Django's administration lets the person do it: what `ALLOWED` says, for administrators."""
        return perm.startswith(ALLOWED) and _is_administrator(user_obj)

    def has_module_perms(self, user_obj: AbstractBaseUser | AnonymousUser, app_label: str) -> bool:
        """Whether Django's administration shows the app to the person."""
        return any(perm.startswith(f"{app_label}.") for perm in ALLOWED) and _is_administrator(user_obj)

    def get_all_permissions(
        self, user_obj: AbstractBaseUser | AnonymousUser, obj: models.Model | None = None
    ) -> set[str]:
        """Nothing: Django's own permissions and groups are not used."""
        return set()


def _is_administrator(user: AbstractBaseUser | AnonymousUser) -> bool:
    return isinstance(user, User) and user.has_right(Right.ADMINISTER)
