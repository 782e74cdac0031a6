"""Destinations, rates and the tariff of a shop.

A `Rate` is the price of one destination; an `Entry` gives it to a prefix, perhaps for some
dates only; a `Tariff` is a set of entries with the rules by which they are applied. A tariff
is checked once, when it is made: its rates can be used without another look.
"""

from __future__ import annotations

import enum
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.bands import TimeBand, fault_of_band
from app.domain.money import EUR, Currency, Money, Price, Rounding

PREFIX_MAX = 15
"""Digits in the longest E.164 number."""

INCREMENT_MAX = 3600
"""Seconds in the longest increment."""

SECONDS_MAX = 86_400
"""Seconds in the longest free time and the latest step: a day."""

STEPS_MAX = 3
"""Later prices by duration that a rate may have."""

PRICE_MAX = Price(10**9)
"""A minute or a fee of a thousand currency units is a slipped decimal point."""

BP = 10_000
"""Basis points in one whole: taxes and discounts are given in hundredths of a per cent."""

_PREFIX = re.compile(rf"[1-9][0-9]{{0,{PREFIX_MAX - 1}}}\Z")
_FREE = Price(0)


class TariffError(ValueError):
    """Rates that make no tariff; `code` says why, `prefix` which one.

    Codes: those of `fault_of`, `fault_of_entry` and `fault_of_rules`, and `duplicate_prefix`
    (two entries of one prefix hold at the same time), `unknown_band`.
    """

    def __init__(self, code: str, prefix: str = "") -> None:
        super().__init__(f"{code}: {prefix}" if prefix else code)
        self.code = code
        self.prefix = prefix


class SecondsRule(enum.Enum):
    """How measured milliseconds become whole seconds; stored by name."""

    UP = "UP"
    DOWN = "DOWN"
    CDR = "CDR"  # as the exchange's own record says


class FreeRule(enum.Enum):
    """When free seconds are granted; stored by name."""

    FRONT = "FRONT"  # always: they are taken off the front of the call
    AFTER_FIRST = "AFTER_FIRST"  # only once the first increment is full (PortaOne's way)


class BlockRule(enum.Enum):
    """From where the next increments are counted; stored by name."""

    AFTER_FIRST = "AFTER_FIRST"  # from the end of the first increment
    FROM_ANSWER = "FROM_ANSWER"  # multiples of the next increment (A2Billing, MagnusBilling)


class BandPolicy(enum.Enum):
    """What a call pays that crosses the border of a time band; stored by name."""

    START = "START"  # the band of its first second holds for all of it
    INCREMENT = "INCREMENT"  # each increment pays the price of the band in which it begins
    CUT = "CUT"  # exactly at the border, the increments going on


class RoundingOrder(enum.Enum):
    """What is rounded to what is paid; stored by name."""

    CALL = "CALL"  # each call to the smallest unit, then their sum to the bill's step (MOR)
    SUM = "SUM"  # the exact sum of the calls, once, to the bill's step (PortaOne)


class TaxMode(enum.Enum):
    """What the prices of the tariff are; stored by name."""

    INCLUDED = "INCLUDED"  # what the customer pays, tax inside
    ADDED = "ADDED"  # without tax, which is added to each call


class Access(enum.Enum):
    """Whether a destination may be called; stored by name."""

    OPEN = "OPEN"
    KEY = "KEY"  # only after a manager has allowed it for this session
    FORBIDDEN = "FORBIDDEN"  # never


@dataclass(frozen=True, slots=True)
class Step:
    """A later price: for increments that begin `after_seconds` from the answer or later.

    `next_increment` 0: as long as the rate's own.
    """

    after_seconds: int
    price_per_minute: Price
    next_increment: int = 0


@dataclass(frozen=True, slots=True)
class BandPrice:
    """What a rate costs while the time band of this name holds: fee, price and later prices."""

    band: str
    price_per_minute: Price
    connection_fee: Price = _FREE
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """The price of a destination; all times in seconds, all prices in millionths.

    `free_below`: a call of fewer seconds costs nothing (false answers). `minimum_charge` and
    `surcharge` are for a call that costs anything, `ceiling` is the most a call may cost
    before tax and discount; None where there is none.
    """

    destination: str
    price_per_minute: Price
    connection_fee: Price = _FREE
    first_increment: int = 1
    next_increment: int = 1
    country: str = ""  # ISO 3166 alpha-2 for the flag
    free_seconds: int = 0
    free_below: int = 0
    minimum_charge: Price = _FREE
    surcharge: Price = _FREE
    ceiling: Price | None = None
    steps: tuple[Step, ...] = ()
    bands: tuple[BandPrice, ...] = ()
    access: Access = Access.OPEN


