"""Charges by hand-made examples: increments, fee, rounding, and what each line says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.money import EUR, Currency, Money, Price, Rounding
from app.domain.rating import (
    Charge,
    ChargeLine,
    ChargeSource,
    Payer,
    free_charge,
    manual_charge,
    rate_call,
    whole_seconds,
)
from app.domain.tariff import (
    BP,
    Access,
    BlockRule,
    Entry,
    FreeRule,
    Rate,
    RoundingOrder,
    SecondsRule,
    Step,
    Tariff,
    TariffRules,
    TaxMode,
)

NUMBER = "221775121234"
AT = 1_700_000_000_000_000
SECOND = 1_000_000
NOTHING = Price(0)
MOBILE = Rate("Senegal mobile", Price(290_000), country="SN")
CENT_A_SECOND = replace(MOBILE, price_per_minute=Price(600_000))


def shop(rate: Rate, currency: Currency = EUR, **rules: object) -> Tariff:
    applied = replace(TariffRules(), **rules)  # type: ignore[arg-type]  # names of fields
    return Tariff("shop", (Entry("2217", rate),), currency, 7, applied)


def charged(tariff: Tariff, seconds: int, at: int = AT, payer: Payer | None = None) -> Charge:
    charge = rate_call(tariff, NUMBER, at, seconds * 1000, payer=payer or Payer())
    assert charge is not None
    return charge


def codes(charge: Charge) -> list[str]:
    return [line.code for line in charge.lines]


def amount(charge: Charge, code: str) -> int:
    (found,) = (line.amount.micro for line in charge.lines if line.code == code)
    return found


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
    assert rate_call(shop(MOBILE), "33142270001", AT, 60_000) is None


def test_the_whole_charge_is_explained() -> None:
    price = Price(123_457)
    rate = replace(
        MOBILE,
        price_per_minute=price,
        connection_fee=Price(50_000),
        first_increment=30,
        next_increment=6,
    )
    charge = rate_call(shop(rate), NUMBER, AT, 91_500)
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
            ChargeLine("first", 30, 30, price, Price(61_728), "", 30),
            ChargeLine("next", 62, 66, price, Price(135_803), "", 6),
            ChargeLine("rounding", 0, 0, NOTHING, Price(2_469)),
        ),
        tariff_version=7,
        source=ChargeSource.LOCAL,
    )


def test_every_rule_has_its_line_in_its_order() -> None:
    """10 s free, 60/60 at 0.60: fee 0.20, two minutes 1.20, surcharge 0.05; all in whole cents."""
    rate = replace(
        CENT_A_SECOND,
        connection_fee=Price(200_000),
        first_increment=60,
        next_increment=60,
        free_seconds=10,
        surcharge=Price(50_000),
        minimum_charge=Price(2_000_000),
    )
    tariff = shop(rate, tax_mode=TaxMode.ADDED, tax_rate_bp=2000)
    charge = charged(tariff, 80, payer=Payer(1000))
    assert [(line.code, line.amount.micro) for line in charge.lines] == [
        ("free", 0),
        ("fee", 200_000),
        ("first", 600_000),
        ("next", 600_000),
        ("surcharge", 50_000),
        ("minimum", 550_000),
        ("discount", -200_000),
        ("tax", 360_000),
    ]
    assert charge.total == Money(216)
    assert (charge.seconds, charge.billed_seconds, charge.free_seconds) == (80, 120, 10)
    assert charge.discount_bp == 1000


@pytest.mark.parametrize(
    ("increments", "seconds", "billed"),
    [
        ((1, 1), 1, 1),
        ((1, 1), 59, 59),
        ((60, 60), 1, 60),
        ((60, 60), 60, 60),
        ((60, 60), 61, 120),
        ((30, 6), 1, 30),
        ((30, 6), 30, 30),
        ((30, 6), 31, 36),
        ((30, 6), 36, 36),
        ((30, 6), 37, 42),
        ((60, 1), 61, 61),
    ],
)
def test_increments_are_taken_whole(increments: tuple[int, int], seconds: int, billed: int) -> None:
    first, following = increments
    rate = replace(CENT_A_SECOND, first_increment=first, next_increment=following)
    charge = charged(shop(rate), seconds)
    assert (charge.seconds, charge.billed_seconds) == (seconds, billed)
    assert charge.total == Money(billed)
    assert sum(line.billed for line in charge.lines) == billed


def test_blocks_from_the_answer() -> None:
    """A2Billing and MagnusBilling: 45 s at 30/24 are the second block of 24, not 30 and 24."""
    rate = replace(CENT_A_SECOND, first_increment=30, next_increment=24)
    assert charged(shop(rate), 45).billed_seconds == 54
    assert charged(shop(rate, block_rule=BlockRule.FROM_ANSWER), 45).billed_seconds == 48
    assert charged(shop(rate, block_rule=BlockRule.FROM_ANSWER), 30).billed_seconds == 30


@pytest.mark.parametrize("rule", SecondsRule)
def test_no_seconds_no_charge(rule: SecondsRule) -> None:
    rate = replace(
        MOBILE,
        connection_fee=Price(100_000),
        surcharge=Price(1),
        minimum_charge=Price(5_000_000),
    )
    charge = rate_call(shop(rate, seconds_rule=rule), NUMBER, AT, 0, cdr_seconds=0)
    assert charge is not None
    assert (charge.total, charge.exact, charge.seconds) == (Money(0), NOTHING, 0)
    assert charge.lines == ()


def test_the_exchanges_record_counts_under_its_rule() -> None:
    by_record = shop(
        replace(CENT_A_SECOND, connection_fee=Price(10_000)), seconds_rule=SecondsRule.CDR
    )
    totals = [
        charge.total.minor
        for talked_ms, cdr_seconds in ((2999, 2), (990, 0), (2999, None))
        if (charge := rate_call(by_record, NUMBER, AT, talked_ms, cdr_seconds=cdr_seconds))
    ]
    assert totals == [3, 0, 3]


def test_a_call_of_fewer_than_so_many_seconds_is_free() -> None:
    """'Fewer than' six: five are free, six are not; and it is the talked seconds that count."""
    rate = replace(CENT_A_SECOND, free_below=6, connection_fee=Price(100_000), first_increment=60)
    short = charged(shop(rate), 5)
    assert (short.total, short.seconds, short.billed_seconds) == (Money(0), 5, 0)
    assert short.lines == (ChargeLine("too_short", 5, 0, NOTHING, NOTHING),)
    assert charged(shop(rate), 6).total == Money(70)
    by_ms = rate_call(shop(rate), NUMBER, AT, 5001)
    assert by_ms is not None
    assert by_ms.total == Money(70)
    cut = rate_call(shop(rate, seconds_rule=SecondsRule.DOWN), NUMBER, AT, 5999)
    assert cut is not None
    assert cut.total == Money(0)


def test_a_call_within_its_free_seconds_is_too_short_or_free() -> None:
    tariff = shop(replace(CENT_A_SECOND, free_below=6, free_seconds=10))
    assert codes(charged(tariff, 5)) == ["too_short"]
    assert codes(charged(tariff, 6)) == ["free"]
    assert (charged(tariff, 5).free_seconds, charged(tariff, 6).free_seconds) == (0, 6)


def test_free_seconds_are_taken_off_the_front() -> None:
    rate = replace(CENT_A_SECOND, free_seconds=10, connection_fee=Price(100_000))
    tariff = shop(rate)
    assert (charged(tariff, 10).total, charged(tariff, 10).free_seconds) == (Money(0), 10)
    assert codes(charged(tariff, 10)) == ["free"]
    assert charged(tariff, 11).total == Money(11)
    assert charged(tariff, 30).total == Money(30)


def test_free_seconds_once_the_first_increment_is_full() -> None:
    """PortaOne's way: at 60/1 with a minute free, 59 seconds cost 60 and 60 cost nothing."""
    rate = replace(CENT_A_SECOND, free_seconds=60, first_increment=60)
    tariff = shop(rate, free_rule=FreeRule.AFTER_FIRST)
    assert charged(tariff, 59).total == Money(60)
    assert charged(tariff, 59).free_seconds == 0
    assert charged(tariff, 60).total == Money(0)
    assert charged(tariff, 61).total == Money(60)
    assert charged(tariff, 121).total == Money(61)


