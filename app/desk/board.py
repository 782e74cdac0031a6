"""Rows -> tiles: what is loaded of each booth, and the frozen view made of it.

`load` reads one booth after a commit that touched it. `view` needs no database, so
that the clocks of all tiles can be drawn again each second from memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from app.config import BoothConfig
from app.desk.bills import bill_of
from app.desk.call_lines import call_line, live_charge
from app.desk.locks import Lock
from app.desk.work import Shop
from app.domain.money import ZERO, Money
from app.domain.rating import Charge
from app.domain.sessions import BoothState, SessionState, booth_state
from app.messages.devices import DeviceState
from app.messages.views import Barred, BoothView, CallLine, ExtraLine, SessionView
from app.store import calls, members, sessions
from app.store.calls import CallRow
from app.store.sessions import ExtraRow, SessionRow


@dataclass(frozen=True, slots=True)
class BoothRows:
    """What the database holds of one booth now."""

    booth: BoothConfig
    session: SessionRow | None = None
    calls: tuple[CallRow, ...] = ()
    extras: tuple[ExtraRow, ...] = ()
    live: CallRow | None = None
    done: tuple[CallLine, ...] = ()  # lines of calls that can no longer move by the clock
    member: str = ""
    due: Money = ZERO  # what a session without a live call costs

    @property
    def is_empty(self) -> bool:
        """Tell whether a locked session has nothing on it that anybody could owe."""
        session = self.session
        if session is None or session.state is not SessionState.DUE or self.extras:
            return False
        if any(row.call.is_live or row.amount is None or row.amount for row in self.calls):
            return False
        return not self.due


@dataclass
class Tile:
    """What is remembered of a tile between two views."""

    rows: BoothRows
    state: BoothState = BoothState.UNKNOWN
    since: int = 0
    out_reason: str | None = None  # None: in service
    refused_at: int | None = None
    barred: Barred | None = None
    foreseen: CallRow | None = None  # a live call as told, its row not yet committed
    meter: DeviceState = DeviceState.ABSENT
    last: BoothView | None = field(default=None, repr=False)


def load(
    db: Connection, shop: Shop, booth: BoothConfig, known: BoothRows | None = None
) -> BoothRows:
    """Read what stands on a booth; extras are taken from `known` where news cannot change them."""
    session = sessions.on_booth(db, shop.shop_id, booth.number)
    session_id = session.session_id if session is not None else None
    found = calls.on_booth(db, shop.shop_id, booth.number, session_id)
    live = [row for row in found if row.call.is_live]
    rows = tuple(row for row in found if session_id is not None and row.session_id == session_id)
    extras: tuple[ExtraRow, ...] = ()
    if session_id is not None:
        is_known = known is not None and known.session == session
        extras = known.extras if known and is_known else sessions.extras(db, session_id)
    return BoothRows(
        booth,
        session,
        rows,
        extras,
        live[-1] if live else None,
        tuple(call_line(shop, row, None, 0) for row in rows if not row.call.is_live),
        _member_name(db, shop, session, known),
        bill_of(shop.config, rows, extras).due,
    )


def _member_name(
    db: Connection, shop: Shop, session: SessionRow | None, known: BoothRows | None
) -> str:
    if session is None or not session.member_id:
        return ""
    if known is not None and known.session == session:
        return known.member
    member = members.get(db, shop.shop_id, session.member_id)
    return session.member_id if member is None else member.name


def view(
    shop: Shop, tile: Tile, lock: Lock, *, link_is_up: bool, now: int, offset_us: int
) -> BoothView:
    """Draw a tile; `offset_us` is the exchange's clock minus ours."""
    rows = tile.rows
    exchange_now = now + offset_us
    live_row = tile.foreseen or rows.live
    if live_row is not None and not live_row.call.is_live:
        live_row = None  # the handset is down; what the call costs comes with the commit
    live = None
    if live_row is not None:
        running = live_charge(shop, live_row, rows.session, exchange_now)
        live = call_line(shop, live_row, running, exchange_now)
    session = _session_view(shop, rows, exchange_now)
    state = booth_state(
        link_is_up=link_is_up,
        is_out_of_service=tile.out_reason is not None,
        session=None if rows.session is None or rows.is_empty else rows.session.state,
        call=None if live_row is None else live_row.call.state,
    )
    if state is not tile.state:
        tile.since = _since(tile, state, now)
        tile.state = state
    return BoothView(
        booth=rows.booth.number,
        name=rows.booth.name,
        extension=rows.booth.extension,
        state=state,
        since=tile.since,
        lock_proof=lock.proof,
        lock_code=lock.code,
        lock_confirmed_at=lock.confirmed_at,
        wants_unlocked=lock.wanted is not None,
        live=live,
        session=session,
        total=session.bill.due if session is not None else ZERO,
        out_reason=tile.out_reason or "",
        is_stale=not link_is_up,
        meter=tile.meter,
        refused_at=tile.refused_at,
        barred=tile.barred,
    )


def _since(tile: Tile, state: BoothState, now: int) -> int:
    # What the database knows survives a restart; the rest began when we saw it.
    session = tile.rows.session
    if session is not None and state is BoothState.DUE and session.closed_at is not None:
        return session.closed_at
    if session is not None and state is BoothState.UNLOCKED and not tile.rows.calls:
        return session.opened_at
    return now


def _session_view(shop: Shop, rows: BoothRows, exchange_now: int) -> SessionView | None:
    session = rows.session
    if session is None:
        return None
    running = [row for row in rows.calls if row.call.is_live]
    lines = rows.done
    going: tuple[Charge, ...] = ()
    if running:
        moving = [(row, live_charge(shop, row, session, exchange_now)) for row in running]
        going = tuple(charge for _, charge in moving if charge is not None)
        fresh = (call_line(shop, row, charge, exchange_now) for row, charge in moving)
        lines = tuple(sorted((*rows.done, *fresh), key=lambda line: line.started_at))
    return SessionView(
        session_id=session.session_id,
        state=session.state,
        opened_at=session.opened_at,
        closed_at=session.closed_at,
        calls=lines,
        extras=tuple(
            ExtraLine(extra.key, extra.text, extra.quantity, extra.amount) for extra in rows.extras
        ),
        bill=bill_of(shop.config, rows.calls, rows.extras, going),
        deposit=session.deposit,
        talked_seconds=sum(line.seconds for line in lines),
        booth=session.booth,
        member_id=session.member_id,
        member_name=rows.member,
        discount_bp=session.discount_bp,
        has_key=bool(session.key_by),
    )
