"""Unlock, lock, reopen, hang up, take out of service."""

from __future__ import annotations

from uuid import uuid4

from app.config import BoothConfig
from app.desk.work import Work
from app.domain.sessions import SessionState, advance
from app.errors import UserError
from app.messages import commands as cmd
from app.messages.pbx import HangUp
from app.store import calls, journal, sessions
from app.store.sessions import SessionRow


def _booth(work: Work, number: int) -> BoothConfig:
    booth = work.shop.booths.get(number)
    if booth is None:
        raise UserError("booth_unknown", booth=number)
    return booth


def unlock_booth(work: Work, command: cmd.UnlockBooth) -> str:
    """Open a session on a free booth; returns its id."""
    booth = _booth(work, command.booth)
    if sessions.on_booth(work.db, work.shop_id, booth.number) is not None:
        raise UserError("booth_not_free", booth=booth.number)
    if booth.number in journal.booths_out(work.db, work.shop_id):
        raise UserError("booth_out_of_service", booth=booth.number)
    session = SessionRow(
        session_id=uuid4().hex,
        booth=booth.number,
        state=SessionState.OPEN,
        opened_at=work.now,
        closed_at=None,
        opened_by=command.operator,
        till=command.till,
        deposit=None,
    )
    sessions.add(work.db, work.shop_id, session)
    work.booths.add(booth.number)
    return session.session_id


def close_session(work: Work, session: SessionRow) -> None:
    """End a session: due. Where nothing was used it closes when the lock is confirmed."""
    state = advance(session.state, SessionState.DUE)
    sessions.set_state(work.db, session, state, work.now)
    work.booths.add(session.booth)


def lock_booth(work: Work, command: cmd.LockBooth) -> None:
    """End the session of a booth; a call that is up goes on until it ends or is cut."""
    booth = _booth(work, command.booth)
    session = sessions.on_booth(work.db, work.shop_id, booth.number)
    if session is None or session.state is not SessionState.OPEN:
        raise UserError("booth_not_open", booth=booth.number)
    close_session(work, session)


def reopen_session(work: Work, command: cmd.ReopenSession) -> None:
    """Let the customer of a due session dial again."""
    session = sessions.get(work.db, work.shop_id, command.session_id)
    if session is None:
        raise UserError("session_unknown")
    if session.state is not SessionState.DUE:
        raise UserError("session_not_due", booth=session.booth)
    sessions.set_state(work.db, session, advance(session.state, SessionState.OPEN), work.now)
    work.booths.add(session.booth)


def hang_up_call(work: Work, command: cmd.HangUpCall) -> None:
    """Ask the exchange to cut the booth's call; the news of its end comes from there."""
    booth = _booth(work, command.booth)
    live = calls.live(work.db, work.shop_id, booth.number)
    if not live:
        raise UserError("no_live_call", booth=booth.number)
    for row in live:
        work.actions.append((row.link, HangUp(row.call.call_id)))


def set_out_of_service(work: Work, command: cmd.SetOutOfService) -> None:
    """Take a free booth out of service, or back."""
    booth = _booth(work, command.booth)
    if command.is_out and sessions.on_booth(work.db, work.shop_id, booth.number) is not None:
        raise UserError("booth_not_free", booth=booth.number)
    journal.set_booth_out(
        work.db,
        work.shop_id,
        booth.number,
        is_out=command.is_out,
        reason=command.reason.strip()[:200],
    )
    work.booths.add(booth.number)
