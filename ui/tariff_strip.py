"""What the owner's window asks in place: the manager's PIN, or whether something is meant.

A strip across the foot of the window, so that what it is about stays in sight. GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.messages.views import CommandFailed
from ui.bridge import Failed
from ui.controls import KeyButton, label, restyle
from ui.pin_dialog import pin_field
from ui.tariff_texts import failure_text

SendPin = Callable[[str, Failed], None]

_MARGIN_S = 0.3
"""How much later than the second press of a double click a press may be meant."""

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class Strip(QFrame):
    """Asks one thing at a time; `closed` comes when it is answered or left."""

    closed = Signal()

    def __init__(self, monotonic: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._monotonic = monotonic
        self._opened_at = 0.0
        self._act: Callable[[], None] | None = None
        self._send: SendPin | None = None
        self._leave: Callable[[], None] | None = None
        self.words = label()
        self.words.setWordWrap(True)
        self.error = label("error")
        self.error.setWordWrap(True)
        self.pin = pin_field()
        self.pin.setFixedWidth(150)
        self._look: Callable[[], None] | None = None
        self.see, self.cancel, self.accept = KeyButton(), KeyButton(), KeyButton()
        self.accept.setObjectName("accept")
        self.see.clicked.connect(self._on_see)
        self.cancel.clicked.connect(self.leave)
        self.accept.clicked.connect(self._on_accept)
        self.accept.installEventFilter(self)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.words)
        texts.addWidget(self.error)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(10)
        row.addLayout(texts, 1)
        for widget in (self.pin, self.see, self.cancel, self.accept):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether something is being asked."""
        return self._act is not None or self._send is not None

    def ask_pin(self, words: str, send: SendPin, leave: Callable[[], None]) -> None:
        """Ask for the manager's PIN; `send` gets it with what to call where it is refused."""
        self._act, self._send, self._leave = None, send, leave
        self._show(words, self.tr("Confirm"), tone="plain")
        self.pin.show()
        self.pin.setFocus()

    def confirm(
        self,
        words: str,
        yes: str,
        act: Callable[[], None],
        see: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        """Ask whether something is meant; the button says what it does.

        `see`: the words on a button that closes the question and shows what it is about.
        """
        self._act, self._send, self._leave = act, None, None
        self._show(words, yes, tone="warning")
        if see is not None:
            words_of_it, self._look = see
            self.see.set_words(words_of_it)
            self.see.show()
        self.pin.hide()
        # Not on the button that does it: what is pressed next may be meant for what stood before.
        self.cancel.setFocus()

    def _show(self, words: str, yes: str, *, tone: str) -> None:
        self.words.setText(words)
        self.error.hide()
        self.pin.clear()
        self.pin.setAccessibleName(self.tr("Manager's PIN"))
        self.pin.setPlaceholderText(self.tr("Manager's PIN"))
        self.cancel.set_words(self.tr("Cancel"), self.tr("Esc"))
        self.accept.set_words(yes)
        self.accept.setEnabled(True)
        restyle(self, "tone", tone)
        self.see.hide()
        self._opened_at = self._monotonic()
        self.show()

    @Slot()
    def leave(self) -> None:
        """Do nothing of what was asked."""
        leave = self._leave
        self._close()
        if leave is not None:
            leave()

    def done(self) -> None:
        """Close: what was asked for is done."""
        self._close()

    def _close(self) -> None:
        self._act = self._send = self._leave = self._look = None
        self.pin.clear()
        self.hide()
        self.closed.emit()

    @Slot()
    def _on_see(self) -> None:
        look = self._look
        self._close()
        if look is not None:
            look()

    @Slot()
    def _on_accept(self) -> None:
        act, send = self._act, self._send
        if act is not None:
            self._close()
            act()
        elif send is not None and self.pin.text() and self.accept.isEnabled():
            self.accept.setEnabled(False)
            self.error.hide()
            send(self.pin.text(), self._wrong)

    def _wrong(self, failure: CommandFailed) -> None:
        self.error.setText(f"{failure_text(failure.code, failure.params)} ({failure.code})")
        self.error.show()
        self.accept.setEnabled(True)
        self.pin.clear()
        self.pin.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The button may open below the pointer: the second press of a double click is no answer.
        if watched is self.accept and event.type() in _PRESSES and self._is_too_soon():
            return True
        return super().eventFilter(watched, event)

    def _is_too_soon(self) -> bool:
        rest = QApplication.doubleClickInterval() / 1000 + _MARGIN_S
        return self._act is not None and self._monotonic() - self._opened_at < rest

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.pin.isVisible():
            if not event.isAutoRepeat():
                self._on_accept()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.is_open:
            # Half a question in another language helps nobody.
            self.leave()
        super().changeEvent(event)
