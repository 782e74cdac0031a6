"""Rate decks made by a rule: the same ones each time, as large as a carrier's A-Z.

Each calling code of the world has its share of destinations (fixed, mobile networks, special
services), and a destination some dozens of prefixes of two to six digits behind the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from random import Random

import phonenumbers
from babel import Locale

from app.domain.bands import TimeBand, Window
from app.domain.money import Price
from app.domain.tariff import BandPolicy, BandPrice, Entry, Rate, Step, TariffRules

PREFIXES = 250_000
DESTINATIONS = 5_000
SEED = 250_000

NUMBER_DIGITS = (11, 12, 12, 13)
INCREMENTS = ((1, 1), (60, 60), (30, 6), (60, 1))
KINDS = {"fixed": 3_000, "mobile": 12_000, "special": 60_000}
"""Kinds of destination, and the dearest minute of each in ten-thousandths."""

TEN_THOUSANDTH = 100
SECOND = 1_000_000
MONTH_SECONDS = 30 * 86_400
MONTH_BEGINS = 1_793_491_200  # 1 November 2026

WORKDAYS, EVERY_DAY, FREE_DAYS = 0b00011111, 0b01111111, 0b11100000
BANDS = (
    TimeBand("weekend", (Window(FREE_DAYS),)),
    TimeBand("day", (Window(WORKDAYS, 8 * 60, 19 * 60),)),
    TimeBand("night", (Window(EVERY_DAY, 22 * 60, 6 * 60),)),
)


def deck(prefixes: int = PREFIXES, destinations: int = DESTINATIONS) -> tuple[Entry, ...]:
    """Return so many entries, which share about so many rates."""
    rng = Random(SEED)
    rates: dict[str, list[Rate]] = {}
    for code, rate in islice(_rates(rng), destinations):
        rates.setdefault(code, []).append(rate)
    seen: set[str] = set()
    entries = []
    for code in islice(cycle(rates), prefixes):
        prefix = _new_prefix(rng, code, seen)
        seen.add(prefix)
        entries.append(Entry(prefix, rng.choice(rates[code])))
    return tuple(entries)


def _rates(rng: Random) -> Iterator[tuple[str, Rate]]:
    """Yield calling code and rate: round after round through all codes, without an end."""
    names = Locale("en").territories
    numbers = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    for turn, code in enumerate(cycle(sorted(numbers))):
        region = numbers[code][0]
        kind = rng.choice(tuple(KINDS))
        country = names.get(region, f"Network {code}")
        first, following = rng.choice(INCREMENTS)
        yield (
            str(code),
            Rate(
                f"{country} {kind} {turn // len(numbers) + 1}",
                Price(rng.randrange(10, KINDS[kind]) * TEN_THOUSANDTH),
                Price(rng.choice((0, 0, 50_000))),
                first,
                following,
                region if region in names and region.isalpha() else "",
            ),
        )


def _new_prefix(rng: Random, code: str, seen: set[str]) -> str:
    if code not in seen:
        return code
    while True:
        digits = rng.choice((2, 3, 3, 4, 4, 5, 6))
        prefix = f"{code}{rng.randrange(10**digits):0{digits}}"
        if prefix not in seen:
            return prefix


def with_bands_and_steps(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the same entries with three bands and two later prices in each rate."""
    changed = {id(entry.rate): _with_bands(entry.rate) for entry in entries}
    return tuple(Entry(entry.prefix, changed[id(entry.rate)]) for entry in entries)


def _with_bands(rate: Rate) -> Rate:
    price = rate.price_per_minute.micro
    steps = (Step(180, Price(price * 9 // 10)), Step(600, Price(price * 8 // 10), 60))
    factors = {"weekend": 6, "day": 12, "night": 7}
    bands = tuple(
        BandPrice(name, Price(price * tenths // 10), rate.connection_fee, steps)
        for name, tenths in factors.items()
    )
    return replace(rate, steps=steps, bands=bands)


def rules(policy: BandPolicy) -> TariffRules:
    """Return the rules of a shop in Paris with these bands."""
    return TariffRules(zone="Europe/Paris", bands=BANDS, holiday_country="FR", band_policy=policy)


def calls(entries: tuple[Entry, ...], count: int) -> list[tuple[str, int, int]]:
    """Return random calls of a month: digits, answer in microseconds UTC, talked ms."""
    rng = Random(SEED)
    made = []
    for _ in range(count):
        prefix = rng.choice(entries).prefix
        rest = max(2, rng.choice(NUMBER_DIGITS) - len(prefix))
        digits = f"{prefix}{rng.randrange(10**rest):0{rest}}"
        at = (MONTH_BEGINS + rng.randrange(MONTH_SECONDS)) * SECOND + rng.randrange(SECOND)
        made.append((digits, at, rng.randrange(1000 * rng.choice((60, 300, 1200)))))
    return made
