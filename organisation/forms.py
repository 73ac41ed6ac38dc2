"""Forms for what a service area consists of."""

from typing import Any

from organisation.editing import VersionedForm
from organisation.models import AreaFunction, Delivery, KostraFunction, Service, TargetGroup, Unit, User


class AreaFunctionForm(VersionedForm):
    """A function as the area contains it. Codes that are still valid come first to hand."""

    class Meta:
        model = AreaFunction
        fields = ["name", "functions", "description", "valid_from", "valid_to"]

    def __init__(self, data: Any = None, *, instance: AreaFunction, by: User) -> None:
        super().__init__(data, instance=instance, by=by)
        self.fields["functions"].queryset = KostraFunction.objects.order_by("code", "name")  # type: ignore[attr-defined]


class ServiceForm(VersionedForm):
    """A service."""

    class Meta:
        model = Service
        fields = ["name", "description", "valid_from", "valid_to"]


class TargetGroupForm(VersionedForm):
    """A target group."""

    class Meta:
        model = TargetGroup
        fields = ["text", "valid_from", "valid_to"]


class DeliveryForm(VersionedForm):
    """Which unit does what. The functions are those of the area."""

    class Meta:
        model = Delivery
        fields = ["unit", "text", "functions", "valid_from", "valid_to"]

    def __init__(self, data: Any = None, *, instance: Delivery, by: User) -> None:
        super().__init__(data, instance=instance, by=by)
        self.fields["functions"].queryset = instance.area.area_functions  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.order_by("name")  # type: ignore[attr-defined]
