"""What holds of every charge."""

from __future__ import annotations

import math
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Currency, Money, Price, Rounding
from app.domain.rating import SECONDS_MAX, Charge, manual_charge, rate_call, round_bill, seconds_for
from app.domain.tariff import PRICE_MAX, Rate, SecondsRule, Tariff

NUMBER = "221775121234"

prices = st.builds(Price, st.integers(0, 5_000_000) | st.integers(0, PRICE_MAX.micro))
increments = st.sampled_from([1, 6, 30, 60]) | st.integers(1, 3600)
rates = st.builds(Rate, st.just("221"), st.just("Senegal"), prices, prices, increments, increments)
tariffs = st.builds(
    Tariff,
    st.just("shop"),
    st.tuples(rates),
    st.builds(Currency, st.just("XXX"), st.sampled_from([0, 2, 3])),
    rounding=st.sampled_from(Rounding),
    seconds_rule=st.sampled_from(SecondsRule),
)
talked = st.integers(0, 7_200_000)


def charged(tariff: Tariff, talked_ms: int) -> Charge:
    charge = rate_call(tariff, NUMBER, 0, talked_ms)
    assert charge is not None
    return charge


@given(tariffs)
def test_nothing_talked_nothing_charged(tariff: Tariff) -> None:
    assert (charged(tariff, 0).total, charged(tariff, 0).lines) == (Money(0), ())


@given(tariffs, talked, talked)
def test_longer_is_never_cheaper(tariff: Tariff, one: int, other: int) -> None:
    shorter, longer = charged(tariff, min(one, other)), charged(tariff, max(one, other))
    assert shorter.total <= longer.total
    assert shorter.exact <= longer.exact
    assert shorter.billed_seconds <= longer.billed_seconds


@given(tariffs, talked)
def test_the_charge_is_the_exact_price_rounded_once(tariff: Tariff, talked_ms: int) -> None:
    charge = charged(tariff, talked_ms)
    (rate,) = tariff.rates
    fee = rate.connection_fee.micro if charge.seconds else 0
    exact = fee + Fraction(rate.price_per_minute.micro * charge.billed_seconds, 60)
    assert charge.exact.micro == int(exact)
    units = exact / tariff.currency.micro_per_minor
    expected = {
        Rounding.UP: math.ceil(units),
        Rounding.DOWN: math.floor(units),
        Rounding.HALF_UP: math.floor(units + Fraction(1, 2)),
    }
    assert charge.total == Money(expected[tariff.rounding])


@given(tariffs, talked)
def test_the_lines_add_up(tariff: Tariff, talked_ms: int) -> None:
    charge = charged(tariff, talked_ms)
    amounts = {line.code: line.amount.micro for line in charge.lines}
    assert len(amounts) == len(charge.lines)
    assert sum(amounts.values()) == charge.total.micro(tariff.currency)
    assert sum(amounts.values()) - amounts.get("rounding", 0) == charge.exact.micro
    assert sum(line.seconds for line in charge.lines) == charge.seconds
    assert sum(line.billed for line in charge.lines) == charge.billed_seconds
    assert charge.billed_seconds >= charge.seconds


@given(tariffs, st.integers(0, 10**7))
def test_a_credit_lasts_exactly_as_long_as_its_charges(tariff: Tariff, minor: int) -> None:
    credit = Money(minor)
    seconds = seconds_for(tariff, NUMBER, 0, credit)
    assert seconds is not None
    assert charged(tariff, seconds * 1000).total <= credit
    if seconds < SECONDS_MAX:
        assert charged(tariff, (seconds + 1) * 1000).total > credit


@given(tariffs, prices, talked)
def test_a_charge_by_hand_is_that_of_a_rate_by_the_second(
    tariff: Tariff, price: Price, talked_ms: int
) -> None:
    by_second = Tariff(
        "by hand",
        (Rate("221", "Senegal", price),),
        tariff.currency,
        rounding=tariff.rounding,
        seconds_rule=tariff.seconds_rule,
    )
    by_hand = manual_charge(tariff, price, talked_ms)
    assert (by_hand.total, by_hand.exact) == (
        charged(by_second, talked_ms).total,
        charged(by_second, talked_ms).exact,
    )


@given(st.integers(-(10**9), 10**9), st.integers(1, 1000), st.sampled_from(Rounding))
def test_a_rounded_bill_is_whole_steps_and_less_than_one_step_off(
    minor: int, step: int, rounding: Rounding
) -> None:
    line = round_bill(Money(minor), Money(step), rounding)
    assert (minor + line.minor) % step == 0
    assert abs(line.minor) < step
