"""Amounts, prices, durations, numbers and times as an operator reads them.

One `Formatter` per language and shop. GUI thread only; no float touches an amount.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.domain.money import Currency, Money, Price
from app.domain.phone import masked
from ui.counted import COUNTED

translate = QCoreApplication.translate

NO_BREAK = "\u00a0"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = 60
_PRICE_PLACES = 6


class Formatter:
    """Turns values into text of one locale, currency and time zone."""

    def __init__(self, language: str, currency: Currency, zone: str) -> None:
        self.currency = currency
        self.locale = QLocale(language)
        self._zone = ZoneInfo(zone)
        self._point = self.locale.decimalPoint()
        # The group sign is made unbreakable: an amount never wraps.
        self._group = (
            self.locale.groupSeparator().replace(" ", NO_BREAK).replace("\u202f", NO_BREAK)
        )
        self._sign = currency.symbol or currency.code
        pattern = self.locale.toCurrencyString(1, "\u00a4")
        self._sign_first = pattern.startswith("\u00a4")

    @property
    def decimal_point(self) -> str:
        """The sign between units and cents that the operator types."""
        return self._point

    def money(self, amount: Money) -> str:
        """Write an amount with its currency: `1 234,50 €`, `€1,234.50`."""
        return self._with_sign(self.plain_money(amount))

    def plain_money(self, amount: Money) -> str:
        """Write an amount without its currency: `1 234,50`."""
        return self._places(amount.minor, self.currency.exponent, self.currency.exponent)

    def note(self, amount: Money) -> str:
        """Write a bank note: without cents where it has none: `10 €`."""
        return self._with_sign(self._places(amount.minor, self.currency.exponent, 0))

    def price(self, price: Price) -> str:
        """Write a price with as many decimals as it needs: `0,0125 €`."""
        return self._with_sign(self._places(price.micro, _PRICE_PLACES, self.currency.exponent))

    def bare_price(self, price: Price, least: int) -> str:
        """Write a price without its currency, with at least so many decimals: `0,3400`."""
        return self._places(price.micro, _PRICE_PLACES, least)

    def price_per_minute(self, price: Price) -> str:
        """Write a minute price: `0,29 €/min`."""
        minute = translate("Format", "min")
        return f"{self.price(price)}/{minute}"

    def percent(self, basis_points: int) -> str:
        """Write hundredths of a percent: `20 %`, `5,5 %`."""
        text = self._places(basis_points, 2, 0)
        return (
            f"{text}{NO_BREAK}%"
            if self.locale.language() != QLocale.Language.English
            else f"{text}%"
        )

    def count(self, figure: int) -> str:
        """Write a whole number in groups: `4 218`."""
        return f"-{self._grouped(str(-figure))}" if figure < 0 else self._grouped(str(figure))

    def discount(self, basis_points: int) -> str:
        """Write a discount: `−10 %`."""
        return f"−{self.percent(basis_points)}"

    def number(self, text: str) -> str:
        """Write a dialled number with its last four digits hidden."""
        return masked(text)

    def time(self, at_us: int) -> str:
        """Write the time of day in the shop's zone: `14:37`."""
        return f"{self._local(at_us):%H:%M}"

    def exact_time(self, at_us: int) -> str:
        """Write the time of day with seconds: `14:37:05`."""
        return f"{self._local(at_us):%H:%M:%S}"

    def moment(self, at_us: int, now_us: int) -> str:
        """Write a moment of the coming week: `20:00` today, else `Mon 08:00`."""
        local = self._local(at_us)
        if local.date() == self._local(now_us).date():
            return self.time(at_us)
        day = self.locale.dayName(local.isoweekday(), QLocale.FormatType.ShortFormat)
        return f"{day} {self.time(at_us)}"

    def date(self, at_us: int) -> str:
        """Write the date in the shop's zone in the locale's short form."""
        local = self._local(at_us)
        return self.locale.toString(
            QDate(local.year, local.month, local.day), QLocale.FormatType.ShortFormat
        )

    def date_time(self, at_us: int) -> str:
        """Write date and time of day."""
        return f"{self.date(at_us)} {self.time(at_us)}"

    def since(self, then_us: int, now_us: int) -> str:
        """Write how long something lasts, calmly: `12 min`, `1 h 03`; empty under a minute."""
        minutes = max(0, now_us - then_us) // (_MINUTE * 1_000_000)
        if not minutes:
            return ""
        if minutes < _MINUTE:
            word = translate("Format", "min")
            return f"{minutes}{NO_BREAK}{word}"
        hours, rest = divmod(minutes, _MINUTE)
        if hours < 100:  # noqa: PLR2004 - from about four days on, minutes say nothing
            return f"{hours}{NO_BREAK}h{NO_BREAK}{rest:02d}"
        return COUNTED.days(hours // 24)

    def _local(self, at_us: int) -> datetime:
        return (_EPOCH + timedelta(microseconds=at_us)).astimezone(self._zone)

    def _with_sign(self, text: str) -> str:
        if not self._sign_first:
            return f"{text}{NO_BREAK}{self._sign}"
        if text.startswith("-"):
            return f"-{self._sign}{text[1:]}"
        return f"{self._sign}{text}"

    def _places(self, scaled: int, places: int, least: int) -> str:
        """Write `scaled` / 10**places with at least `least` decimals, without trailing zeros."""
        digits = str(abs(scaled)).rjust(places + 1, "0")
        whole, rest = (digits[:-places], digits[-places:]) if places else (digits, "")
        while len(rest) > least and rest.endswith("0"):
            rest = rest[:-1]
        sign = "-" if scaled < 0 else ""
        return f"{sign}{self._grouped(whole)}{self._point if rest else ''}{rest}"

    def _grouped(self, whole: str) -> str:
        # Four digits stay together in some languages (Spanish); a till groups always.
        head = len(whole) % 3
        parts = [whole[:head]] if head else []
        parts += [whole[at : at + 3] for at in range(head, len(whole), 3)]
        return self._group.join(parts)


def duration(seconds: int) -> str:
    """Write seconds as `mm:ss`, from one hour on `h:mm:ss`."""
    minutes, second = divmod(max(0, seconds), _MINUTE)
    if minutes < _MINUTE:
        return f"{minutes:02d}:{second:02d}"
    return f"{minutes // _MINUTE}:{minutes % _MINUTE:02d}:{second:02d}"
