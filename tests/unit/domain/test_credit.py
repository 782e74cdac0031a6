"""How long money lasts, and both orders of rounding by the examples of those who use them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.bands import TimeBand, Window
from app.domain.credit import UNLIMITED, Unlimited, bill_rounding, payable, seconds_for
from app.domain.money import EUR, Currency, Money, Price, Rounding
from app.domain.rating import ANYBODY, Charge, Payer, rate_call
from app.domain.tariff import (
    BP,
    SECONDS_MAX,
    BandPolicy,
    BandPrice,
    Entry,
    FreeRule,
    Rate,
    RoundingOrder,
    Step,
    Tariff,
    TariffRules,
    TaxMode,
)

NUMBER = "221775121234"
AT = 1_700_000_000_000_000  # 22:13:20 UTC
CENT_A_SECOND = Rate("Senegal", Price(600_000))
LATE = TimeBand("late", (Window(127, 22 * 60, 23 * 60),))
EARLY = TimeBand("early", (Window(127, 5 * 60, 6 * 60),))
BY_SUM = TariffRules(order=RoundingOrder.SUM)


def shop(rate: Rate = CENT_A_SECOND, rules: TariffRules | None = None) -> Tariff:
    return Tariff("shop", (Entry("221", rate),), rules=rules or TariffRules())


def lasts(tariff: Tariff, minor: int, payer: Payer = ANYBODY) -> int | Unlimited | None:
    return seconds_for(tariff, NUMBER, AT, Money(minor), payer)


def charged(tariff: Tariff, seconds: int) -> Charge:
    charge = rate_call(tariff, NUMBER, AT, seconds * 1000)
    assert charge is not None
    return charge


@pytest.mark.parametrize(
    ("rules", "line"),
    [
        # PortaOne: a sum of 1.26 is 1.30 at a step of 0.05, and 2.00 at a step of 1.00.
        (replace(BY_SUM, bill_step=Money(5)), 4),
        (replace(BY_SUM, bill_step=Money(100)), 74),
        (TariffRules(bill_step=Money(5)), 4),
        (TariffRules(bill_step=Money(100)), 74),
        (TariffRules(bill_step=Money(5), bill_rounding=Rounding.DOWN), -1),
        (TariffRules(bill_step=Money(4), bill_rounding=Rounding.HALF_UP), 2),
        (TariffRules(bill_step=Money(5), bill_rounding=Rounding.HALF_UP), -1),
        (TariffRules(), 0),
    ],
)
def test_a_bill_is_rounded_to_its_step(rules: TariffRules, line: int) -> None:
    assert bill_rounding(rules, EUR, Money(126), 1_260_000) == Money(line)


@pytest.mark.parametrize("order", RoundingOrder)
def test_nothing_is_rounded_to_nothing(order: RoundingOrder) -> None:
    assert bill_rounding(TariffRules(order=order), EUR, Money(0), 0) == Money(0)


def test_the_two_orders_differ() -> None:
    """Three calls of 0.421 each: MOR rounds each to 0.43, PortaOne their sum of 1.263 to 1.27."""
    rate = Rate("Senegal", Price(421_000), first_increment=60, next_increment=60)
    each, total = shop(rate), shop(rate, BY_SUM)
    assert [charged(each, 60).total.minor, charged(total, 60).total.minor] == [43, 42]
    assert payable(each, [charged(each, 60)] * 3) == Money(129)
    assert payable(total, [charged(total, 60)] * 3) == Money(127)
    to_five = replace(BY_SUM, bill_step=Money(5))
    assert payable(shop(rate, to_five), [charged(total, 60)] * 3) == Money(130)


def test_each_call_to_cents_first_as_mor_does() -> None:
    """Two calls of 0.004: nothing by half a cent each, a cent together."""
    rate = Rate("Senegal", Price(4_000), first_increment=60, next_increment=60)
    nearest = TariffRules(rounding=Rounding.HALF_UP, bill_rounding=Rounding.HALF_UP)
    each, total = shop(rate, nearest), shop(rate, replace(nearest, order=RoundingOrder.SUM))
    assert payable(each, [charged(each, 60)] * 2) == Money(0)
    assert payable(total, [charged(total, 60)] * 2) == Money(1)


def test_nothing_bought_nothing_to_pay() -> None:
    assert payable(shop(), []) == Money(0)


@pytest.mark.parametrize("exponent", [0, 3])
def test_the_sum_is_rounded_in_the_shops_currency(exponent: int) -> None:
    currency = Currency("XXX", exponent)
    micro = 7 * currency.micro_per_minor + 1
    assert bill_rounding(BY_SUM, currency, Money(7), micro) == Money(1)


def test_a_credit_lasts_to_the_second() -> None:
    assert lasts(shop(), 5) == 5
    assert lasts(shop(), 0) == 0
    assert lasts(shop(), -5) == 0
    assert lasts(shop(), 10**7) == SECONDS_MAX


def test_a_credit_that_buys_no_increment_lasts_no_second() -> None:
    by_minute = replace(
        CENT_A_SECOND, connection_fee=Price(100_000), first_increment=60, next_increment=60
    )
    assert lasts(shop(by_minute), 69) == 0
    assert lasts(shop(by_minute), 70) == 60
    assert lasts(shop(by_minute), 129) == 60
    assert lasts(shop(by_minute), 130) == 120


def test_a_number_without_a_rate_has_no_answer() -> None:
    assert seconds_for(shop(), "33142270001", AT, Money(100)) is None


def test_a_credit_counts_as_the_customer_pays() -> None:
    assert lasts(shop(), 60, Payer(discount_bp=5000)) == 120
    taxed = TariffRules(tax_mode=TaxMode.ADDED, tax_rate_bp=2000)
    assert lasts(shop(rules=taxed), 60) == 50
    to_a_unit = TariffRules(bill_step=Money(100))
    assert lasts(shop(rules=to_a_unit), 199) == 100
    by_sum = replace(to_a_unit, order=RoundingOrder.SUM, bill_rounding=Rounding.DOWN)
    assert lasts(shop(rules=by_sum), 199) == 199


def test_calls_that_are_free_as_too_short_last_without_money() -> None:
    assert lasts(shop(replace(CENT_A_SECOND, free_below=4)), 0) == 3
    assert lasts(shop(replace(CENT_A_SECOND, free_seconds=4)), 0) == 4


def test_free_time_after_the_first_increment_does_not_make_up_for_its_beginning() -> None:
    """The first second is to be paid, though a call of ten costs nothing."""
    rules = TariffRules(free_rule=FreeRule.AFTER_FIRST)
    tens = replace(CENT_A_SECOND, first_increment=10, free_seconds=10)
    assert charged(shop(tens, rules), 9).total == Money(10)
    assert charged(shop(tens, rules), 10).total == Money(0)
    assert lasts(shop(tens, rules), 9) == 0
    assert lasts(shop(tens, rules), 10) == 20
    assert lasts(shop(replace(tens, first_increment=1), rules), 0) == 10
    assert lasts(shop(replace(CENT_A_SECOND, first_increment=10), rules), 9) == 0


FREE = Rate("Senegal", Price(0), Price(100_000))


@pytest.mark.parametrize(
    ("rate", "rules", "payer"),
    [
        (FREE, TariffRules(), ANYBODY),
        (replace(FREE, free_seconds=SECONDS_MAX), TariffRules(), ANYBODY),
        (replace(FREE, minimum_charge=Price(90_000), surcharge=Price(1)), BY_SUM, Payer(500)),
        (replace(CENT_A_SECOND, ceiling=Price(100_000)), TariffRules(), ANYBODY),
        (replace(CENT_A_SECOND, ceiling=Price(110_000)), TariffRules(), Payer(1000)),
        (replace(CENT_A_SECOND, steps=(Step(10, Price(0)),)), TariffRules(), ANYBODY),
        (CENT_A_SECOND, TariffRules(), Payer(BP)),
        (
            replace(CENT_A_SECOND, bands=(BandPrice("late", Price(0)),)),
            TariffRules(bands=(LATE,)),
            ANYBODY,
        ),
    ],
)
def test_unlimited_is_a_value_of_its_own(rate: Rate, rules: TariffRules, payer: Payer) -> None:
    assert lasts(shop(rate, rules), 10, payer) is UNLIMITED


@pytest.mark.parametrize(
    ("rate", "rules"),
    [
        # A day is free, what comes after it is not.
        (replace(FREE, free_seconds=SECONDS_MAX), TariffRules()),
        (replace(FREE, free_seconds=SECONDS_MAX), TariffRules(free_rule=FreeRule.AFTER_FIRST)),
        (replace(CENT_A_SECOND, free_seconds=SECONDS_MAX, ceiling=Price(100_000)), TariffRules()),
        (replace(CENT_A_SECOND, free_seconds=SECONDS_MAX), TariffRules()),
        (
            replace(CENT_A_SECOND, price_per_minute=Price(0), steps=(Step(SECONDS_MAX, Price(1)),)),
            TariffRules(),
        ),
        (
            replace(
                CENT_A_SECOND, price_per_minute=Price(0), bands=(BandPrice("early", Price(1)),)
            ),
            TariffRules(
                bands=(TimeBand("early", (Window(128, 5 * 60, 6 * 60),)),),
                band_policy=BandPolicy.CUT,
            ),
        ),
    ],
)
def test_a_day_is_not_unlimited(rate: Rate, rules: TariffRules) -> None:
    assert lasts(shop(rate, rules), 0) == SECONDS_MAX


def test_the_band_of_the_start_decides_alone_where_it_holds_for_all() -> None:
    """In a free hour a call is free for ever; by the increment it is only until the hour ends."""
    rate = replace(CENT_A_SECOND, bands=(BandPrice("late", Price(0)),))
    for_all = TariffRules(bands=(LATE, EARLY))
    to_the_border = 46 * 60 + 40
    assert lasts(shop(rate, for_all), 0) is UNLIMITED
    assert lasts(shop(rate, replace(for_all, band_policy=BandPolicy.CUT)), 0) == to_the_border
