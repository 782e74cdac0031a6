"""Extra charges on a bill, and calls that a manager prices."""

from __future__ import annotations

from app.desk.charging import price_by_hand
from app.desk.work import Work
from app.domain import ledger
from app.domain.calls import CallState
from app.domain.money import ZERO, Money
from app.domain.sessions import ON_BOOTH
from app.errors import UserError
from app.messages import commands as cmd
from app.store import calls, journal, sessions
from app.store import ledger as entries
from app.store.sessions import ExtraRow, SessionRow

MAX_EXTRA = Money(10**8)
"""A larger amount on one line is a typing error."""

LONGEST_TEXT = 60
MOST = 999


def _session_on_booth(work: Work, session_id: str) -> SessionRow:
    session = sessions.get(work.db, work.shop_id, session_id)
    if session is None:
        raise UserError("session_unknown")
    if session.state not in ON_BOOTH:
        raise UserError("session_closed", booth=session.booth)
    return session


def add_extra(work: Work, command: cmd.AddExtra) -> int:
    """Put a line on the bill; returns its key."""
    session = _session_on_booth(work, command.session_id)
    text = command.text.strip()
    if not text or len(text) > LONGEST_TEXT or not text.isprintable():
        raise UserError("text_required")
    if not ZERO < command.amount <= MAX_EXTRA or not 1 <= command.quantity <= MOST:
        raise UserError("amount_invalid")
    entry_id = entries.add(
        work.db,
        work.shop_id,
        ledger.Entry(
            key=f"extra:{command.command_id}",
            kind=ledger.EntryKind.EXTRA,
            at=work.now,
            postings=ledger.transfer(
                ledger.receivable(session.session_id), ledger.GOODS, command.amount
            ),
            session_id=session.session_id,
            operator=command.operator,
            till=command.till,
        ),
    )
    work.booths.add(session.booth)
    extra = ExtraRow(0, session.session_id, text, command.quantity, command.amount, entry_id)
    return sessions.add_extra(work.db, work.shop_id, extra)


def remove_extra(work: Work, command: cmd.RemoveExtra) -> None:
    """Take a line off the bill again: a reversal, the row stays."""
    session = _session_on_booth(work, command.session_id)
    for extra in sessions.extras(work.db, session.session_id):
        if extra.key == command.extra_id:
            break
    else:
        raise UserError("extra_unknown")
    entries.add(
        work.db,
        work.shop_id,
        ledger.Entry(
            key=f"extra:{command.command_id}:reversal",
            kind=ledger.EntryKind.REVERSAL,
            at=work.now,
            postings=ledger.reversed_postings(entries.postings(work.db, extra.entry_id)),
            session_id=session.session_id,
            operator=command.operator,
            till=command.till,
        ),
        reverses=extra.entry_id,
    )
    sessions.remove_extra(work.db, extra.key)
    work.booths.add(session.booth)


def price_call(work: Work, command: cmd.PriceCall) -> None:
    """Price an unpriced call as the manager says; zero makes it free."""
    row = calls.get(work.db, work.shop_id, command.call_key)
    if row is None:
        raise UserError("call_unknown")
    if row.call.state is not CallState.UNRATED:
        raise UserError("call_not_unpriced")
    if command.price_per_minute.micro < 0:
        raise UserError("amount_invalid")
    reason = command.reason.strip()[:200]
    price_by_hand(work, row, command.price_per_minute, reason)
    journal.close_by_key(work.db, work.shop_id, f"unpriced_call:{row.key}", reason)
    work.has_new_findings = True
    work.booths.add(row.booth)
