"""Versions of tariffs from the database, with the rules by which they are applied."""

from __future__ import annotations

import enum
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.config import Config
from app.domain.money import Money, Rounding
from app.domain.tariff import (
    Entry,
    Rate,
    RoundingOrder,
    Tariff,
    TariffError,
    TariffRules,
    TaxMode,
    rates_of,
)
from app.domain.tariff_kinds import Kind
from app.errors import UserError
from app.store import rules as kept_rules
from app.store import tariffs
from app.store.db import DATABASE_FILE, reader_engine
from app.store.tariffs import VersionRow, VersionState
from app.tariffs.many_objects import many_objects


def cost_rules(rules: TariffRules) -> TariffRules:
    """Return how a carrier's deck is applied: his prices are without tax and rounded by nobody."""
    return replace(
        rules,
        rounding=Rounding.HALF_UP,
        order=RoundingOrder.CALL,
        bill_step=Money(1),
        tax_mode=TaxMode.INCLUDED,
        tax_rate_bp=0,
    )


def made(row: VersionRow, entries: tuple[Entry, ...], config: Config) -> Tariff:
    """Make a tariff of a version and its entries.

    Raises `TariffError`, and `UserError` `deck_bands` where the settings know a band no more.
    """
    rules = cost_rules(config.rules) if row.kind is Kind.COST else config.rules
    try:
        return Tariff(row.name, entries, currency=config.currency, version=row.key, rules=rules)
    except TariffError:
        check_bands(entries, config.rules)
        raise


def check_bands(entries: tuple[Entry, ...], rules: TariffRules) -> None:
    """Refuse rates with time bands that the settings do not know: `UserError` `deck_bands`."""
    known = {band.name for band in rules.bands}
    for rate in rates_of(entries):
        for band in rate.bands:
            if band.band not in known:
                raise UserError("deck_bands", band=band.band)


def read(db: Connection, row: VersionRow, config: Config) -> Tariff:
    """Read a version from the database. Raises `TariffError`."""
    with many_objects():
        return made(row, tariffs.entries(db, row.key), config)


def known_bands_only(entries: tuple[Entry, ...], rules: TariffRules) -> tuple[Entry, ...]:
    """Return entries without the prices of time bands that the settings know no more."""
    known = {band.name for band in rules.bands}
    kept: dict[int, Rate] = {}
    for rate in rates_of(entries):
        bands = tuple(band for band in rate.bands if band.band in known)
        kept[id(rate)] = rate if len(bands) == len(rate.bands) else replace(rate, bands=bands)
    return tuple(entry._replace(rate=kept[id(entry.rate)]) for entry in entries)


def reader(folder: Path, config: Config) -> Callable[[int], Tariff]:
    """Return what reads one version by its key, beside the desk.

    It is asked for versions of the past, while a call of then is priced: bands that have gone
    from the settings since must not keep that call from its price.
    """

    def load(version: int) -> Tariff:
        engine = reader_engine(folder / DATABASE_FILE)
        try:
            with engine.connect() as db, many_objects():
                row = tariffs.version(db, config.shop_id, version)
                assert row is not None, "a version is never deleted once it was ready"
                entries = known_bands_only(tariffs.entries(db, row.key), config.rules)
                return made(row, entries, config)
        finally:
            engine.dispose()

    return load


def is_needed(row: VersionRow, rows: tuple[VersionRow, ...], now: int) -> bool:
    """Tell whether a version holds now or will: those before are read when a call asks."""
    starts_at = row.starts_at or 0
    return not any(
        other.tariff == row.tariff
        and other.state is VersionState.READY
        and (other.starts_at or 0, other.key) > (starts_at, row.key)
        and (other.starts_at or 0) <= now
        for other in rows
    )


def keep_rules(db: Connection, shop: str, rules: TariffRules, now: int) -> None:
    """Write the rules down when they are not those of last time: old bills stay explained."""
    kept_rules.keep(db, shop, rules_text(rules), now)


def rules_text(rules: TariffRules) -> str:
    """Return the rules as stable JSON."""
    return json.dumps(asdict(rules), default=_plain, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(type(value))
