"""What was changed between two texts, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.word_diff import Piece, word_diff


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("likt", "likt", [Piece("same", "likt")]),
        ("", "ny tekst", [Piece("added", "ny tekst")]),
        ("gammel tekst", "", [Piece("removed", "gammel tekst")]),
        (
            "tre barn her",
            "fire barn her",
            [Piece("removed", "tre "), Piece("added", "fire "), Piece("same", "barn her")],
        ),
        ("ett", "ett to", [Piece("same", "ett"), Piece("added", " to")]),
        ("ett to", "ett", [Piece("same", "ett"), Piece("removed", " to")]),
        ("ett  to", "ett to", [Piece("same", "ett"), Piece("removed", "  "), Piece("added", " "), Piece("same", "to")]),
        ("én\nto", "én\nto\ntre", [Piece("same", "én\nto"), Piece("added", "\ntre")]),
    ],
)
def test_word_diff_of_two_texts(old: str, new: str, expected: list[Piece]) -> None:
    assert word_diff(old, new) == expected


@given(st.text(alphabet="ab \n", max_size=40), st.text(alphabet="ab \n", max_size=40))
def test_word_diff_holds_both_texts(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new
