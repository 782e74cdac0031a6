"""The manager's PIN: asked in place where a right is missing, and set or changed. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from app.messages.commands import SetManagerPin
from app.messages.views import CommandFailed
from ui.bridge import Failed
from ui.controls import KeyButton, label
from ui.error_texts import user_text
from ui.session_choices import enter_key
from ui.sheet import Sheet

if TYPE_CHECKING:
    from ui.counter import Counter

_LONGEST = 16


def pin_field() -> QLineEdit:
    """Make a field for a PIN: digits, never shown."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(_LONGEST)
    field.setValidator(QRegularExpressionValidator("[0-9]*", field))
    return field


class PinDialog(Sheet):
    """Asks for the manager's PIN and tries again with it; a wrong one is told in place."""

    def __init__(self, again: Callable[[str, Failed], None]) -> None:
        super().__init__()
        self._again = again
        self.word = label("caption")
        self.pin = pin_field()
        self.word.setBuddy(self.pin)
        self.body.addWidget(self.word)
        self.body.addWidget(self.pin)
        self.body.addStretch(1)
        self.cancel, self.accept = KeyButton(), KeyButton(is_primary=True)
        self.cancel.clicked.connect(self.closed)
        self.accept.clicked.connect(self._send)
        self.add_buttons(self.cancel, primary=self.accept)

    def first_focus(self) -> QWidget:
        return self.pin

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(self.tr("A manager's PIN is needed"))
        self.set_subtitle(self.tr("This is kept with the manager's consent."))
        self.word.setText(self.tr("Manager's PIN"))
        self.pin.setAccessibleName(self.tr("Manager's PIN"))
        self.cancel.set_words(self.tr("Cancel"), self.tr("Esc"))
        self.accept.set_words(self.tr("Confirm"), enter_key())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._send()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _send(self) -> None:
        if self.pin.text():
            self._again(self.pin.text(), self._wrong)
            self.pin.clear()

    def _wrong(self, failure: CommandFailed) -> None:
        self.show_error(f"{user_text(failure.code, failure.params)} ({failure.code})")
        self.pin.setFocus()


class SetPinDialog(Sheet):
    """Sets the manager's PIN: the old one where there is one, the new one twice.

    `then` is given the new PIN: what was to be done when it turned out that there was none.
    """

    def __init__(self, counter: Counter, then: Callable[[str], None] | None = None) -> None:
        super().__init__()
        self._counter = counter
        self._then = then
        self._has_old = counter.status is not None and counter.status.has_manager_pin
        self.words = [label("caption") for _ in range(3)]
        self.fields = [pin_field() for _ in range(3)]
        for word, field in zip(self.words, self.fields, strict=True):
            word.setBuddy(field)
            self.body.addWidget(word)
            self.body.addWidget(field)
        self.words[0].setVisible(self._has_old)
        self.fields[0].setVisible(self._has_old)
        self.body.addStretch(1)
        self.cancel, self.accept = KeyButton(), KeyButton(is_primary=True)
        self.cancel.clicked.connect(self.closed)
        self.accept.clicked.connect(self._send)
        self.add_buttons(self.cancel, primary=self.accept)

    def first_focus(self) -> QWidget:
        return self.fields[0 if self._has_old else 1]

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(self.tr("Manager's PIN"))
        why = self.tr("Needed to price calls and for other decisions.")
        if self._then is not None:
            why = self.tr("A manager's PIN is needed for this, and none is set yet.")
        self.set_subtitle(why)
        names = (self.tr("Current PIN"), self.tr("New PIN"), self.tr("New PIN again"))
        for word, field, name in zip(self.words, self.fields, names, strict=True):
            word.setText(name)
            field.setAccessibleName(name)
        self.cancel.set_words(self.tr("Cancel"), self.tr("Esc"))
        self.accept.set_words(self.tr("Set the PIN"), enter_key())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        for field, following in zip(self.fields, self.fields[1:], strict=False):
            if field.hasFocus():
                following.setFocus()
                return
        if not event.isAutoRepeat():
            self._send()

    @Slot()
    def _send(self) -> None:
        old, new, again = (field.text() for field in self.fields)
        if not new or new != again:
            self.show_error(self.tr("The new PIN must be typed twice, the same."))
            self.fields[1].setFocus()
            return
        stamp = self._counter.bridge.stamp()
        command = SetManagerPin(
            command_id=stamp["command_id"],
            operator=stamp["operator"],
            till=stamp["till"],
            manager_pin=old or None,
            new_pin=new,
        )
        # Straight to the desk: a missing right is answered here, not by a second sheet.
        self._counter.bridge.ask(command, self._on_set, self._refused)

    def _on_set(self, _result: object) -> None:
        self._counter.notices.say(self.tr("The manager's PIN is set."))
        pin = self.fields[1].text()
        self.closed.emit()
        if self._then is not None:
            self._then(pin)

    def _refused(self, failure: CommandFailed) -> None:
        self.show_error(f"{user_text(failure.code, failure.params)} ({failure.code})")
        self.first_focus().setFocus()
