"""Amounts, prices, durations and times, as both languages write them."""

from __future__ import annotations

import pytest

from app.domain.money import EUR, Currency, Money, Price
from ui.formatting import Formatter, duration

S = "\u00a0"
CFA = Currency("XOF", 0, "CFA")
DINAR = Currency("TND", 3, "DT")
NOW = 1_795_354_620_000_000  # 2026-11-22 13:37 UTC
MINUTE = 60_000_000


@pytest.mark.parametrize(
    ("language", "currency", "minor", "text"),
    [
        ("en", EUR, 542, "€5.42"),
        ("en", EUR, 123_456_789, "€1,234,567.89"),
        ("en", EUR, -5, "-€0.05"),
        ("fr", EUR, 542, f"5,42{S}€"),
        ("fr", EUR, 123_456_789, f"1{S}234{S}567,89{S}€"),
        ("fr", CFA, 12500, f"12{S}500{S}CFA"),
        ("fr", DINAR, 1250, f"1,250{S}DT"),
    ],
)
def test_money(language: str, currency: Currency, minor: int, text: str) -> None:
    assert Formatter(language, currency, "UTC").money(Money(minor)) == text


@pytest.mark.parametrize(
    ("micro", "text"),
    [(290_000, "€0.29"), (12_500, "€0.0125"), (0, "€0.00"), (1_000_001, "€1.000001")],
)
def test_price(micro: int, text: str) -> None:
    assert Formatter("en", EUR, "UTC").price(Price(micro)) == text


def test_a_note_has_no_cents_unless_it_has() -> None:
    formatter = Formatter("en", EUR, "UTC")
    assert formatter.note(Money(1000)) == "€10"
    assert formatter.note(Money(1050)) == "€10.5"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "00:00"),
        (59, "00:59"),
        (462, "07:42"),
        (3599, "59:59"),
        (3600, "1:00:00"),
        (36_061, "10:01:01"),
        (-3, "00:00"),
    ],
)
def test_duration(seconds: int, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, ""), (1, f"1{S}min"), (59, f"59{S}min"), (63, f"1{S}h{S}03"), (-5, "")],
)
def test_since(minutes: int, text: str) -> None:
    assert Formatter("en", EUR, "UTC").since(NOW - minutes * MINUTE, NOW) == text


def test_times_are_those_of_the_shop() -> None:
    paris = Formatter("fr", EUR, "Europe/Paris")
    assert paris.time(NOW) == "14:37"
    assert paris.date_time(NOW) == "22/11/2026 14:37"
    assert Formatter("en", EUR, "America/New_York").time(NOW) == "08:37"


@pytest.mark.parametrize(("language", "text"), [("en", "20%"), ("fr", f"5,5{S}%")])
def test_percent(language: str, text: str) -> None:
    points = 2000 if language == "en" else 550
    assert Formatter(language, EUR, "UTC").percent(points) == text


def test_numbers_are_masked() -> None:
    assert Formatter("en", EUR, "UTC").number("+221775123456") == "+221 77 512 •• ••"
