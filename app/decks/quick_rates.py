"""Rates of rows that differ in name and price alone: read by what an earlier row gave.

A carrier's rows have few sets of fees, increments and dates. The first row of a set is read
with all its checks; what the others add is a destination and a price.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from operator import itemgetter
from typing import cast

from app.decks.columns import Columns
from app.decks.rates import DESTINATION_MAX, Made, RateReader, Reading
from app.domain.money import MICRO, Price
from app.domain.tariff import PRICE_MAX, Rate

_FREE = Price(0)
_PLACES = 6
_POINT = re.compile(r"([0-9]{1,7})(?:\.([0-9]{1,6}))?\Z", re.ASCII)
_COMMA = re.compile(r"([0-9]{1,7})(?:,([0-9]{1,6}))?\Z", re.ASCII)


class QuickReader:
    """Reads as `RateReader` does, and gives equal rates as one object."""

    def __init__(self, columns: Columns, reading: Reading) -> None:
        """Take what is known of the file. Raises `DeckError`: `unknown_zone`."""
        self._reader = RateReader(columns, reading)
        fields = [field for field, _ in columns.others]
        self._name = fields.index("destination")
        self._price = fields.index("price_per_minute")
        self._rest = _picker(
            [at for at in range(len(fields)) if at not in (self._name, self._price)]
        )
        # A second price beside the first makes a step or none: there the two belong together.
        follows = any(field.startswith("price_next") for field in fields)
        self._is_simple = not (columns.is_named_by_code or follows)
        self._number = _POINT if reading.decimals.get("price_per_minute") == "." else _COMMA
        self._first: dict[object, tuple[Made, Rate]] = {}
        self._prices: dict[str, Price] = {}
        self._same_price: dict[int, Price] = {}
        self._plain: dict[Rate, Rate] = {}
        self._rates: dict[tuple[int, int, str], Rate] = {}

    @property
    def currencies(self) -> set[str]:
        """Return the currencies that the cells have named so far."""
        return self._reader.currencies

    def read(self, values: tuple[str, ...]) -> Made:
        """Read the cells of `Columns.others`. Raises `RowError`."""
        rest = self._rest(values)
        known = self._first.get(rest)
        if known is not None and self._is_simple:
            name = " ".join(values[self._name].split())
            price = self._quick_price(values[self._price])
            if price is not None and name and name.isprintable() and len(name) <= DESTINATION_MAX:
                made, plain = known
                rate = self._rate(plain, price, name)
                return Made(rate, made.starts_at, made.ends_at, made.country_code, made.notes)
        return self._read_all(values, rest)

    def _read_all(self, values: tuple[str, ...], rest: object) -> Made:
        made = self._reader.read(values)
        if made.rate is None:
            return made
        plain = replace(made.rate, destination="-", price_per_minute=_FREE)
        plain = self._plain.setdefault(plain, plain)
        price = made.rate.price_per_minute
        price = self._same_price.setdefault(price.micro, price)
        made = replace(made, rate=self._rate(plain, price, made.rate.destination))
        # Not from a row whose price says more than a number, as "blocked" does.
        if self._quick_price(values[self._price]) is not None:
            self._first.setdefault(rest, (made, plain))
        return made

    def _quick_price(self, cell: str) -> Price | None:
        """Return the price of a cell of digits alone, None for any other."""
        price = self._prices.get(cell)
        if price is None:
            match = self._number.match(cell)
            if match is None:
                return None
            micro = int(match[1]) * MICRO + int((match[2] or "").ljust(_PLACES, "0"))
            if micro > PRICE_MAX.micro:
                return None
            price = self._same_price.setdefault(micro, Price(micro))
            self._prices[cell] = price
        return price

    def _rate(self, plain: Rate, price: Price, name: str) -> Rate:
        # A plain rate is kept for as long as the reader: no other has its id.
        key = (id(plain), price.micro, name)
        rate = self._rates.get(key)
        if rate is None:
            rate = self._rates[key] = Rate(
                name,
                price,
                plain.connection_fee,
                plain.first_increment,
                plain.next_increment,
                plain.country,
                plain.free_seconds,
                plain.free_below,
                plain.minimum_charge,
                plain.surcharge,
                plain.ceiling,
                plain.steps,
                plain.bands,
                plain.access,
            )
        return rate


def _picker(places: list[int]) -> Callable[[tuple[str, ...]], object]:
    if not places:
        return lambda _values: ()
    return cast("Callable[[tuple[str, ...]], object]", itemgetter(*places))
