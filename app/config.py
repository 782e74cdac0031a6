"""The shop's settings: one frozen `Config`, read once from `shop.toml` and checked at start.

Nothing secret stands in the file: passwords live in the operating system's keyring or
in a file of their own (`app.secrets`). Every wrong value is named with its place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.money import Currency, Money, MoneyError, Rounding, parse_money
from app.domain.tariff import SecondsRule

CONFIG_FILE = "shop.toml"
TECHNOLOGIES = ("PJSIP", "SIP", "IAX2", "DAHDI")
"""Channel technologies of Asterisk behind which a booth's phone may be."""


_FIRST_SIGN = 32  # below are control characters
_LONGEST_TEXT = 200
_CURRENCY_LETTERS = 3
_HIGHEST_RATE_BP = 10_000


class ConfigError(ValueError):
    """A setting that cannot be used: `code` (missing, wrong_type, …) and `where` it stands."""

    def __init__(self, code: str, where: str, value: object = "") -> None:
        super().__init__(f"{where}: {code} {value!r}")
        self.code = code
        self.where = where
        self.value = str(value)


@dataclass(frozen=True, slots=True)
class BoothConfig:
    """One booth. `endpoint` is the name of its phone in channel names; `meter` a serial URL."""

    number: int
    extension: str
    name: str = ""
    exchange: str = "main"
    endpoint: str = ""
    meter: str = ""


@dataclass(frozen=True, slots=True)
class ExchangeConfig:
    """One exchange that is spoken to over AMI."""

    name: str = "main"
    host: str = "127.0.0.1"
    port: int = 5038
    username: str = "callshop"
    technologies: tuple[str, ...] = TECHNOLOGIES


