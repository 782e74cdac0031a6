"""Sell prices made of costs: cost x factor + something a minute, tax, and a rounding to a step.

Everything is exact until the one rounding of each price.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.domain.money import MICRO, Price, Rounding, divide
from app.domain.quotes import folded
from app.domain.tariff import BP, BandPrice, Entry, Rate, Step

_PERMILLE = 1000
_NOTHING = Price(0)
_SMALLEST = Price(1)


@dataclass(frozen=True, slots=True)
class Markup:
    """How a cost becomes a sell price.

    `factor_ppm` is in millionths (1,400,000: 40 % more than the cost), `add` is put on each
    price per minute, `step` is what each price is rounded to. Increments of None are the
    cost's own. Without `keep_fee` the carrier's connection fee is not passed on.
    """

    factor_ppm: int
    add: Price = _NOTHING
    step: Price = _SMALLEST
    rounding: Rounding = Rounding.UP
    first_increment: int | None = None
    next_increment: int | None = None
    keep_fee: bool = True

    def __post_init__(self) -> None:
        """Refuse what makes no price."""
        if self.factor_ppm < 0 or self.add.micro < 0 or self.step.micro < 1:
            raise ValueError("a markup needs a factor, an addition and a step")


@dataclass(frozen=True, slots=True)
class MarkupRule:
    """A markup for some destinations.

    `countries` are ISO codes, none for all; each of `words` must begin a word of the
    destination, accents and case do not count.
    """

    countries: frozenset[str]
    words: str
    markup: Markup

    def fits(self, rate: Rate) -> bool:
        """Tell whether the rule is for the destination of a rate."""
        if self.countries and rate.country not in self.countries:
            return False
        names = folded(rate.destination)
        return all(any(name.startswith(word) for name in names) for word in folded(self.words))


def sell_price(cost: Price, markup: Markup, tax_rate_bp: int = 0) -> Price:
    """Return the price per minute for a cost per minute; with tax where prices include one."""
    return _priced(cost, markup, markup.add, tax_rate_bp)


def price_for_margin(
    cost_price: Price, guard_permille: int, tax_rate_bp: int, step: Price
) -> Price:
    """Return the smallest multiple of `step` that leaves the guard's margin net of the tax in it.

    Raises `ValueError` for a guard of everything (1000) or more.
    """
    if guard_permille >= _PERMILLE:
        raise ValueError("no price leaves all of itself")
    net = _up(cost_price.micro * _PERMILLE, _PERMILLE - guard_permille)
    gross = _up(net * (BP + tax_rate_bp), BP)
    return Price(_up(gross, step.micro) * step.micro)


def marked_up(
    cost: tuple[Entry, ...],
    rules: tuple[MarkupRule, ...],
    default: Markup,
    *,
    tax_rate_bp: int = 0,
) -> tuple[Entry, ...]:
    """Return sell entries for cost entries: the first rule that fits a destination, or `default`.

    `tax_rate_bp` is the tax that the sell tariff's prices include. Time bands keep their names:
    the sell tariff's rules must know them. Equal rates are one object.
    """
    by_cost: dict[int, Rate] = {}
    same: dict[Rate, Rate] = {}
    entries = []
    for entry in cost:
        rate = by_cost.get(id(entry.rate))
        if rate is None:
            markup = next((rule.markup for rule in rules if rule.fits(entry.rate)), default)
            made = marked_up_rate(entry.rate, markup, tax_rate_bp)
            rate = by_cost[id(entry.rate)] = same.setdefault(made, made)
        entries.append(Entry(entry.prefix, rate, entry.starts_at, entry.ends_at))
    return tuple(entries)


def marked_up_rate(cost: Rate, markup: Markup, tax_rate_bp: int = 0) -> Rate:
    """Return the sell rate for a cost rate; only prices per minute get the markup's `add`."""

    def minute(price: Price) -> Price:
        return _priced(price, markup, markup.add, tax_rate_bp)

    def once(price: Price) -> Price:
        return _priced(price, markup, _NOTHING, tax_rate_bp)

    def fee(price: Price) -> Price:
        return once(price) if markup.keep_fee else _NOTHING

    return replace(
        cost,
        price_per_minute=minute(cost.price_per_minute),
        connection_fee=fee(cost.connection_fee),
        first_increment=markup.first_increment or cost.first_increment,
        next_increment=markup.next_increment or cost.next_increment,
        minimum_charge=once(cost.minimum_charge),
        surcharge=once(cost.surcharge),
        ceiling=None if cost.ceiling is None else once(cost.ceiling),
        steps=_steps(cost.steps, markup, minute),
        bands=tuple(
            BandPrice(
                band.band,
                minute(band.price_per_minute),
                fee(band.connection_fee),
                _steps(band.steps, markup, minute),
            )
            for band in cost.bands
        ),
    )


def _steps(
    steps: tuple[Step, ...], markup: Markup, minute: Callable[[Price], Price]
) -> tuple[Step, ...]:
    """Return later prices; where the markup names the increment, theirs goes."""
    return tuple(
        Step(
            step.after_seconds,
            minute(step.price_per_minute),
            0 if markup.next_increment else step.next_increment,
        )
        for step in steps
    )


def _priced(cost: Price, markup: Markup, add: Price, tax_rate_bp: int) -> Price:
    exact = (cost.micro * markup.factor_ppm + add.micro * MICRO) * (BP + tax_rate_bp)
    steps = divide(exact, MICRO * BP * markup.step.micro, markup.rounding)
    return Price(steps * markup.step.micro)


def _up(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)
