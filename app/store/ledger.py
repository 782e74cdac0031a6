"""Entries and their postings: written once, never changed."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select

from app.domain.ledger import Entry, Posting
from app.domain.money import Money
from app.store.keys import inserted_key
from app.store.tables import entry as table
from app.store.tables import posting as posting_table


def add(db: Connection, shop: str, new: Entry, *, reverses: int | None = None) -> int:
    """Write an entry with its postings and return its key; a repeated key is an error."""
    result = db.execute(
        insert(table).values(
            shop_id=shop,
            key=new.key,
            kind=new.kind.name,
            at=new.at,
            session_id=new.session_id,
            operator=new.operator,
            till=new.till,
            reason=new.reason,
            reverses_id=reverses,
        )
    )
    entry_id = inserted_key(result)
    db.execute(
        insert(posting_table),
        [
            {"entry_id": entry_id, "account": leg.account, "amount_minor": leg.amount.minor}
            for leg in new.postings
        ],
    )
    return entry_id


def find(db: Connection, shop: str, key: str) -> int | None:
    """Return the key of the entry that carries this unique text."""
    return db.execute(
        select(table.c.id).where(table.c.shop_id == shop, table.c.key == key)
    ).scalar_one_or_none()


def postings(db: Connection, entry_id: int) -> tuple[Posting, ...]:
    """Return the legs of an entry."""
    rows = db.execute(
        select(posting_table.c.account, posting_table.c.amount_minor)
        .where(posting_table.c.entry_id == entry_id)
        .order_by(posting_table.c.id)
    )
    return tuple(Posting(account, Money(minor)) for account, minor in rows)


def balance(db: Connection, shop: str, account: str, *, since: int = 0) -> Money:
    """Return the sum of an account's postings, from an instant on where one is given."""
    query = (
        select(func.coalesce(func.sum(posting_table.c.amount_minor), 0))
        .join(table, table.c.id == posting_table.c.entry_id)
        .where(table.c.shop_id == shop, posting_table.c.account == account, table.c.at >= since)
    )
    return Money(int(db.execute(query).scalar_one()))