@dataclass(frozen=True, slots=True)
class PrinterConfig:
    """The receipt printer; an empty `host` is none. `columns` of the narrow font A."""

    host: str = ""
    port: int = 9100
    columns: int = 48


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a shop can set in its file."""

    shop_id: str = "shop"
    name: str = "Call shop"
    address: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    country: str = "FR"
    zone: str = "Europe/Paris"
    language: str = "fr"
    receipt_language: str = "fr"
    theme: str = "light"
    currency: Currency = field(default_factory=lambda: Currency("EUR", 2, "€"))
    tax_rate_bp: int = 2000
    bill_step: Money = field(default_factory=lambda: Money(1))
    bill_rounding: Rounding = Rounding.UP
    call_rounding: Rounding = Rounding.UP
    seconds_rule: SecondsRule = SecondsRule.UP
    access_digits: str = ""
    emergency: tuple[str, ...] = ()
    lease_minutes: int = 30
    till: str = "1"
    operator: str = "1"
    operator_name: str = ""
    receipts: str = "ask"
    booths: tuple[BoothConfig, ...] = ()
    exchanges: tuple[ExchangeConfig, ...] = ()
    printer: PrinterConfig = field(default_factory=PrinterConfig)
    is_practice: bool = False


CURRENCIES = {
    "EUR": Currency("EUR", 2, "€"),
    "GBP": Currency("GBP", 2, "£"),
    "USD": Currency("USD", 2, "$"),
    "CHF": Currency("CHF", 2, "CHF"),
    "MAD": Currency("MAD", 2, "DH"),
    "XOF": Currency("XOF", 0, "F CFA"),
    "XAF": Currency("XAF", 0, "FCFA"),
    "TND": Currency("TND", 3, "DT"),
    "DZD": Currency("DZD", 2, "DA"),
    "CAD": Currency("CAD", 2, "$"),
    "BRL": Currency("BRL", 2, "R$"),
    "JPY": Currency("JPY", 0, "¥"),
}
"""Currencies the program knows by decimals and sign; others are spelled out in the file."""


class _Section:
    """One table of the file: typed access, and every key that nobody asked for is an error."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.values = dict(values)
        self.where = where

    def place(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def take(self, key: str, kind: type, default: Any) -> Any:  # noqa: ANN401 - TOML value
        if key not in self.values:
            if default is ...:
                raise ConfigError("missing", self.place(key))
            return default
        value = self.values.pop(key)
        # In TOML true is no number.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise ConfigError("wrong_type", self.place(key), value)
        return value

    def text(self, key: str, default: Any = ..., *, longest: int = 200) -> str:  # noqa: ANN401
        value: str = self.take(key, str, default)
        if len(value) > longest or any(ord(sign) < _FIRST_SIGN for sign in value):
            raise ConfigError("bad_text", self.place(key), value[:40])
        return value

    def whole(self, key: str, default: Any, lowest: int, highest: int) -> int:  # noqa: ANN401
        value: int = self.take(key, int, default)
        if not lowest <= value <= highest:
            raise ConfigError("out_of_range", self.place(key), value)
        return value

    def choice(self, key: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise ConfigError("unknown_choice", self.place(key), value)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values: list[Any] = self.take(key, list, [])
        if not all(isinstance(value, str) and len(value) <= _LONGEST_TEXT for value in values):
            raise ConfigError("wrong_type", self.place(key), values)
        return tuple(values)

    def section(self, key: str) -> _Section:
        return _Section(self.take(key, dict, {}), self.place(key))

    def sections(self, key: str) -> list[_Section]:
        return [
            _Section(value if isinstance(value, dict) else {}, f"{self.place(key)}[{index}]")
            for index, value in enumerate(self.take(key, list, []), 1)
        ]

    def done(self) -> None:
        for key, value in self.values.items():
            raise ConfigError("unknown_setting", self.place(key), value)


def _currency(section: _Section) -> Currency:
    code = section.text("currency", "EUR", longest=3)
    known = CURRENCIES.get(code)
    exponent = section.whole("currency_decimals", known.exponent if known else 2, 0, 3)
    symbol = section.text("currency_symbol", known.symbol if known else code, longest=8)
    if len(code) != _CURRENCY_LETTERS or not code.isascii() or not code.isupper():
        raise ConfigError("bad_currency", section.place("currency"), code)
    return Currency(code, exponent, symbol)


def _percent_bp(section: _Section, key: str, default: str) -> int:
    text = section.text(key, default)
    try:
        rate_bp = parse_money(text, Currency("XXX", 2)).minor
    except MoneyError as error:
        raise ConfigError("bad_amount", section.place(key), text) from error
    if not 0 <= rate_bp <= _HIGHEST_RATE_BP:
        raise ConfigError("out_of_range", section.place(key), text)
    return rate_bp


def _money(section: _Section, key: str, default: str, currency: Currency) -> Money:
    text = section.text(key, default)
    try:
        amount = parse_money(text, currency)
    except MoneyError as error:
        raise ConfigError("bad_amount", section.place(key), text) from error
    if amount.minor < 1:
        raise ConfigError("out_of_range", section.place(key), text)
    return amount


def _zone(section: _Section) -> str:
    name = section.text("zone", "Europe/Paris")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError("unknown_zone", section.place("zone"), name) from error
    return name


def _booth(section: _Section) -> BoothConfig:
    extension = section.text("extension", longest=40)
    # The extension becomes a key in the exchange's database and part of channel names.
    if not extension.isascii() or not extension.replace("-", "").replace("_", "").isalnum():
        raise ConfigError("bad_extension", section.place("extension"), extension)
    booth = BoothConfig(
        number=section.whole("number", ..., 1, 999),
        extension=extension,
        name=section.text("name", ""),
        exchange=section.text("exchange", "main"),
        endpoint=section.text("endpoint", extension, longest=60),
        meter=section.text("meter", ""),
    )
    section.done()
    return booth


def _exchange(section: _Section) -> ExchangeConfig:
    section.choice("kind", "asterisk", ("asterisk",))
    exchange = ExchangeConfig(
        name=section.text("name", "main", longest=40),
        host=section.text("host", "127.0.0.1"),
        port=section.whole("port", 5038, 1, 65_535),
        username=section.text("username", "callshop"),
        technologies=section.texts("technologies") or TECHNOLOGIES,
    )
    section.done()
    return exchange


def _printer(section: _Section) -> PrinterConfig:
    printer = PrinterConfig(
        host=section.text("host", ""),
        port=section.whole("port", 9100, 1, 65_535),
        columns=section.whole("columns", 48, 24, 64),
    )
    section.done()
    return printer


def _unique(values: list[object], where: str) -> None:
    seen: set[object] = set()
    for value in values:
        if value in seen:
            raise ConfigError("twice", where, value)
        seen.add(value)


def _finished(config: Config) -> Config:
    _unique([booth.number for booth in config.booths], "booths.number")
    _unique([(booth.exchange, booth.extension) for booth in config.booths], "booths.extension")
    _unique([exchange.name for exchange in config.exchanges], "exchanges.name")
    names = {exchange.name for exchange in config.exchanges}
    for booth in config.booths:
        if booth.exchange not in names:
            raise ConfigError("unknown_exchange", f"booths[{booth.number}]", booth.exchange)
    return config


def _rounding(section: _Section, key: str) -> Rounding:
    return Rounding[section.choice(key, "UP", tuple(mode.name for mode in Rounding))]


def from_toml(text: str) -> Config:
    """Read the text of a `shop.toml`. Raises `ConfigError`."""
    try:
        root = _Section(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("not_toml", CONFIG_FILE, str(error)) from error
    shop = root.section("shop")
    till = root.section("till")
    tariff = root.section("tariff")
    currency = _currency(shop)
    language = shop.choice("language", "fr", ("en", "fr"))
    config = Config(
        shop_id=shop.text("id", "shop", longest=40),
        name=shop.text("name"),
        address=shop.texts("address"),
        footer=shop.texts("footer"),
        country=shop.text("country", "FR", longest=2),
        zone=_zone(shop),
        language=language,
        receipt_language=shop.choice("receipt_language", language, ("en", "fr")),
        theme=shop.choice("theme", "light", ("light", "dark")),
        currency=currency,
        tax_rate_bp=_percent_bp(shop, "tax_percent", "20.00"),
        bill_step=_money(tariff, "bill_step", _smallest(currency), currency),
        bill_rounding=_rounding(tariff, "bill_rounding"),
        call_rounding=_rounding(tariff, "call_rounding"),
        seconds_rule=SecondsRule[
            tariff.choice("seconds_rule", "UP", tuple(rule.name for rule in SecondsRule))
        ],
        access_digits=shop.text("access_digits", "", longest=4),
        emergency=shop.texts("emergency"),
        lease_minutes=till.whole("lease_minutes", 30, 2, 24 * 60),
        till=till.text("id", "1", longest=20),
        operator=till.text("operator", "1", longest=20),
        operator_name=till.text("operator_name", ""),
        receipts=till.choice("receipts", "ask", ("ask", "always", "never")),
        booths=tuple(_booth(section) for section in root.sections("booths")),
        exchanges=tuple(_exchange(section) for section in root.sections("exchanges")),
        printer=_printer(root.section("printer")),
    )
    for section in (shop, till, tariff, root):
        section.done()
    return _finished(config)


def _smallest(currency: Currency) -> str:
    return "1" if currency.exponent == 0 else f"0.{'1'.rjust(currency.exponent, '0')}"


def load(folder: Path) -> Config:
    """Read the shop's file in this folder. Raises `ConfigError` (`no_file`, `unreadable` …)."""
    path = folder / CONFIG_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigError("no_file", str(path), folder) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("unreadable", str(path), str(error)) from error
    return from_toml(text)
