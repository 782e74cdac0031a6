"""What a call costs, second by second: slow, simple, and written apart from the program's way.

Every billed second looks for the increment it belongs to, converts its own instant to the shop's
wall clock, goes through windows and holidays, and adds a sixtieth of the price it finds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from app.domain.bands import HOLIDAY, Window
from app.domain.money import Currency, Price, Rounding
from app.domain.rating import Payer
from app.domain.tariff import (
    BandPolicy,
    BandPrice,
    BlockRule,
    FreeRule,
    Rate,
    RoundingOrder,
    TariffRules,
    TaxMode,
)

SECOND = 1_000_000


@dataclass(frozen=True)
class Naive:
    """A charge in minor units and millionths; `payable` with the rounding of a bill."""

    total: int
    exact: int
    payable: int
    billed: int
    free: int


@cache
def holidays_of(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year)) if country else frozenset()


def is_feast(rules: TariffRules, day: date) -> bool:
    if day.toordinal() in rules.no_holidays:
        return False
    if day.toordinal() in rules.extra_holidays:
        return True
    return day in holidays_of(rules.holiday_country, day.year)


def kind_of_day(rules: TariffRules, day: date) -> int:
    """Return 0 to 6 for Monday to Sunday, or 7."""
    feasts_count = any(
        w.days & 1 << HOLIDAY and w.days != 255 for band in rules.bands for w in band.windows
    )
    return HOLIDAY if feasts_count and is_feast(rules, day) else day.weekday()


def begins_on(rules: TariffRules, window: Window, day: date) -> bool:
    return bool(window.days & 1 << kind_of_day(rules, day))


def naive_band(rules: TariffRules, at: int) -> str:
    """Return the band at an instant, by the wall clock of that very second."""
    wall = datetime.fromtimestamp(at // SECOND, UTC).astimezone(ZoneInfo(rules.zone))
    return band_on_the_wall(rules, wall.date(), wall.hour * 60 + wall.minute)


@cache
def band_on_the_wall(rules: TariffRules, day: date, minute: int) -> str:
    for band in rules.bands:
        for window in band.windows:
            if window.from_minute < window.to_minute:
                holds = window.from_minute <= minute < window.to_minute
                if holds and begins_on(rules, window, day):
                    return band.name
                continue
            if minute >= window.from_minute and begins_on(rules, window, day):
                return band.name
            if minute < window.to_minute and begins_on(rules, window, day - timedelta(days=1)):
                return band.name
    return ""


@dataclass(frozen=True)
class NaiveCall:
    """One call: `free` seconds first, then paid ones, both counted from the answer."""

    rules: TariffRules
    rate: Rate
    at: int
    free: int

    def band(self, second: int) -> str:
        if self.rules.band_policy is BandPolicy.START:
            second = 0
        return naive_band(self.rules, self.at + second * SECOND)

    def prices(self, band: str) -> Rate | BandPrice:
        by_name: dict[str, BandPrice] = {price.band: price for price in self.rate.bands}
        return by_name.get(band, self.rate)

    def price_of(self, second: int, increment_begins: int) -> Price:
        """Return the price of a second within an increment."""
        by_increment = self.rules.band_policy is BandPolicy.INCREMENT
        prices = self.prices(self.band(increment_begins if by_increment else second))
        price = prices.price_per_minute
        for step in prices.steps:
            if increment_begins >= step.after_seconds:
                price = step.price_per_minute
        return price

    def length_at(self, second: int) -> int:
        """Return the length of a next increment that begins there."""
        length = self.rate.next_increment
        for step in self.prices(self.band(second)).steps:
            if second >= step.after_seconds:
                length = step.next_increment or self.rate.next_increment
        return length

    def increments(self, seconds: int) -> list[tuple[int, int]]:
        """Return beginning and end of all increments of a call of so many seconds."""
        found = [(self.free, self.free + self.rate.first_increment)]
        while found[-1][1] < seconds:
            begins = found[-1][1]
            length = self.length_at(begins)
            if self.rules.block_rule is BlockRule.AFTER_FIRST:
                end = begins + length
            else:
                paid = begins - self.free
                end = self.free + (paid // length + 1) * length
            found.append((begins, end))
        return found


def free_of(rules: TariffRules, rate: Rate, seconds: int) -> int:
    if rules.free_rule is FreeRule.AFTER_FIRST and seconds < rate.first_increment:
        return 0
    return min(seconds, rate.free_seconds)


def naive_charge(
    rules: TariffRules, currency: Currency, rate: Rate, at: int, seconds: int, payer: Payer
) -> Naive:
    """Price a call of whole seconds."""
    free = free_of(rules, rate, seconds)
    if seconds == free or seconds < rate.free_below:
        return Naive(0, 0, 0, 0, free)
    call = NaiveCall(rules, rate, at, free)
    increments = call.increments(seconds)
    sixtieths = sum(
        call.price_of(second, begins).micro
        for begins, end in increments
        for second in range(begins, end)
    )
    fee = call.prices(naive_band(rules, at)).connection_fee
    amount = fee.micro + Fraction(sixtieths, 60) + rate.surcharge.micro
    amount = max(amount, Fraction(rate.minimum_charge.micro))
    if rate.ceiling is not None:
        amount = min(amount, Fraction(rate.ceiling.micro))
    amount *= 1 - Fraction(payer.discount_bp, 10_000)
    if rules.tax_mode is TaxMode.ADDED:
        amount *= 1 + Fraction(rules.tax_rate_bp, 10_000)
    exact = math.floor(amount)
    units = amount / currency.micro_per_minor
    step = rules.bill_step.minor
    if rules.order is RoundingOrder.CALL:
        total = rounded(units, rules.rounding)
        steps = Fraction(total, step)
    else:
        total = math.floor(units)
        steps = Fraction(exact, step * currency.micro_per_minor)
    payable = rounded(steps, rules.bill_rounding) * step
    return Naive(total, exact, payable, increments[-1][1] - free, free)


def rounded(value: Fraction, rounding: Rounding) -> int:
    """Round a value that is not negative."""
    if rounding is Rounding.UP:
        return math.ceil(value)
    if rounding is Rounding.DOWN:
        return math.floor(value)
    return math.floor(value + Fraction(1, 2))
