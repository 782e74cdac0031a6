"""Longest prefix, and the rates a tariff refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.money import Money, Price
from app.domain.tariff import INCREMENT_MAX, PRICE_MAX, Rate, Tariff, TariffError, fault_of

SENEGAL = Rate("221", "Senegal fixed", Price(260_000), country="SN")
MOBILE = Rate("2217", "Senegal mobile", Price(290_000), country="SN")
FRANCE = Rate("33", "France fixed", Price(50_000), country="FR")


def test_the_longest_prefix_wins() -> None:
    tariff = Tariff("shop", (SENEGAL, MOBILE, FRANCE))
    assert tariff.find("221775121234") is MOBILE
    assert tariff.find("221338211234") is SENEGAL
    assert tariff.find("2217") is MOBILE
    assert tariff.find("221") is SENEGAL
    assert tariff.find("22") is None
    assert tariff.find("") is None
    assert tariff.find("4930123456") is None


def test_an_empty_tariff_rates_nothing() -> None:
    assert Tariff("empty", ()).find("33142270001") is None


@pytest.mark.parametrize(
    ("rate", "code"),
    [
        (replace(SENEGAL, prefix=""), "bad_prefix"),
        (replace(SENEGAL, prefix="+221"), "bad_prefix"),
        (replace(SENEGAL, prefix="0221"), "bad_prefix"),
        (replace(SENEGAL, prefix="٢٢١"), "bad_prefix"),
        (replace(SENEGAL, prefix="221\n"), "bad_prefix"),
        (replace(SENEGAL, prefix="1" * 16), "bad_prefix"),
        (replace(SENEGAL, destination=" "), "missing_destination"),
        (replace(SENEGAL, price_per_minute=Price(-1)), "negative_price"),
        (replace(SENEGAL, price_per_minute=Price(PRICE_MAX.micro + 1)), "price_too_large"),
        (replace(SENEGAL, connection_fee=Price(-1)), "negative_fee"),
        (replace(SENEGAL, connection_fee=Price(PRICE_MAX.micro + 1)), "fee_too_large"),
        (replace(SENEGAL, first_increment=0), "bad_first_increment"),
        (replace(SENEGAL, first_increment=INCREMENT_MAX + 1), "bad_first_increment"),
        (replace(SENEGAL, next_increment=0), "bad_next_increment"),
        (replace(SENEGAL, next_increment=INCREMENT_MAX + 1), "bad_next_increment"),
    ],
)
def test_a_tariff_refuses_a_bad_rate(rate: Rate, code: str) -> None:
    assert fault_of(rate) == code
    with pytest.raises(TariffError) as caught:
        Tariff("shop", (FRANCE, rate))
    assert (caught.value.code, caught.value.prefix) == (code, rate.prefix)


@pytest.mark.parametrize("second", [SENEGAL, replace(SENEGAL, price_per_minute=Price(1))])
def test_a_tariff_refuses_a_prefix_twice(second: Rate) -> None:
    with pytest.raises(TariffError, match="duplicate_prefix: 221"):
        Tariff("shop", (SENEGAL, FRANCE, second))


def test_a_tariff_refuses_a_bill_step_below_one_unit() -> None:
    with pytest.raises(TariffError, match="bad_bill_step"):
        Tariff("shop", (), bill_step=Money(0))


def test_the_extremes_are_allowed() -> None:
    extreme = Rate("1" * 15, "x", PRICE_MAX, PRICE_MAX, INCREMENT_MAX, INCREMENT_MAX)
    assert fault_of(extreme) == ""
    assert Tariff("shop", (extreme,)).find("1" * 20) is extreme
