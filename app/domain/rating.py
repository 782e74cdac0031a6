"""What a call costs and why: `rate_call`.

The order is fixed:

1. milliseconds become whole seconds once, by the tariff's `seconds_rule`;
2. a call of fewer than the rate's `free_below` seconds costs nothing;
3. the free seconds are taken off; where no second is left there is no charge: neither fee,
   surcharge nor minimum;
4. the first increment whole, then whole next increments;
5. fee + price x billed seconds / 60, surcharge, then at least the minimum and at most the
   ceiling;
6. less the payer's discount, and tax where the tariff's prices are without;
7. one rounding to minor units.

Everything is exact until the one rounding: amounts are kept as a whole number of parts of a
millionth. `Charge.exact` is the same figure cut to whole millionths. Each line's `amount` is
what `exact` grows by with that line, so the lines add up to `exact`, and together with the
line `rounding` to the total.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.money import ZERO, Money, Price, Rounding, divide
from app.domain.pieces import Piece, band_price, cut_pieces, flat_pieces, starting_band
from app.domain.tariff import (
    BP,
    BlockRule,
    Entry,
    FreeRule,
    Rate,
    RoundingOrder,
    SecondsRule,
    Tariff,
    TaxMode,
)

_SIXTIETHS = 60
_FREE = Price(0)


class ChargeSource(enum.Enum):
    """Who rated the call; stored by name."""

    LOCAL = "LOCAL"
    BACKEND = "BACKEND"
    MANUAL = "MANUAL"  # a manager decided the price


# Named tuples and not frozen data classes: a charge with its lines is made a hundred thousand
# times a second when a tariff is tried on last month's calls, and a tuple is made five times
# faster.
class ChargeLine(NamedTuple):
    """One explained part of a charge.

    Codes: `too_short`, `free`, `fee`, `first`, `next`, `surcharge`, `minimum`, `ceiling`,
    `discount`, `tax`, `rounding`, `manual`. `seconds` talked in this piece, `billed` seconds
    charged for it in increments of `increment` seconds, `price` per minute in the time band
    `band`, `amount` exact in millionths.
    """

    code: str
    seconds: int
    billed: int
    price: Price
    amount: Price
    band: str = ""
    increment: int = 0


class Charge(NamedTuple):
    """What a call costs, and why. `price_per_minute` is that of its first second."""

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
    free_seconds: int = 0
    discount_bp: int = 0


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays: a member's discount in basis points (hundredths of a per cent), 0 to 10,000."""

    discount_bp: int = 0

    def __post_init__(self) -> None:
        """Refuse a discount that is none, or more than everything."""
        if not 0 <= self.discount_bp <= BP:
            raise ValueError("discount out of range")


ANYBODY = Payer()


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
    answered_at: int,
    talked_ms: int,
    *,
    cdr_seconds: int | None = None,
    payer: Payer = ANYBODY,
) -> Charge | None:
    """Price a call to E.164 `digits`; None where the tariff has no rate for them.

    `answered_at` is in microseconds UTC, `cdr_seconds` what the exchange's record says.
    """
    entry = tariff.find(digits, answered_at)
    if entry is None:
        return None
    seconds = whole_seconds(talked_ms, tariff.rules.seconds_rule, cdr_seconds)
    return charge_for(tariff, entry, answered_at, seconds, payer)


def charge_for(
    tariff: Tariff, entry: Entry, answered_at: int, seconds: int, payer: Payer = ANYBODY
) -> Charge:
    """Price a call of whole `seconds` that falls under this entry of the tariff."""
    rate = entry.rate
    free = _granted(tariff, rate, seconds)
    if seconds <= free or seconds < rate.free_below:
        return _unpaid(tariff, entry, answered_at, seconds)
    bill = _Sum(tariff)
    if free:
        bill.lines.append(ChargeLine("free", free, 0, _FREE, _FREE))
    priced = band_price(rate, starting_band(tariff.rules, rate, answered_at))
    bill.add("fee", priced.connection_fee)
    billed = bill.add_pieces(_pieces(tariff, rate, answered_at, free, seconds - free))
    bill.add("surcharge", rate.surcharge)
    if rate.minimum_charge or rate.ceiling is not None:
        bill.keep_between(rate)
    bill.take_off(payer.discount_bp)
    if tariff.rules.tax_mode is TaxMode.ADDED:
        bill.add_tax(tariff.rules.tax_rate_bp)
    total, exact = bill.rounded()
    return Charge(
        total,
        exact,
        seconds,
        billed,
        rate.destination,
        entry.prefix,
        priced.price_per_minute,
        tuple(bill.lines),
        tariff.version,
        ChargeSource.LOCAL,
        free,
        payer.discount_bp,
    )


def _pieces(tariff: Tariff, rate: Rate, answered_at: int, free: int, paid: int) -> list[Piece]:
    if rate.bands or rate.steps:
        return cut_pieces(tariff.rules, rate, answered_at, free, paid)
    from_answer = tariff.rules.block_rule is BlockRule.FROM_ANSWER
    return flat_pieces(rate, paid, from_answer=from_answer)


