"""Keys of the board: digits collect into a booth's number, letters are commands. GUI thread.

Nothing here acts: it emits what the hand meant. `hang_up` comes only after the
second X within two seconds on the same booth.
"""

from __future__ import annotations

import enum
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent

COLLECT_MS = 700
"""How long digits wait for the next one."""

TWICE_S = 2.0
"""Within which time the second X must come."""

_MOST_DIGITS = 4


class Wish(enum.Enum):
    """What a key of the board asks for."""

    LOCK_OR_UNLOCK = "LOCK_OR_UNLOCK"
    CHECK_OUT = "CHECK_OUT"
    HANG_UP_ASKED = "HANG_UP_ASKED"
    HANG_UP = "HANG_UP"
    EXTRA = "EXTRA"
    REOPEN = "REOPEN"
    OUT_OF_SERVICE = "OUT_OF_SERVICE"
    LOOK_UP = "LOOK_UP"
    EXPLAIN = "EXPLAIN"
    MEMBER = "MEMBER"
    ALLOW = "ALLOW"


_KEYS = {
    Qt.Key.Key_Space: Wish.LOCK_OR_UNLOCK,
    Qt.Key.Key_Return: Wish.CHECK_OUT,
    Qt.Key.Key_Enter: Wish.CHECK_OUT,
    Qt.Key.Key_A: Wish.EXTRA,
    Qt.Key.Key_R: Wish.REOPEN,
    Qt.Key.Key_O: Wish.OUT_OF_SERVICE,
    Qt.Key.Key_Slash: Wish.LOOK_UP,
    Qt.Key.Key_M: Wish.MEMBER,
    Qt.Key.Key_K: Wish.ALLOW,
}

_SIGNS = {"/": Wish.LOOK_UP, "?": Wish.EXPLAIN}
"""What a sign means on whatever key it stands."""

_UNSHIFTED_DIGITS = {sign: str((place + 1) % 10) for place, sign in enumerate("&é\"'(-è_çà")}
"""What the row of digits types without Shift on a French keyboard."""

_ROW_STARTS = (9, 1)
"""Scan code before the key of the 1: on X11 and Wayland, on Windows."""

_SHIFTING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def digit_of(event: QKeyEvent) -> str:
    """Return the digit a key means; empty where it means none.

    A sign of the French row counts on that row's own key only: elsewhere "-" and "'"
    stand on other keys, and no hand that presses them thinks of a booth.
    """
    text = event.text()
    if len(text) == 1 and text.isascii() and text.isdigit():
        return text
    digit = _UNSHIFTED_DIGITS.get(text.lower(), "")
    if not digit or event.modifiers():
        return ""
    place, scan = int(digit) or 10, event.nativeScanCode()
    return digit if scan in (0, *(start + place for start in _ROW_STARTS)) else ""


class BoardKeys(QObject):
    """Understands key presses on the board. `selected` tells which booth is selected."""

    booth_typed = Signal(object)  # the digits so far: shown at once, without complaint
    booth_chosen = Signal(object)  # booth number; may be one that does not exist
    wished = Signal(object)  # Wish

    def __init__(
        self,
        selected: Callable[[], int | None],
        parent: QObject | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._selected = selected
        self._monotonic = monotonic
        self._digits = ""
        self._hang_up_asked: tuple[int | None, float] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COLLECT_MS)
        self._timer.timeout.connect(self.finish_digits)

    def press(self, event: QKeyEvent) -> bool:
        """Take a key press; False when the board has no meaning for it."""
        if event.modifiers() & ~_SHIFTING:
            return False
        if digit := digit_of(event):
            self._collect(digit)
            return True
        was_collecting = bool(self._digits)
        self.finish_digits()
        # A held key repeats; a command must not.
        if event.isAutoRepeat():
            return event.key() in _KEYS or event.key() == Qt.Key.Key_X
        if event.key() == Qt.Key.Key_X:
            self._ask_hang_up()
            return True
        self._hang_up_asked = None
        wish = _SIGNS.get(event.text()) or _KEYS.get(Qt.Key(event.key()))
        if wish is None:
            return False
        if not (was_collecting and wish is Wish.CHECK_OUT):
            self.wished.emit(wish)
        return True

    @Slot()
    def finish_digits(self) -> None:
        """Take the digits so far as the booth's number."""
        self._timer.stop()
        digits, self._digits = self._digits, ""
        if digits:
            self.booth_chosen.emit(int(digits))

    def _collect(self, digit: str) -> None:
        if not self._digits:
            self._hang_up_asked = None
        self._digits = (self._digits + digit)[-_MOST_DIGITS:]
        self._timer.start()
        self.booth_typed.emit(int(self._digits))

    def _ask_hang_up(self) -> None:
        now, booth = self._monotonic(), self._selected()
        asked, self._hang_up_asked = self._hang_up_asked, None
        if asked is not None and asked[0] == booth and now - asked[1] <= TWICE_S:
            self.wished.emit(Wish.HANG_UP)
            return
        self._hang_up_asked = (booth, now)
        self.wished.emit(Wish.HANG_UP_ASKED)
