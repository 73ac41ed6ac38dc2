"""A web address as a QR code (ISO/IEC 18004), for those who hold the paper and want the page."""

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

MARGIN = 4
"""How many squares around a code must be light for a camera to find it."""


def svg(address: str) -> SafeString:
    """The code as inline SVG, black on white also where the page is dark, with a text alternative.

    A fourth of it can be smudged or torn off and it still reads.
    """
    code = segno.make_qr(address, error="q", boost_error=False)
    size = code.symbol_size(border=MARGIN)[0]
    return format_html(
        '<svg class="cover__code" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" width="120" height="120"'
        ' role="img"><title>{1}</title><path fill="#ffffff" d="M0 0h{0}v{0}H0z"/><path d="{2}"/></svg>',
        size,
        _("QR-kode som leder til %(address)s") % {"address": address},
        " ".join(_squares(code)),
    )


def _squares(code: segno.QRCode) -> list[str]:
    """The dark squares as a path, those that follow each other in a row as one."""
    drawn = []
    for y, row in enumerate(code.matrix, start=MARGIN):
        x = 0
        while x < len(row):
            width = next((at for at, is_dark in enumerate(row[x:]) if is_dark != row[x]), len(row) - x)
            if row[x]:
                drawn.append(f"M{x + MARGIN} {y}h{width}v1h-{width}z")
            x += width
    return drawn
