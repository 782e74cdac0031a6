"""Money as integers: amounts in minor units, prices and exact charges in millionths.

`Money` is what changes hands (cents of the shop's currency). `Price` is what a
minute costs, and an exact charge before rounding, both in millionths of the
currency unit. Texts are read digit by digit: there is no float and no Decimal anywhere.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from functools import total_ordering

MICRO = 1_000_000
"""Millionths in one currency unit."""

_MAX_MINOR = 10**13
"""No amount in a shop is larger; a bigger one is a typing error or an attack."""

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?=[.,]?[0-9])(?P<whole>[0-9]*)(?:[.,](?P<fraction>[0-9]*))?\Z"
)
_SPACES = re.compile(r"[ \t\u00a0\u202f]+")

_PRICE_PLACES = 6
_PRICE_PLACES_SHOWN = 2


class MoneyError(ValueError):
    """A text that is no amount.

    `code` says why: `empty`, `not_a_number`, `too_precise`, `too_large`.
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text!r}")
        self.code = code
        self.text = text


class Rounding(enum.Enum):
    """How an exact charge becomes whole minor units; stored by name."""

    UP = "UP"  # away from zero: the shop never loses a fraction
    HALF_UP = "HALF_UP"  # commercial rounding, halves away from zero
    DOWN = "DOWN"  # towards zero: the customer never pays a fraction


def divide(numerator: int, denominator: int, rounding: Rounding) -> int:
    """Divide two integers by a named rounding, symmetric about zero; `denominator` > 0."""
    if denominator <= 0:
        raise ValueError("denominator must be positive")
    whole, rest = divmod(abs(numerator), denominator)
    if (rounding is Rounding.UP and rest) or (
        rounding is Rounding.HALF_UP and 2 * rest >= denominator
    ):
        whole += 1
    return whole if numerator >= 0 else -whole


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency: ISO 4217 `code`, number of decimals (`exponent` 0, 2 or 3) and its `symbol`."""

    code: str
    exponent: int = 2
    symbol: str = ""

    @property
    def micro_per_minor(self) -> int:
        """Millionths in one minor unit: 10,000 for a currency with cents."""
        return int(MICRO // 10**self.exponent)


EUR = Currency("EUR", 2, "€")


def _check_whole(value: object) -> None:
    # bool is an int in Python; an amount of True is always a bug.
    if type(value) is not int:
        raise TypeError(f"money is whole: {value!r}")


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of the shop's currency; may be negative."""

    minor: int = 0

    def __post_init__(self) -> None:
        """Refuse anything but a plain int."""
        _check_whole(self.minor)

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor + other.minor)

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor - other.minor)

    def __neg__(self) -> Money:
        return Money(-self.minor)

    def __mul__(self, count: int) -> Money:
        _check_whole(count)
        return Money(self.minor * count)

    def __lt__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.minor < other.minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def micro(self, currency: Currency) -> int:
        """Return the same amount in millionths."""
        return self.minor * currency.micro_per_minor


ZERO = Money(0)


@total_ordering
@dataclass(frozen=True, slots=True)
class Price:
    """A price per minute, a fee or an exact charge, in millionths of the currency unit."""

    micro: int = 0

    def __post_init__(self) -> None:
        """Refuse anything but a plain int."""
        _check_whole(self.micro)

    def __lt__(self, other: Price) -> bool:
        if not isinstance(other, Price):
            return NotImplemented
        return self.micro < other.micro

    def __bool__(self) -> bool:
        return self.micro != 0

    def to_money(self, currency: Currency, rounding: Rounding) -> Money:
        """Round to whole minor units."""
        return Money(divide(self.micro, currency.micro_per_minor, rounding))


def total(amounts: list[Money] | tuple[Money, ...]) -> Money:
    """Add amounts; nothing adds up to zero."""
    return Money(sum(amount.minor for amount in amounts))


def _scaled(text: str, places: int, limit: int) -> int:
    """Read a decimal text as a whole number of 10**-places; exact, by digits alone."""
    stripped = _SPACES.sub("", text)
    if not stripped:
        raise MoneyError("empty", text)
    match = _NUMBER.match(stripped)
    if match is None:
        raise MoneyError("not_a_number", text)
    sign, whole, fraction = match["sign"], match["whole"].lstrip("0"), match["fraction"] or ""
    if len(fraction.rstrip("0")) > places:
        raise MoneyError("too_precise", text)
    # Compared by length first: a text of a million digits must not become a number.
    if len(whole) > len(str(limit)):
        raise MoneyError("too_large", text)
    scaled = int(whole + fraction[:places].ljust(places, "0") or "0")
    if scaled > limit:
        raise MoneyError("too_large", text)
    return -scaled if sign == "-" else scaled


def parse_money(text: str, currency: Currency) -> Money:
    """Read an amount typed by a person: a decimal comma or point, no grouping but spaces.

    Raises `MoneyError` for anything else, also for more decimals than the currency has.
    """
    return Money(_scaled(text, currency.exponent, _MAX_MINOR))


def parse_price(text: str) -> Price:
    """Read a price with up to six decimals. Raises `MoneyError`."""
    return Price(_scaled(text, _PRICE_PLACES, _MAX_MINOR * 100))


def plain(money: Money, currency: Currency) -> str:
    """Write an amount with a decimal point and no grouping, for files and tests: `12.50`."""
    return _places(money.minor, currency.exponent)


def plain_price(price: Price) -> str:
    """Write a price with a decimal point and as many decimals as it needs, at least two."""
    text = _places(price.micro, _PRICE_PLACES)
    while text.endswith("0") and len(text.partition(".")[2]) > _PRICE_PLACES_SHOWN:
        text = text[:-1]
    return text


def _places(scaled: int, places: int) -> str:
    sign = "-" if scaled < 0 else ""
    digits = str(abs(scaled)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
