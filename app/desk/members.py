"""Members: who is known, with what discount, and whose session it is."""

from __future__ import annotations

import re

from app.desk.charging import settle_price
from app.desk.work import Work
from app.domain.sessions import ON_BOOTH
from app.domain.tariff import BP
from app.errors import UserError
from app.messages import commands as cmd
from app.messages.views import MemberView
from app.store import calls, members, sessions
from app.store.members import MemberRow

_MEMBER_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,19}\Z")
_NAME_MAX = 80


def ask_members(work: Work, command: cmd.AskMembers) -> tuple[MemberView, ...]:  # noqa: ARG001
    """Return the members who are served, by name."""
    rows = members.all_active(work.db, work.shop_id)
    return tuple(MemberView(row.member_id, row.name, row.discount_bp) for row in rows)


def save_member(work: Work, command: cmd.SaveMember) -> None:
    """Add or change a member; open sessions keep the discount they were given."""
    name = " ".join(command.name.split())
    if not _MEMBER_ID.match(command.member_id):
        raise UserError("member_number_invalid")
    if not name or len(name) > _NAME_MAX or not name.isprintable():
        raise UserError("member_name_invalid")
    if not 0 <= command.discount_bp <= BP:
        raise UserError("discount_invalid")
    row = MemberRow(command.member_id, name, command.discount_bp, command.is_active)
    members.save(work.db, work.shop_id, row)


def set_member(work: Work, command: cmd.SetMember) -> None:
    """Say whose session this is, and price its calls again with his discount."""
    session = sessions.get(work.db, work.shop_id, command.session_id)
    if session is None or session.state not in ON_BOOTH:
        raise UserError("session_unknown")
    discount_bp = 0
    if command.member_id:
        member = members.get(work.db, work.shop_id, command.member_id)
        if member is None or not member.is_active:
            raise UserError("member_unknown", member=command.member_id)
        discount_bp = member.discount_bp
    sessions.set_member(work.db, session.session_id, command.member_id, discount_bp)
    for row in calls.of_session(work.db, session.session_id):
        if not row.call.is_live:
            settle_price(work, row)
    work.booths.add(session.booth)
