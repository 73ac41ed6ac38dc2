"""The small line of the last values beside a name: `{% sparkline series target words %}`."""

from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString

from scorecards.sparkline import draw

register = template.Library()


@register.simple_tag
def sparkline(series: Sequence[Decimal | None], target: Decimal | None, words: str) -> SafeString:
    """The last eight of the series, oldest first, with the target (or None) and what they show in words."""
    return SafeString(draw(series, words=words, target=target))
