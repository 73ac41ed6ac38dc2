"""Form controls that carry Designsystemet's class, so that forms need not know how they look."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's input with the class `ds-input` beside its own; Django ties it to its help and errors."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"ds-input {own}".strip()})
