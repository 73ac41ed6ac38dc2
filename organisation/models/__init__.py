"""The municipality: its units, areas, functions and services, the periods it reports by, and its people."""

from organisation.models.areas import (
    AreaFunction,
    AreaScopedQuerySet,
    Delivery,
    KostraFunction,
    Service,
    ServiceArea,
    TargetGroup,
)
from organisation.models.people import Membership, User
from organisation.models.periods import Period
from organisation.models.units import Municipality, Unit
from organisation.models.validity import ValidityQuerySet, ValidModel

__all__ = [
    "AreaFunction",
    "AreaScopedQuerySet",
    "Delivery",
    "KostraFunction",
    "Membership",
    "Municipality",
    "Period",
    "Service",
    "ServiceArea",
    "TargetGroup",
    "Unit",
    "User",
    "ValidModel",
    "ValidityQuerySet",
]