def _granted(tariff: Tariff, rate: Rate, seconds: int) -> int:
    """Return the free seconds that a call of so many gets."""
    if not rate.free_seconds:
        return 0
    if tariff.rules.free_rule is FreeRule.AFTER_FIRST and seconds < rate.first_increment:
        return 0
    return min(rate.free_seconds, seconds)


def _unpaid(tariff: Tariff, entry: Entry, answered_at: int, seconds: int) -> Charge:
    """Return the charge of a call with no second to pay."""
    rate = entry.rate
    seconds = max(0, seconds)
    is_short = 0 < seconds < rate.free_below
    free = 0 if is_short else seconds
    code = "too_short" if is_short else "free"
    priced = band_price(rate, starting_band(tariff.rules, rate, answered_at))
    return Charge(
        ZERO,
        _FREE,
        seconds,
        0,
        rate.destination,
        entry.prefix,
        priced.price_per_minute,
        (ChargeLine(code, seconds, 0, _FREE, _FREE),) if seconds else (),
        tariff.version,
        ChargeSource.LOCAL,
        free,
    )


def manual_charge(
    tariff: Tariff, price: Price, talked_ms: int, *, cdr_seconds: int | None = None
) -> Charge:
    """Price a call by hand, to the second, without fee, discount and added tax.

    Raises `ValueError` below zero.
    """
    if price.micro < 0:
        raise ValueError("negative price")
    seconds = whole_seconds(talked_ms, tariff.rules.seconds_rule, cdr_seconds)
    bill = _Sum(tariff)
    if seconds:
        bill.add_pieces([Piece("manual", seconds, seconds, price, "", 1)])
    total, exact = bill.rounded()
    lines = tuple(bill.lines)
    return Charge(
        total, exact, seconds, seconds, "", "", price, lines, tariff.version, ChargeSource.MANUAL
    )


def free_charge(destination: str, talked_ms: int) -> Charge:
    """Return the charge of an emergency, free or internal call: nothing, by no tariff."""
    seconds = whole_seconds(talked_ms, SecondsRule.UP)
    return Charge(ZERO, _FREE, seconds, 0, destination, "", _FREE, (), 0)


class _Sum:
    """A charge being added up: `_parts` of which `_whole` are a millionth."""

    __slots__ = ("_parts", "_per_minor", "_rounding", "_whole", "lines")

    def __init__(self, tariff: Tariff) -> None:
        rules = tariff.rules
        self._parts = 0
        self._whole = _SIXTIETHS
        self._per_minor = tariff.currency.micro_per_minor
        # Where the sum of the calls is rounded, a call shows its whole minor units and the
        # fractions come with the rounding of the bill.
        is_sum = rules.order is RoundingOrder.SUM
        self._rounding = Rounding.DOWN if is_sum else rules.rounding
        self.lines: list[ChargeLine] = []

    def add(self, code: str, amount: Price) -> None:
        """Add a fixed amount."""
        if amount.micro:
            self._parts += amount.micro * self._whole
            self.lines.append(ChargeLine(code, 0, 0, _FREE, amount))

    def add_pieces(self, pieces: list[Piece]) -> int:
        """Add what the pieces cost; returns the billed seconds."""
        parts, billed = self._parts, 0
        for code, seconds, length, price, band, increment in pieces:
            before = parts // _SIXTIETHS
            parts += price.micro * length
            billed += length
            amount = Price(parts // _SIXTIETHS - before)
            self.lines.append(ChargeLine(code, seconds, length, price, amount, band, increment))
        self._parts = parts
        return billed

    def keep_between(self, rate: Rate) -> None:
        """Ask at least the minimum and at most the ceiling."""
        least = rate.minimum_charge.micro * self._whole
        if self._parts < least:
            self._become("minimum", least)
        if rate.ceiling is not None and self._parts > rate.ceiling.micro * self._whole:
            self._become("ceiling", rate.ceiling.micro * self._whole)

    def take_off(self, discount_bp: int) -> None:
        """Take a discount off."""
        if discount_bp:
            self._scale("discount", BP - discount_bp)

    def add_tax(self, tax_rate_bp: int) -> None:
        """Add the tax."""
        if tax_rate_bp:
            self._scale("tax", BP + tax_rate_bp)

    def _scale(self, code: str, factor_bp: int) -> None:
        before = self._parts // self._whole
        self._parts *= factor_bp
        self._whole *= BP
        self._note(code, before)

    def _become(self, code: str, parts: int) -> None:
        before = self._parts // self._whole
        self._parts = parts
        self._note(code, before)

    def _note(self, code: str, before: int) -> None:
        amount = Price(self._parts // self._whole - before)
        self.lines.append(ChargeLine(code, 0, 0, _FREE, amount))

    def rounded(self) -> tuple[Money, Price]:
        """Round once; returns the total and the exact amount in whole millionths."""
        per_minor = self._per_minor
        total = Money(divide(self._parts, self._whole * per_minor, self._rounding))
        exact = self._parts // self._whole
        rest = total.minor * per_minor - exact
        if rest:
            self.lines.append(ChargeLine("rounding", 0, 0, _FREE, Price(rest)))
        return total, Price(exact)
