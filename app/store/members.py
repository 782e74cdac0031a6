"""Members: customers known by name or card, each with a discount on his calls."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, insert, select, update

from app.store.tables import member as table


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member; `member_id` is the number on his card, the discount in basis points."""

    member_id: str
    name: str
    discount_bp: int
    is_active: bool = True


def save(db: Connection, shop: str, row: MemberRow) -> None:
    """Add a member, or change the one with this number."""
    values = {"name": row.name, "discount_bp": row.discount_bp, "is_active": row.is_active}
    known = (table.c.shop_id == shop) & (table.c.member_id == row.member_id)
    if not db.execute(update(table).where(known).values(**values)).rowcount:
        db.execute(insert(table).values(shop_id=shop, member_id=row.member_id, **values))


def get(db: Connection, shop: str, member_id: str) -> MemberRow | None:
    """Return a member by number."""
    found = (
        db.execute(select(table).where(table.c.shop_id == shop, table.c.member_id == member_id))
        .mappings()
        .first()
    )
    return None if found is None else _row(found)


def all_active(db: Connection, shop: str) -> tuple[MemberRow, ...]:
    """Return the members who are served, by name."""
    rows = db.execute(
        select(table)
        .where(table.c.shop_id == shop, table.c.is_active)
        .order_by(table.c.name, table.c.member_id)
    ).mappings()
    return tuple(_row(found) for found in rows)


def _row(found: RowMapping) -> MemberRow:
    return MemberRow(
        found["member_id"], found["name"], found["discount_bp"], bool(found["is_active"])
    )
