"""Cutting a call by mouse takes two clicks, as it takes X X by keyboard. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from app.messages.views import BoothView
from ui.board_keys import TWICE_S

translate = QCoreApplication.translate


class HangUpArming(QObject):
    """Remembers the first click for two seconds, and for that one call only."""

    changed = Signal()  # the words of the button are others now

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._call: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(int(TWICE_S * 1000))
        self._timer.timeout.connect(self._disarm)

    def is_armed(self, booth: BoothView) -> bool:
        """Tell whether the next click cuts the booth's call."""
        return booth.live is not None and booth.live.key == self._call

    def click(self, booth: BoothView) -> bool:
        """Take a click; True when it is the second one on this call."""
        is_second = self.is_armed(booth)
        self._call = None if is_second or booth.live is None else booth.live.key
        if self._call is None:
            self._timer.stop()
        else:
            self._timer.start()
        self.changed.emit()
        return is_second

    @Slot()
    def _disarm(self) -> None:
        self._call = None
        self.changed.emit()


def armed_words(booth: BoothView) -> str:
    """Return the words of the button between the two clicks."""
    if booth.live is not None and booth.live.is_emergency:
        return translate("HangUp", "Emergency call! Click again to cut it")
    return translate("HangUp", "Click again to hang up")
