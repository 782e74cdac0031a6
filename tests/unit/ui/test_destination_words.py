"""Numbers that cost nothing have no destination but a code; nobody is to see the code."""

from __future__ import annotations

import pytest

from app.domain.calls import CallState
from app.domain.money import Money, Price
from app.messages.views import CallLine
from ui.tile_text import destination_words


def line(destination: str, price: Price | None) -> CallLine:
    return CallLine(1, CallState.ANSWERED, "+33800000000", "FR", destination, price, 0, 1, Money(0))


@pytest.mark.parametrize(
    ("destination", "price", "words"),
    [
        ("free", None, "Free number"),
        ("free", Price(0), "Free number"),
        ("emergency", None, "Emergency"),
        ("Senegal mobile", Price(290_000), "Senegal mobile"),
        ("free", Price(1), "free"),
        ("", None, ""),
    ],
)
def test_codes_become_words(destination: str, price: Price | None, words: str) -> None:
    assert destination_words(line(destination, price)) == words
