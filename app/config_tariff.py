"""The `[tariff]` table of the settings: how the shop's rates are applied."""

from __future__ import annotations

import enum
from datetime import date
from typing import TypeVar

from app.domain.bands import TimeBand, Window, fault_of_band, knows_holidays, parse_window
from app.domain.money import Currency, Rounding
from app.domain.tariff import (
    BandPolicy,
    BlockRule,
    FreeRule,
    RoundingOrder,
    SecondsRule,
    TariffRules,
    TaxMode,
)
from app.toml_section import ConfigError, Section, money

_Choice = TypeVar("_Choice", bound=enum.Enum)


def tariff_rules(
    section: Section, *, currency: Currency, country: str, zone: str, tax_rate_bp: int
) -> TariffRules:
    """Read the rules of rating. Raises `ConfigError`."""
    bands = tuple(_band(one) for one in section.sections("bands"))
    names = [band.name for band in bands]
    if len(set(names)) < len(names):
        raise ConfigError("twice", section.place("bands.name"), names)
    return TariffRules(
        rounding=_one_of(section, "call_rounding", Rounding.UP),
        order=_one_of(section, "rounding_order", RoundingOrder.CALL),
        bill_step=money(section, "bill_step", _smallest(currency), currency),
        bill_rounding=_one_of(section, "bill_rounding", Rounding.UP),
        seconds_rule=_one_of(section, "seconds_rule", SecondsRule.UP),
        free_rule=_one_of(section, "free_seconds_rule", FreeRule.FRONT),
        block_rule=_one_of(section, "increments_from", BlockRule.AFTER_FIRST),
        band_policy=_one_of(section, "band_policy", BandPolicy.START),
        tax_mode=_one_of(section, "tax", TaxMode.INCLUDED),
        tax_rate_bp=tax_rate_bp,
        zone=zone,
        bands=bands,
        holiday_country=_country(section, country),
        extra_holidays=_dates(section, "extra_holidays"),
        no_holidays=_dates(section, "no_holidays"),
    )


def _one_of(section: Section, key: str, default: _Choice) -> _Choice:
    kind = type(default)
    return kind[section.choice(key, default.name, tuple(one.name for one in kind))]


def _country(section: Section, default: str) -> str:
    is_chosen = "holidays" in section.values
    country = section.text("holidays", default, longest=2)
    # A country that a person has chosen must be known: else no day would ever be a holiday.
    if is_chosen and country and not knows_holidays(country):
        raise ConfigError("unknown_country", section.place("holidays"), country)
    return country


def _dates(section: Section, key: str) -> frozenset[int]:
    days = set()
    for value in section.take(key, list, []):
        try:
            # TOML has dates of its own: `2026-12-24` without quotation marks.
            day = value if type(value) is date else date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise ConfigError("bad_date", section.place(key), value) from error
        days.add(day.toordinal())
    return frozenset(days)


def _band(section: Section) -> TimeBand:
    name = section.text("name", longest=40)
    windows = tuple(_window(section, text) for text in section.texts("windows"))
    band = TimeBand(name, windows)
    fault = fault_of_band(band)
    if fault:
        key = "name" if fault == "bad_band_name" else "windows"
        raise ConfigError(fault, section.place(key), name)
    section.done()
    return band


def _window(section: Section, text: str) -> Window:
    try:
        return parse_window(text)
    except ValueError as error:
        raise ConfigError("bad_window", section.place("windows"), text) from error


def _smallest(currency: Currency) -> str:
    return "1" if currency.exponent == 0 else f"0.{'1'.rjust(currency.exponent, '0')}"
