"""The code on the cover, read back from its drawing."""

import html
import re

import segno

from publishing.book import qr_code

ADDRESS = "https://plan.testvik.example/publikasjoner/virksomhetsplan-2024/versjon-1/"
RECTANGLE = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def dark_squares(drawing: str) -> set[tuple[int, int]]:
    """Column and row of each dark square."""
    squares = set()
    for column, row, width, back in RECTANGLE.findall(drawing):
        assert width == back
        squares |= {(int(column) + step, int(row)) for step in range(int(width))}
    return squares


def test_svg_draws_the_code_with_a_light_margin() -> None:
    drawn = qr_code.svg(ADDRESS)
    code = segno.make_qr(ADDRESS, error="q", boost_error=False)
    dark = {(x + 4, y + 4) for y, row in enumerate(code.matrix) for x, is_dark in enumerate(row) if is_dark}
    light, squares = re.findall(r' d="([^"]+)"', drawn)
    size = len(code.matrix) + 8
    assert (f'viewBox="0 0 {size} {size}"' in drawn, light) == (True, f"M0 0h{size}v{size}H0z")
    assert dark_squares(squares) == dark
    assert RECTANGLE.sub("", squares).strip() == ""


def test_svg_is_a_picture_with_words() -> None:
    drawn = qr_code.svg(f'{ADDRESS}?a=1&b="<2>')
    titles = [html.unescape(title) for title in re.findall("<title>([^<>]+)</title>", drawn)]
    assert ('role="img"' in drawn, titles) == (True, [f'QR-kode som leder til {ADDRESS}?a=1&b="<2>'])


def test_svg_of_another_address_is_another_code() -> None:
    assert qr_code.svg(ADDRESS) != qr_code.svg(ADDRESS.replace("versjon-1", "versjon-2"))
