"""Charges by hand-made examples: increments, fee, rounding, and what each line says."""

from __future__ import annotations

import pytest

from app.domain.money import EUR, Currency, Money, Price, Rounding
from app.domain.rating import (
    SECONDS_MAX,
    Charge,
    ChargeLine,
    ChargeSource,
    free_charge,
    manual_charge,
    rate_call,
    round_bill,
    seconds_for,
    whole_seconds,
)
from app.domain.tariff import Rate, SecondsRule, Tariff

NUMBER = "221775121234"
AT = 1_700_000_000_000_000
NOTHING = Price(0)


def tariff(
    micro: int,
    *,
    fee: int = 0,
    steps: tuple[int, int] = (1, 1),
    rounding: Rounding = Rounding.UP,
    rule: SecondsRule = SecondsRule.UP,
    currency: Currency = EUR,
) -> Tariff:
    rate = Rate("2217", "Senegal mobile", Price(micro), Price(fee), *steps, country="SN")
    return Tariff("shop", (rate,), currency, 7, rounding, seconds_rule=rule)


def charged(tariff: Tariff, talked_ms: int, cdr_seconds: int | None = None) -> Charge:
    charge = rate_call(tariff, NUMBER, AT, talked_ms, cdr_seconds=cdr_seconds)
    assert charge is not None
    return charge


@pytest.mark.parametrize(
    ("talked_ms", "up", "down"),
    [(-5, 0, 0), (0, 0, 0), (1, 1, 0), (999, 1, 0), (1000, 1, 1), (1001, 2, 1)],
)
def test_milliseconds_become_whole_seconds_by_the_rule(talked_ms: int, up: int, down: int) -> None:
    assert whole_seconds(talked_ms, SecondsRule.UP) == up
    assert whole_seconds(talked_ms, SecondsRule.DOWN) == down
    assert whole_seconds(talked_ms, SecondsRule.UP, 99) == up
    assert whole_seconds(talked_ms, SecondsRule.CDR) == down
    assert whole_seconds(talked_ms, SecondsRule.CDR, 5) == 5
    assert whole_seconds(talked_ms, SecondsRule.CDR, -1) == 0


def test_a_number_without_a_rate_is_not_priced() -> None:
    assert rate_call(tariff(290_000), "33142270001", AT, 60_000) is None
    assert seconds_for(tariff(290_000), "33142270001", AT, Money(100)) is None


def test_the_whole_charge_is_explained() -> None:
    charge = charged(tariff(123_457, fee=50_000, steps=(30, 6)), 91_500)
    price = Price(123_457)
    assert charge == Charge(
        total=Money(25),
        exact=Price(247_531),
        seconds=92,
        billed_seconds=96,
        destination="Senegal mobile",
        prefix="2217",
        price_per_minute=price,
        lines=(
            ChargeLine("fee", 0, 0, NOTHING, Price(50_000)),
            ChargeLine("first", 30, 30, price, Price(61_728)),
            ChargeLine("next", 62, 66, price, Price(135_803)),
            ChargeLine("rounding", 0, 0, NOTHING, Price(2_469)),
        ),
        tariff_version=7,
        source=ChargeSource.LOCAL,
    )


@pytest.mark.parametrize(
    ("steps", "seconds", "billed"),
    [
        ((1, 1), 1, 1),
        ((60, 60), 1, 60),
        ((60, 60), 60, 60),
        ((60, 60), 61, 120),
        ((30, 6), 30, 30),
        ((30, 6), 31, 36),
        ((30, 6), 36, 36),
        ((30, 6), 37, 42),
        ((60, 1), 61, 61),
    ],
)
def test_increments_are_taken_whole(steps: tuple[int, int], seconds: int, billed: int) -> None:
    charge = charged(tariff(600_000, steps=steps), seconds * 1000)
    assert (charge.seconds, charge.billed_seconds) == (seconds, billed)
    assert charge.total == Money(billed)
    assert sum(line.billed for line in charge.lines) == billed


@pytest.mark.parametrize("rule", SecondsRule)
def test_no_seconds_no_charge_and_no_fee(rule: SecondsRule) -> None:
    charge = charged(tariff(290_000, fee=100_000, steps=(60, 60), rule=rule), 0, 0)
    assert (charge.total, charge.exact, charge.seconds) == (Money(0), NOTHING, 0)
    assert charge.lines == ()


