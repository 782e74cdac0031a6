"""Destinations, rates and the tariff of a shop."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from app.domain.money import EUR, Currency, Money, Price, Rounding


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


@dataclass(frozen=True, slots=True)
class Tariff:
    """A dated, versioned set of rates with the rules of rounding."""

    name: str
    rates: tuple[Rate, ...]
    currency: Currency = EUR
    version: int = 0  # the database's id of this version, 0 before it has one
    rounding: Rounding = Rounding.UP  # one call to whole minor units
    bill_step: Money = Money(1)  # the bill is rounded to this step, as a line of its own
    bill_rounding: Rounding = Rounding.UP
    seconds_rule: SecondsRule = SecondsRule.UP
    _by_prefix: dict[str, Rate] = field(init=False, repr=False, compare=False)
