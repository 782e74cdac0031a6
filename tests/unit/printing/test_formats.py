from __future__ import annotations

import pytest

from app import formats
from app.domain.money import EUR, Currency, Money, Price

XOF = Currency("XOF", 0, "F CFA")
TND = Currency("TND", 3, "DT")
CHF = Currency("CHF", 2, "")
AT = 1_795_354_680_000_000


@pytest.mark.parametrize(
    ("money", "currency", "language", "text"),
    [
        (Money(542), EUR, "fr", "5,42\u00a0€"),
        (Money(542), EUR, "en", "€5.42"),
        (Money(-542), EUR, "fr", "-5,42\u00a0€"),
        (Money(123_456_789), EUR, "fr", "1\u202f234\u202f567,89\u00a0€"),
        (Money(1500), XOF, "fr", "1\u202f500\u00a0F CFA"),
        (Money(1500), TND, "fr", "1,500\u00a0DT"),
        (Money(1500), CHF, "fr", "15,00\u00a0CHF"),
        (Money(-1500), XOF, "en", "-F CFA\u00a01,500"),
        (Money(1500), EUR, "ar", "15.00\u00a0€"),
        (Money(1500), EUR, "xx", "€15.00"),
    ],
)
def test_amounts(money: Money, currency: Currency, language: str, text: str) -> None:
    assert formats.amount(money, currency, language) == text


@pytest.mark.parametrize(
    ("money", "currency", "text"),
    [
        (Money(542), EUR, "5,42"),
        (Money(0), EUR, "0,00"),
        (Money(7), TND, "0,007"),
        (Money(12345), XOF, "12\u202f345"),
    ],
)
def test_bare_amounts(money: Money, currency: Currency, text: str) -> None:
    assert formats.bare_amount(money, currency, "fr") == text


@pytest.mark.parametrize(
    ("micro", "currency", "text"),
    [
        (130_000, EUR, "0,13\u00a0€"),
        (2_000_000, EUR, "2,00\u00a0€"),
        (135_500, EUR, "0,1355\u00a0€"),
        (1, EUR, "0,000001\u00a0€"),
        (95_000_000, XOF, "95\u00a0F CFA"),
    ],
)
def test_prices_keep_all_their_decimals(micro: int, currency: Currency, text: str) -> None:
    assert formats.price(Price(micro), currency, "fr") == text


@pytest.mark.parametrize(
    ("rate_bp", "language", "text"),
    [(2000, "fr", "20\u00a0%"), (550, "fr", "5,5\u00a0%"), (2000, "en", "20%")],
)
def test_rates(rate_bp: int, language: str, text: str) -> None:
    assert formats.percent(rate_bp, language) == text


@pytest.mark.parametrize(
    ("zone", "language", "day", "time"),
    [
        ("Europe/Paris", "fr", "22/11/2026", "14:38"),
        ("Europe/Paris", "en", "22/11/2026", "14:38"),
        ("Africa/Dakar", "fr", "22/11/2026", "13:38"),
        ("Pacific/Auckland", "de-DE", "23.11.26", "02:38"),
    ],
)
def test_instants_in_the_shops_zone(zone: str, language: str, day: str, time: str) -> None:
    assert formats.day(AT, zone, language) == day
    assert formats.time_of_day(AT, zone, language) == time


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "00:00"),
        (59, "00:59"),
        (724, "12:04"),
        (3599, "59:59"),
        (3600, "1:00:00"),
        (36_061, "10:01:01"),
    ],
)
def test_durations(seconds: int, text: str) -> None:
    assert formats.duration(seconds) == text


def test_a_negative_duration_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        formats.duration(-1)
