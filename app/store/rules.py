"""The rules of rating as they were: one row each time they were changed."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from app.store.tables import tariff_rules as table


def keep(db: Connection, shop: str, text: str, now: int) -> bool:
    """Write the rules down where they differ from the last ones; True when they did."""
    last = db.execute(
        select(table.c.rules).where(table.c.shop_id == shop).order_by(table.c.id.desc()).limit(1)
    ).scalar()
    if last == text:
        return False
    db.execute(insert(table).values(shop_id=shop, since=now, rules=text))
    return True


def at(db: Connection, shop: str, instant: int) -> str | None:
    """Return the rules that held at an instant, None before the first ones."""
    return db.execute(
        select(table.c.rules)
        .where(table.c.shop_id == shop, table.c.since <= instant)
        .order_by(table.c.since.desc(), table.c.id.desc())
        .limit(1)
    ).scalar()
