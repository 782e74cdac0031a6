"""The money field: which keys it takes, and what it reads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.money import EUR, Currency, Money, Price
from ui.amount_edit import AmountEdit
from ui.formatting import Formatter

CFA = Currency("XOF", 0, "CFA")


@pytest.mark.parametrize(
    ("language", "currency", "typed", "text", "minor"),
    [
        ("fr", EUR, "12,50", "12,50", 1250),
        ("fr", EUR, "12.50", "12,50", 1250),
        ("en", EUR, "12,5", "12.5", 1250),
        ("en", EUR, ".5", "0.5", 50),
        ("en", EUR, "1.2.3", "1.23", 123),
        ("en", EUR, "1.239", "1.23", 123),
        ("en", EUR, "-5", "5", 500),
        ("en", EUR, "1e3x", "13", 1300),
        ("fr", CFA, "1500,5", "15005", 15005),
        ("en", EUR, "", "", None),
        ("en", EUR, "3017620422003", "3017620", 301_762_000),
        ("en", EUR, "9999999.999", "9999999.99", 999_999_999),
    ],
)
def test_keys(
    qtbot: QtBot, language: str, currency: Currency, typed: str, text: str, minor: int | None
) -> None:
    field = AmountEdit(Formatter(language, currency, "UTC"))
    qtbot.addWidget(field)
    QTest.keyClicks(field, typed)
    assert field.text() == text
    assert field.amount() == (Money(minor) if minor is not None else None)


def test_prices_have_six_decimals(qtbot: QtBot) -> None:
    field = AmountEdit(Formatter("en", EUR, "UTC"), places=6)
    qtbot.addWidget(field)
    QTest.keyClicks(field, "0.0123456")
    assert field.price() == Price(12_345)


def test_a_digit_before_the_point_is_taken_when_the_cents_are_full(qtbot: QtBot) -> None:
    field = AmountEdit(Formatter("en", EUR, "UTC"))
    qtbot.addWidget(field)
    field.set_amount(Money(123))
    field.home(False)
    QTest.keyClicks(field, "4")
    assert field.text() == "41.23"


def test_a_letter_goes_on_to_the_sheet_around_the_field(qtbot: QtBot) -> None:
    heard: list[str] = []

    class Around(QWidget):
        def keyPressEvent(self, event: object) -> None:
            heard.append("key")

    around = Around()
    qtbot.addWidget(around)
    field = AmountEdit(Formatter("en", EUR, "UTC"))
    QVBoxLayout(around).addWidget(field)
    QTest.keyClick(field, Qt.Key.Key_E)
    QTest.keyClick(field, Qt.Key.Key_1)
    assert heard == ["key"]
    assert field.text() == "1"
