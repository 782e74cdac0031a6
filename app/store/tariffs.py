"""Versions of the shop's tariffs: written as drafts in slices, made ready by one small commit.

A tariff is known by its key (`shop`, `vip`, a carrier's name); its kind says whether it is
sold or what a carrier asks. The version in force at an instant is the ready one that started
last. An undone version stays readable: receipts were explained by it.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, Table, delete, func, insert, select, update

from app.domain.money import Price
from app.domain.tariff import Access, BandPrice, Entry, Rate, Step, rates_of
from app.domain.tariff_kinds import Kind
from app.store.keys import inserted_key
from app.store.tables import rate as rate_table
from app.store.tables import rate_prefix as prefix_table
from app.store.tables import tariff_version as table

SLICE = 5_000
"""Rows written in one transaction, so that no payment waits for an import."""

_BETWEEN_COLUMNS = "\n"
"""Not a space: the name of a time band may have one."""


class VersionState(enum.Enum):
    """What is true of a version; stored by name."""

    DRAFT = "DRAFT"  # being written, or never accepted
    READY = "READY"  # in force from its date until a later one starts
    UNDONE = "UNDONE"  # taken back


_DRAFT = VersionState.DRAFT.name
_READY = VersionState.READY.name


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a tariff; `columns` are those of the file it came from."""

    key: int
    tariff: str
    kind: Kind
    state: VersionState
    name: str
    currency: str
    created_at: int
    created_by: str
    starts_at: int | None
    columns: tuple[str, ...]
    prefixes: int


def add_draft(db: Connection, shop: str, new: VersionRow) -> int:
    """Write the head of a draft (its `key` is ignored) and return its key."""
    result = db.execute(
        insert(table).values(
            shop_id=shop,
            tariff=new.tariff,
            kind=new.kind.name,
            state=VersionState.DRAFT.name,
            name=new.name,
            currency=new.currency,
            created_at=new.created_at,
            created_by=new.created_by,
            starts_at=None,
            columns=_BETWEEN_COLUMNS.join(new.columns),
            prefixes=new.prefixes,
        )
    )
    return inserted_key(result)


def slices(version: int, entries: tuple[Entry, ...]) -> Iterator[Slice]:
    """Yield what writes a draft's rows, one transaction each."""
    rates = tuple(rates_of(entries))
    numbers = {id(rate): number for number, rate in enumerate(rates, 1)}
    for start in range(0, len(rates), SLICE):
        chunk = rates[start : start + SLICE]
        yield Slice(
            rate_table,
            [_rate_row(version, number, rate) for number, rate in enumerate(chunk, start + 1)],
        )
    for start in range(0, len(entries), SLICE):
        yield Slice(
            prefix_table,
            [
                (version, position, prefix, numbers[id(rate)], starts_at, ends_at)
                for position, (prefix, rate, starts_at, ends_at) in enumerate(
                    entries[start : start + SLICE], start + 1
                )
            ],
        )


@dataclass(frozen=True, slots=True)
class Slice:
    """Some rows of a draft, in the order of the table's columns."""

    table: Table
    rows: list[tuple[object, ...]]

    def write(self, db: Connection) -> None:
        """Insert the rows."""
        statement = insert(self.table)
        if db.dialect.paramstyle == "qmark":
            # Tuples straight to the driver: with a dict a row SQLAlchemy takes twice as long.
            db.exec_driver_sql(str(statement.compile(dialect=db.dialect)), self.rows)
            return
        names = self.table.columns.keys()
        db.execute(statement, [dict(zip(names, row, strict=True)) for row in self.rows])


def make_ready(db: Connection, shop: str, key: int, starts_at: int) -> bool:
    """Let a draft be in force from an instant on; False where there is no such draft."""
    result = db.execute(
        update(table)
        .where(table.c.shop_id == shop, table.c.id == key, table.c.state == _DRAFT)
        .values(state=VersionState.READY.name, starts_at=starts_at)
    )
    return result.rowcount == 1


def undo(db: Connection, shop: str, key: int) -> bool:
    """Take a ready version back; False where it is none."""
    result = db.execute(
        update(table)
        .where(table.c.shop_id == shop, table.c.id == key, table.c.state == _READY)
        .values(state=VersionState.UNDONE.name)
    )
    return result.rowcount == 1


def drop_drafts(db: Connection, shop: str, before: int) -> int:
    """Delete drafts that nobody accepted and that were begun before an instant."""
    old = select(table.c.id).where(
        table.c.shop_id == shop, table.c.state == _DRAFT, table.c.created_at < before
    )
    for rows in (prefix_table, rate_table):
        db.execute(delete(rows).where(rows.c.version_id.in_(old)))
    result = db.execute(
        delete(table).where(
            table.c.shop_id == shop, table.c.state == _DRAFT, table.c.created_at < before
        )
    )
    return result.rowcount


