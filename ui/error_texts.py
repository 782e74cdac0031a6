"""Every code of desk, exchange and printer as words for the operator.

What happened, what still works, what to do. A code nobody knows shows a general
sentence; the code itself always stands in small print beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.messages.devices import DeviceState
from app.messages.pbx import LinkState

_CONTEXT = "Errors"

USER_CODES: dict[str, object] = {
    "booth_busy": QT_TRANSLATE_NOOP("Errors", "This booth is in use."),
    "booth_unknown": QT_TRANSLATE_NOOP("Errors", "There is no such booth."),
    "booth_not_free": QT_TRANSLATE_NOOP("Errors", "This booth is not free."),
    "booth_not_open": QT_TRANSLATE_NOOP("Errors", "This booth is not unlocked."),
    "session_unknown": QT_TRANSLATE_NOOP("Errors", "This session is closed already."),
    "session_not_due": QT_TRANSLATE_NOOP("Errors", "Lock the booth first, then take the money."),
    "session_has_live_call": QT_TRANSLATE_NOOP(
        "Errors", "A call is still up. End the call, or wait."
    ),
    "session_has_unpriced": QT_TRANSLATE_NOOP(
        "Errors", "A call has no price yet. A manager must price it first."
    ),
    "due_changed": QT_TRANSLATE_NOOP(
        "Errors", "The amount has changed meanwhile. Look at it and confirm again."
    ),
    "received_too_small": QT_TRANSLATE_NOOP("Errors", "This is less than what is to be paid."),
    "received_too_large": QT_TRANSLATE_NOOP(
        "Errors", "This is more than 1000 above what is to be paid. Check the amount."
    ),
    "not_enough_rights": QT_TRANSLATE_NOOP("Errors", "Only a manager may do this."),
    "wrong_pin": QT_TRANSLATE_NOOP("Errors", "Wrong PIN."),
    "pin_locked": QT_TRANSLATE_NOOP("Errors", "Too many wrong PINs. Try again in {seconds} s."),
    "pin_too_weak": QT_TRANSLATE_NOOP("Errors", "This PIN is too easy to guess. Take another one."),
    "pin_not_set": QT_TRANSLATE_NOOP("Errors", "No manager's PIN is set yet. Set it in the menu."),
    "amount_invalid": QT_TRANSLATE_NOOP("Errors", "This amount cannot be used."),
    "text_required": QT_TRANSLATE_NOOP("Errors", "Write what it is for."),
    "nothing_to_pay": QT_TRANSLATE_NOOP("Errors", "There is nothing to pay."),
    "receipt_unknown": QT_TRANSLATE_NOOP("Errors", "There is no receipt of this number."),
    "job_unknown": QT_TRANSLATE_NOOP("Errors", "This paper is no longer waiting."),
    "job_not_retryable": QT_TRANSLATE_NOOP("Errors", "This paper cannot be printed again here."),
    "no_printer": QT_TRANSLATE_NOOP("Errors", "No printer is set up. Save the receipt as PDF."),
    "link_unknown": QT_TRANSLATE_NOOP("Errors", "There is no such exchange."),
    "cannot_hang_up": QT_TRANSLATE_NOOP("Errors", "The exchange did not end the call. Try again."),
    "no_live_call": QT_TRANSLATE_NOOP("Errors", "No call is up in this booth."),
    "call_unknown": QT_TRANSLATE_NOOP("Errors", "This call is not known."),
    "call_not_unpriced": QT_TRANSLATE_NOOP("Errors", "This call has its price already."),
    "extra_unknown": QT_TRANSLATE_NOOP("Errors", "This item is not on the bill."),
    "money_stopped": QT_TRANSLATE_NOOP(
        "Errors", "No money can be taken now: payments could not be kept safely."
    ),
    "database_failed": QT_TRANSLATE_NOOP(
        "Errors", "This could not be saved. Nothing was changed; try again."
    ),
    "till_unknown": QT_TRANSLATE_NOOP("Errors", "This till is not known."),
    "operator_unknown": QT_TRANSLATE_NOOP("Errors", "This operator is not known."),
    "shutting_down": QT_TRANSLATE_NOOP("Errors", "The program is closing."),
    "busy": QT_TRANSLATE_NOOP("Errors", "The counter is busy. Nothing was changed; try again."),
    "pdf_failed": QT_TRANSLATE_NOOP("Errors", "The PDF could not be written. Try another folder."),
    "booth_out_of_service": QT_TRANSLATE_NOOP("Errors", "This booth is out of service."),
    "session_closed": QT_TRANSLATE_NOOP("Errors", "This session is closed already."),
    "audit_unknown": QT_TRANSLATE_NOOP("Errors", "This entry is no longer in the list."),
    "call_not_priced": QT_TRANSLATE_NOOP(
        "Errors", "This call has no price yet: it is up, or waits for a manager."
    ),
    "member_number_invalid": QT_TRANSLATE_NOOP(
        "Errors", "A member's number is 1 to 20 letters, digits and hyphens."
    ),
    "member_name_invalid": QT_TRANSLATE_NOOP("Errors", "A name is 1 to 80 signs."),
    "discount_invalid": QT_TRANSLATE_NOOP("Errors", "A discount is 0 to 100 %."),
    "member_unknown": QT_TRANSLATE_NOOP("Errors", "There is no member {member}."),
    "tariff_changed": QT_TRANSLATE_NOOP(
        "Errors",
        "Another version came into force meanwhile. Read the file again to compare it with that.",
    ),
    "tariff_in_the_past": QT_TRANSLATE_NOOP(
        "Errors", "This date is past. A tariff starts now or later."
    ),
    "tariff_not_a_draft": QT_TRANSLATE_NOOP(
        "Errors", "This tariff was accepted already, or is no longer there."
    ),
    "tariff_not_in_use": QT_TRANSLATE_NOOP(
        "Errors", "This tariff is not in use, or was taken back already."
    ),
    "link_down": QT_TRANSLATE_NOOP("Errors", "The exchange is away. Try again when it is back."),
    "internal": QT_TRANSLATE_NOOP("Errors", "Something went wrong inside. Nothing was changed."),
    "internal_error": QT_TRANSLATE_NOOP(
        "Errors", "Something went wrong inside. Nothing was changed."
    ),
}

LINK_CODES: dict[str, object] = {
    "unreachable": QT_TRANSLATE_NOOP("Errors", "The exchange cannot be reached."),
    "refused_login": QT_TRANSLATE_NOOP("Errors", "The exchange refuses name or password."),
    "permission_denied": QT_TRANSLATE_NOOP("Errors", "The exchange denies us a right we need."),
    "silent": QT_TRANSLATE_NOOP("Errors", "The exchange has fallen silent."),
    "not_an_exchange": QT_TRANSLATE_NOOP("Errors", "Something else answers at this address."),
    "line_lost": QT_TRANSLATE_NOOP("Errors", "The line to the exchange broke."),
    "no_answer": QT_TRANSLATE_NOOP("Errors", "The exchange does not answer."),
    "login_in_use": QT_TRANSLATE_NOOP("Errors", "Somebody else uses this login of the exchange."),
    "login_failed": QT_TRANSLATE_NOOP("Errors", "The exchange did not take the login."),
    "missing_right": QT_TRANSLATE_NOOP("Errors", "The exchange denies us a right we need."),
    "exchange_error": QT_TRANSLATE_NOOP("Errors", "The exchange reports a fault."),
    "list_without_end": QT_TRANSLATE_NOOP("Errors", "The exchange did not finish its list."),
    "bad_settings": QT_TRANSLATE_NOOP("Errors", "The settings of this exchange cannot be used."),
    "not_kept": QT_TRANSLATE_NOOP("Errors", "The exchange did not keep the lock."),
    "stopped": QT_TRANSLATE_NOOP("Errors", "The line is closed."),
    "internal_error": QT_TRANSLATE_NOOP(
        "Errors", "The line stopped on a fault of ours; it starts again."
    ),
    "link_down": QT_TRANSLATE_NOOP("Errors", "The exchange is away."),
}

PRINTER_CODES: dict[str, object] = {
    "unreachable": QT_TRANSLATE_NOOP("Errors", "The printer cannot be reached."),
    "paper_out": QT_TRANSLATE_NOOP("Errors", "The printer is out of paper."),
    "cover_open": QT_TRANSLATE_NOOP("Errors", "The printer's cover is open."),
    "offline": QT_TRANSLATE_NOOP("Errors", "The printer is switched to offline."),
    "no_answer": QT_TRANSLATE_NOOP("Errors", "The printer does not answer."),
    "error": QT_TRANSLATE_NOOP("Errors", "The printer reports a fault."),
    "unknown_host": QT_TRANSLATE_NOOP("Errors", "The printer's name is not known in the network."),
    "refused": QT_TRANSLATE_NOOP("Errors", "Nothing at the printer's address takes jobs."),
    "stalled": QT_TRANSLATE_NOOP("Errors", "The printer takes no more data."),
    "reset": QT_TRANSLATE_NOOP("Errors", "The line to the printer broke."),
    "no_proof": QT_TRANSLATE_NOOP("Errors", "The printer did not confirm the paper."),
    "cutter": QT_TRANSLATE_NOOP("Errors", "The paper cutter is stuck."),
    "overheated": QT_TRANSLATE_NOOP("Errors", "The printer is too hot and is cooling down."),
    "near_end": QT_TRANSLATE_NOOP("Errors", "The paper is nearly used up."),
    "busy": QT_TRANSLATE_NOOP("Errors", "The printer is printing."),
    "no_status": QT_TRANSLATE_NOOP("Errors", "The printer works, but tells nothing of itself."),
    "stopped": QT_TRANSLATE_NOOP("Errors", "The program was closed before printing."),
    "not_confirmed": QT_TRANSLATE_NOOP("Errors", "The sale was not yet kept; nothing was printed."),
    "bad_document": QT_TRANSLATE_NOOP(
        "Errors", "This receipt cannot be put on paper. Save it as PDF."
    ),
    "internal_error": QT_TRANSLATE_NOOP("Errors", "Printing stopped on a fault of ours."),
    "no_printer": QT_TRANSLATE_NOOP("Errors", "No printer is set up."),
    "restart": QT_TRANSLATE_NOOP("Errors", "The program was closed while printing."),
}

MONEY_CODES: dict[str, object] = {
    "disk_full": QT_TRANSLATE_NOOP("Errors", "The disk is full."),
    "database_failed": QT_TRANSLATE_NOOP("Errors", "The database cannot be written."),
    "checks_failed": QT_TRANSLATE_NOOP("Errors", "The books do not agree."),
}

PDF_CODES: dict[str, object] = {
    "folder_missing": QT_TRANSLATE_NOOP("Errors", "The folder does not exist."),
    "not_writable": QT_TRANSLATE_NOOP("Errors", "The folder cannot be written to."),
    "disk_full": QT_TRANSLATE_NOOP("Errors", "The disk is full."),
    "write_failed": QT_TRANSLATE_NOOP("Errors", "The file could not be written."),
    "internal_error": QT_TRANSLATE_NOOP("Errors", "Making the PDF stopped on a fault of ours."),
}

AUDIT_CODES: dict[str, object] = {
    "emergency_call": QT_TRANSLATE_NOOP("Errors", "Emergency call"),
    "free_call": QT_TRANSLATE_NOOP("Errors", "Call to a free number"),
    "call_without_session": QT_TRANSLATE_NOOP("Errors", "Call without a session"),
    "session_unknown": QT_TRANSLATE_NOOP("Errors", "Call of a session that is not known"),
    "session_differs": QT_TRANSLATE_NOOP("Errors", "Call claimed by two sessions"),
    "unknown_extension": QT_TRANSLATE_NOOP("Errors", "Call from a phone that is no booth"),
    "estimated_end": QT_TRANSLATE_NOOP("Errors", "The end of a call was not seen"),
    "unpriced_call": QT_TRANSLATE_NOOP("Errors", "Call without a price"),
    "late_record": QT_TRANSLATE_NOOP("Errors", "The exchange's record came after the payment"),
    "call_unknown": QT_TRANSLATE_NOOP("Errors", "News of a call that is not known"),
    "call_started_differs": QT_TRANSLATE_NOOP("Errors", "A call began twice, differently"),
    "answer_outside_call": QT_TRANSLATE_NOOP("Errors", "An answer outside of its call"),
    "answer_after_stored": QT_TRANSLATE_NOOP("Errors", "An answer after the final record"),
    "end_before_start": QT_TRANSLATE_NOOP("Errors", "A call that ended before it began"),
    "refused_after_answer": QT_TRANSLATE_NOOP("Errors", "A call refused after its answer"),
    "seen_after_end": QT_TRANSLATE_NOOP("Errors", "A call seen alive after its end"),
    "stored_answer_outside_call": QT_TRANSLATE_NOOP("Errors", "A record that cannot be true"),
    "stored_differs": QT_TRANSLATE_NOOP("Errors", "The exchange's record says otherwise"),
    "stored_not_answered": QT_TRANSLATE_NOOP("Errors", "The exchange's record has no answer"),
    "hang_up_failed": QT_TRANSLATE_NOOP("Errors", "The exchange did not end a call"),
    "stream_fault": QT_TRANSLATE_NOOP("Errors", "Unreadable news from the exchange"),
    "check_failed": QT_TRANSLATE_NOOP("Errors", "A check of the books failed"),
    "sold_below_cost": QT_TRANSLATE_NOOP("Errors", "Sold below cost"),
    "barred_forbidden": QT_TRANSLATE_NOOP("Errors", "Call cut: forbidden destination"),
    "barred_key": QT_TRANSLATE_NOOP("Errors", "Call cut: it needed the manager's key"),
}

_GENERAL = QT_TRANSLATE_NOOP("Errors", "This did not work. Nothing was changed.")
_GENERAL_LINK = QT_TRANSLATE_NOOP("Errors", "The exchange is away.")
_GENERAL_PRINTER = QT_TRANSLATE_NOOP("Errors", "The printer has trouble.")
_GENERAL_AUDIT = QT_TRANSLATE_NOOP("Errors", "Something to look at")


def user_text(code: str, params: Iterable[tuple[str, str | int]] = ()) -> str:
    """Say why a command was refused."""
    given = dict(params)
    if code == "pdf_failed" and given.get("reason") in PDF_CODES:
        return _say(PDF_CODES[str(given["reason"])])
    text = _say(USER_CODES.get(code, _GENERAL))
    for name, value in given.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def link_text(state: LinkState, code: str) -> str:
    """Say how the line to an exchange is."""
    if code:
        return _say(LINK_CODES.get(code, _GENERAL_LINK))
    words = {
        LinkState.UP: QT_TRANSLATE_NOOP("Errors", "Connected."),
        LinkState.CONNECTING: QT_TRANSLATE_NOOP("Errors", "Connecting…"),
        LinkState.SYNCING: QT_TRANSLATE_NOOP("Errors", "Reading what went on meanwhile…"),
        LinkState.DOWN: _GENERAL_LINK,
        LinkState.REFUSED: LINK_CODES["refused_login"],
    }
    return _say(words[state])


def printer_text(state: DeviceState, code: str) -> str:
    """Say how the printer is."""
    if code:
        return _say(PRINTER_CODES.get(code, _GENERAL_PRINTER))
    words = {
        DeviceState.ABSENT: QT_TRANSLATE_NOOP("Errors", "No printer is set up."),
        DeviceState.UNKNOWN: QT_TRANSLATE_NOOP("Errors", "The printer has not been asked yet."),
        DeviceState.READY: QT_TRANSLATE_NOOP("Errors", "The printer is ready."),
        DeviceState.BUSY: QT_TRANSLATE_NOOP("Errors", "The printer is printing."),
        DeviceState.LOST: PRINTER_CODES["no_answer"],
    }
    return _say(words[state])


def money_text(code: str) -> str:
    """Say why no money can be taken."""
    return _say(MONEY_CODES.get(code, USER_CODES["money_stopped"]))


def audit_text(code: str) -> str:
    """Name the kind of an audit row."""
    return _say(AUDIT_CODES.get(code, _GENERAL_AUDIT))


def _say(source: object) -> str:
    # The stubs give the marker no type; at run time it returns its text.
    return QCoreApplication.translate(_CONTEXT, str(source))
