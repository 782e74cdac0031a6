"""Figures, times and days of a price list in its language, as the customer pays them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_name, get_decimal_symbol

from app import formats
from app.domain.money import Price, Rounding, divide
from app.domain.quotes import folded
from app.domain.tariff import BP, Tariff, TaxMode
from app.texts import catalogue

_MINUTE = 60
_MICRO_PLACES = 6


class PriceWords:
    """Words of one language for the prices of one tariff."""

    def __init__(self, tariff: Tariff, language: str) -> None:
        """Take currency, tax and time zone of the tariff."""
        self.language = language
        self.currency = tariff.currency
        self.zone = tariff.rules.zone
        self.gettext: Callable[[str], str] = catalogue(language).gettext
        self.locale = formats.locale_of(language)
        is_added = tariff.rules.tax_mode is TaxMode.ADDED
        self._tax_bp = tariff.rules.tax_rate_bp if is_added else 0
        self.figure = functools.lru_cache(maxsize=65_536)(self._figure)

    def with_tax(self, price: Price) -> Price:
        """Return what the customer pays: tax added where the tariff's prices are without.

        A part of a millionth counts whole, so that no list promises less than is charged.
        """
        return Price(divide(price.micro * (BP + self._tax_bp), BP, Rounding.UP))

    def price(self, price: Price) -> str:
        """Write a price of the tariff with tax and currency."""
        return formats.price(self.with_tax(price), self.currency, self.language)

    def _figure(self, price: Price) -> str:
        """Write a price of the tariff with tax, without currency: `0,135`."""
        places = "0" * self.currency.exponent + "#" * (_MICRO_PLACES - self.currency.exponent)
        value = Decimal(self.with_tax(price).micro).scaleb(-_MICRO_PLACES)
        return format_decimal(value, format=f"#,##0.{places}", locale=self.locale)

    @property
    def decimal(self) -> str:
        """Return the sign before a fraction."""
        return get_decimal_symbol(self.locale)

    def currency_name(self) -> str:
        """Return the currency's name: `euros`."""
        return get_currency_name(self.currency.code, count=2, locale=self.locale)

    def day(self, at: int) -> str:
        """Write the date of an instant: `23 novembre 2026`."""
        return format_date(formats.local(at, self.zone), "long", locale=self.locale)

    def moment(self, at: int) -> str:
        """Write date and time of an instant."""
        return f"{self.day(at)}, {formats.time_of_day(at, self.zone, self.language)}"

    def seconds(self, seconds: int) -> str:
        """Write a duration: `30 s`, `10 min`, `1 min 30 s`."""
        minutes, rest = divmod(seconds, _MINUTE)
        parts = [f"{minutes}\u00a0min"] if minutes else []
        if rest or not minutes:
            parts.append(f"{rest}\u00a0s")
        return "\u00a0".join(parts)

    def country(self, code: str) -> str:
        """Return a country's name, its code where the language has none."""
        return str(self.locale.territories.get(code, code))

    def order(self, text: str) -> tuple[tuple[str, ...], str]:
        """Return what sorts names as a dictionary does: É with E."""
        return folded(text), text
