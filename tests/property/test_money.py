"""Money read, written and rounded, over all amounts."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import (
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
)

currencies = st.builds(Currency, st.just("XXX"), st.sampled_from([0, 2, 3]))
minors = st.integers(-(10**13), 10**13)


@given(minors, currencies)
def test_an_amount_written_is_the_amount_read(minor: int, currency: Currency) -> None:
    text = plain(Money(minor), currency)
    assert parse_money(text, currency) == Money(minor)
    assert parse_money(text.replace(".", ","), currency) == Money(minor)


@given(st.integers(-(10**15), 10**15))
def test_a_price_written_is_the_price_read(micro: int) -> None:
    assert parse_price(plain_price(Price(micro))) == Price(micro)


@given(st.text(alphabet="0123456789.,-+ e\u00a0x", max_size=12), currencies)
def test_any_text_is_an_amount_or_refused(text: str, currency: Currency) -> None:
    try:
        money = parse_money(text, currency)
    except MoneyError:
        return
    exact = Fraction(text.replace(" ", "").replace("\u00a0", "").replace(",", ".").rstrip("."))
    assert money.minor == exact * 10**currency.exponent


@given(st.integers(), st.integers(1, 10**9), st.sampled_from(Rounding))
def test_rounding_is_off_by_less_than_one_and_in_its_direction(
    numerator: int, denominator: int, rounding: Rounding
) -> None:
    exact = Fraction(numerator, denominator)
    rounded = divide(numerator, denominator, rounding)
    if rounding is Rounding.HALF_UP:
        assert abs(rounded - exact) <= Fraction(1, 2)
    elif rounding is Rounding.UP:
        assert 0 <= abs(rounded) - abs(exact) < 1
    else:
        assert 0 <= abs(exact) - abs(rounded) < 1
    assert divide(-numerator, denominator, rounding) == -rounded
