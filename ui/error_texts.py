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
}

LINK_CODES: dict[str, object] = {
    "unreachable": QT_TRANSLATE_NOOP("Errors", "The exchange cannot be reached."),
    "refused_login": QT_TRANSLATE_NOOP("Errors", "The exchange refuses name or password."),
    "permission_denied": QT_TRANSLATE_NOOP("Errors", "The exchange denies us a right we need."),
    "silent": QT_TRANSLATE_NOOP("Errors", "The exchange has fallen silent."),
    "not_an_exchange": QT_TRANSLATE_NOOP("Errors", "Something else answers at this address."),
    "closed": QT_TRANSLATE_NOOP("Errors", "The exchange closed the line."),
    "connection_lost": QT_TRANSLATE_NOOP("Errors", "The line to the exchange broke."),
    "garbage": QT_TRANSLATE_NOOP("Errors", "The exchange sends what cannot be read."),
    "overflow": QT_TRANSLATE_NOOP("Errors", "News came too fast; the whole picture is read again."),
    "timeout": QT_TRANSLATE_NOOP("Errors", "The exchange took too long to answer."),
}

PRINTER_CODES: dict[str, object] = {
    "unreachable": QT_TRANSLATE_NOOP("Errors", "The printer cannot be reached."),
    "paper_out": QT_TRANSLATE_NOOP("Errors", "The printer is out of paper."),
    "paper_low": QT_TRANSLATE_NOOP("Errors", "The paper is nearly used up."),
    "cover_open": QT_TRANSLATE_NOOP("Errors", "The printer's cover is open."),
    "offline": QT_TRANSLATE_NOOP("Errors", "The printer is switched to offline."),
    "no_answer": QT_TRANSLATE_NOOP("Errors", "The printer does not answer."),
    "connection_lost": QT_TRANSLATE_NOOP("Errors", "The line to the printer broke."),
    "cutter_error": QT_TRANSLATE_NOOP("Errors", "The paper cutter is stuck."),
    "error": QT_TRANSLATE_NOOP("Errors", "The printer reports a fault."),
    "interrupted": QT_TRANSLATE_NOOP("Errors", "The program was closed while printing."),
}

MONEY_CODES: dict[str, object] = {
    "disk_full": QT_TRANSLATE_NOOP("Errors", "The disk is full."),
    "database_failed": QT_TRANSLATE_NOOP("Errors", "The database cannot be written."),
    "checks_failed": QT_TRANSLATE_NOOP("Errors", "The books do not agree."),
}

AUDIT_CODES: dict[str, object] = {
    "emergency_call": QT_TRANSLATE_NOOP("Errors", "Emergency call"),
    "free_call": QT_TRANSLATE_NOOP("Errors", "Call to a free number"),
    "call_without_session": QT_TRANSLATE_NOOP("Errors", "Call without a session"),
    "call_estimated": QT_TRANSLATE_NOOP("Errors", "End of a call was not seen"),
    "call_refused": QT_TRANSLATE_NOOP("Errors", "Call refused on a locked booth"),
    "unpriced": QT_TRANSLATE_NOOP("Errors", "Call without a price"),
    "record_differs": QT_TRANSLATE_NOOP("Errors", "The exchange's record says otherwise"),
    "late_record": QT_TRANSLATE_NOOP("Errors", "Record after the payment"),
    "stream_fault": QT_TRANSLATE_NOOP("Errors", "Unreadable news from the exchange"),
}

_GENERAL = QT_TRANSLATE_NOOP("Errors", "This did not work. Nothing was changed.")
_GENERAL_LINK = QT_TRANSLATE_NOOP("Errors", "The exchange is away.")
_GENERAL_PRINTER = QT_TRANSLATE_NOOP("Errors", "The printer has trouble.")
_GENERAL_AUDIT = QT_TRANSLATE_NOOP("Errors", "Something to look at")


def user_text(code: str, params: Iterable[tuple[str, str | int]] = ()) -> str:
    """Say why a command was refused."""
    text = _say(USER_CODES.get(code, _GENERAL))
    for name, value in params:
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
