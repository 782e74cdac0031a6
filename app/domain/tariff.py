"""Destinations, rates and the tariff of a shop.

A tariff is checked once, when it is made: its rates can be used without another look.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field

from app.domain.money import EUR, Currency, Money, Price, Rounding

PREFIX_MAX = 15
"""Digits in the longest E.164 number."""

INCREMENT_MAX = 3600
"""Seconds in the longest increment."""

PRICE_MAX = Price(10**9)
"""A minute or a fee of a thousand currency units is a slipped decimal point."""

_PREFIX = re.compile(r"[1-9][0-9]*\Z")


class TariffError(ValueError):
    """Rates that make no tariff; `code` says why, `prefix` which one.

    Codes: those of `fault_of`, and `duplicate_prefix`, `bad_bill_step`.
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


@dataclass(frozen=True, slots=True)
class Rate:
    """The price of one prefix. Increments in seconds, both at least 1."""

    prefix: str  # digits only, E.164 without +
    destination: str
    price_per_minute: Price
    connection_fee: Price = Price(0)
    first_increment: int = 1
    next_increment: int = 1
    country: str = ""  # ISO 3166 alpha-2 for the flag


def fault_of(rate: Rate) -> str:
    """Return the code of what is wrong with a rate, "" where nothing is.

    Codes: `bad_prefix`, `missing_destination`, `negative_price`, `price_too_large`,
    `negative_fee`, `fee_too_large`, `bad_first_increment`, `bad_next_increment`.
    """
    if len(rate.prefix) > PREFIX_MAX or not _PREFIX.match(rate.prefix):
        return "bad_prefix"
    if not rate.destination.strip():
        return "missing_destination"
    for price, name in ((rate.price_per_minute, "price"), (rate.connection_fee, "fee")):
        if price.micro < 0:
            return f"negative_{name}"
        if price > PRICE_MAX:
            return f"{name}_too_large"
    if not 1 <= rate.first_increment <= INCREMENT_MAX:
        return "bad_first_increment"
    if not 1 <= rate.next_increment <= INCREMENT_MAX:
        return "bad_next_increment"
    return ""


@dataclass(frozen=True, slots=True)
class Tariff:
    """A dated, versioned set of rates with the rules of rounding. Raises `TariffError`."""

    name: str
    rates: tuple[Rate, ...]
    currency: Currency = EUR
    version: int = 0  # the database's id of this version, 0 before it has one
    rounding: Rounding = Rounding.UP  # one call to whole minor units
    bill_step: Money = Money(1)  # the bill is rounded to this step, as a line of its own
    bill_rounding: Rounding = Rounding.UP
    seconds_rule: SecondsRule = SecondsRule.UP
    _by_prefix: dict[str, Rate] = field(init=False, repr=False, compare=False)
    _longest: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check every rate and build the look-up."""
        if self.bill_step.minor < 1:
            raise TariffError("bad_bill_step")
        by_prefix: dict[str, Rate] = {}
        for rate in self.rates:
            fault = fault_of(rate)
            if fault:
                raise TariffError(fault, rate.prefix)
            if rate.prefix in by_prefix:
                raise TariffError("duplicate_prefix", rate.prefix)
            by_prefix[rate.prefix] = rate
        object.__setattr__(self, "_by_prefix", by_prefix)
        object.__setattr__(self, "_longest", max(map(len, by_prefix), default=0))

    def find(self, digits: str) -> Rate | None:
        """Return the rate of the longest prefix of E.164 `digits`, None where there is none."""
        for length in range(min(len(digits), self._longest), 0, -1):
            rate = self._by_prefix.get(digits[:length])
            if rate is not None:
                return rate
        return None
