"""Calls: one row a call, found by the exchange's own id of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, insert, select, update

from app.domain.calls import LIVE, Call, CallState, EndedBy
from app.domain.money import Money
from app.domain.phone import Number, NumberKind
from app.domain.rating import Charge
from app.store import charges
from app.store.keys import inserted_key
from app.store.tables import call as table

_LIVE_NAMES = tuple(state.name for state in LIVE)

# Built once: on the way of every event, making a statement costs more than running it.
_IS_LIVE = (
    (table.c.shop_id == bindparam("shop"))
    & (table.c.booth == bindparam("booth"))
    & table.c.state.in_(_LIVE_NAMES)
)
_FIND = select(table).where(
    table.c.shop_id == bindparam("shop"),
    table.c.link == bindparam("link"),
    table.c.call_id == bindparam("call_id"),
)
_LIVE_ON_BOOTH = select(table).where(_IS_LIVE)
# Two index look-ups; an OR over both would read the whole table.
_ON_BOOTH = _LIVE_ON_BOOTH.union(select(table).where(table.c.session_id == bindparam("session")))
_FACTS = (
    "state",
    "started_at",
    "answered_at",
    "ended_at",
    "cause",
    "ended_by",
    "is_refused",
    "refused_reason",
    "is_estimated",
    "is_stored",
    "cdr_seconds",
    "cdr_keys",
    "session_id",
)
_SAVE_FACTS = (
    update(table)
    .where(table.c.id == bindparam("key"))
    .values({name: bindparam(f"new_{name}") for name in _FACTS})
)


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call as it stands in the database; `session_id` None belongs to no customer."""

    key: int
    link: str
    booth: int
    call: Call
    number: Number
    session_id: str | None
    amount: Money | None
    charge: Charge | None
    charge_count: int


def _row(found: RowMapping) -> CallRow:
    amount = found["amount_minor"]
    return CallRow(
        key=found["id"],
        link=found["link"],
        booth=found["booth"],
        call=Call(
            call_id=found["call_id"],
            extension=found["extension"],
            dialled=found["dialled"],
            state=CallState[found["state"]],
            started_at=found["started_at"],
            session_id=found["session_id"] or "",
            answered_at=found["answered_at"],
            ended_at=found["ended_at"],
            cause=found["cause"],
            ended_by=EndedBy[found["ended_by"]],
            is_refused=found["is_refused"],
            refused_reason=found["refused_reason"],
            is_estimated=found["is_estimated"],
            is_stored=found["is_stored"],
            cdr_seconds=found["cdr_seconds"],
            cdr_keys=frozenset(json.loads(found["cdr_keys"])),
        ),
        number=Number(
            found["dialled"], NumberKind[found["kind"]], found["digits"], found["country"]
        ),
        session_id=found["session_id"],
        amount=None if amount is None else Money(amount),
        charge=charges.from_text(found["charge"]),
        charge_count=found["charge_count"],
    )


def _facts(call: Call) -> dict[str, Any]:
    return {
        "state": call.state.name,
        "started_at": call.started_at,
        "answered_at": call.answered_at,
        "ended_at": call.ended_at,
        "cause": call.cause,
        "ended_by": call.ended_by.name,
        "is_refused": call.is_refused,
        "refused_reason": call.refused_reason,
        "is_estimated": call.is_estimated,
        "is_stored": call.is_stored,
        "cdr_seconds": call.cdr_seconds,
        "cdr_keys": json.dumps(sorted(call.cdr_keys)),
    }


def find(db: Connection, shop: str, link: str, call_id: str) -> CallRow | None:
    """Return the call the exchange means, None when it is new."""
    values = {"shop": shop, "link": link, "call_id": call_id}
    found = db.execute(_FIND, values).mappings().first()
    return None if found is None else _row(found)


def get(db: Connection, shop: str, key: int) -> CallRow | None:
    """Return a call by our own key."""
    found = (
        db.execute(select(table).where(table.c.shop_id == shop, table.c.id == key))
        .mappings()
        .first()
    )
    return None if found is None else _row(found)


