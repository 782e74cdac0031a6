"""Sell prices made of costs."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bands import TimeBand, Window
from app.domain.margin_pairs import margin_permille, net_of_tax
from app.domain.markup import (
    Markup,
    MarkupRule,
    marked_up,
    marked_up_rate,
    price_for_margin,
    sell_price,
)
from app.domain.money import Price, Rounding
from app.domain.tariff import BandPrice, Entry, Rate, Step, Tariff, TariffRules

HALF_MORE = Markup(1_500_000)
RANDOM_CASES = 1_000_000


@pytest.mark.parametrize(
    ("cost", "markup", "tax", "price"),
    [
        (372_500, Markup(1_000_000), 0, 372_500),
        (372_500, Markup(1_300_000), 0, 484_250),
        (372_500, Markup(1_300_000, step=Price(50_000)), 0, 500_000),
        (372_500, Markup(1_300_000, Price(10_000), Price(10_000)), 0, 500_000),
        (100_000, Markup(1_500_000, Price(50_000), Price(10_000)), 2000, 240_000),
        (333_333, Markup(1_000_001), 0, 333_334),
        (333_333, Markup(1_000_001, rounding=Rounding.DOWN), 0, 333_333),
        (125_000, Markup(1_000_000, step=Price(50_000), rounding=Rounding.HALF_UP), 0, 150_000),
        (124_999, Markup(1_000_000, step=Price(50_000), rounding=Rounding.HALF_UP), 0, 100_000),
        (0, Markup(2_000_000), 2000, 0),
        (0, Markup(2_000_000, Price(10)), 0, 10),
    ],
)
def test_a_price_is_cost_times_factor_and_more(
    cost: int, markup: Markup, tax: int, price: int
) -> None:
    assert sell_price(Price(cost), markup, tax) == Price(price)


@pytest.mark.parametrize(("factor", "add", "step"), [(-1, 0, 1), (1, -1, 1), (1, 0, 0)])
def test_a_markup_that_makes_no_price_is_refused(factor: int, add: int, step: int) -> None:
    with pytest.raises(ValueError, match="markup"):
        Markup(factor, Price(add), Price(step))


FULL = Rate(
    "Mali mobile",
    Price(100),
    Price(40),
    60,
    30,
    "ML",
    free_seconds=5,
    free_below=3,
    minimum_charge=Price(20),
    surcharge=Price(10),
    ceiling=Price(9_000),
    steps=(Step(600, Price(80), 6),),
    bands=(BandPrice("night", Price(60), Price(30), (Step(900, Price(50)),)),),
)


def test_every_price_of_a_rate_is_marked_up() -> None:
    made = marked_up_rate(FULL, Markup(1_500_000, Price(7)))
    assert made == Rate(
        "Mali mobile",
        Price(157),
        Price(60),
        60,
        30,
        "ML",
        free_seconds=5,
        free_below=3,
        minimum_charge=Price(30),
        surcharge=Price(15),
        ceiling=Price(13_500),
        steps=(Step(600, Price(127), 6),),
        bands=(BandPrice("night", Price(97), Price(45), (Step(900, Price(82)),)),),
    )
    taxed = marked_up_rate(FULL, Markup(1_500_000, Price(10)), 2000)
    assert (taxed.price_per_minute, taxed.connection_fee) == (Price(192), Price(72))


def test_increments_and_fee_can_be_the_shop_s_own() -> None:
    made = marked_up_rate(
        FULL, Markup(1_000_000, first_increment=1, next_increment=1, keep_fee=False)
    )
    assert (made.first_increment, made.next_increment, made.connection_fee) == (1, 1, Price(0))
    assert (made.steps[0].next_increment, made.bands[0].connection_fee) == (0, Price(0))
    assert marked_up_rate(Rate("Mali", Price(1)), HALF_MORE).ceiling is None


@pytest.mark.parametrize(
    ("countries", "words", "fits"),
    [
        ((), "", True),
        (("CI",), "", True),
        (("ML", "SN"), "", False),
        ((), "COTE mob", True),
        ((), "mobile orange", False),
        (("CI",), "ivoire", True),
        (("CI",), "voire", False),
    ],
)
def test_a_rule_fits_by_country_and_words(
    countries: tuple[str, ...], words: str, fits: bool
) -> None:
    rule = MarkupRule(frozenset(countries), words, HALF_MORE)
    assert rule.fits(Rate("Côte d'Ivoire mobile", Price(1), country="CI")) is fits


def test_the_first_rule_that_fits_makes_the_price() -> None:
    mobile, fixed = Rate("Mali mobile", Price(100)), Rate("Mali", Price(100))
    other = Rate("Togo", Price(100), first_increment=60)
    entries = (
        Entry("2236", mobile, 5, 9),
        Entry("223", fixed),
        Entry("2237", mobile),
        Entry("228", other),
        Entry("229", Rate("Mali", Price(100))),
    )
    rules = (
        MarkupRule(frozenset(), "mobile", Markup(2_000_000)),
        MarkupRule(frozenset(), "mali", Markup(3_000_000)),
    )
    made = marked_up(entries, rules, HALF_MORE, tax_rate_bp=1000)
    assert [entry.rate.price_per_minute.micro for entry in made] == [220, 330, 220, 165, 330]
    assert [(entry.prefix, entry.starts_at, entry.ends_at) for entry in made] == [
        (entry.prefix, entry.starts_at, entry.ends_at) for entry in entries
    ]
    assert made[0].rate is made[2].rate
    assert made[1].rate is made[4].rate


def test_marked_up_entries_make_a_tariff() -> None:
    rules = TariffRules(bands=(TimeBand("night", (Window(127),)),))
    tariff = Tariff("sell", marked_up((Entry("223", FULL),), (), HALF_MORE), rules=rules)
    found = tariff.find("22370123456", 0)
    assert found is not None
    assert found.rate == marked_up_rate(FULL, HALF_MORE)


def test_a_million_prices_are_never_below_cost_times_factor() -> None:
    rng = random.Random(3)
    for _ in range(RANDOM_CASES // 1000):
        step = Price(rng.choice((1, 7, 10_000)))
        markup = Markup(rng.randrange(3_000_000), Price(rng.randrange(9_999)), step)
        tax = rng.choice((0, 550, 2000))
        for _ in range(1000):
            cost = rng.randrange(2_000_000)
            price = sell_price(Price(cost), markup, tax).micro
            assert price * 1_000_000 >= cost * markup.factor_ppm


micros = st.integers(0, 10**9)


@given(
    micros,
    st.integers(0, 10**7),
    micros,
    st.integers(1, 10**6),
    st.sampled_from(Rounding),
    st.integers(0, 10_000),
)
def test_a_price_is_the_exact_one_rounded_once(
    cost: int, factor: int, add: int, step: int, rounding: Rounding, tax: int
) -> None:
    markup = Markup(factor, Price(add), Price(step), rounding)
    price = sell_price(Price(cost), markup, tax).micro
    exact = (Fraction(cost * factor, 10**6) + add) * Fraction(10_000 + tax, 10_000)
    assert price % step == 0
    if rounding is Rounding.UP:
        assert exact <= price < exact + step
    elif rounding is Rounding.DOWN:
        assert exact - step < price <= exact
    else:
        assert exact - Fraction(step, 2) < price <= exact + Fraction(step, 2)


def test_the_price_proposed_for_a_margin() -> None:
    assert price_for_margin(Price(372_500), 250, 0, Price(10_000)) == Price(500_000)
    assert price_for_margin(Price(372_500), 250, 2000, Price(10_000)) == Price(600_000)
    assert price_for_margin(Price(0), 250, 2000, Price(10_000)) == Price(0)
    with pytest.raises(ValueError, match="all of itself"):
        price_for_margin(Price(1), 1000, 0, Price(1))


@given(micros, st.integers(0, 990), st.integers(0, 10_000), st.integers(1, 10**6))
def test_the_price_proposed_is_the_smallest_that_keeps_the_guard(
    cost: int, guard: int, tax: int, step: int
) -> None:
    rules = TariffRules(tax_rate_bp=tax)
    price = price_for_margin(Price(cost), guard, tax, Price(step)).micro
    assert price % step == 0
    assert margin_permille(net_of_tax(Price(price), rules).micro, cost) >= guard
    if price:
        less = net_of_tax(Price(price - step), rules).micro
        assert margin_permille(less, cost) < guard
