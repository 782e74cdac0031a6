"""How long money lasts, and what several calls come to: the rounding of a bill.

Both orders of rounding are in use. MOR rounds each call to the smallest unit and adds;
PortaOne adds the exact calls and rounds their sum up to a step of the shop, before anything
else is put on the bill (a sum of 1.26 becomes 1.30 at a step of 0.05, and 2.00 at 1.00).
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator

from app.domain.money import Currency, Money, Price, divide
from app.domain.pieces import band_price, starting_band
from app.domain.rating import ANYBODY, Charge, Payer, charge_for
from app.domain.tariff import (
    BP,
    SECONDS_MAX,
    BandPolicy,
    BandPrice,
    Entry,
    FreeRule,
    Rate,
    RoundingOrder,
    Tariff,
    TariffRules,
)


class Unlimited(enum.Enum):
    """The answer of `seconds_for` where no call can ever cost more than the credit."""

    UNLIMITED = "UNLIMITED"


UNLIMITED = Unlimited.UNLIMITED


def bill_rounding(rules: TariffRules, currency: Currency, total: Money, exact_micro: int) -> Money:
    """Return what rounding the calls of a bill adds (or takes off): a line of the bill.

    `total` is the sum of the calls' totals, `exact_micro` that of their exact charges in
    millionths. Which of them is rounded to the bill's step is named by the rules.
    """
    step = rules.bill_step.minor
    if rules.order is RoundingOrder.SUM:
        rounded = divide(exact_micro, step * currency.micro_per_minor, rules.bill_rounding) * step
    else:
        rounded = divide(total.minor, step, rules.bill_rounding) * step
    return Money(rounded) - total


def payable(tariff: Tariff, charges: Iterable[Charge]) -> Money:
    """Return what a customer pays for these calls and nothing else, all rounding included."""
    minor = exact = 0
    for charge in charges:
        minor += charge.total.minor
        exact += charge.exact.micro
    total = Money(minor)
    return total + bill_rounding(tariff.rules, tariff.currency, total, exact)


def seconds_for(
    tariff: Tariff, digits: str, at: int, credit: Money, payer: Payer = ANYBODY
) -> int | Unlimited | None:
    """Return how many whole seconds of one call `credit` lasts, as the customer pays it.

    The largest n up to a day such that no call of n seconds or fewer costs more than the
    credit; 0 where even the first second is too dear; `UNLIMITED` where no call can ever cost
    more; None where the tariff has no rate. `at` is the instant of the answer in microseconds
    UTC.
    """
    entry = tariff.find(digits, at)
    return None if entry is None else seconds_at(tariff, entry, at, credit, payer)


def seconds_at(
    tariff: Tariff, entry: Entry, at: int, credit: Money, payer: Payer = ANYBODY
) -> int | Unlimited:
    """Answer `seconds_for` for a number that falls under this entry."""

    def is_enough(seconds: int) -> bool:
        return payable(tariff, (charge_for(tariff, entry, at, seconds, payer),)) <= credit

    if credit.minor < 0:
        return 0
    rate = entry.rate
    if tariff.rules.free_rule is FreeRule.AFTER_FIRST and rate.free_seconds:
        # The price falls once: where the first increment is full and the free seconds come.
        before = rate.first_increment - 1
        if not is_enough(before):
            return _largest(is_enough, before)
    found = _largest(is_enough, SECONDS_MAX)
    if found == SECONDS_MAX and _never_dearer(tariff, entry, at, credit, payer):
        return UNLIMITED
    return found


def _never_dearer(tariff: Tariff, entry: Entry, at: int, credit: Money, payer: Payer) -> bool:
    """Tell whether no call, however long, costs more than a credit that lasts a day."""
    rate = entry.rate
    if payer.discount_bp == BP:
        return True
    if not any(_last_prices(tariff.rules, rate, at)):
        # After a day nothing begins that is paid by the minute; what a free day put off, the
        # fee and the first increment, has come by the second.
        longest = charge_for(tariff, entry, at, 2 * SECONDS_MAX, payer)
        return payable(tariff, (longest,)) <= credit
    if rate.ceiling is None:
        return False
    dearest = Entry(entry.prefix, Rate(rate.destination, Price(0), rate.ceiling))
    return payable(tariff, (charge_for(tariff, dearest, at, 1, payer),)) <= credit


def _last_prices(rules: TariffRules, rate: Rate, at: int) -> Iterator[Price]:
    """Yield the prices per minute that a call may have come to after a day."""
    possible: tuple[BandPrice | Rate, ...] = (rate, *rate.bands)
    if rules.band_policy is BandPolicy.START:
        possible = (band_price(rate, starting_band(rules, rate, at)),)
    for priced in possible:
        yield priced.steps[-1].price_per_minute if priced.steps else priced.price_per_minute


def _largest(is_enough: Callable[[int], bool], high: int) -> int:
    """Return the largest number up to `high` that is enough; 0 is known to be."""
    low = 0
    while low < high:
        middle = (low + high + 1) // 2
        if is_enough(middle):
            low = middle
        else:
            high = middle - 1
    return low
