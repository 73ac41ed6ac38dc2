"""Running text: what it may hold, and the ways to it and from it."""

import pytest

from plans.richtext import clean, from_markdown, plain_text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Ren <strong>tekst</strong> og <em>mer</em></p>", "<p>Ren <strong>tekst</strong> og <em>mer</em></p>"),
        ("<ul><li>en</li></ul><ol><li>to</li></ol>", "<ul><li>en</li></ul><ol><li>to</li></ol>"),
        ("a<br>b", "a<br>b"),
        ('<p onclick="x()" style="color:red" class="y">a</p>', "<p>a</p>"),
        ("<h3>Overskrift</h3>", "Overskrift"),
        ("<script>alert(1)</script>b", "b"),
        ('<img src="x" onerror="y">b', "b"),
        ("<table><tr><td>1</td></tr></table>", "1"),
        (
            '<a href="https://elverum.kommune.no" target="_blank">lenke</a>',
            '<a href="https://elverum.kommune.no" rel="noopener noreferrer">lenke</a>',
        ),
        ('<a href="javascript:alert(1)">lenke</a>', '<a rel="noopener noreferrer">lenke</a>'),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("  <p>a</p>\n", "<p>a</p>"),
        ("", ""),
    ],
)
def test_clean_keeps_what_is_on_the_list(html: str, expected: str) -> None:
    assert clean(html) == expected


def test_clean_twice_is_once() -> None:
    once = clean('<p>a <a href="/x">b</a><i>c</i></p><ul><li>d')
    assert clean(once) == once


def test_from_markdown_of_paragraphs_lists_and_links() -> None:
    text = "Hei **du** og [her](https://example.org).\n\n- en\n- to\n\n1. første\n"
    assert from_markdown(text) == (
        '<p>Hei <strong>du</strong> og <a href="https://example.org" rel="noopener noreferrer">her</a>.</p>\n'
        "<ul>\n<li>en</li>\n<li>to</li>\n</ul>\n<ol>\n<li>første</li>\n</ol>"
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>en\n linje</p><p>to</p>", "en linje\nto"),
        ("<p>a</p><ul><li>b</li><li><p>c</p></li></ul><p>d</p>", "a\n– b\n– c\nd"),
        ("<ol><li>a<ul><li>b</li></ul></li></ol>", "– a\n– b"),
        ("<p>a<br>b &amp; c</p>", "a\nb & c"),
        ("<p></p><ul><li></li></ul>", ""),
        ('<p>se <a href="/x">her</a>.</p>', "se her."),
    ],
)
def test_plain_text_is_a_line_for_each_paragraph_and_point(html: str, expected: str) -> None:
    assert plain_text(html) == expected