def test_the_exchanges_record_counts_under_its_rule() -> None:
    by_record = tariff(600_000, fee=10_000, rule=SecondsRule.CDR)
    assert charged(by_record, 2999, 2).total == Money(3)
    assert charged(by_record, 990, 0).total == Money(0)
    assert charged(by_record, 2999).seconds == 2


@pytest.mark.parametrize(
    ("rounding", "micro", "minor"),
    [
        (Rounding.UP, 10_001, 2),
        (Rounding.DOWN, 19_999, 1),
        (Rounding.HALF_UP, 14_999, 1),
        (Rounding.HALF_UP, 15_000, 2),
        (Rounding.UP, 10_000, 1),
    ],
)
def test_a_call_is_rounded_once(rounding: Rounding, micro: int, minor: int) -> None:
    charge = charged(tariff(micro, rounding=rounding), 60_000)
    assert (charge.exact, charge.total) == (Price(micro), Money(minor))
    rounded = [line.amount.micro for line in charge.lines if line.code == "rounding"]
    assert rounded == ([minor * 10_000 - micro] if minor * 10_000 != micro else [])


def test_a_fraction_of_a_millionth_still_counts_when_rounding_up() -> None:
    """One unit and a sixtieth of a millionth: `exact` cannot hold it, the total must."""
    yen = Currency("JPY", 0)
    charge = charged(tariff(60_000_001, currency=yen), 1000)
    assert (charge.exact, charge.total) == (Price(1_000_000), Money(2))
    assert charge.lines[-1].amount == Price(1_000_000)


@pytest.mark.parametrize(("seconds", "minor"), [(462, 224), (131, 64)])
def test_the_figures_of_a_booth(seconds: int, minor: int) -> None:
    assert charged(tariff(290_000), seconds * 1000).total == Money(minor)


def test_a_manager_prices_to_the_second_without_a_fee() -> None:
    shop = tariff(290_000, fee=500_000, steps=(60, 60))
    charge = manual_charge(shop, Price(600_000), 12_001)
    assert (charge.total, charge.source, charge.tariff_version) == (
        Money(13),
        ChargeSource.MANUAL,
        7,
    )
    assert charge.lines == (ChargeLine("manual", 13, 13, Price(600_000), Price(130_000)),)
    assert manual_charge(shop, Price(0), 12_001).total == Money(0)
    assert manual_charge(shop, Price(600_000), 0).lines == ()
    assert (
        manual_charge(tariff(1, rule=SecondsRule.CDR), Price(60), 9000, cdr_seconds=3).seconds == 3
    )
    with pytest.raises(ValueError, match="negative"):
        manual_charge(shop, Price(-1), 1000)


def test_a_free_call_keeps_its_seconds_and_costs_nothing() -> None:
    charge = free_charge("emergency", 12_001)
    assert (charge.total, charge.seconds, charge.billed_seconds) == (Money(0), 13, 0)
    assert (charge.destination, charge.lines) == ("emergency", ())


def test_how_long_a_credit_lasts() -> None:
    by_second = tariff(600_000)
    assert seconds_for(by_second, NUMBER, AT, Money(5)) == 5
    assert seconds_for(by_second, NUMBER, AT, Money(0)) == 0
    assert seconds_for(by_second, NUMBER, AT, Money(-5)) == 0
    by_minute = tariff(600_000, fee=100_000, steps=(60, 60))
    assert seconds_for(by_minute, NUMBER, AT, Money(69)) == 0
    assert seconds_for(by_minute, NUMBER, AT, Money(70)) == 60
    assert seconds_for(tariff(0), NUMBER, AT, Money(0)) == SECONDS_MAX


@pytest.mark.parametrize(
    ("minor", "step", "rounding", "line"),
    [
        (126, 5, Rounding.UP, 4),  # 1.26 at a step of 0.05 is 1.30
        (126, 100, Rounding.UP, 74),  # and 2.00 at a step of 1.00
        (126, 5, Rounding.DOWN, -1),
        (127, 5, Rounding.HALF_UP, -2),
        (128, 5, Rounding.HALF_UP, 2),
        (125, 5, Rounding.UP, 0),
        (126, 1, Rounding.UP, 0),
        (0, 5, Rounding.UP, 0),
    ],
)
def test_the_bill_is_rounded_by_a_line_of_its_own(
    minor: int, step: int, rounding: Rounding, line: int
) -> None:
    assert round_bill(Money(minor), Money(step), rounding) == Money(line)


def test_a_bill_step_below_one_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        round_bill(Money(1), Money(0), Rounding.UP)
