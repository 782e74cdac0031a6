"""rate_call() and its inverse."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from app.domain.money import Money, Price


class ChargeSource(enum.Enum):
    """Who rated the call; stored by name."""

    LOCAL = "LOCAL"
    BACKEND = "BACKEND"
    MANUAL = "MANUAL"  # a manager decided the price


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One explained part of a charge: code `fee`, `first`, `next`, `rounding` or `manual`.

    `seconds` talked in this piece, `billed` seconds charged for it, `price` per
    minute, `amount` exact in millionths.
    """

    code: str
    seconds: int
    billed: int
    price: Price
    amount: Price


@dataclass(frozen=True, slots=True)
class Charge:
    """What a call costs, and why."""

    total: Money
    exact: Price
    seconds: int  # whole talked seconds by the tariff's rule
    billed_seconds: int
    destination: str
    prefix: str
    price_per_minute: Price
    lines: tuple[ChargeLine, ...]
    tariff_version: int
    source: ChargeSource = ChargeSource.LOCAL
