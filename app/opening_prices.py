"""What a desk sells when it opens: every version that holds now or will."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from app.config import Config
from app.desk.pricing import Pricing, Span
from app.domain.tariff import Entry, Tariff
from app.domain.tariff_kinds import SHOP, Kind
from app.store import tariffs
from app.store.tariffs import VersionState
from app.tariffs import keeping, versions

DRAFTS_KEPT_US = 7 * 86_400 * 1_000_000
"""A draft that nobody has accepted for a week is thrown away."""


def open_pricing(db: Connection, folder: Path, config: Config, now: int) -> Pricing:
    """Read the tariffs of a shop; old drafts are deleted, the rules written down."""
    tariffs.drop_drafts(db, config.shop_id, now - DRAFTS_KEPT_US)
    versions.keep_rules(db, config.shop_id, config.rules, now)
    pricing = Pricing(
        Tariff("", (), currency=config.currency, rules=config.rules),
        versions.reader(folder, config),
    )
    rows = tuple(
        row
        for row in tariffs.versions(db, config.shop_id)
        if row.state is VersionState.READY and row.currency == config.currency.code
    )
    for row in rows:
        needed = versions.is_needed(row, rows, now)
        tariff = versions.read(db, row, config) if needed else None
        span = Span(row.starts_at or 0, row.key, tariff)
        pricing.install(row.tariff, span, is_cost=row.kind is Kind.COST)
    # The first question of the day shall not wait for the destinations to be gathered.
    pricing.index(pricing.tariff(SHOP, now))
    return pricing


@dataclass(frozen=True, slots=True)
class FirstTariff:
    """What a shop begins with: under which key, of which file, and its entries."""

    entries: tuple[Entry, ...]
    name: str = "sample"
    tariff: str = SHOP
    kind: Kind = Kind.SELL


def ensure_tariff(engine: Engine, config: Config, first: FirstTariff, now: int) -> None:
    """Give a shop a tariff that it does not have, in force from the beginning of time."""
    with engine.connect() as db:
        if tariffs.in_force(db, config.shop_id, first.tariff, now) is not None:
            return
    head = keeping.draft_row(
        config,
        tariff=first.tariff,
        kind=first.kind,
        name=first.name,
        operator=config.operator,
        now=now,
    )
    tariff = keeping.write_draft(engine, config, head, first.entries)
    with engine.begin() as db:
        tariffs.make_ready(db, config.shop_id, tariff.version, 0)
