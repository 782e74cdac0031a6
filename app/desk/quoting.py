"""One answer of the price look-up: what minutes cost and how long an amount lasts."""

from __future__ import annotations

from app.domain.bands import clock_of
from app.domain.credit import Unlimited, payable, seconds_at
from app.domain.money import Money, Price
from app.domain.pieces import band_price, starting_band
from app.domain.quotes import country_at
from app.domain.rating import ANYBODY, Payer, charge_for
from app.domain.tariff import Entry, Rate, Step, Tariff
from app.messages.views import LaterPrice, QuoteRow

QUOTED_MINUTES = (1, 5, 10)

_CHANGES_MAX = 40
"""Changes of time band looked at; a week has that many where the band changes five times a day."""


def quote(
    tariff: Tariff, entry: Entry, at: int, amount: Money | None = None, payer: Payer = ANYBODY
) -> QuoteRow:
    """Price a destination at an instant (microseconds UTC), all rules and rounding included.

    The discount of `payer` is in the examples and in how long the amount lasts, not in the
    price per minute.
    """
    rate = entry.rate
    band = starting_band(tariff.rules, rate, at)
    priced = band_price(rate, band)
    return QuoteRow(
        rate.destination,
        country_at(entry),
        entry.prefix,
        priced.price_per_minute,
        priced.connection_fee,
        rate.first_increment,
        rate.next_increment,
        examples(tariff, entry, at, payer),
        lasts=lasts(tariff, entry, at, amount, payer),
        band=band,
        later=_later(tariff, entry, at, amount, payer),
        access=rate.access,
        free_seconds=rate.free_seconds,
        minimum_charge=rate.minimum_charge,
    )


def examples(
    tariff: Tariff, entry: Entry, at: int, payer: Payer = ANYBODY
) -> tuple[tuple[int, Money], ...]:
    """Return what calls of some minutes cost a customer who makes no other."""
    return tuple(
        (minutes, payable(tariff, (charge_for(tariff, entry, at, minutes * 60, payer),)))
        for minutes in QUOTED_MINUTES
    )


def lasts(
    tariff: Tariff, entry: Entry, at: int, amount: Money | None, payer: Payer = ANYBODY
) -> int | Unlimited | None:
    """Return how many seconds an amount lasts, None where none was asked about."""
    return None if amount is None else seconds_at(tariff, entry, at, amount, payer)


def _later(
    tariff: Tariff, entry: Entry, at: int, amount: Money | None, payer: Payer
) -> LaterPrice | None:
    """Return what the destination costs from when its price changes, None where it never does."""
    change = _next_price(tariff, entry.rate, at)
    if change is None:
        return None
    starts_at, band = change
    priced = band_price(entry.rate, band)
    return LaterPrice(
        starts_at,
        band,
        priced.price_per_minute,
        priced.connection_fee,
        examples(tariff, entry, starts_at, payer),
        lasts(tariff, entry, starts_at, amount, payer),
    )


def _next_price(tariff: Tariff, rate: Rate, at: int) -> tuple[int, str] | None:
    """Return when a time band begins in which the rate costs something else, and its name."""
    if not rate.bands:
        return None
    now = _terms(rate, starting_band(tariff.rules, rate, at))
    for _ in range(_CHANGES_MAX):
        change = clock_of(tariff.rules).next_change(at)
        if change is None or _terms(rate, change[1]) != now:
            return change
        at = change[0]
    return None


def _terms(rate: Rate, band: str) -> tuple[Price, Price, tuple[Step, ...]]:
    priced = band_price(rate, band)
    return priced.price_per_minute, priced.connection_fee, priced.steps
