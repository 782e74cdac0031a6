"""Operators and their PINs (argon2 hashes), with the count of wrong tries."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, insert, select, update

from app.domain.roles import Role
from app.store.tables import operator as table


@dataclass(frozen=True, slots=True)
class OperatorRow:
    """A person at the counter; `pin_hash` empty: no PIN set yet."""

    operator_id: str
    name: str
    role: Role
    pin_hash: str = ""
    failures: int = 0
    locked_until: int = 0


def _row(found: RowMapping) -> OperatorRow:
    return OperatorRow(
        found["operator_id"],
        found["name"],
        Role[found["role"]],
        found["pin_hash"],
        found["failures"],
        found["locked_until"],
    )


def get(db: Connection, shop: str, operator_id: str) -> OperatorRow | None:
    """Return one operator."""
    found = (
        db.execute(select(table).where(table.c.shop_id == shop, table.c.operator_id == operator_id))
        .mappings()
        .first()
    )
    return None if found is None else _row(found)


def managers(db: Connection, shop: str) -> tuple[OperatorRow, ...]:
    """Return everybody above operator, in a fixed order."""
    rows = db.execute(
        select(table)
        .where(table.c.shop_id == shop, table.c.role != Role.OPERATOR.name)
        .order_by(table.c.operator_id)
    ).mappings()
    return tuple(_row(found) for found in rows)


def add(db: Connection, shop: str, new: OperatorRow) -> None:
    """Insert an operator."""
    db.execute(
        insert(table).values(
            shop_id=shop,
            operator_id=new.operator_id,
            name=new.name,
            role=new.role.name,
            pin_hash=new.pin_hash,
            failures=0,
            locked_until=0,
        )
    )


def set_pin(db: Connection, shop: str, operator_id: str, pin_hash: str) -> None:
    """Write a new PIN's hash and forget wrong tries."""
    db.execute(
        update(table)
        .where(table.c.shop_id == shop, table.c.operator_id == operator_id)
        .values(pin_hash=pin_hash, failures=0, locked_until=0)
    )


def set_failures(
    db: Connection, shop: str, operator_id: str, failures: int, locked_until: int
) -> None:
    """Write the count of wrong tries and until when (microseconds UTC) the PIN is locked."""
    db.execute(
        update(table)
        .where(table.c.shop_id == shop, table.c.operator_id == operator_id)
        .values(failures=failures, locked_until=locked_until)
    )
