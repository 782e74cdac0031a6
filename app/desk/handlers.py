"""Command -> use case, one table; and how one command becomes one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from app.desk import answers, barring, members, papers, rights, tariffs
from app.desk.booths import (
    close_session,
    hang_up_call,
    lock_booth,
    reopen_session,
    set_out_of_service,
    unlock_booth,
)
from app.desk.enquiries import (
    ask_audit,
    ask_explanation,
    ask_owner,
    ask_quote,
    resolve_audit,
    set_manager_pin,
)
from app.desk.extras import add_extra, price_call, remove_extra
from app.desk.payments import take_payment
from app.desk.work import Shop, Work
from app.domain.sessions import SessionState
from app.errors import UserError
from app.messages import commands as cmd
from app.store import journal, sessions

Handler = Callable[[Work, Any], object]


def prepare_quit(work: Work, command: cmd.PrepareQuit) -> None:
    """Lock every open session, where the operator said so; a call that is up goes on."""
    if not command.close_sessions:
        return
    for session in sessions.all_on_booths(work.db, work.shop_id):
        if session.state is SessionState.OPEN:
            close_session(work, session)


def retry_link(work: Work, command: cmd.RetryLink) -> None:
    """Check that there is such a link; the desk then asks it to try."""
    if all(exchange.name != command.link for exchange in work.shop.config.exchanges):
        raise UserError("link_unknown", link=command.link)


WRITES: dict[type[cmd.Command], Handler] = {
    cmd.UnlockBooth: unlock_booth,
    cmd.LockBooth: lock_booth,
    cmd.ReopenSession: reopen_session,
    cmd.HangUpCall: hang_up_call,
    cmd.SetOutOfService: set_out_of_service,
    cmd.AddExtra: add_extra,
    cmd.RemoveExtra: remove_extra,
    cmd.PriceCall: price_call,
    cmd.TakePayment: take_payment,
    cmd.ReprintReceipt: papers.reprint_receipt,
    cmd.RetryPrint: papers.retry_print,
    cmd.DropPrint: papers.drop_print,
    cmd.SetManagerPin: set_manager_pin,
    cmd.ResolveAudit: resolve_audit,
    cmd.PrepareQuit: prepare_quit,
    cmd.ActivateTariff: tariffs.activate_tariff,
    cmd.UndoTariff: tariffs.undo_tariff,
    cmd.AllowKeyed: barring.allow_keyed,
    cmd.SaveMember: members.save_member,
    cmd.SetMember: members.set_member,
}
"""Commands that change something: kept in the command log under their own key."""

READS: dict[type[cmd.Command], Handler] = {
    cmd.AskReceipts: papers.ask_receipts,
    cmd.AskQuote: ask_quote,
    cmd.AskExplanation: ask_explanation,
    cmd.AskOwner: ask_owner,
    cmd.AskTariffs: tariffs.ask_tariffs,
    cmd.AskMembers: members.ask_members,
    cmd.AskAudit: ask_audit,
    cmd.SavePdf: papers.save_pdf,
    cmd.RetryLink: retry_link,
}
"""Questions, and acts outside the database: not kept."""


def check_rights(engine: Engine, shop: Shop, command: cmd.Command, now: int) -> str:
    """Check in a transaction of its own, so that counted wrong PINs survive the refusal.

    Returns who approved. Raises `UserError`.
    """
    denied: rights.Denied | None = None
    approved_by = ""
    with engine.connect() as db, db.begin() as transaction:
        try:
            approved_by = rights.check(db, shop.shop_id, command, now)
        except rights.Denied as error:
            denied = error
        if command.manager_pin is None:
            transaction.rollback()  # nothing was counted: no commit to wait for
    if denied is not None:
        raise denied
    return approved_by


def carry_out(work: Work, command: cmd.Command) -> object:
    """Run a command's use case inside `work`; a repeated one returns its first answer."""
    kind = type(command)
    if kind in READS:
        return READS[kind](work, command)
    kept = journal.logged_result(work.db, work.shop_id, command.command_id)
    if kept is not None:
        return answers.from_text(kept)
    result = WRITES[kind](work, command)
    journal.log_command(
        work.db,
        work.shop_id,
        {
            "command_id": command.command_id,
            "kind": kind.__name__,
            "at": work.now,
            "operator": command.operator,
            "till": command.till,
            "approved_by": work.approved_by,
            "result": answers.to_text(result),
        },
    )
    return result