# A named tuple and not a frozen data class: a carrier's deck has a quarter of a million.
class Entry(NamedTuple):
    """A prefix and its rate, from `starts_at` (0: always) until before `ends_at` (None: open).

    Instants are microseconds UTC; a call is rated by the entry that holds at its answer.
    """

    prefix: str  # digits only, E.164 without +
    rate: Rate
    starts_at: int = 0
    ends_at: int | None = None

    def holds_at(self, at: int) -> bool:
        """Tell whether the entry is in force at an instant."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


def fault_of(rate: Rate) -> str:
    """Return the code of what is wrong with a rate, "" where nothing is.

    Codes: `missing_destination`; `negative_` and `_too_large` with `price`, `fee`, `minimum`,
    `surcharge`, `ceiling`; `bad_first_increment`, `bad_next_increment`, `bad_free_seconds`,
    `bad_free_below`, `too_many_steps`, `bad_step`, `repeated_band`.
    """
    if not rate.destination.strip():
        return "missing_destination"
    for price, name in (
        (rate.price_per_minute, "price"),
        (rate.connection_fee, "fee"),
        (rate.minimum_charge, "minimum"),
        (rate.surcharge, "surcharge"),
        (rate.ceiling or _FREE, "ceiling"),
    ):
        fault = _price_fault(price, name)
        if fault:
            return fault
    return _seconds_fault(rate) or _steps_fault(rate.steps) or _bands_fault(rate.bands)


def _price_fault(price: Price, name: str) -> str:
    if price.micro < 0:
        return f"negative_{name}"
    return f"{name}_too_large" if price > PRICE_MAX else ""


def _seconds_fault(rate: Rate) -> str:
    for seconds, lowest, highest, name in (
        (rate.first_increment, 1, INCREMENT_MAX, "first_increment"),
        (rate.next_increment, 1, INCREMENT_MAX, "next_increment"),
        (rate.free_seconds, 0, SECONDS_MAX, "free_seconds"),
        (rate.free_below, 0, SECONDS_MAX, "free_below"),
    ):
        if not lowest <= seconds <= highest:
            return f"bad_{name}"
    return ""


def _steps_fault(steps: tuple[Step, ...]) -> str:
    if len(steps) > STEPS_MAX:
        return "too_many_steps"
    before = 0
    for step in steps:
        is_later = before < step.after_seconds <= SECONDS_MAX
        is_length = 0 <= step.next_increment <= INCREMENT_MAX
        if not is_later or not is_length or _price_fault(step.price_per_minute, "price"):
            return "bad_step"
        before = step.after_seconds
    return ""


def _bands_fault(bands: tuple[BandPrice, ...]) -> str:
    if len({band.band for band in bands}) < len(bands):
        return "repeated_band"
    for band in bands:
        fault = _price_fault(band.price_per_minute, "price")
        fault = fault or _price_fault(band.connection_fee, "fee") or _steps_fault(band.steps)
        if fault:
            return fault
    return ""


def fault_of_entry(entry: Entry) -> str:
    """Return what is wrong with an entry's own prefix (`bad_prefix`) or dates (`bad_dates`)."""
    if not _PREFIX.match(entry.prefix):
        return "bad_prefix"
    if entry.starts_at < 0 or (entry.ends_at is not None and entry.ends_at <= entry.starts_at):
        return "bad_dates"
    return ""


@dataclass(frozen=True, slots=True)
class TariffRules:
    """How the rates of a tariff are applied. `zone` is the IANA name of the shop's time zone.

    `holiday_country` (ISO, "" none) gives the public holidays; `extra_holidays` and
    `no_holidays` are the owner's own dates, as `date.toordinal()`.
    """

    rounding: Rounding = Rounding.UP  # one call to whole minor units
    order: RoundingOrder = RoundingOrder.CALL
    bill_step: Money = Money(1)  # the bill is rounded to this step, as a line of its own
    bill_rounding: Rounding = Rounding.UP
    seconds_rule: SecondsRule = SecondsRule.UP
    free_rule: FreeRule = FreeRule.FRONT
    block_rule: BlockRule = BlockRule.AFTER_FIRST
    band_policy: BandPolicy = BandPolicy.START
    tax_mode: TaxMode = TaxMode.INCLUDED
    tax_rate_bp: int = 0
    zone: str = "UTC"
    bands: tuple[TimeBand, ...] = ()
    holiday_country: str = ""
    extra_holidays: frozenset[int] = frozenset()
    no_holidays: frozenset[int] = frozenset()


