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

_WIDTH = 460


class Gate(QWidget):
    """Asks once for this window. `opened` comes when the manager is known."""

    opened = Signal()
    left = Signal()
    pin_setting_wished = Signal()

    def __init__(self, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owner = owner
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
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text."""
        self.title.setText(self.tr("A manager's PIN is needed"))
        self.text.setText(self.tr("Here stand costs and margins. Operators do not see them."))
        self.word.setText(self.tr("Manager's PIN"))
        self.pin.setAccessibleName(self.tr("Manager's PIN"))
        self.set_pin.set_words(self.tr("Set the manager's PIN…"))
        self.cancel.set_words(self.tr("Cancel"), self.tr("Esc"))
        self.accept.set_words(self.tr("Open the tariffs"), enter_key())

    def begin(self) -> None:
        """Let a manager in at once; ask everybody else."""
        self.pin.setFocus()
        self._ask(None)

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
        self.set_pin.setVisible(failure.code == "pin_not_set")
        self.pin.clear()
        self.pin.setFocus()

    @Slot()
    def _send(self) -> None:
        if self.pin.text():
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
