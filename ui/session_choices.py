"""What can be done with a booth now, in words with their keys: the first one is the primary.

A choice that hangs up is never the primary, also where it is the only one.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.calls import LIVE
from app.domain.sessions import BoothState, SessionState
from app.messages.views import BoothView, CallLine, SessionView
from ui.board_keys import Wish
from ui.tile_text import LIVE_STATES

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Choice:
    """One button: what it wishes, its words and the name of its key."""

    wish: Wish
    words: str
    key: str


def choices(booth: BoothView) -> list[Choice]:
    """Return the buttons for a booth, the primary one first, at most four."""
    unlock = Choice(Wish.LOCK_OR_UNLOCK, translate("Choice", "Unlock"), space_key())
    lock = Choice(Wish.LOCK_OR_UNLOCK, translate("Choice", "Lock"), space_key())
    extra = Choice(Wish.EXTRA, translate("Choice", "Item"), "A")
    hang_up = Choice(Wish.HANG_UP, translate("Choice", "Hang up"), "X X")
    session = booth.session
    if session is not None and session.state is SessionState.DUE:
        if booth.live is not None:
            return [_payment(booth), hang_up, extra]
        return [_payment(booth), extra, Choice(Wish.REOPEN, translate("Choice", "Reopen"), "R")]
    if session is not None:
        if booth.state in LIVE_STATES or booth.live is not None:
            return [_payment(booth), lock, hang_up, extra]
        if booth.total or session.bill.unpriced:
            return [_payment(booth), lock, extra]
        return [lock, extra]
    if booth.state is BoothState.OUT_OF_SERVICE:
        return [Choice(Wish.OUT_OF_SERVICE, translate("Choice", "Back into service"), "O")]
    if booth.live is not None:
        return [hang_up]
    if booth.state is BoothState.UNKNOWN:
        return [unlock]
    out = Choice(Wish.OUT_OF_SERVICE, translate("Choice", "Out of service"), "O")
    return [unlock, out]


def _payment(booth: BoothView) -> Choice:
    if booth.session is not None and booth.session.bill.unpriced and booth.live is None:
        return Choice(Wish.CHECK_OUT, translate("Choice", "Price the call"), enter_key())
    return Choice(Wish.CHECK_OUT, translate("Choice", "Check out"), enter_key())


def explainable(session: SessionView) -> tuple[CallLine, ...]:
    """Return the calls that have ended with a price: those that can be explained."""
    return tuple(
        line for line in session.calls if line.state not in LIVE and line.amount is not None
    )


def enter_key() -> str:
    """Name the Enter key."""
    return translate("Choice", "Enter")


def space_key() -> str:
    """Name the space bar."""
    return translate("Choice", "Space")
