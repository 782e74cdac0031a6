"""What a price question is answered: minutes, how long an amount lasts, the next time band."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.desk.quoting import quote
from app.domain.bands import TimeBand, parse_window
from app.domain.credit import UNLIMITED
from app.domain.money import EUR, Money, Price
from app.domain.rating import Payer
from app.domain.tariff import Access, BandPrice, Entry, Rate, Step, Tariff, TariffRules, TaxMode

PARIS = "Europe/Paris"
BANDS = (
    TimeBand("evening", (parse_window("mon-fri 20:00-24:00"),)),
    TimeBand("weekend", (parse_window("sat,sun"),)),
    TimeBand("noon", (parse_window("mon-fri 12:00-14:00"),)),
)


def at(hour: int, minute: int = 0, day: int = 20) -> int:
    """An instant of November 2026 by the clock of Paris; the 20th is a Friday."""
    utc = datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)
    return int(utc.timestamp()) * 1_000_000


def tariff(rate: Rate, **rules: object) -> tuple[Tariff, Entry]:
    entry = Entry("221", rate)
    given: dict[str, object] = {"zone": PARIS, "bands": BANDS, **rules}
    made = TariffRules(**given)  # type: ignore[arg-type]  # the names are checked at run time
    return Tariff("test", (entry,), EUR, 1, made), entry


def test_a_flat_price() -> None:
    rate = Rate(
        "Senegal",
        Price(290_000),
        Price(50_000),
        60,
        30,
        "SN",
        free_seconds=10,
        minimum_charge=Price(200_000),
        access=Access.KEY,
    )
    row = quote(*tariff(rate), at(15), Money(500))
    assert (row.destination, row.country, row.prefix) == ("Senegal", "SN", "221")
    assert (row.price_per_minute, row.connection_fee) == (Price(290_000), Price(50_000))
    assert (row.first_increment, row.next_increment) == (60, 30)
    assert row.examples == ((1, Money(34)), (5, Money(150)), (10, Money(295)))
    assert row.lasts == 10 + 60 + 32 * 30
    assert (row.band, row.later) == ("", None)
    assert (row.access, row.free_seconds) == (Access.KEY, 10)
    assert row.minimum_charge == Price(200_000)


def test_nobody_asked_how_long_an_amount_lasts() -> None:
    assert quote(*tariff(Rate("Senegal", Price(290_000))), at(15)).lasts is None


def test_a_price_without_end_is_unlimited_and_one_too_dear_is_zero() -> None:
    assert quote(*tariff(Rate("Free", Price(0))), at(15), Money(1)).lasts is UNLIMITED
    dear = Rate("Dear", Price(1_000_000), Price(2_000_000))
    assert quote(*tariff(dear), at(15), Money(100)).lasts == 0


def test_the_next_band_is_said_with_all_its_figures() -> None:
    rate = Rate(
        "Senegal", Price(290_000), bands=(BandPrice("evening", Price(150_000), Price(50_000)),)
    )
    row = quote(*tariff(rate), at(19, 59), Money(500))
    assert (row.band, row.price_per_minute) == ("", Price(290_000))
    later = row.later
    assert later is not None
    assert (later.starts_at, later.band) == (at(20), "evening")
    assert (later.price_per_minute, later.connection_fee) == (Price(150_000), Price(50_000))
    assert later.examples == ((1, Money(20)), (5, Money(80)), (10, Money(155)))
    assert later.lasts == 1980
    row = quote(*tariff(rate), at(20), Money(500))
    assert (row.band, row.price_per_minute) == ("evening", Price(150_000))
    # The week-end has no price of its own: the rate's own holds.
    assert row.later is not None
    assert (row.later.starts_at, row.later.price_per_minute) == (at(0, day=21), Price(290_000))


def test_a_band_at_the_same_price_is_passed_over() -> None:
    rate = Rate("Senegal", Price(290_000), bands=(BandPrice("weekend", Price(100_000)),))
    row = quote(*tariff(rate), at(11), Money(500))
    assert row.later is not None
    assert (row.later.starts_at, row.later.band) == (at(0, day=21), "weekend")


def test_a_band_with_other_later_prices_is_another_price() -> None:
    cheaper = (Step(600, Price(100_000)),)
    rate = Rate(
        "Senegal", Price(290_000), bands=(BandPrice("noon", Price(290_000), steps=cheaper),)
    )
    row = quote(*tariff(rate), at(11), Money(500))
    assert row.later is not None
    assert row.later.starts_at == at(12)


@pytest.mark.parametrize("hour", [11, 21])
def test_a_rate_whose_bands_all_cost_the_same_has_no_later_price(hour: int) -> None:
    same = tuple(BandPrice(band.name, Price(290_000)) for band in BANDS)
    assert quote(*tariff(Rate("Senegal", Price(290_000), bands=same)), at(hour)).later is None


def test_what_is_quoted_is_what_is_paid() -> None:
    found = tariff(
        Rate("Senegal", Price(290_000)),
        tax_mode=TaxMode.ADDED,
        tax_rate_bp=2000,
        bill_step=Money(5),
    )
    assert quote(*found, at(15)).examples[0] == (1, Money(35))
    member = quote(*found, at(15), Money(35), Payer(5000))
    assert member.examples[0] == (1, Money(20))
    assert member.lasts == 120
