"""Calls of every kind, drawn from a `random.Random`: Hypothesis's own or one with a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from app.domain.bands import DAY_MINUTES, TimeBand, Window
from app.domain.money import Currency, Money, Price, Rounding
from app.domain.rating import Payer
from app.domain.tariff import (
    BP,
    INCREMENT_MAX,
    PRICE_MAX,
    SECONDS_MAX,
    BandPolicy,
    BandPrice,
    BlockRule,
    Entry,
    FreeRule,
    Rate,
    RoundingOrder,
    SecondsRule,
    Step,
    Tariff,
    TariffRules,
    TaxMode,
)

SECOND = 1_000_000
NUMBER = "221775121234"
PREFIX = "221"

CLOCK_CHANGES = (
    ("Europe/Paris", "2026-03-29T01:00"),
    ("Europe/Paris", "2026-10-25T01:00"),
    ("America/St_Johns", "2026-03-08T05:30"),
    ("America/St_Johns", "2026-11-01T04:30"),
    ("Africa/Casablanca", "2026-02-15T02:00"),
    ("Africa/Casablanca", "2026-03-22T02:00"),
    ("Australia/Lord_Howe", "2026-04-04T15:00"),
    ("Australia/Lord_Howe", "2026-10-03T15:30"),
    ("Asia/Kathmandu", "2026-07-13T18:15"),  # changes nothing there; a midnight
    ("Europe/Paris", "2026-07-13T22:00"),  # the feast begins
    ("Europe/Paris", "2026-07-14T22:00"),  # and ends
    ("UTC", "2026-02-28T00:00"),
)
ZONES = tuple(sorted({zone for zone, _ in CLOCK_CHANGES}))
BAND_NAMES = ("peak", "night", "feast")
INCREMENTS = (1, 1, 6, 30, 60)
PRICES = (1, 29, 9_999, 50_000, 290_000, 1_234_567)


@dataclass(frozen=True, slots=True)
class Case:
    """A call that is answered: rules and rate in a tariff of one entry, instant and payer."""

    tariff: Tariff
    at: int
    payer: Payer

    @property
    def entry(self) -> Entry:
        return self.tariff.entries[0]

    @property
    def rate(self) -> Rate:
        return self.entry.rate


def any_moment(rng: Random) -> tuple[str, int]:
    """Return a zone and an instant, most often shortly before its clocks change."""
    zone, change = rng.choice(CLOCK_CHANGES)
    if rng.randrange(4):
        change_at = int(datetime.fromisoformat(change).replace(tzinfo=UTC).timestamp())
        return zone, (change_at - rng.randrange(7200)) * SECOND + rng.randrange(SECOND)
    years_2013_to_2037 = rng.randrange(1_356_998_400, 2_145_916_800)
    return rng.choice(ZONES), years_2013_to_2037 * SECOND + rng.randrange(SECOND)


def any_rules(rng: Random, zone: str, at: int) -> TariffRules:
    """Return rules whose bands have borders near an instant."""
    wall = datetime.fromtimestamp(at // SECOND, ZoneInfo(zone))
    minute, today = wall.hour * 60 + wall.minute, wall.toordinal()
    return TariffRules(
        rounding=rng.choice(tuple(Rounding)),
        order=rng.choice(tuple(RoundingOrder)),
        bill_step=Money(rng.choice((1, 1, 5, 10, 100))),
        bill_rounding=rng.choice(tuple(Rounding)),
        seconds_rule=rng.choice(tuple(SecondsRule)),
        free_rule=rng.choice(tuple(FreeRule)),
        block_rule=rng.choice(tuple(BlockRule)),
        band_policy=rng.choice(tuple(BandPolicy)),
        tax_mode=rng.choice(tuple(TaxMode)),
        tax_rate_bp=rng.choice((0, 550, 2000, BP)),
        zone=zone,
        bands=tuple(any_band(rng, name, minute) for name in BAND_NAMES[: rng.randrange(4)]),
        holiday_country=rng.choice(("", "FR", "MA")),
        extra_holidays=frozenset(today + rng.randrange(-1, 2) for _ in range(rng.randrange(2))),
        no_holidays=frozenset(today + rng.randrange(-1, 2) for _ in range(rng.randrange(2))),
    )


def any_band(rng: Random, name: str, minute: int) -> TimeBand:
    return TimeBand(name, tuple(any_window(rng, minute) for _ in range(rng.randrange(1, 4))))


def any_window(rng: Random, minute: int) -> Window:
    begins = (minute + rng.randrange(-5, 75)) % DAY_MINUTES
    ends = (begins + rng.choice((1, 3, 7, 60, 600, DAY_MINUTES))) % DAY_MINUTES
    return Window(rng.choice((255, 127, 128, rng.randrange(1, 256))), begins, ends or DAY_MINUTES)


def any_price(rng: Random) -> Price:
    kind = rng.randrange(12)
    if kind:
        return Price(rng.choice(PRICES) if kind > 1 else rng.randrange(PRICE_MAX.micro + 1))
    return Price(0)


def any_increment(rng: Random) -> int:
    return rng.choice((*INCREMENTS, rng.randrange(1, 200), rng.randrange(1, INCREMENT_MAX + 1)))


def any_steps(rng: Random) -> tuple[Step, ...]:
    latest = rng.choice((90, 90, 1800, SECONDS_MAX))
    starts = sorted({rng.randrange(1, latest + 1) for _ in range(rng.randrange(4))})
    return tuple(
        Step(start, any_price(rng), rng.choice((0, any_increment(rng)))) for start in starts
    )


def any_rate(rng: Random, names: tuple[str, ...]) -> Rate:
    """Return a rate with prices for some of these bands."""
    return Rate(
        "Senegal",
        any_price(rng),
        any_price(rng),
        any_increment(rng),
        any_increment(rng),
        free_seconds=seldom(rng, (5, 60, rng.randrange(300), rng.randrange(20), SECONDS_MAX)),
        free_below=seldom(rng, (4, 30, rng.randrange(20), rng.randrange(300))),
        minimum_charge=rng.choice((Price(0), any_price(rng))),
        surcharge=rng.choice((Price(0), any_price(rng))),
        ceiling=rng.choice((None, None, None, any_price(rng))),
        steps=any_steps(rng),
        bands=tuple(
            BandPrice(name, any_price(rng), any_price(rng), any_steps(rng))
            for name in names
            if rng.randrange(4)
        ),
    )


def seldom(rng: Random, values: tuple[int, ...]) -> int:
    return 0 if rng.randrange(2) else rng.choice(values)


def any_payer(rng: Random) -> Payer:
    return Payer(rng.choice((0, 0, 0, 0, 500, 3333, rng.randrange(BP), rng.randrange(BP), BP)))


def any_currency(rng: Random) -> Currency:
    return Currency("XXX", rng.choice((0, 2, 2, 3)))


def case_under(rng: Random, rules: TariffRules, at: int) -> Case:
    """Return a case with these rules, answered within an hour of an instant."""
    names = tuple(band.name for band in rules.bands)
    entry = Entry(PREFIX, any_rate(rng, names))
    tariff = Tariff("shop", (entry,), any_currency(rng), rules=rules)
    return Case(tariff, at + rng.randrange(3600 * SECOND), any_payer(rng))


def any_case(rng: Random) -> Case:
    zone, at = any_moment(rng)
    return case_under(rng, any_rules(rng, zone, at), at)


def any_seconds(rng: Random) -> int:
    """Return how long a call lasts, most often about as long as something happens in it."""
    return rng.randrange(rng.choice((10, 100, 300, 1000, 8000)) + 1)


def cases() -> st.SearchStrategy[Case]:
    return st.randoms().map(any_case)


def durations() -> st.SearchStrategy[int]:
    return st.integers(0, 100) | st.integers(0, 8000)
