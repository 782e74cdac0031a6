"""What a call costs and why: `rate_call`, its inverse `seconds_for`, and the bill's rounding.

The order is fixed: milliseconds become whole seconds once, by the tariff's rule; no seconds, no
charge and no fee. Then the first increment whole and after it whole next increments, connection
fee + price x billed seconds / 60 in integers, dividing last, and one rounding to minor units.

Sixtieths: price x seconds is exact in sixtieths of a millionth, and the total is rounded from
that. `Charge.exact` is the same figure cut to whole millionths. Each line's `amount` is what
`exact` grows by with that line, so the lines add up to `exact`, and together with the line
`rounding` to the total.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from app.domain.money import ZERO, Money, Price, Rounding, divide
from app.domain.tariff import Rate, SecondsRule, Tariff

SECONDS_MAX = 86_400
"""The longest time `seconds_for` answers: a day, also where the price is zero."""

_SIXTIETHS = 60
_FREE = Price(0)


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


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a call at one price, before rounding."""

    code: str
    seconds: int
    billed: int
    price: Price


def whole_seconds(talked_ms: int, rule: SecondsRule, cdr_seconds: int | None = None) -> int:
    """Make whole seconds of measured milliseconds; never negative.

    Under the rule CDR the exchange's own figure holds; until it is known the milliseconds are
    cut, as exchanges do.
    """
    if rule is SecondsRule.CDR and cdr_seconds is not None:
        return max(0, cdr_seconds)
    milliseconds = max(0, talked_ms)
    return -(-milliseconds // 1000) if rule is SecondsRule.UP else milliseconds // 1000


def rate_call(
    tariff: Tariff,
    digits: str,
    answered_at: int,  # noqa: ARG001 - the instant belongs to the contract: prices may depend on it
    talked_ms: int,
    *,
    cdr_seconds: int | None = None,
) -> Charge | None:
    """Price a call to E.164 `digits`; None where the tariff has no rate for them.

    `answered_at` is in microseconds UTC, `cdr_seconds` what the exchange's record says.
    """
    rate = tariff.find(digits)
    if rate is None:
        return None
    seconds = whole_seconds(talked_ms, tariff.seconds_rule, cdr_seconds)
    return _charge(tariff, rate, _pieces(rate, seconds), ChargeSource.LOCAL)


def manual_charge(
    tariff: Tariff, price: Price, talked_ms: int, *, cdr_seconds: int | None = None
) -> Charge:
    """Price a call by hand, to the second and without a fee; raises `ValueError` below zero."""
    if price.micro < 0:
        raise ValueError("negative price")
    seconds = whole_seconds(talked_ms, tariff.seconds_rule, cdr_seconds)
    pieces = [_Piece("manual", seconds, seconds, price)] if seconds else []
    return _charge(tariff, Rate("", "", price), pieces, ChargeSource.MANUAL)


def free_charge(destination: str, talked_ms: int) -> Charge:
    """Return the charge of an emergency, free or internal call: nothing, by no tariff."""
    return Charge(
        total=ZERO,
        exact=_FREE,
        seconds=whole_seconds(talked_ms, SecondsRule.UP),
        billed_seconds=0,
        destination=destination,
        prefix="",
        price_per_minute=_FREE,
        lines=(),
        tariff_version=0,
    )


def seconds_for(tariff: Tariff, digits: str, at: int, credit: Money) -> int | None:
    """Return how many whole seconds `credit` lasts: the most whose charge is not above it.

    At most `SECONDS_MAX`; 0 where even the first second is too dear; None where the tariff has
    no rate. `at` is the instant of the answer in microseconds UTC.
    """
    low, high = 0, SECONDS_MAX
    while low < high:
        middle = (low + high + 1) // 2
        charge = rate_call(tariff, digits, at, middle * 1000)
        if charge is None:
            return None
        low, high = (low, middle - 1) if charge.total > credit else (middle, high)
    return low


def round_bill(total: Money, step: Money, rounding: Rounding) -> Money:
    """Return what rounding the bill to `step` adds (or takes off): a line of the bill.

    Raises `ValueError` for a step below one minor unit.
    """
    return Money(divide(total.minor, step.minor, rounding) * step.minor) - total


def _pieces(rate: Rate, seconds: int) -> list[_Piece]:
    if seconds <= 0:
        return []
    first = _Piece(
        "first", min(seconds, rate.first_increment), rate.first_increment, rate.price_per_minute
    )
    rest = seconds - first.seconds
    if not rest:
        return [first]
    billed = -(-rest // rate.next_increment) * rate.next_increment
    return [first, _Piece("next", rest, billed, rate.price_per_minute)]


def _charge(tariff: Tariff, rate: Rate, pieces: list[_Piece], source: ChargeSource) -> Charge:
    lines: list[ChargeLine] = []
    sixtieths = 0
    if pieces and rate.connection_fee:
        lines.append(ChargeLine("fee", 0, 0, _FREE, rate.connection_fee))
        sixtieths = rate.connection_fee.micro * _SIXTIETHS
    for piece in pieces:
        before = sixtieths // _SIXTIETHS
        sixtieths += piece.price.micro * piece.billed
        amount = Price(sixtieths // _SIXTIETHS - before)
        lines.append(ChargeLine(piece.code, piece.seconds, piece.billed, piece.price, amount))
    per_minor = tariff.currency.micro_per_minor
    total = Money(divide(sixtieths, _SIXTIETHS * per_minor, tariff.rounding))
    exact = Price(sixtieths // _SIXTIETHS)
    rounded = total.minor * per_minor - exact.micro
    if rounded:
        lines.append(ChargeLine("rounding", 0, 0, _FREE, Price(rounded)))
    return Charge(
        total=total,
        exact=exact,
        seconds=sum(piece.seconds for piece in pieces),
        billed_seconds=sum(piece.billed for piece in pieces),
        destination=rate.destination,
        prefix=rate.prefix,
        price_per_minute=rate.price_per_minute,
        lines=tuple(lines),
        tariff_version=tariff.version,
        source=source,
    )