def test_the_minimum_and_the_ceiling() -> None:
    rate = replace(CENT_A_SECOND, minimum_charge=Price(100_000), ceiling=Price(500_000))
    tariff = shop(rate)
    assert [charged(tariff, seconds).total.minor for seconds in (1, 9, 10, 11, 50, 51)] == [
        10,
        10,
        10,
        11,
        50,
        50,
    ]
    assert amount(charged(tariff, 1), "minimum") == 90_000
    assert amount(charged(tariff, 51), "ceiling") == -10_000
    assert codes(charged(tariff, 10)) == ["first", "next"]
    assert codes(charged(tariff, 50)) == ["first", "next"]


def test_a_ceiling_below_the_minimum_wins() -> None:
    tariff = shop(replace(CENT_A_SECOND, minimum_charge=Price(100_000), ceiling=Price(50_000)))
    assert charged(tariff, 1).total == Money(5)
    assert charged(shop(replace(CENT_A_SECOND, ceiling=NOTHING)), 100).total == Money(0)


def test_the_surcharge_is_for_a_call_that_is_paid() -> None:
    rate = replace(CENT_A_SECOND, surcharge=Price(50_000), free_seconds=5)
    assert charged(shop(rate), 5).total == Money(0)
    assert charged(shop(rate), 6).total == Money(6)


