"""Destinations that may not be called, or only with a manager's key: their calls are cut.

Emergency and free numbers never come here.
"""

from __future__ import annotations

from app.desk.charging import UNBILLED
from app.desk.losses import note_loss
from app.desk.work import Shop, Work
from app.domain.phone import Number, international
from app.domain.sessions import ON_BOOTH
from app.domain.tariff import Access, Entry
from app.errors import UserError
from app.messages import commands as cmd
from app.messages.pbx import HangUp
from app.messages.views import Barred
from app.store import sessions
from app.store.calls import CallRow
from app.store.journal import Finding

KEY = Access.KEY.name


def look_at_new_call(work: Work, row: CallRow) -> None:
    """Cut a call that may not be made, and note one that is sold below its cost."""
    if row.number.kind in UNBILLED or not row.call.is_live:
        return
    tariff = work.shop.tariff_at(row.booth, work.now)
    entry = tariff.find(row.number.digits, work.now)
    if entry is None:
        return
    if _is_barred(work, row, entry):
        _cut(work, row, entry)
    else:
        note_loss(work, row, tariff, entry)


def _is_barred(work: Work, row: CallRow, entry: Entry) -> bool:
    if entry.rate.access is not Access.KEY:
        return entry.rate.access is Access.FORBIDDEN
    if not row.session_id:
        return True
    session = sessions.get(work.db, work.shop_id, row.session_id)
    return session is None or not session.key_by


def _cut(work: Work, row: CallRow, entry: Entry) -> None:
    code = entry.rate.access.name
    work.actions.append((row.link, HangUp(row.call.call_id)))
    work.barred[row.booth] = Barred(
        code, international(row.number), entry.rate.destination, work.now
    )
    work.note(
        Finding(
            key=f"barred_{code.lower()}:{row.key}",
            code=f"barred_{code.lower()}",
            at=work.now,
            booth=row.booth,
            call_key=row.key,
            detail=row.call.dialled,
        )
    )


def is_restricted(shop: Shop, booth: int, number: Number, at: int) -> bool:
    """Tell whether a call may have to be cut, so that its news cannot wait."""
    if number.kind in UNBILLED:
        return False
    entry = shop.tariff_at(booth, at).find(number.digits, at)
    return entry is not None and entry.rate.access is not Access.OPEN


def allow_keyed(work: Work, command: cmd.AllowKeyed) -> None:
    """Allow the destinations that need a key for the rest of a session."""
    session = sessions.get(work.db, work.shop_id, command.session_id)
    if session is None or session.state not in ON_BOOTH:
        raise UserError("session_unknown")
    sessions.set_key(work.db, session.session_id, work.approved_by or work.operator)
    work.booths.add(session.booth)