def add(db: Connection, shop: str, new: CallRow) -> int:
    """Insert a call (its `key` is ignored) and return its key."""
    result = db.execute(
        insert(table).values(
            shop_id=shop,
            link=new.link,
            call_id=new.call.call_id,
            booth=new.booth,
            extension=new.call.extension,
            dialled=new.call.dialled,
            kind=new.number.kind.name,
            digits=new.number.digits,
            country=new.number.country,
            session_id=new.session_id,
            **_facts(new.call),
        )
    )
    return inserted_key(result)


def save_facts(db: Connection, key: int, call: Call, session_id: str | None) -> None:
    """Write what is known of the call now."""
    facts = _facts(call) | {"session_id": session_id}
    db.execute(_SAVE_FACTS, {"key": key} | {f"new_{name}": facts[name] for name in _FACTS})


def save_charge(db: Connection, row: CallRow, state: CallState, charge: Charge | None) -> None:
    """Write the price of a call, or that there is none; counts how often it was priced."""
    db.execute(
        update(table)
        .where(table.c.id == row.key)
        .values(
            state=state.name,
            amount_minor=None if charge is None else charge.total.minor,
            charge="" if charge is None else charges.to_text(charge),
            charge_count=row.charge_count + 1,
        )
    )


def of_session(db: Connection, session_id: str) -> tuple[CallRow, ...]:
    """Return a session's calls in the order they were dialled."""
    rows = db.execute(
        select(table)
        .where(table.c.session_id == session_id)
        .order_by(table.c.started_at, table.c.id)
    ).mappings()
    return tuple(_row(found) for found in rows)


@dataclass(frozen=True, slots=True)
class RatedCall:
    """What trying another tariff on a call needs to know of it."""

    booth: int
    digits: str
    destination: str
    answered_at: int
    talked_ms: int
    cdr_seconds: int | None
    amount: Money | None


def rated_between(db: Connection, shop: str, start: int, end: int) -> Iterator[RatedCall]:
    """Yield the answered calls to ordinary numbers that were answered in `[start, end)`."""
    rows = db.execute(
        select(
            table.c.booth,
            table.c.digits,
            table.c.charge,
            table.c.answered_at,
            table.c.ended_at,
            table.c.cdr_seconds,
            table.c.cdr_keys,
            table.c.amount_minor,
        )
        .where(
            table.c.shop_id == shop,
            table.c.answered_at >= start,
            table.c.answered_at < end,
            table.c.ended_at.is_not(None),
            table.c.kind == NumberKind.INTERNATIONAL.name,
        )
        .order_by(table.c.answered_at)
    )
    for found in rows:
        charge = charges.from_text(found.charge)
        amount = found.amount_minor
        yield RatedCall(
            found.booth,
            found.digits,
            "" if charge is None else charge.destination,
            found.answered_at,
            max(0, found.ended_at - found.answered_at + 500) // 1000,
            found.cdr_seconds if found.cdr_keys != "[]" else None,
            None if amount is None else Money(amount),
        )


def countries_called(db: Connection, shop: str, since: int, limit: int) -> tuple[str, ...]:
    """Return the countries (ISO) of answered calls since an instant, the most called first."""
    count = func.count().label("calls")
    rows = db.execute(
        select(table.c.country, count)
        .where(table.c.shop_id == shop, table.c.answered_at >= since, table.c.country != "")
        .group_by(table.c.country)
        .order_by(count.desc(), table.c.country)
        .limit(limit)
    )
    return tuple(country for country, _calls in rows)


def live(db: Connection, shop: str, booth: int | None = None) -> tuple[CallRow, ...]:
    """Return the calls that were still up by the last news, oldest first."""
    query = select(table).where(table.c.shop_id == shop, table.c.state.in_(_LIVE_NAMES))
    if booth is not None:
        query = query.where(table.c.booth == booth)
    return tuple(_row(found) for found in db.execute(query.order_by(table.c.id)).mappings())


def on_booth(db: Connection, shop: str, booth: int, session_id: str | None) -> tuple[CallRow, ...]:
    """Return a session's calls and whatever call is up on the booth, oldest first."""
    values = {"shop": shop, "booth": booth}
    if session_id is None:
        rows = db.execute(_LIVE_ON_BOOTH, values).mappings()
    else:
        rows = db.execute(_ON_BOOTH, values | {"session": session_id}).mappings()
    return tuple(
        sorted((_row(found) for found in rows), key=lambda row: (row.call.started_at, row.key))
    )
