"""One answer of the price look-up: what minutes cost and how long an amount lasts."""

from __future__ import annotations

from app.domain.bands import clock_of
from app.domain.credit import Unlimited, payable, seconds_at
from app.domain.money import Money
from app.domain.pieces import band_price, starting_band
from app.domain.rating import charge_for
from app.domain.tariff import Entry, Tariff
from app.messages.views import LaterPrice, QuoteRow

QUOTED_MINUTES = (1, 5, 10)


def quote(tariff: Tariff, entry: Entry, at: int, amount: Money | None = None) -> QuoteRow:
    """Price a destination at an instant (microseconds UTC), all rules and rounding included."""
    rate = entry.rate
    band = starting_band(tariff.rules, rate, at)
    priced = band_price(rate, band)
    return QuoteRow(
        rate.destination,
        rate.country,
        entry.prefix,
        priced.price_per_minute,
        priced.connection_fee,
        rate.first_increment,
        rate.next_increment,
        examples(tariff, entry, at),
        lasts=lasts(tariff, entry, at, amount),
        band=band,
        later=_later(tariff, entry, at, amount),
        access=rate.access,
        free_seconds=rate.free_seconds,
        minimum_charge=rate.minimum_charge,
    )


def examples(tariff: Tariff, entry: Entry, at: int) -> tuple[tuple[int, Money], ...]:
    """Return what calls of some minutes cost a customer who makes no other."""
    return tuple(
        (minutes, payable(tariff, (charge_for(tariff, entry, at, minutes * 60),)))
        for minutes in QUOTED_MINUTES
    )


def lasts(tariff: Tariff, entry: Entry, at: int, amount: Money | None) -> int | Unlimited | None:
    """Return how many seconds an amount lasts, None where none was asked about."""
    return None if amount is None else seconds_at(tariff, entry, at, amount)


def _later(tariff: Tariff, entry: Entry, at: int, amount: Money | None) -> LaterPrice | None:
    """Return the price after the next change of time band, None where nothing changes."""
    rate = entry.rate
    change = clock_of(tariff.rules).next_change(at) if rate.bands else None
    if change is None:
        return None
    starts_at, band = change
    priced = band_price(rate, band)
    if priced == band_price(rate, starting_band(tariff.rules, rate, at)):
        return None
    return LaterPrice(
        starts_at,
        band,
        priced.price_per_minute,
        priced.connection_fee,
        examples(tariff, entry, starts_at),
        lasts(tariff, entry, starts_at, amount),
    )
