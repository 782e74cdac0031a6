"""Rows -> tiles: what is loaded of each booth, and the frozen view made of it.

`load` reads one booth after a commit that touched it. `view` needs no database, so
that the clocks of all tiles can be drawn again each second from memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from app.config import BoothConfig
from app.desk.bills import bill_of
from app.desk.charging import UNBILLED, payer_of
from app.desk.locks import Lock
from app.desk.losses import is_below_cost
from app.desk.work import Shop
from app.domain.calls import CallState
from app.domain.money import ZERO, Money
from app.domain.phone import NumberKind, international
from app.domain.pieces import band_price, starting_band
from app.domain.rating import Charge, charge_for, whole_seconds
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
        tuple(_line(shop, row, session, 0)[0] for row in rows if not row.call.is_live),
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
    live = _line(shop, live_row, rows.session, exchange_now)[0] if live_row is not None else None
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
        moving = [_line(shop, row, session, exchange_now) for row in running]
        going = tuple(charge for _, charge in moving if charge is not None)
        fresh = (line for line, _ in moving)
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


def call_line(shop: Shop, row: CallRow) -> CallLine:
    """Return the line of a call that has ended."""
    return _line(shop, row, None, 0)[0]


def _line(
    shop: Shop, row: CallRow, session: SessionRow | None, exchange_now: int
) -> tuple[CallLine, Charge | None]:
    """Return a call's line, and for a live one what it would cost if it ended now."""
    call, charge = row.call, row.charge
    destination = charge.destination if charge is not None else ""
    price = charge.price_per_minute if charge is not None else None
    amount, running = row.amount, None
    seconds = charge.seconds if charge is not None else call.talked_ms // 1000
    is_unbilled = row.number.kind in UNBILLED
    at = call.answered_at or call.started_at
    tariff = shop.tariff_at(row.booth, at)
    entry = None if is_unbilled else tariff.find(row.number.digits, at)
    if call.is_live and call.answered_at is not None:
        talked = call.talked_ms_until(exchange_now)
        seconds = talked // 1000
        amount = ZERO if is_unbilled else amount
        if entry is not None:
            payer = payer_of(session if row.session_id else None)
            whole = whole_seconds(talked, tariff.rules.seconds_rule)
            running = charge_for(tariff, entry, at, whole, payer)
            amount = running.total
    elif call.is_live:
        # Nobody has answered: the tile shows how long it has been ringing.
        seconds = max(0, exchange_now - call.started_at) // 1_000_000
        amount = ZERO
    if entry is not None and charge is None:
        destination = entry.rate.destination
        band = starting_band(tariff.rules, entry.rate, at)
        price = band_price(entry.rate, band).price_per_minute
    country = entry.rate.country if entry is not None else ""
    line = CallLine(
        key=row.key,
        state=call.state,
        number=international(row.number),
        country=country or row.number.country,
        destination=row.number.kind.name.lower() if is_unbilled else destination,
        price_per_minute=price,
        started_at=call.started_at,
        seconds=seconds,
        amount=amount,
        is_unpriced=call.state is CallState.UNRATED
        or (call.is_live and entry is None and not is_unbilled),
        is_estimated=call.is_estimated,
        is_emergency=row.number.kind is NumberKind.EMERGENCY,
        is_below_cost=call.is_live and entry is not None and is_below_cost(shop, row, at),
        lines=charge.lines if charge is not None else (),
    )
    return line, running
