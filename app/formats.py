"""Amounts, prices, dates and durations as text in a document's language, by Babel's tables.

A leaf beside `app.texts`: for paper, displays, PDF and command line (the window has QLocale).
Babel puts U+00A0 and U+202F where the language wants them; a device fits them to its own page.
"""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import (
    NumberPattern,
    format_decimal,
    get_currency_symbol,
    parse_pattern,
)

from app.domain.money import Currency, Money, Price

_MICROSECONDS = 1_000_000

# Bare "en" means the United States to CLDR: month before day and a twelve-hour clock.
_REGION = {"en": "en_GB"}

# A language's pattern may begin with a direction mark, which no printer or display knows.
_MARKS = re.compile("[\u200e\u200f\u061c]")


@functools.cache
def locale_of(language: str) -> Locale:
    """Return Babel's locale of a language name such as `fr`, `fr_CA` or `fr-CA`; else English."""
    name = language.replace("-", "_")
    try:
        return Locale.parse(_REGION.get(name, name))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_REGION["en"])


@functools.cache
def _currency_pattern(language: str, decimals: tuple[int, int]) -> NumberPattern:
    standard = locale_of(language).currency_formats["standard"]
    return _with_decimals(standard.pattern, decimals)


@functools.cache
def _percent_pattern(language: str) -> NumberPattern:
    return _with_decimals(locale_of(language).percent_formats[None].pattern, (0, 2))


def _with_decimals(text: str, decimals: tuple[int, int]) -> NumberPattern:
    # Parsed anew: the locale's own pattern is shared by the whole program.
    pattern: NumberPattern = parse_pattern(text)
    pattern.frac_prec = decimals
    return pattern


def _units(money: Money, currency: Currency) -> Decimal:
    return Decimal(money.minor).scaleb(-currency.exponent)


def symbol_of(currency: Currency, language: str) -> str:
    """Return the shop's own sign for its currency, or the language's."""
    return currency.symbol or get_currency_symbol(currency.code, locale_of(language))


def amount(money: Money, currency: Currency, language: str) -> str:
    """Write an amount with its currency: `5,42 €`, `€5.42`."""
    return _with_symbol(
        _units(money, currency), (currency.exponent, currency.exponent), currency, language
    )


def bare_amount(money: Money, currency: Currency, language: str) -> str:
    """Write an amount without its currency: `5,42`."""
    digits = "0" * currency.exponent
    return format_decimal(
        _units(money, currency),
        format=f"#,##0.{digits}" if digits else "#,##0",
        locale=locale_of(language),
    )


def price(value: Price, currency: Currency, language: str) -> str:
    """Write a price with its currency and all its decimals, at least the currency's: `0,135 €`."""
    return _with_symbol(Decimal(value.micro).scaleb(-6), (currency.exponent, 6), currency, language)


def _with_symbol(
    value: Decimal, decimals: tuple[int, int], currency: Currency, language: str
) -> str:
    pattern = _currency_pattern(language, decimals)
    text = pattern.apply(value, locale_of(language), currency_digits=False)
    return _placed(symbol_of(currency, language), _MARKS.sub("", text))


def _placed(symbol: str, text: str) -> str:
    """Put the currency's sign into its place; one that is a word keeps a space from the digits."""
    before, _, after = text.partition("¤")
    if after[:1].isdigit() and symbol[-1:].isalpha():
        return f"{before}{symbol}\u00a0{after}"
    return f"{before}{symbol}{after}"


def percent(rate_bp: int, language: str) -> str:
    """Write a rate in hundredths of a percent: 2000 is `20 %`, 550 is `5,5 %`."""
    text = _percent_pattern(language).apply(Decimal(rate_bp).scaleb(-4), locale_of(language))
    return _MARKS.sub("", text)


def local(at: int, zone: str) -> datetime:
    """Return an instant (microseconds UTC) as the shop's wall clock. Raises for an unknown zone."""
    return datetime.fromtimestamp(at // _MICROSECONDS, UTC).astimezone(ZoneInfo(zone))


def day(at: int, zone: str, language: str) -> str:
    """Write the date: `22/11/2026`."""
    return _MARKS.sub("", format_date(local(at, zone), "short", locale=locale_of(language)))


def time_of_day(at: int, zone: str, language: str) -> str:
    """Write the time without seconds: `14:38`."""
    return _MARKS.sub("", format_time(local(at, zone), "short", locale=locale_of(language)))


def duration(seconds: int) -> str:
    """Write whole seconds as `mm:ss`, from an hour on as `h:mm:ss`; negative ones are refused."""
    if seconds < 0:
        raise ValueError(f"negative duration {seconds}")
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
