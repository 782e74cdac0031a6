"""The only place where an operator is told something: passing toasts and lasting notices.

`said` keeps every text that was shown, newest last, so that tests can read it.
GUI thread.
"""

from __future__ import annotations

import enum
from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.controls import label, restyle
from ui.icons import pixmap
from ui.tokens import LIGHT, Palette

TOAST_MS = 4000
_KEPT = 200
_ICON = 18
_STRIP_HEIGHT = 38


class Loudness(enum.Enum):
    """How loud a lasting notice is; the value is its style."""

    WARNING = "warning"
    FAULT = "fault"
    STOP = "stop"  # full red: no money can be taken


@dataclass(frozen=True, slots=True)
class Lasting:
    """A notice that stays until its cause is gone. `code` stands in small print."""

    loudness: Loudness
    text: str
    code: str = ""
    button: str = ""


class _Strip(QFrame):
    """One lasting notice across the window."""

    pressed = Signal(str)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setMinimumHeight(_STRIP_HEIGHT)
        self.key = key
        self.shown: Lasting | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 5)
        row.setSpacing(10)
        self._icon = QLabel()
        self._text = label()
        self._text.setWordWrap(True)
        self._code = label("smallPrint")
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._on_pressed)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._code)
        row.addWidget(self.button)

    def show_notice(self, notice: Lasting, palette: Palette) -> None:
        self.shown = notice
        restyle(self, "tone", notice.loudness.value)
        colour = {
            Loudness.WARNING: palette.ringing,
            Loudness.FAULT: palette.fault,
            Loudness.STOP: palette.on_danger,
        }[notice.loudness]
        self._icon.setPixmap(pixmap("alert-triangle", colour, _ICON, self.devicePixelRatioF()))
        self._text.setText(notice.text)
        self._code.setText(notice.code)
        self._code.setVisible(bool(notice.code))
        self.button.setText(notice.button)
        self.button.setAccessibleName(notice.button)
        self.button.setVisible(bool(notice.button))
        for child in (self._text, self._code, self.button):
            child.style().unpolish(child)
            child.style().polish(child)

    @Slot()
    def _on_pressed(self) -> None:
        self.pressed.emit(self.key)


class Notices(QFrame):
    """The strips below the top bar; also owns the toast. `pressed` names the strip's key."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("central")
        self.said: deque[str] = deque(maxlen=_KEPT)
        self._palette = LIGHT
        self._strips: dict[str, _Strip] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.toast = Toast()

    def set_palette(self, palette: Palette) -> None:
        """Recolour for another theme."""
        self._palette = palette
        for strip in self._strips.values():
            if strip.shown is not None:
                strip.show_notice(strip.shown, palette)

    def say(self, text: str) -> None:
        """Tell something that needs no answer; it goes away by itself."""
        self.said.append(text)
        self.toast.show_text(text)

    def hush(self) -> None:
        """Take the toast away."""
        self.toast.hide()

    def set_lasting(self, key: str, notice: Lasting | None) -> None:
        """Show, change or (with None) remove the lasting notice of this key."""
        strip = self._strips.get(key)
        if notice is None:
            if strip is not None:
                self._column.removeWidget(strip)
                del self._strips[key]
                strip.hide()
                strip.deleteLater()
            return
        if strip is None:
            strip = self._strips[key] = _Strip(key)
            strip.pressed.connect(self.pressed)
            at = 0 if notice.loudness is Loudness.STOP else self._column.count()
            self._column.insertWidget(at, strip)
        if strip.shown != notice:
            self.said.append(notice.text)
            strip.show_notice(notice, self._palette)

    def lasting_keys(self) -> tuple[str, ...]:
        """Return the keys of the lasting notices."""
        return tuple(self._strips)

    def text(self, key: str) -> str:
        """Return the text of a lasting notice; empty where there is none."""
        strip = self._strips.get(key)
        return strip.shown.text if strip is not None and strip.shown is not None else ""

    def button(self, key: str) -> QPushButton:
        """Return the button of a lasting notice."""
        return self._strips[key].button


class Toast(QFrame):
    """A passing remark above the bottom of its parent; never takes the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        self._text = label()
        row.addWidget(self._text)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def stand_over(self, board: QWidget) -> None:
        """Float over the lower edge of this widget."""
        self.setParent(board)
        board.installEventFilter(self)

    def show_text(self, text: str) -> None:
        """Show a text for some seconds."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        board = self.parentWidget()
        if board is None:
            return
        room = board.width() - 32
        self._text.setWordWrap(False)
        self.adjustSize()
        if self.width() > room:
            self._text.setWordWrap(True)
            self.setFixedWidth(room)
            self.adjustSize()
            self.setMaximumWidth(16777215)
            self.setMinimumWidth(0)
        self.move((board.width() - self.width()) // 2, board.height() - self.height() - 16)