@pytest.mark.parametrize(("mode", "total"), [(TaxMode.INCLUDED, 60), (TaxMode.ADDED, 72)])
def test_tax_is_inside_or_added(mode: TaxMode, total: int) -> None:
    tariff = shop(CENT_A_SECOND, tax_mode=mode, tax_rate_bp=2000)
    assert charged(tariff, 60).total == Money(total)
    assert charged(shop(CENT_A_SECOND, tax_mode=mode), 60).total == Money(60)


def test_a_member_pays_less() -> None:
    tariff = shop(CENT_A_SECOND)
    assert charged(tariff, 60, payer=Payer(2500)).total == Money(45)
    assert charged(tariff, 60, payer=Payer(BP)).total == Money(0)


@pytest.mark.parametrize("discount", [-1, BP + 1])
def test_a_discount_is_none_to_all(discount: int) -> None:
    with pytest.raises(ValueError, match="discount"):
        Payer(discount)


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
    rate = replace(MOBILE, price_per_minute=Price(micro))
    charge = charged(shop(rate, rounding=rounding), 60)
    assert (charge.exact, charge.total) == (Price(micro), Money(minor))
    rounded = [line.amount.micro for line in charge.lines if line.code == "rounding"]
    assert rounded == ([minor * 10_000 - micro] if minor * 10_000 != micro else [])


def test_fee_minute_and_tax_are_not_rounded_each_for_itself() -> None:
    """0.0004 and 0.0004 with a fifth on top are 0.00096: one cent, not three."""
    rate = replace(MOBILE, price_per_minute=Price(400), connection_fee=Price(400))
    charge = charged(shop(rate, tax_mode=TaxMode.ADDED, tax_rate_bp=2000), 60)
    assert (charge.exact, charge.total) == (Price(960), Money(1))


def test_where_the_sum_is_rounded_a_call_shows_whole_cents() -> None:
    rate = replace(MOBILE, price_per_minute=Price(421_000))
    charge = charged(shop(rate, order=RoundingOrder.SUM), 60)
    assert (charge.exact, charge.total) == (Price(421_000), Money(42))
    assert amount(charge, "rounding") == -1_000


def test_a_fraction_of_a_millionth_still_counts_when_rounding_up() -> None:
    """One unit and a sixtieth of a millionth: `exact` cannot hold it, the total must."""
    yen = Currency("JPY", 0)
    charge = charged(shop(replace(MOBILE, price_per_minute=Price(60_000_001)), yen), 1)
    assert (charge.exact, charge.total) == (Price(1_000_000), Money(2))
    assert charge.lines[-1].amount == Price(1_000_000)


@pytest.mark.parametrize(("seconds", "minor"), [(462, 224), (131, 64)])
def test_the_figures_of_a_booth(seconds: int, minor: int) -> None:
    assert charged(shop(MOBILE), seconds).total == Money(minor)


def test_later_prices() -> None:
    """The first minute a cent a second, then a tenth, after two minutes nothing."""
    rate = replace(CENT_A_SECOND, steps=(Step(60, Price(60_000)), Step(120, NOTHING)))
    charge = charged(shop(rate), 600)
    assert charge.exact == Price(660_000)
    assert [(line.billed, line.price.micro) for line in charge.lines] == [
        (1, 600_000),
        (59, 600_000),
        (60, 60_000),
        (480, 0),
    ]


@pytest.mark.parametrize("access", Access)
def test_a_call_that_happened_is_priced_whether_it_was_allowed_or_not(access: Access) -> None:
    assert charged(shop(replace(CENT_A_SECOND, access=access)), 60).total == Money(60)


def test_a_manager_prices_to_the_second_without_a_fee() -> None:
    rate = replace(MOBILE, connection_fee=Price(500_000), first_increment=60, next_increment=60)
    tariff = shop(rate, tax_mode=TaxMode.ADDED, tax_rate_bp=2000)
    charge = manual_charge(tariff, Price(600_000), 12_001)
    assert (charge.total, charge.source, charge.tariff_version) == (
        Money(13),
        ChargeSource.MANUAL,
        7,
    )
    assert charge.lines == (ChargeLine("manual", 13, 13, Price(600_000), Price(130_000), "", 1),)
    assert manual_charge(tariff, NOTHING, 12_001).total == Money(0)
    assert manual_charge(tariff, Price(600_000), 0).lines == ()
    by_record = shop(rate, seconds_rule=SecondsRule.CDR)
    assert manual_charge(by_record, Price(60), 9000, cdr_seconds=3).seconds == 3
    with pytest.raises(ValueError, match="negative"):
        manual_charge(tariff, Price(-1), 1000)


def test_a_free_call_keeps_its_seconds_and_costs_nothing() -> None:
    charge = free_charge("emergency", 12_001)
    assert (charge.total, charge.seconds, charge.billed_seconds) == (Money(0), 13, 0)
    assert (charge.destination, charge.lines) == ("emergency", ())