def fault_of_rules(rules: TariffRules) -> str:
    """Return the code of what is wrong with the rules, "" where nothing is.

    Codes: those of `fault_of_band`, and `bad_bill_step`, `bad_tax`, `repeated_band`, `bad_zone`.
    """
    if rules.bill_step.minor < 1:
        return "bad_bill_step"
    if not 0 <= rules.tax_rate_bp <= BP:
        return "bad_tax"
    for band in rules.bands:
        fault = fault_of_band(band)
        if fault:
            return fault
    if len({band.name for band in rules.bands}) < len(rules.bands):
        return "repeated_band"
    try:
        ZoneInfo(rules.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "bad_zone"
    return ""


_Known = Entry | tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Tariff:
    """A dated, versioned set of rates with the rules of applying them. Raises `TariffError`."""

    name: str
    entries: tuple[Entry, ...]
    currency: Currency = EUR
    version: int = 0  # the database's id of this version, 0 before it has one
    rules: TariffRules = TariffRules()
    _by_prefix: dict[str, _Known] = field(init=False, repr=False, compare=False)
    _lengths: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check every entry and build the look-up."""
        fault = fault_of_rules(self.rules)
        if fault:
            raise TariffError(fault)
        by_prefix = _look_up(self.entries, frozenset(band.name for band in self.rules.bands))
        lengths = sorted({len(prefix) for prefix in by_prefix}, reverse=True)
        object.__setattr__(self, "_by_prefix", by_prefix)
        object.__setattr__(self, "_lengths", tuple(lengths))

    def find(self, digits: str, at: int) -> Entry | None:
        """Return the entry of the longest prefix of E.164 `digits` that holds at `at`, or None."""
        known = self._by_prefix
        size = len(digits)
        for length in self._lengths:
            if length > size:
                continue
            entry = known.get(digits[:length])
            if entry is None:
                continue
            if isinstance(entry, Entry):
                if entry.holds_at(at):
                    return entry
                continue
            found = next((dated for dated in entry if dated.holds_at(at)), None)
            if found is not None:
                return found
        return None

    def numbered(self, version: int) -> Tariff:
        """Return the same tariff under the key that the database gave it; nothing is checked."""
        twin = object.__new__(Tariff)
        for name in ("name", "entries", "currency", "rules", "_by_prefix", "_lengths"):
            object.__setattr__(twin, name, getattr(self, name))
        object.__setattr__(twin, "version", version)
        return twin

    def all_of(self, prefix: str) -> tuple[Entry, ...]:
        """Return every entry of exactly this prefix, the earliest first."""
        entry = self._by_prefix.get(prefix, ())
        return (entry,) if isinstance(entry, Entry) else entry


def _look_up(entries: tuple[Entry, ...], bands: frozenset[str]) -> dict[str, _Known]:
    """Return prefix -> its entry, or its entries by date. Raises `TariffError`."""
    checked: set[int] = set()
    known: dict[str, _Known] = {}
    is_prefix = _PREFIX.match
    for entry in entries:
        prefix, rate, starts_at, ends_at = entry
        # Thousands of prefixes share a rate object: each is looked at once.
        if id(rate) not in checked:
            _check_rate(rate, bands, prefix)
            checked.add(id(rate))
        # Most hold for ever and need no look at their dates.
        if starts_at or ends_at is not None or not is_prefix(prefix):
            fault = fault_of_entry(entry)
            if fault:
                raise TariffError(fault, prefix)
        other = known.get(prefix)
        known[prefix] = entry if other is None else _dated(other, entry)
    return known


def _check_rate(rate: Rate, bands: frozenset[str], prefix: str) -> None:
    fault = fault_of(rate)
    if fault:
        raise TariffError(fault, prefix)
    for band in rate.bands:
        if band.band not in bands:
            raise TariffError("unknown_band", prefix)


def _dated(known: _Known, entry: Entry) -> tuple[Entry, ...]:
    """Put an entry among those of its prefix, by date. Raises where two hold at once."""
    others = (known,) if isinstance(known, Entry) else known
    entries = tuple(sorted((*others, entry), key=lambda dated: dated.starts_at))
    for earlier, later in itertools.pairwise(entries):
        if earlier.ends_at is None or earlier.ends_at > later.starts_at:
            raise TariffError("duplicate_prefix", entry.prefix)
    return entries


def rates_of(entries: tuple[Entry, ...]) -> Iterator[Rate]:
    """Yield each rate object once, in the order in which it comes first."""
    yield from {id(entry.rate): entry.rate for entry in entries}.values()
