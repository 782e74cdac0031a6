"""Receipts, their gapless numbers, and the papers asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, update

from app.domain.printjobs import OPEN, PrintJobState
from app.domain.receipts import Receipt, from_json, to_json
from app.store.keys import inserted_key
from app.store.tables import print_job as job_table
from app.store.tables import receipt as table
from app.store.tables import receipt_series

_OPEN_NAMES = tuple(state.name for state in OPEN)


@dataclass(frozen=True, slots=True)
class ReceiptKey:
    """A stored receipt with its database key."""

    key: int
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class JobRow:
    """One paper that was asked for."""

    job_id: int
    receipt_key: int
    receipt_number: str
    copy_number: int
    state: PrintJobState
    code: str
    is_explained: bool


def next_sequence(db: Connection, shop: str, series: str) -> int:
    """Take the next number of a series, inside the transaction that uses it: no gap, no repeat."""
    updated = db.execute(
        update(receipt_series)
        .where(receipt_series.c.shop_id == shop, receipt_series.c.series == series)
        .values(last_number=receipt_series.c.last_number + 1)
    )
    if updated.rowcount == 0:
        db.execute(insert(receipt_series).values(shop_id=shop, series=series, last_number=1))
        return 1
    return int(
        db.execute(
            select(receipt_series.c.last_number).where(
                receipt_series.c.shop_id == shop, receipt_series.c.series == series
            )
        ).scalar_one()
    )


def add(  # noqa: PLR0913 - the columns of one row
    db: Connection,
    shop: str,
    new: Receipt,
    *,
    series: str,
    sequence: int,
    entry_id: int,
    is_paper_wanted: bool,
) -> int:
    """Insert a receipt and return its key."""
    result = db.execute(
        insert(table).values(
            shop_id=shop,
            series=series,
            sequence=sequence,
            number=new.number,
            session_id=new.session_id,
            entry_id=entry_id,
            booth=new.booth,
            issued_at=new.issued_at,
            total_minor=new.total.minor,
            tender=new.tender.name,
            document=to_json(new),
            is_paper_wanted=is_paper_wanted,
        )
    )
    return inserted_key(result)


def _one(found: RowMapping | None) -> ReceiptKey | None:
    if found is None:
        return None
    return ReceiptKey(found["id"], from_json(found["document"]))


def by_number(db: Connection, shop: str, number: str) -> ReceiptKey | None:
    """Return a receipt by the number printed on it."""
    query = select(table.c.id, table.c.document).where(
        table.c.shop_id == shop, table.c.number == number
    )
    return _one(db.execute(query).mappings().first())


def by_key(db: Connection, key: int) -> ReceiptKey | None:
    """Return a receipt by its database key."""
    query = select(table.c.id, table.c.document).where(table.c.id == key)
    return _one(db.execute(query).mappings().first())


def of_session(db: Connection, session_id: str) -> ReceiptKey | None:
    """Return the receipt that settled a session."""
    query = select(table.c.id, table.c.document).where(table.c.session_id == session_id)
    return _one(db.execute(query).mappings().first())


def newest(db: Connection, shop: str, limit: int) -> list[RowMapping]:
    """Return the newest receipts with how many copies were asked for, newest first."""
    copies = (
        select(func.count())
        .select_from(job_table)
        .where(job_table.c.receipt_id == table.c.id, job_table.c.copy_number > 0)
        .scalar_subquery()
    )
    query = (
        select(
            table.c.number,
            table.c.issued_at,
            table.c.booth,
            table.c.total_minor,
            table.c.tender,
            copies.label("copies"),
        )
        .where(table.c.shop_id == shop)
        .order_by(table.c.issued_at.desc(), table.c.id.desc())
        .limit(limit)
    )
    return list(db.execute(query).mappings())


def next_copy(db: Connection, receipt_key: int) -> int:
    """Return the number of the next paper: 0 (the original) when none was asked for yet."""
    used = db.execute(
        select(func.max(job_table.c.copy_number)).where(job_table.c.receipt_id == receipt_key)
    ).scalar_one()
    return 0 if used is None else int(used) + 1


def add_job(
    db: Connection,
    shop: str,
    receipt_key: int,
    copy_number: int,
    now: int,
    *,
    is_explained: bool,
) -> int:
    """Ask for a paper; returns the job's key."""
    result = db.execute(
        insert(job_table).values(
            shop_id=shop,
            receipt_id=receipt_key,
            copy_number=copy_number,
            state=PrintJobState.QUEUED.name,
            code="",
            requested_at=now,
            is_explained=is_explained,
        )
    )
    return inserted_key(result)


def _job_query(shop: str) -> Select[Any]:
    return (
        select(job_table, table.c.number)
        .join(table, table.c.id == job_table.c.receipt_id)
        .where(job_table.c.shop_id == shop)
    )


def _job(found: RowMapping) -> JobRow:
    return JobRow(
        job_id=found["id"],
        receipt_key=found["receipt_id"],
        receipt_number=found["number"],
        copy_number=found["copy_number"],
        state=PrintJobState[found["state"]],
        code=found["code"],
        is_explained=bool(found["is_explained"]),
    )


def job(db: Connection, shop: str, job_id: int) -> JobRow | None:
    """Return one job."""
    found = db.execute(_job_query(shop).where(job_table.c.id == job_id)).mappings().first()
    return None if found is None else _job(found)


def open_jobs(db: Connection, shop: str) -> tuple[JobRow, ...]:
    """Return every job that is neither printed nor given up, oldest first."""
    rows = db.execute(
        _job_query(shop).where(job_table.c.state.in_(_OPEN_NAMES)).order_by(job_table.c.id)
    ).mappings()
    return tuple(_job(found) for found in rows)


def set_job(
    db: Connection,
    job_id: int,
    state: PrintJobState,
    *,
    code: str = "",
    copy_number: int | None = None,
) -> None:
    """Write a job's state; `copy_number` when an uncertain one is queued again as COPY."""
    values: dict[str, object] = {"state": state.name, "code": code}
    if copy_number is not None:
        values["copy_number"] = copy_number
    db.execute(update(job_table).where(job_table.c.id == job_id).values(**values))


def sum_since(db: Connection, shop: str, since: int) -> int:
    """Add up the totals, in minor units, of all receipts since an instant."""
    query = select(func.coalesce(func.sum(table.c.total_minor), 0)).where(
        table.c.shop_id == shop, table.c.issued_at >= since
    )
    return int(db.execute(query).scalar_one())
