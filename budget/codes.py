"""The code lists that lines are written with: arts, and functions, each valid in some years."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from budget.models import KostraArt
from organisation.bulk import Facts


@transaction.atomic
def load_arts(*, arts: Iterable[Facts]) -> None:
    """Write the national KOSTRA arts that are not there.

    Each has code, name, series, is_income ("yes" or "no"), valid_from and valid_to (ISO dates or ""), is_operational
    and is_investment, name_status and note.
    """
    known = set(KostraArt.objects.values_list("code", flat=True))
    KostraArt.objects.bulk_create(
        KostraArt(
            **{key: one[key] for key in ("code", "name", "series", "name_status", "note")},
            **{key: one[key] == "yes" for key in ("is_income", "is_operational", "is_investment")},
            **{key: datetime.date.fromisoformat(one[key]) for key in ("valid_from", "valid_to") if one[key]},
        )
        for one in arts
        if one["code"] not in known
    )
