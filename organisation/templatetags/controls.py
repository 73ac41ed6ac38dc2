"""Form controls that carry Designsystemet's class, so that forms need not know how they look."""

from django import template
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString

CLASS = "ds-input"

register = template.Library()


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's input with Designsystemet's class beside its own; Django ties it to its help and errors."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{CLASS} {own}".strip()})


@register.filter
def choice_control(choice: BoundWidget) -> SafeString:
    """One of several radio buttons or check boxes, with the same class."""
    choice.data["attrs"]["class"] = CLASS
    return choice.tag()
