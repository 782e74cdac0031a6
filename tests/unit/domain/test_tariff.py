"""Longest prefix, dates, and what a tariff refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.bands import TimeBand, Window
from app.domain.money import Money, Price
from app.domain.tariff import (
    BP,
    INCREMENT_MAX,
    PREFIX_MAX,
    PRICE_MAX,
    SECONDS_MAX,
    BandPrice,
    Entry,
    Rate,
    Step,
    Tariff,
    TariffError,
    TariffRules,
    fault_of,
    fault_of_entry,
    rates_of,
)

FIXED = Rate("Senegal fixed", Price(260_000), country="SN")
MOBILE = Rate("Senegal mobile", Price(290_000), country="SN")
FRANCE = Rate("France fixed", Price(50_000), country="FR")
SHOP = (Entry("221", FIXED), Entry("2217", MOBILE), Entry("33", FRANCE))

NOW = 1_700_000_000_000_000
EVENING = TimeBand("evening", (Window(0b1111111, 1200, 1440),))
TOO_MUCH = Price(PRICE_MAX.micro + 1)
BELOW_ZERO = Price(-1)


def found(tariff: Tariff, digits: str, at: int = NOW) -> str | None:
    entry = tariff.find(digits, at)
    return None if entry is None else entry.rate.destination


def test_the_longest_prefix_wins() -> None:
    tariff = Tariff("shop", SHOP)
    assert tariff.find("221775121234", NOW) is SHOP[1]
    assert tariff.find("221338211234", NOW) is SHOP[0]
    assert tariff.find("2217", NOW) is SHOP[1]
    assert tariff.find("221", NOW) is SHOP[0]
    assert tariff.find("22", NOW) is None
    assert tariff.find("", NOW) is None
    assert tariff.find("4930123456", NOW) is None


def test_an_empty_tariff_rates_nothing() -> None:
    assert Tariff("empty", ()).find("33142270001", NOW) is None


def test_a_discontinued_longer_prefix_leaves_the_number_to_the_shorter() -> None:
    ended = Entry("2217", MOBILE, ends_at=NOW)
    tariff = Tariff("shop", (SHOP[0], ended))
    assert found(tariff, "221775121234", NOW - 1) == "Senegal mobile"
    assert found(tariff, "221775121234", NOW) == "Senegal fixed"


def test_a_longer_prefix_that_has_not_begun_leaves_it_too() -> None:
    tariff = Tariff("shop", (SHOP[0], Entry("2217", MOBILE, starts_at=NOW)))
    assert found(tariff, "221775121234", NOW - 1) == "Senegal fixed"
    assert found(tariff, "221775121234", NOW) == "Senegal mobile"


def test_of_entries_by_date_the_one_that_holds_is_taken() -> None:
    winter = Entry("2217", replace(MOBILE, destination="winter"), 0, 1000)
    spring = Entry("2217", replace(MOBILE, destination="spring"), 1000, 2000)
    autumn = Entry("2217", replace(MOBILE, destination="autumn"), 3000)
    tariff = Tariff("shop", (autumn, SHOP[0], winter, spring))
    assert [found(tariff, "221775", at) for at in (0, 999, 1000, 1999, 2000, 2999, 3000)] == [
        "winter",
        "winter",
        "spring",
        "spring",
        "Senegal fixed",
        "Senegal fixed",
        "autumn",
    ]
    assert tariff.all_of("2217") == (winter, spring, autumn)
    assert tariff.all_of("221") == (SHOP[0],)
    assert tariff.all_of("22") == ()


@pytest.mark.parametrize(
    ("rate", "code"),
    [
        (replace(FIXED, destination=" "), "missing_destination"),
        (replace(FIXED, price_per_minute=BELOW_ZERO), "negative_price"),
        (replace(FIXED, price_per_minute=TOO_MUCH), "price_too_large"),
        (replace(FIXED, connection_fee=BELOW_ZERO), "negative_fee"),
        (replace(FIXED, connection_fee=TOO_MUCH), "fee_too_large"),
        (replace(FIXED, minimum_charge=BELOW_ZERO), "negative_minimum"),
        (replace(FIXED, minimum_charge=TOO_MUCH), "minimum_too_large"),
        (replace(FIXED, surcharge=BELOW_ZERO), "negative_surcharge"),
        (replace(FIXED, surcharge=TOO_MUCH), "surcharge_too_large"),
        (replace(FIXED, ceiling=BELOW_ZERO), "negative_ceiling"),
        (replace(FIXED, ceiling=TOO_MUCH), "ceiling_too_large"),
        (replace(FIXED, first_increment=0), "bad_first_increment"),
        (replace(FIXED, first_increment=INCREMENT_MAX + 1), "bad_first_increment"),
        (replace(FIXED, next_increment=0), "bad_next_increment"),
        (replace(FIXED, next_increment=INCREMENT_MAX + 1), "bad_next_increment"),
        (replace(FIXED, free_seconds=-1), "bad_free_seconds"),
        (replace(FIXED, free_seconds=SECONDS_MAX + 1), "bad_free_seconds"),
        (replace(FIXED, free_below=-1), "bad_free_below"),
        (replace(FIXED, free_below=SECONDS_MAX + 1), "bad_free_below"),
        (replace(FIXED, steps=tuple(Step(n, Price(1)) for n in (1, 2, 3, 4))), "too_many_steps"),
        (replace(FIXED, steps=(Step(0, Price(1)),)), "bad_step"),
        (replace(FIXED, steps=(Step(60, Price(1)), Step(60, Price(1)))), "bad_step"),
        (replace(FIXED, steps=(Step(SECONDS_MAX + 1, Price(1)),)), "bad_step"),
        (replace(FIXED, steps=(Step(60, Price(1), -1),)), "bad_step"),
        (replace(FIXED, steps=(Step(60, Price(1), INCREMENT_MAX + 1),)), "bad_step"),
        (replace(FIXED, steps=(Step(60, BELOW_ZERO),)), "bad_step"),
        (replace(FIXED, steps=(Step(60, TOO_MUCH),)), "bad_step"),
        (replace(FIXED, bands=(BandPrice("evening", Price(1)),) * 2), "repeated_band"),
        (replace(FIXED, bands=(BandPrice("evening", BELOW_ZERO),)), "negative_price"),
        (replace(FIXED, bands=(BandPrice("evening", Price(1), TOO_MUCH),)), "fee_too_large"),
        (
            replace(FIXED, bands=(BandPrice("evening", Price(1), steps=(Step(0, Price(1)),)),)),
            "bad_step",
        ),
    ],
)
def test_a_tariff_refuses_a_bad_rate(rate: Rate, code: str) -> None:
    assert fault_of(rate) == code
    with pytest.raises(TariffError) as caught:
        Tariff("shop", (SHOP[2], Entry("221", rate)), rules=TariffRules(bands=(EVENING,)))
    assert (caught.value.code, caught.value.prefix) == (code, "221")
    assert str(caught.value) == f"{code}: 221"


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Entry("", FIXED), "bad_prefix"),
        (Entry("+221", FIXED), "bad_prefix"),
        (Entry("0221", FIXED), "bad_prefix"),
        (Entry("٢٢١", FIXED), "bad_prefix"),
        (Entry("221\n", FIXED), "bad_prefix"),
        (Entry("1" * (PREFIX_MAX + 1), FIXED), "bad_prefix"),
        (Entry("221", FIXED, -1), "bad_dates"),
        (Entry("221", FIXED, 5, 5), "bad_dates"),
        (Entry("221", FIXED, 5, 4), "bad_dates"),
    ],
)
def test_a_tariff_refuses_a_bad_prefix_and_dates_without_a_day(entry: Entry, code: str) -> None:
    assert fault_of_entry(entry) == code
    with pytest.raises(TariffError) as caught:
        Tariff("shop", (SHOP[2], entry))
    assert (caught.value.code, caught.value.prefix) == (code, entry.prefix)


@pytest.mark.parametrize(
    "second",
    [
        SHOP[0],
        Entry("221", FIXED),
        Entry("221", replace(FIXED, price_per_minute=Price(1))),
        Entry("221", FIXED, starts_at=NOW),
        Entry("221", FIXED, ends_at=NOW),
    ],
)
def test_a_tariff_refuses_a_prefix_twice_at_one_time(second: Entry) -> None:
    with pytest.raises(TariffError, match="duplicate_prefix: 221"):
        Tariff("shop", (SHOP[0], SHOP[2], second))


def test_a_tariff_refuses_dates_that_overlap_by_an_instant() -> None:
    earlier = Entry("221", FIXED, 0, 1001)
    with pytest.raises(TariffError, match="duplicate_prefix"):
        Tariff("shop", (Entry("221", FIXED, 1000), earlier))


def test_a_rate_may_only_name_bands_of_the_tariff() -> None:
    entry = Entry("221", replace(FIXED, bands=(BandPrice("night", Price(1)),)))
    with pytest.raises(TariffError, match="unknown_band: 221"):
        Tariff("shop", (entry,), rules=TariffRules(bands=(EVENING,)))


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        (TariffRules(bill_step=Money(0)), "bad_bill_step"),
        (TariffRules(tax_rate_bp=-1), "bad_tax"),
        (TariffRules(tax_rate_bp=BP + 1), "bad_tax"),
        (TariffRules(bands=(EVENING, replace(EVENING, name=""))), "bad_band_name"),
        (TariffRules(bands=(TimeBand("never", ()),)), "bad_days"),
        (TariffRules(bands=(TimeBand("night", (Window(1, 1440, 360),)),)), "bad_minutes"),
        (TariffRules(bands=(EVENING, EVENING)), "repeated_band"),
        (TariffRules(zone="Europe/Dakar"), "bad_zone"),
        (TariffRules(zone=""), "bad_zone"),
        (TariffRules(zone="../secret"), "bad_zone"),
    ],
)
def test_a_tariff_refuses_bad_rules(rules: TariffRules, code: str) -> None:
    with pytest.raises(TariffError) as caught:
        Tariff("shop", SHOP, rules=rules)
    assert (caught.value.code, str(caught.value)) == (code, code)


def test_the_extremes_are_allowed() -> None:
    steps = (Step(1, PRICE_MAX), Step(2, Price(0), INCREMENT_MAX), Step(SECONDS_MAX, PRICE_MAX))
    extreme = Rate(
        "x",
        PRICE_MAX,
        PRICE_MAX,
        INCREMENT_MAX,
        INCREMENT_MAX,
        "",
        SECONDS_MAX,
        SECONDS_MAX,
        PRICE_MAX,
        PRICE_MAX,
        PRICE_MAX,
        steps,
        (BandPrice("evening", PRICE_MAX, PRICE_MAX, steps),),
    )
    assert fault_of(extreme) == ""
    entry = Entry("1" * PREFIX_MAX, extreme, 0, 1)
    rules = TariffRules(tax_rate_bp=BP, bands=(EVENING,), zone="Australia/Lord_Howe")
    assert Tariff("shop", (entry,), rules=rules).find("1" * 20, 0) is entry


def test_each_rate_is_named_once_in_its_order() -> None:
    twice = (*SHOP, Entry("222", FIXED), Entry("223", replace(FRANCE)))
    assert [id(rate) for rate in rates_of(twice)] == [
        id(FIXED),
        id(MOBILE),
        id(FRANCE),
        id(twice[-1].rate),
    ]


def test_a_tariff_takes_the_databases_number_and_stays_the_same() -> None:
    rules = TariffRules(tax_rate_bp=2000)
    tariff = Tariff("shop", SHOP, version=1, rules=rules)
    numbered = tariff.numbered(7)
    assert (numbered.version, tariff.version) == (7, 1)
    assert numbered == replace(tariff, version=7)
    assert numbered.find("221775121234", NOW) is SHOP[1]
