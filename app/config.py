"""The shop's settings: one frozen `Config`, read once from `shop.toml` and checked at start.

Nothing secret stands in the file: passwords live in the operating system's keyring or
in a file of their own (`app.secrets`). Every wrong value is named with its place.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.config_tariff import tariff_rules
from app.domain.money import Currency
from app.domain.tariff import BP, TariffRules
from app.domain.taxes import standard_rate_bp
from app.toml_section import ConfigError as ConfigError  # noqa: PLC0414 - also found here
from app.toml_section import Section, percent_bp

CONFIG_FILE = "shop.toml"
TECHNOLOGIES = ("PJSIP", "SIP", "IAX2", "DAHDI")
"""Channel technologies of Asterisk behind which a booth's phone may be."""

_CURRENCY_LETTERS = 3
_COUNTRY_LETTERS = 2


@dataclass(frozen=True, slots=True)
class BoothConfig:
    """One booth. `endpoint` is the name of its phone in channel names; `meter` a serial URL.

    `tariff` is the key of the tariff sold there, "" the shop's.
    """

    number: int
    extension: str
    name: str = ""
    exchange: str = "main"
    endpoint: str = ""
    meter: str = ""
    tariff: str = ""


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
    rules: TariffRules = field(
        default_factory=lambda: TariffRules(tax_rate_bp=2000, zone="Europe/Paris")
    )
    margin_guard_bp: int = 0
    access_digits: str = ""
    emergency: tuple[str, ...] = ()
    poster_countries: tuple[str, ...] = ()
    lease_minutes: int = 30
    till: str = "1"
    operator: str = "1"
    operator_name: str = ""
    receipts: str = "ask"
    booths: tuple[BoothConfig, ...] = ()
    exchanges: tuple[ExchangeConfig, ...] = ()
    printer: PrinterConfig = field(default_factory=PrinterConfig)
    is_practice: bool = False

    @property
    def tax_rate_bp(self) -> int:
        """Tax on everything the shop sells, in basis points."""
        return self.rules.tax_rate_bp


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


def _currency(section: Section) -> Currency:
    code = section.text("currency", "EUR", longest=3)
    known = CURRENCIES.get(code)
    exponent = section.whole("currency_decimals", known.exponent if known else 2, 0, 3)
    symbol = section.text("currency_symbol", known.symbol if known else code, longest=8)
    if len(code) != _CURRENCY_LETTERS or not code.isascii() or not code.isupper():
        raise ConfigError("bad_currency", section.place("currency"), code)
    return Currency(code, exponent, symbol)


def _zone(section: Section) -> str:
    name = section.text("zone", "Europe/Paris")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError("unknown_zone", section.place("zone"), name) from error
    return name


def _booth(section: Section) -> BoothConfig:
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
        tariff=section.text("tariff", "", longest=40),
    )
    section.done()
    return booth


def _exchange(section: Section) -> ExchangeConfig:
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


def _printer(section: Section) -> PrinterConfig:
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


def _tax(section: Section, country: str) -> int:
    standard = standard_rate_bp(country)
    default = ... if standard is None else f"{standard // 100}.{standard % 100:02}"
    return percent_bp(section, "tax_percent", default)


def _guard(section: Section) -> int:
    guard_bp = percent_bp(section, "margin_guard", "0")
    if guard_bp >= BP:  # no price leaves all of itself
        raise ConfigError("out_of_range", section.place("margin_guard"), guard_bp // 100)
    return guard_bp


def _country(section: Section) -> str:
    country = section.text("country", "FR", longest=2)
    return _checked_country(section, "country", country)


def _poster_countries(section: Section) -> tuple[str, ...]:
    key = "poster_countries"
    return tuple(_checked_country(section, key, country) for country in section.texts(key))


def _checked_country(section: Section, key: str, country: str) -> str:
    is_code = len(country) == _COUNTRY_LETTERS and country.isascii() and country.isalpha()
    if not is_code or not country.isupper():
        raise ConfigError("unknown_country", section.place(key), country)
    return country


def from_toml(text: str) -> Config:
    """Read the text of a `shop.toml`. Raises `ConfigError`."""
    try:
        root = Section(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("not_toml", CONFIG_FILE, str(error)) from error
    shop, till, tariff = (root.section(name) for name in ("shop", "till", "tariff"))
    config = _config(root, shop, till, tariff)
    for section in (shop, till, tariff, root):
        section.done()
    return _finished(config)


def _config(root: Section, shop: Section, till: Section, tariff: Section) -> Config:
    currency = _currency(shop)
    country, zone = _country(shop), _zone(shop)
    language = shop.choice("language", "fr", ("en", "fr"))
    return Config(
        shop_id=shop.text("id", "shop", longest=40),
        name=shop.text("name"),
        address=shop.texts("address"),
        footer=shop.texts("footer"),
        country=country,
        zone=zone,
        language=language,
        receipt_language=shop.choice("receipt_language", language, ("en", "fr")),
        theme=shop.choice("theme", "light", ("light", "dark")),
        currency=currency,
        rules=tariff_rules(
            tariff,
            currency=currency,
            country=country,
            zone=zone,
            tax_rate_bp=_tax(shop, country),
        ),
        margin_guard_bp=_guard(tariff),
        access_digits=shop.text("access_digits", "", longest=4),
        emergency=shop.texts("emergency"),
        poster_countries=_poster_countries(shop),
        lease_minutes=till.whole("lease_minutes", 30, 2, 24 * 60),
        till=till.text("id", "1", longest=20),
        operator=till.text("operator", "1", longest=20),
        operator_name=till.text("operator_name", ""),
        receipts=till.choice("receipts", "ask", ("ask", "always", "never")),
        booths=tuple(_booth(section) for section in root.sections("booths")),
        exchanges=tuple(_exchange(section) for section in root.sections("exchanges")),
        printer=_printer(root.section("printer")),
    )


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
