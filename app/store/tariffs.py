"""Versions of the shop's tariff; one is active."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select, update

from app.domain.money import Price
from app.domain.tariff import Rate
from app.store.keys import inserted_key
from app.store.tables import rate as rate_table
from app.store.tables import tariff_version as table


def add_version(
    db: Connection, shop: str, *, name: str, currency: str, rates: Iterable[Rate], now: int
) -> int:
    """Write a new version, make it the active one and return its key."""
    db.execute(
        update(table).where(table.c.shop_id == shop, table.c.is_active).values(is_active=False)
    )
    result = db.execute(
        insert(table).values(
            shop_id=shop, name=name, currency=currency, created_at=now, is_active=True
        )
    )
    version = inserted_key(result)
    rows = [
        {
            "version_id": version,
            "prefix": rate.prefix,
            "destination": rate.destination,
            "price_micro": rate.price_per_minute.micro,
            "fee_micro": rate.connection_fee.micro,
            "first_increment": rate.first_increment,
            "next_increment": rate.next_increment,
            "country": rate.country,
        }
        for rate in rates
    ]
    if rows:
        db.execute(insert(rate_table), rows)
    return version


def active_version(db: Connection, shop: str) -> tuple[int, str] | None:
    """Return key and name of the active version."""
    found = db.execute(
        select(table.c.id, table.c.name).where(table.c.shop_id == shop, table.c.is_active)
    ).first()
    return None if found is None else (int(found[0]), str(found[1]))


def rates(db: Connection, version: int) -> tuple[Rate, ...]:
    """Return the rates of a version."""
    rows = db.execute(
        select(rate_table).where(rate_table.c.version_id == version).order_by(rate_table.c.prefix)
    )
    return tuple(
        Rate(
            prefix=found.prefix,
            destination=found.destination,
            price_per_minute=Price(found.price_micro),
            connection_fee=Price(found.fee_micro),
            first_increment=found.first_increment,
            next_increment=found.next_increment,
            country=found.country,
        )
        for found in rows
    )


def active(db: Connection, shop: str) -> tuple[int, str, tuple[Rate, ...]] | None:
    """Return key, name and rates of the active version."""
    found = active_version(db, shop)
    return None if found is None else (*found, rates(db, found[0]))
