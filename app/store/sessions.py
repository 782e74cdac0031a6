"""Sessions and the extras on their bills."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from app.domain.money import Money
from app.domain.sessions import ON_BOOTH, SessionState
from app.store.keys import inserted_key
from app.store.tables import extra as extra_table
from app.store.tables import session as table

_ON_BOOTH_NAMES = tuple(state.name for state in ON_BOOTH)

# Built once: on the way of every event, making a statement costs more than running it.
_GET = select(table).where(table.c.shop_id == bindparam("shop"), table.c.id == bindparam("key"))
_ON_BOOTH = select(table).where(
    table.c.shop_id == bindparam("shop"),
    table.c.booth == bindparam("booth"),
    table.c.state.in_(_ON_BOOTH_NAMES),
)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One customer's visit."""

    session_id: str
    booth: int
    state: SessionState
    opened_at: int
    closed_at: int | None
    opened_by: str
    till: str
    deposit: Money | None
    member_id: str = ""
    discount_bp: int = 0  # as it was when the member was named
    key_by: str = ""  # the manager who allowed destinations that need his key


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """One line of goods or services; `entry_id` is the ledger entry that charged it."""

    key: int
    session_id: str
    text: str
    quantity: int
    amount: Money
    entry_id: int


def _row(found: RowMapping) -> SessionRow:
    deposit = found["deposit_minor"]
    return SessionRow(
        session_id=found["id"],
        booth=found["booth"],
        state=SessionState[found["state"]],
        opened_at=found["opened_at"],
        closed_at=found["closed_at"],
        opened_by=found["opened_by"],
        till=found["till"],
        deposit=None if deposit is None else Money(deposit),
        member_id=found["member_id"],
        discount_bp=found["discount_bp"],
        key_by=found["key_by"],
    )


def add(db: Connection, shop: str, new: SessionRow) -> None:
    """Insert a session."""
    db.execute(
        insert(table).values(
            id=new.session_id,
            shop_id=shop,
            booth=new.booth,
            state=new.state.name,
            opened_at=new.opened_at,
            closed_at=new.closed_at,
            opened_by=new.opened_by,
            till=new.till,
            deposit_minor=None if new.deposit is None else new.deposit.minor,
            member_id=new.member_id,
            discount_bp=new.discount_bp,
            key_by=new.key_by,
        )
    )


def get(db: Connection, shop: str, session_id: str) -> SessionRow | None:
    """Return a session by its id."""
    found = db.execute(_GET, {"shop": shop, "key": session_id}).mappings().first()
    return None if found is None else _row(found)


def on_booth(db: Connection, shop: str, booth: int) -> SessionRow | None:
    """Return the open or due session of a booth."""
    found = db.execute(_ON_BOOTH, {"shop": shop, "booth": booth}).mappings().first()
    return None if found is None else _row(found)


def all_on_booths(db: Connection, shop: str) -> tuple[SessionRow, ...]:
    """Return every open or due session."""
    rows = db.execute(
        select(table).where(table.c.shop_id == shop, table.c.state.in_(_ON_BOOTH_NAMES))
    ).mappings()
    return tuple(_row(found) for found in rows)


def set_state(db: Connection, row: SessionRow, state: SessionState, now: int) -> None:
    """Write the session's next state and the instant that goes with it."""
    values: dict[str, object] = {"state": state.name}
    if state is SessionState.OPEN:
        values["closed_at"] = None
    elif row.closed_at is None:
        values["closed_at"] = now
    if state is SessionState.SETTLED:
        values["settled_at"] = now
    db.execute(update(table).where(table.c.id == row.session_id).values(**values))


def set_member(db: Connection, session_id: str, member_id: str, discount_bp: int) -> None:
    """Write who pays, and the discount he has now."""
    db.execute(
        update(table)
        .where(table.c.id == session_id)
        .values(member_id=member_id, discount_bp=discount_bp)
    )


def set_key(db: Connection, session_id: str, key_by: str) -> None:
    """Write which manager allowed destinations that need his key."""
    db.execute(update(table).where(table.c.id == session_id).values(key_by=key_by))


def add_extra(db: Connection, shop: str, new: ExtraRow) -> int:
    """Insert an extra (its `key` is ignored) and return its key."""
    result = db.execute(
        insert(extra_table).values(
            shop_id=shop,
            session_id=new.session_id,
            text=new.text,
            quantity=new.quantity,
            amount_minor=new.amount.minor,
            entry_id=new.entry_id,
            is_removed=False,
        )
    )
    return inserted_key(result)


def extras(db: Connection, session_id: str) -> tuple[ExtraRow, ...]:
    """Return the extras that stand on the bill."""
    rows = db.execute(
        select(extra_table)
        .where(extra_table.c.session_id == session_id, extra_table.c.is_removed.is_(False))
        .order_by(extra_table.c.id)
    ).mappings()
    return tuple(
        ExtraRow(
            found["id"],
            found["session_id"],
            found["text"],
            found["quantity"],
            Money(found["amount_minor"]),
            found["entry_id"],
        )
        for found in rows
    )


def remove_extra(db: Connection, key: int) -> None:
    """Take an extra off the bill; its row stays."""
    db.execute(update(extra_table).where(extra_table.c.id == key).values(is_removed=True))
