"""News of a call -> call row, session, charge.

A call belongs to the session that the exchange's own record names; until it names
one, to the session that was open on the booth when the call was dialled. Never to
whoever came next.
"""

from __future__ import annotations

from dataclasses import replace

from app.config import BoothConfig
from app.desk.barring import look_at_new_call
from app.desk.bills import bill_of
from app.desk.charging import UNBILLED, settle_price
from app.desk.work import Work
from app.domain import calls as domain
from app.domain.calls import Call, CallEvent, CallRefused, CallStored, CallTagged
from app.domain.phone import normalise
from app.domain.sessions import SessionState
from app.messages.pbx import DropStored, LinkSnapshot
from app.store import calls, journal, sessions
from app.store.calls import CallRow
from app.store.journal import Finding

STORED_NOBODY = "emergency"
"""What the dialplan keeps in place of a session for calls that belong to none."""


def take_news(work: Work, link: str, event: CallEvent) -> None:
    """Apply one piece of news; a repeat changes nothing."""
    row = calls.find(work.db, work.shop_id, link, event.call_id)
    call, anomaly = domain.apply(None if row is None else row.call, event)
    if anomaly is not None:
        _note_anomaly(work, link, anomaly, row)
    if call is None:
        return
    if row is None:
        row = _new_row(work, link, call)
        if row is None:
            return
    elif call == row.call and not (_names_nobody(event) and row.session_id):
        _acknowledge(work, link, event)
        return
    _save(work, row, call, event)
    _acknowledge(work, link, event)


def _acknowledge(work: Work, link: str, event: CallEvent) -> None:
    # The exchange may forget what it kept once this transaction stands.
    if isinstance(event, CallStored):
        work.actions.append((link, DropStored((event.call_id,))))


def _note_anomaly(work: Work, link: str, anomaly: domain.Anomaly, row: CallRow | None) -> None:
    work.note(
        Finding(
            key=f"{anomaly.code}:{link}:{anomaly.call_id}",
            code=anomaly.code,
            at=work.now,
            booth=None if row is None else row.booth,
            call_key=None if row is None else row.key,
            detail=anomaly.detail,
        )
    )


def _new_row(work: Work, link: str, call: Call) -> CallRow | None:
    booth = work.shop.by_extension.get((link, call.extension))
    if booth is None:
        work.note(
            Finding(
                key=f"unknown_extension:{link}:{call.extension}",
                code="unknown_extension",
                at=work.now,
                detail=call.extension,
            )
        )
        return None
    number = normalise(call.dialled, work.shop.plan)
    row = CallRow(
        key=0,
        link=link,
        booth=booth.number,
        call=call,
        number=number,
        session_id=None if number.kind in UNBILLED else _open_session(work, booth),
        amount=None,
        charge=None,
        charge_count=0,
    )
    key = calls.add(work.db, work.shop_id, row)
    work.has_written = True
    if number.kind in UNBILLED:
        work.note(
            Finding(
                key=f"{number.kind.name.lower()}_call:{key}",
                code=f"{number.kind.name.lower()}_call",
                at=call.started_at,
                booth=booth.number,
                call_key=key,
                detail=call.dialled,
            )
        )
    row = replace(row, key=key)
    look_at_new_call(work, row)
    return row


def _open_session(work: Work, booth: BoothConfig) -> str | None:
    session = sessions.on_booth(work.db, work.shop_id, booth.number)
    if session is not None and session.state is SessionState.OPEN:
        return session.session_id
    return None


def _save(work: Work, row: CallRow, call: Call, event: CallEvent) -> None:
    session_id = None if _names_nobody(event) else _session_of(work, row, call)
    calls.save_facts(work.db, row.key, call, session_id)
    work.has_written = True
    if isinstance(event, CallRefused):
        work.refused[row.booth] = work.now
    work.booths.add(row.booth)
    after = replace(row, call=call, session_id=session_id)
    if not call.is_live:
        settle_price(work, after, previous_session=row.session_id)
        _note_strays(work, after)


def _names_nobody(event: CallEvent) -> bool:
    # The dialplan says of emergency and free numbers that they belong to no session, also where
    # its list is longer than ours.
    return isinstance(event, CallTagged | CallStored) and event.session_id in {"", STORED_NOBODY}


def _session_of(work: Work, row: CallRow, call: Call) -> str | None:
    if row.number.kind in UNBILLED or call.is_refused:
        return None
    if not call.session_id or call.session_id == row.session_id:
        return row.session_id
    named = sessions.get(work.db, work.shop_id, call.session_id)
    if named is None or named.booth != row.booth:
        work.note(
            Finding(
                key=f"session_unknown:{row.key}",
                code="session_unknown",
                at=work.now,
                booth=row.booth,
                call_key=row.key,
                detail=call.session_id,
            )
        )
        return row.session_id
    return named.session_id


def _note_strays(work: Work, row: CallRow) -> None:
    is_stray = row.session_id is None and row.number.kind not in UNBILLED
    if is_stray and row.call.answered_at is not None:
        work.note(
            Finding(
                key=f"call_without_session:{row.key}",
                code="call_without_session",
                at=row.call.started_at,
                booth=row.booth,
                call_key=row.key,
                detail=row.call.dialled,
            )
        )


def close_if_nothing_due(work: Work, session_id: str) -> None:
    """Close a locked session on which nothing was used, so that the booth is free again.

    To be called only once the exchange has confirmed the lock: what it told before is taken
    by then, so that no call of this customer can still turn up and fall on the next one.
    """
    session = sessions.get(work.db, work.shop_id, session_id)
    if session is None or session.state is not SessionState.DUE:
        return
    rows = calls.of_session(work.db, session_id)
    if any(row.call.is_live or row.amount is None or row.amount for row in rows):
        return
    if sessions.extras(work.db, session_id) or bill_of(work.shop.config, rows, ()).due:
        return
    sessions.set_state(work.db, session, SessionState.CANCELLED, work.now)
    work.booths.add(session.booth)


def take_snapshot(work: Work, snapshot: LinkSnapshot) -> None:
    """Bring our calls in line with what the exchange holds after (re)connecting.

    Kept records come first: they are the final word on calls that ended while nobody
    listened. A call of ours that is neither live nor kept is ended at the exchange's
    last proof of life and marked as estimated; a later record replaces that.
    """
    for stored in snapshot.stored:
        take_news(work, snapshot.link, stored)
    for seen in snapshot.live:
        take_news(work, snapshot.link, seen)
    live_ids = {seen.call_id for seen in snapshot.live}
    alive_at = journal.last_alive(work.db, work.shop_id, snapshot.link)
    for row in calls.live(work.db, work.shop_id):
        if row.link == snapshot.link and row.call.call_id not in live_ids:
            _end_estimated(work, row, alive_at)


def _end_estimated(work: Work, row: CallRow, alive_at: int | None) -> None:
    call = row.call
    last_known = max(call.started_at, call.answered_at or 0, alive_at or 0)
    ended = replace(call, state=domain.CallState.ENDED, ended_at=last_known, is_estimated=True)
    calls.save_facts(work.db, row.key, ended, row.session_id)
    work.booths.add(row.booth)
    work.note(
        Finding(
            key=f"estimated_end:{row.key}",
            code="estimated_end",
            at=work.now,
            booth=row.booth,
            call_key=row.key,
            detail=call.dialled,
        )
    )
    settle_price(work, replace(row, call=ended))
