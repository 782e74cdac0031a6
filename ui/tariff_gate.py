"""The door to the owner's window: costs are shown after the manager's PIN only. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.messages.commands import AskOwner
from app.messages.views import CommandFailed
from ui.controls import KeyButton, label
from ui.pin_dialog import pin_field
from ui.session_choices import enter_key
from ui.tariff_owner import Owner
from ui.tariff_page import centred

_WIDTH = 460


class Gate(QWidget):
    """Asks once for this window. `opened` comes when the manager is known."""

    opened = Signal()
    left = Signal()
    pin_setting_wished = Signal()

    def __init__(self, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owner = owner
        self._has_pin = True
        self.is_asked = False
        self.title, self.text = label("title"), label("muted")
        self.text.setWordWrap(True)
        self.word, self.pin = label("caption"), pin_field()
        self.word.setBuddy(self.pin)
        self.error = label("error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.set_pin, self.cancel = KeyButton(), KeyButton()
        self.accept = KeyButton(is_primary=True)
        self.set_pin.hide()
        self.set_pin.clicked.connect(self.pin_setting_wished)
        self.cancel.clicked.connect(self.left)
        self.accept.clicked.connect(self._send)
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(_WIDTH)
        column = QVBoxLayout(card)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(10)
        for widget in (self.title, self.text, self.word, self.pin, self.error, self.set_pin):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.cancel, 1)
        row.addWidget(self.accept, 2)
        column.addSpacing(6)
        column.addLayout(row)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(centred(card))
        outer.addStretch(3)
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text."""
        self.title.setText(self.tr("A manager's PIN is needed"))
        self.text.setText(
            self.tr("Here stand costs and margins. Operators do not see them.")
            if self._has_pin
            else self.tr(
                "No manager's PIN is set yet. Set one first:"
                " it keeps costs and margins from operators."
            )
        )
        self.word.setText(self.tr("Manager's PIN"))
        self.pin.setAccessibleName(self.tr("Manager's PIN"))
        self.set_pin.set_words(self.tr("Set the manager's PIN…"))
        self.cancel.set_words(self.tr("Cancel"), self.tr("Esc"))
        self.accept.set_words(self.tr("Open the tariffs"), enter_key())

    def clear(self) -> None:
        """Forget what was typed and what was wrong with it."""
        self.pin.clear()
        self.error.hide()
        self._show_way()

    def begin(self) -> None:
        """Let a manager in at once; ask everybody else."""
        self.clear()
        self._ask(None)

    def show_status(self) -> None:
        """Show at once where a PIN is set while there is none."""
        if self._owner.status is not None and self._owner.status.has_manager_pin != self._has_pin:
            self.clear()

    def _show_way(self) -> None:
        status = self._owner.status
        self._has_pin = status is None or status.has_manager_pin
        for widget in (self.word, self.pin, self.accept):
            widget.setVisible(self._has_pin)
        self.set_pin.setVisible(not self._has_pin)
        self.retranslate()
        (self.pin if self._has_pin else self.set_pin).setFocus()

    def _ask(self, pin: str | None) -> None:
        if self.is_asked:
            return
        self.is_asked = True
        stamp = self._owner.bridge.stamp()
        command = AskOwner(
            command_id=stamp["command_id"],
            operator=stamp["operator"],
            till=stamp["till"],
            manager_pin=pin,
        )
        self._owner.send(command, self._done, self._refused)

    def _done(self, result: object) -> None:
        self.is_asked = False
        self._owner.manager = str(result)
        self.opened.emit()

    def _refused(self, failure: CommandFailed) -> None:
        self.is_asked = False
        if failure.code == "not_enough_rights":
            return  # the PIN is what is missing, and the field for it is there
        self.error.setText(self._owner.refusal(failure))
        self.error.show()
        if failure.code == "pin_not_set":
            self.set_pin.show()
        self.pin.clear()
        self.pin.setFocus()

    @Slot()
    def _send(self) -> None:
        if self.pin.text() and not self.is_asked:
            pin = self.pin.text()
            self.pin.clear()
            self._ask(pin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._send()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
