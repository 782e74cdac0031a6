"""Which version holds: kept in memory, read when first needed."""

from __future__ import annotations

from app.desk.pricing import Pricing, Span
from app.domain.money import Price
from app.domain.tariff import Entry, Rate, Tariff
from app.domain.tariff_kinds import SHOP

EMPTY = Tariff("", ())


def made(version: int, micro: int = 60_000) -> Tariff:
    return Tariff("t", (Entry("44", Rate("UK", Price(micro))),), version=version)


def test_a_shop_without_a_tariff_sells_by_an_empty_one() -> None:
    assert Pricing(EMPTY).tariff(SHOP, 5) is EMPTY
    assert Pricing(EMPTY).tariff("vip", 5) is EMPTY


def test_the_version_that_started_last_holds() -> None:
    one, two, three = made(1), made(2), made(3)
    pricing = Pricing(EMPTY)
    for span in (Span(20, 3, three), Span(0, 1, one), Span(20, 2, two)):
        pricing.install(SHOP, span, is_cost=False)
    assert pricing.tariff("", 19) is one
    # Of two from the same instant the later one.
    assert pricing.tariff("", 20) is three
    pricing.remove(3)
    assert pricing.tariff("", 20) is two


def test_nothing_holds_before_the_first_version() -> None:
    pricing = Pricing(EMPTY)
    pricing.install(SHOP, Span(10, 1, made(1)), is_cost=False)
    assert pricing.tariff("", 9) is EMPTY


def test_another_name_falls_back_to_the_shop_until_it_has_a_version() -> None:
    shop, vip = made(1), made(2)
    pricing = Pricing.of(shop)
    pricing.install("vip", Span(10, 2, vip), is_cost=False)
    assert pricing.tariff("vip", 9) is shop
    assert pricing.tariff("vip", 10) is vip
    assert pricing.tariff("unknown", 10) is shop


def test_a_version_is_read_once_and_only_when_needed() -> None:
    asked = []

    def load(version: int) -> Tariff:
        asked.append(version)
        return made(version)

    pricing = Pricing(EMPTY, load)
    pricing.install(SHOP, Span(0, 1), is_cost=False)
    pricing.install(SHOP, Span(10, 2), is_cost=False)
    assert asked == []
    assert pricing.tariff("", 5) is pricing.tariff("", 6)
    assert pricing.tariff("", 15).version == 2
    assert asked == [1, 2]


def test_a_version_that_nobody_can_read_is_as_good_as_none() -> None:
    pricing = Pricing(EMPTY)
    pricing.install(SHOP, Span(0, 1), is_cost=False)
    assert pricing.tariff("", 5) is EMPTY


def test_costs_are_kept_apart() -> None:
    cost = made(7, 50_000)
    pricing = Pricing.of(made(1))
    pricing.install("carrier", Span(10, 7, cost), is_cost=True)
    pricing.install("later", Span(90, 8, made(8)), is_cost=True)
    assert pricing.costs_at(9) == ()
    assert pricing.costs_at(10) == (cost,)
    pricing.remove(7)
    assert pricing.costs_at(10) == ()


def test_indexes_are_kept_for_the_tariffs_asked_about_last() -> None:
    pricing = Pricing(EMPTY)
    first = made(1)
    index = pricing.index(first)
    assert pricing.index(first) is index
    for version in range(2, 6):
        pricing.index(made(version))
    assert pricing.index(first) is not index


def test_margins_are_worked_out_once_for_a_pair() -> None:
    pricing = Pricing(EMPTY)
    sold, cost = made(1), made(2, 50_000)
    margins = pricing.margins(sold, cost)
    assert pricing.margins(sold, cost) is margins
    assert pricing.margins(sold, made(3)) is not margins
    assert pricing.margins(cost, sold) is not margins
    for version in range(4, 16):
        pricing.margins(sold, made(version))
    assert pricing.margins(sold, cost) is not margins