def drop_some(db: Connection, key: int) -> bool:
    """Delete at most `SLICE` rows of a draft that was given up; True when nothing is left."""
    for rows, order in ((prefix_table, prefix_table.c.position), (rate_table, rate_table.c.number)):
        first = db.execute(select(func.min(order)).where(rows.c.version_id == key)).scalar()
        if first is not None:
            db.execute(delete(rows).where(rows.c.version_id == key, order < first + SLICE))
            return False
    db.execute(delete(table).where(table.c.id == key, table.c.state == _DRAFT))
    return True


def versions(db: Connection, shop: str, tariff: str | None = None) -> tuple[VersionRow, ...]:
    """Return the versions of a tariff (or of all), drafts left out, the newest first."""
    query = select(table).where(table.c.shop_id == shop, table.c.state != _DRAFT)
    if tariff is not None:
        query = query.where(table.c.tariff == tariff)
    rows = db.execute(query.order_by(table.c.starts_at.desc(), table.c.id.desc())).mappings()
    return tuple(_version(found) for found in rows)


def version(db: Connection, shop: str, key: int) -> VersionRow | None:
    """Return one version, whatever its state."""
    found = (
        db.execute(select(table).where(table.c.shop_id == shop, table.c.id == key))
        .mappings()
        .first()
    )
    return None if found is None else _version(found)


def in_force(db: Connection, shop: str, tariff: str, at: int) -> VersionRow | None:
    """Return the version of a tariff that holds at an instant."""
    return next(
        (
            row
            for row in versions(db, shop, tariff)
            if row.state is VersionState.READY and row.starts_at is not None and row.starts_at <= at
        ),
        None,
    )


def entries(db: Connection, key: int) -> tuple[Entry, ...]:
    """Return the entries of a version in the order of its file; equal rates are one object."""
    rates = {
        found.number: _rate(found)
        for found in db.execute(select(rate_table).where(rate_table.c.version_id == key))
    }
    rows = db.execute(
        select(
            prefix_table.c.prefix,
            prefix_table.c.number,
            prefix_table.c.starts_at,
            prefix_table.c.ends_at,
        )
        .where(prefix_table.c.version_id == key)
        .order_by(prefix_table.c.position)
    )
    # Straight from the driver: a quarter of a million rows would be wrapped for nothing.
    cursor = rows.cursor
    assert cursor is not None, "a query has a cursor"
    return tuple(
        [
            Entry(prefix, rates[number], starts, ends)
            for prefix, number, starts, ends in cursor.fetchall()
        ]
    )


def _version(found: RowMapping) -> VersionRow:
    return VersionRow(
        key=found["id"],
        tariff=found["tariff"],
        kind=Kind[found["kind"]],
        state=VersionState[found["state"]],
        name=found["name"],
        currency=found["currency"],
        created_at=found["created_at"],
        created_by=found["created_by"],
        starts_at=found["starts_at"],
        columns=tuple(found["columns"].split(_BETWEEN_COLUMNS)) if found["columns"] else (),
        prefixes=found["prefixes"],
    )


def _rate_row(key: int, number: int, rate: Rate) -> tuple[object, ...]:
    return (
        key,
        number,
        rate.destination,
        rate.country,
        rate.price_per_minute.micro,
        rate.connection_fee.micro,
        rate.first_increment,
        rate.next_increment,
        rate.free_seconds,
        rate.free_below,
        rate.minimum_charge.micro,
        rate.surcharge.micro,
        None if rate.ceiling is None else rate.ceiling.micro,
        rate.access.name,
        _more(rate),
    )


def _rate(found: Row[Any]) -> Rate:
    steps, bands = _from_more(found.more)
    return Rate(
        destination=found.destination,
        price_per_minute=Price(found.price_micro),
        connection_fee=Price(found.fee_micro),
        first_increment=found.first_increment,
        next_increment=found.next_increment,
        country=found.country,
        free_seconds=found.free_seconds,
        free_below=found.free_below,
        minimum_charge=Price(found.minimum_micro),
        surcharge=Price(found.surcharge_micro),
        ceiling=None if found.ceiling_micro is None else Price(found.ceiling_micro),
        steps=steps,
        bands=bands,
        access=Access[found.access],
    )


def _more(rate: Rate) -> str:
    """Write later prices and time bands as JSON; most rates have neither."""
    if not rate.steps and not rate.bands:
        return ""
    return json.dumps(
        {
            "steps": _steps(rate.steps),
            "bands": [
                [
                    band.band,
                    band.price_per_minute.micro,
                    band.connection_fee.micro,
                    _steps(band.steps),
                ]
                for band in rate.bands
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _steps(steps: tuple[Step, ...]) -> list[list[int]]:
    return [[one.after_seconds, one.price_per_minute.micro, one.next_increment] for one in steps]


def _from_steps(rows: list[list[int]]) -> tuple[Step, ...]:
    return tuple(Step(after, Price(price), increment) for after, price, increment in rows)


def _from_more(text: str) -> tuple[tuple[Step, ...], tuple[BandPrice, ...]]:
    if not text:
        return (), ()
    body = json.loads(text)
    return _from_steps(body["steps"]), tuple(
        BandPrice(band, Price(price), Price(fee), _from_steps(steps))
        for band, price, fee, steps in body["bands"]
    )
