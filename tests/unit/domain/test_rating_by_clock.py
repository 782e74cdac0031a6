"""Charges by the clock: bands, both clock changes, holidays and dates, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.bands import TimeBand, Window
from app.domain.money import Money, Price
from app.domain.rating import Charge, rate_call
from app.domain.tariff import (
    BandPolicy,
    BandPrice,
    Entry,
    Rate,
    Tariff,
    TariffRules,
)

NUMBER = "221775121234"
AT = 1_700_000_000_000_000
SECOND = 1_000_000
MOBILE = Rate("Senegal mobile", Price(290_000), country="SN")
CENT_A_SECOND = replace(MOBILE, price_per_minute=Price(600_000))


def charged(tariff: Tariff, seconds: int, at: int) -> Charge:
    charge = rate_call(tariff, NUMBER, at, seconds * 1000)
    assert charge is not None
    return charge


def fee_of(charge: Charge) -> int:
    (fee,) = (line.amount.micro for line in charge.lines if line.code == "fee")
    return fee


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * SECOND


def local(text: str, zone: str = "Europe/Paris") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()) * SECOND


EVERY_DAY = 0b1111111
NIGHT = TimeBand("night", (Window(EVERY_DAY, 22 * 60, 6 * 60),))
TWO = TimeBand("two", (Window(EVERY_DAY, 2 * 60, 3 * 60),))
FEAST = TimeBand("feast", (Window(0b10000000),))
SATURDAY = TimeBand("saturday", (Window(0b0100000),))


def banded(band: TimeBand, policy: BandPolicy, country: str = "", feast: str = "") -> Tariff:
    """Make a shop in Paris: a cent a second, in the band a tenth of it with a fee of 0.05."""
    price = BandPrice(band.name, Price(60_000), Price(50_000))
    rate = replace(CENT_A_SECOND, connection_fee=Price(200_000), bands=(price,))
    feasts = frozenset({date.fromisoformat(feast).toordinal()} if feast else ())
    rules = TariffRules(
        zone="Europe/Paris",
        bands=(band,),
        band_policy=policy,
        holiday_country=country,
        extra_holidays=feasts,
    )
    return Tariff("shop", (Entry("2217", rate),), rules=rules)


@pytest.mark.parametrize(
    ("policy", "exact"),
    [
        (BandPolicy.START, 200_000 + 600_000),
        (BandPolicy.INCREMENT, 200_000 + 300_000 + 30_000),
        (BandPolicy.CUT, 200_000 + 300_000 + 30_000),
    ],
)
def test_a_call_that_runs_into_the_night(policy: BandPolicy, exact: int) -> None:
    charge = charged(banded(NIGHT, policy), 60, local("2026-03-09T21:59:30"))
    assert charge.exact == Price(exact)
    assert charge.price_per_minute == Price(600_000)


@pytest.mark.parametrize("policy", BandPolicy)
def test_the_fee_is_that_of_the_band_in_which_the_call_starts(policy: BandPolicy) -> None:
    by_night = charged(banded(NIGHT, policy), 60, local("2026-03-10T05:59:30"))
    by_day = charged(banded(NIGHT, policy), 60, local("2026-03-09T21:59:30"))
    assert (fee_of(by_night), fee_of(by_day)) == (50_000, 200_000)
    assert by_night.price_per_minute == Price(60_000)


@pytest.mark.parametrize("seconds", [0, 3, 5])
def test_a_call_that_costs_nothing_names_the_price_of_its_band(seconds: int) -> None:
    tariff = banded(NIGHT, BandPolicy.START)
    rate = replace(tariff.entries[0].rate, free_seconds=5, free_below=4)
    tariff = replace(tariff, entries=(Entry("2217", rate),))
    by_night = charged(tariff, seconds, local("2026-03-10T05:59:30"))
    assert (by_night.total, by_night.price_per_minute) == (Money(0), Price(60_000))
    by_day = charged(tariff, seconds, local("2026-03-10T06:00:00"))
    assert by_day.price_per_minute == Price(600_000)


def test_spring_in_paris_has_no_hour_of_two() -> None:
    """From 01:59:30 a minute of call ends at 03:00:30 on the wall; 02:00 never was."""
    charge = charged(banded(TWO, BandPolicy.CUT), 60, utc("2026-03-29T00:59:30"))
    assert charge.exact == Price(200_000 + 600_000)
    day_before = charged(banded(TWO, BandPolicy.CUT), 60, utc("2026-03-28T00:59:30"))
    assert day_before.exact == Price(200_000 + 300_000 + 30_000)


@pytest.mark.parametrize("at", ["2026-10-25T00:30:00", "2026-10-25T01:30:00"])
def test_autumn_in_paris_has_the_hour_of_two_twice(at: str) -> None:
    """Both 02:30 are in the band."""
    charge = charged(banded(TWO, BandPolicy.CUT), 60, utc(at))
    assert charge.exact == Price(50_000 + 60_000)


def test_a_call_through_the_whole_repeated_hour() -> None:
    """From 01:59 to 03:01 on the wall: a minute, two hours in the band, a minute."""
    charge = charged(banded(TWO, BandPolicy.CUT), 7320, utc("2026-10-24T23:59:00"))
    assert [(line.band, line.seconds) for line in charge.lines if line.seconds] == [
        ("", 1),
        ("", 59),
        ("two", 7200),
        ("", 60),
    ]


def test_the_fourteenth_of_july() -> None:
    tariff = banded(FEAST, BandPolicy.START, country="FR")
    assert charged(tariff, 60, local("2026-07-14T12:00")).exact == Price(110_000)
    assert charged(tariff, 60, local("2026-07-15T12:00")).exact == Price(800_000)


def test_a_date_of_the_owner() -> None:
    tariff = banded(FEAST, BandPolicy.START, feast="2026-03-10")
    assert charged(tariff, 60, local("2026-03-10T12:00")).exact == Price(110_000)
    assert charged(tariff, 60, local("2026-03-11T12:00")).exact == Price(800_000)


def test_a_band_without_a_price_leaves_the_rates_own() -> None:
    rules = TariffRules(bands=(SATURDAY,))
    tariff = Tariff("shop", (Entry("2217", CENT_A_SECOND),), rules=rules)
    assert charged(tariff, 60, local("2026-03-14T12:00")).total == Money(60)


def test_a_discontinued_prefix_falls_back_to_the_shorter() -> None:
    mobile = Entry("2217", MOBILE, ends_at=AT)
    tariff = Tariff("shop", (mobile, Entry("221", replace(MOBILE, destination="Senegal"))))
    before, after = (rate_call(tariff, NUMBER, at, 60_000) for at in (AT - 1, AT))
    assert before is not None
    assert after is not None
    assert (before.prefix, before.destination) == ("2217", "Senegal mobile")
    assert (after.prefix, after.destination) == ("221", "Senegal")


def test_a_call_is_rated_by_the_entry_that_holds_at_its_answer() -> None:
    old = Entry("2217", CENT_A_SECOND, ends_at=AT)
    new = Entry("2217", replace(CENT_A_SECOND, price_per_minute=Price(1_200_000)), starts_at=AT)
    tariff = Tariff("shop", (old, new))
    assert charged(tariff, 3600, AT - 1).total == Money(3600)
    assert charged(tariff, 3600, AT).total == Money(7200)
