"""Amounts and prices: whole, ordered, read and written exactly."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import pytest

from app.domain.money import (
    EUR,
    ZERO,
    Currency,
    Money,
    MoneyError,
    Price,
    Rounding,
    divide,
    parse_money,
    parse_price,
    plain,
    plain_price,
    total,
)

YEN = Currency("JPY", 0, "¥")
DINAR = Currency("TND", 3)


@pytest.mark.parametrize("value", [True, 1.0, "1", None])
@pytest.mark.parametrize("kind", [Money, Price])
def test_only_whole_numbers_are_money(kind: Callable[[object], object], value: object) -> None:
    with pytest.raises(TypeError, match="money is whole"):
        kind(value)


def test_amounts_add_subtract_and_multiply() -> None:
    assert Money(5) + Money(7) == Money(12)
    assert Money(5) - Money(7) == Money(-2)
    assert -Money(5) == Money(-5)
    assert Money(5) * 3 == Money(15)
    assert total([Money(1), Money(2)]) == Money(3)
    assert total(()) == ZERO


def test_amounts_and_prices_are_ordered_and_tell_zero() -> None:
    assert Money(1) < Money(2) <= Money(2)
    assert Price(2) > Price(1) >= Price(1)
    assert (bool(Money(0)), bool(Money(-1)), bool(Price(0)), bool(Price(1))) == (
        False,
        True,
        False,
        True,
    )


@pytest.mark.parametrize("other", [1, 1.5, True, "1", Price(1)])
def test_amounts_do_not_mix(other: object) -> None:
    mixes: tuple[Callable[[Any, Any], object], ...] = (operator.add, operator.sub, operator.lt)
    for mix in mixes:
        with pytest.raises(TypeError):
            mix(Money(1), other)
        with pytest.raises(TypeError):
            mix(other, Money(1))
    assert Money(1) != other


def test_a_factor_is_whole_and_a_price_is_compared_with_prices() -> None:
    with pytest.raises(TypeError):
        operator.mul(Money(1), 1.5)
    with pytest.raises(TypeError):
        operator.lt(Price(1), 2)


@pytest.mark.parametrize(
    ("numerator", "up", "half_up", "down"),
    [
        (0, 0, 0, 0),
        (4, 1, 0, 0),
        (5, 1, 1, 0),
        (10, 1, 1, 1),
        (14, 2, 1, 1),
        (-4, -1, 0, 0),
        (-5, -1, -1, 0),
        (-16, -2, -2, -1),
    ],
)
def test_division_rounds_by_name_and_alike_on_both_sides_of_zero(
    numerator: int, up: int, half_up: int, down: int
) -> None:
    assert divide(numerator, 10, Rounding.UP) == up
    assert divide(numerator, 10, Rounding.HALF_UP) == half_up
    assert divide(numerator, 10, Rounding.DOWN) == down


def test_division_by_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        divide(1, 0, Rounding.UP)


@pytest.mark.parametrize(
    ("currency", "per_minor", "minor"), [(EUR, 10_000, 13), (YEN, 1_000_000, 1), (DINAR, 1000, 124)]
)
def test_a_price_becomes_whole_minor_units(currency: Currency, per_minor: int, minor: int) -> None:
    assert currency.micro_per_minor == per_minor
    assert Price(123_400).to_money(currency, Rounding.UP) == Money(minor)
    assert Money(minor).micro(currency) == minor * per_minor


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1", 100),
        ("1,5", 150),
        ("1.50", 150),
        (".5", 50),
        ("5.", 500),
        (" 1 234,50 ", 123_450),
        ("1\u202f234\u00a0567,89", 123_456_789),
        ("-3,2", -320),
        ("+2", 200),
        ("0,000000", 0),
        ("-0", 0),
        ("00007", 700),
        ("100000000000", 10**13),
    ],
)
def test_amounts_are_read(text: str, minor: int) -> None:
    assert parse_money(text, EUR) == Money(minor)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \u00a0", "empty"),
        ("1.234,50", "not_a_number"),
        ("1e5", "not_a_number"),
        ("٣", "not_a_number"),
        ("-", "not_a_number"),
        (",", "not_a_number"),
        ("--1", "not_a_number"),
        ("1\n", "not_a_number"),
        ("NaN", "not_a_number"),
        ("1.005", "too_precise"),
        ("5." + "0" * 60 + "1", "too_precise"),
        ("100000000000.01", "too_large"),
        ("9" * 100_000, "too_large"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(MoneyError) as caught:
        parse_money(text, EUR)
    assert (caught.value.code, caught.value.text) == (code, text)


def test_a_currency_without_cents_takes_none() -> None:
    assert parse_money("1250", YEN) == Money(1250)
    assert parse_money("0", YEN) == ZERO
    with pytest.raises(MoneyError, match="too_precise"):
        parse_money("1,5", YEN)


def test_prices_have_six_decimals() -> None:
    assert parse_price("0,123456") == Price(123_456)
    with pytest.raises(MoneyError, match="too_precise"):
        parse_price("0.1234567")


@pytest.mark.parametrize(
    ("money", "currency", "text"),
    [
        (Money(1250), EUR, "12.50"),
        (Money(-5), EUR, "-0.05"),
        (Money(7), YEN, "7"),
        (Money(7), DINAR, "0.007"),
    ],
)
def test_amounts_are_written_plainly(money: Money, currency: Currency, text: str) -> None:
    assert plain(money, currency) == text


@pytest.mark.parametrize(
    ("micro", "text"), [(290_000, "0.29"), (0, "0.00"), (1, "0.000001"), (1_500_000, "1.50")]
)
def test_prices_are_written_with_the_decimals_they_need(micro: int, text: str) -> None:
    assert plain_price(Price(micro)) == text
