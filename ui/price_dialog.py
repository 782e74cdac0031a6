"""Pricing a call that no rate covers: a manager's decision. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.money import Price
from app.messages.commands import PriceCall
from app.messages.views import CallLine, CommandFailed
from ui.amount_edit import AmountEdit
from ui.controls import KeyButton, label
from ui.error_texts import user_text
from ui.formatting import Formatter, duration
from ui.pin_dialog import pin_field
from ui.session_choices import enter_key
from ui.sheet import Sheet

if TYPE_CHECKING:
    from ui.counter import Counter

_PRICE_PLACES = 6
_PIN_CODES = ("wrong_pin", "pin_locked", "pin_not_set", "not_enough_rights")


class PriceDialog(Sheet):
    """Asks for a price per minute, a reason and the manager's PIN."""

    def __init__(self, counter: Counter, booth: int, call: CallLine) -> None:
        super().__init__()
        self._counter = counter
        self._call = call
        self._is_sent = False
        self.booth = booth
        self.words = [label("caption") for _ in range(3)]
        self.price = AmountEdit(counter.formatter, places=_PRICE_PLACES)
        self.price.setObjectName("amountEdit")
        self.reason = QLineEdit()
        self.reason.setMaxLength(120)
        self.pin = pin_field()
        for word, field in zip(self.words, (self.price, self.reason, self.pin), strict=True):
            word.setBuddy(field)
            self.body.addWidget(word)
            self.body.addWidget(field)
        self.body.addStretch(1)
        self.free, self.accept = KeyButton(), KeyButton(is_primary=True)
        self.free.clicked.connect(self._make_free)
        self.accept.clicked.connect(self._send)
        self.add_buttons(self.free, primary=self.accept)

    def first_focus(self) -> QWidget:
        return self.price

    def retranslate(self) -> None:
        super().retranslate()
        formatter, call = self._counter.formatter, self._call
        self.title.setText(self.tr("Price a call — Booth %1").replace("%1", str(self.booth)))
        parts = (
            formatter.time(call.started_at),
            formatter.number(call.number),
            call.destination,
            duration(call.seconds),
        )
        self.set_subtitle(" · ".join(part for part in parts if part))
        names = (self.tr("Price per minute"), self.tr("Reason"), self.tr("Manager's PIN"))
        for word, field, name in zip(
            self.words, (self.price, self.reason, self.pin), names, strict=True
        ):
            word.setText(name)
            field.setAccessibleName(name)
        self.free.set_words(self.tr("Free of charge"))
        self.accept.set_words(self.tr("Set the price"), enter_key())

    def speak(self, formatter: Formatter) -> None:
        self.price.speak(formatter)
        super().speak(formatter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.price.hasFocus() and self.price.price() is not None:
            self.reason.setFocus()
        elif self.reason.hasFocus():
            self.pin.setFocus()
        elif not event.isAutoRepeat():
            self._send()

    @Slot()
    def _make_free(self) -> None:
        self.price.setText("0")
        self._send()

    @Slot()
    def _send(self) -> None:
        price = self.price.price()
        if price is None or price < Price(0):
            self.price.mark_wrong(is_wrong=True)
            self.show_error(user_text("amount_invalid"))
            self.price.setFocus()
        elif not self.pin.text():
            self.show_error(self.tr("A manager must confirm this with the PIN."))
            self.pin.setFocus()
        elif not self._is_sent:
            self._is_sent = True
            stamp = self._counter.bridge.stamp()
            command = PriceCall(
                command_id=stamp["command_id"],
                operator=stamp["operator"],
                till=stamp["till"],
                manager_pin=self.pin.text(),
                call_key=self._call.key,
                price_per_minute=price,
                reason=self.reason.text().strip(),
            )
            self._counter.ask(command, self._on_priced, self._refused)

    def _on_priced(self, _result: object) -> None:
        self._counter.notices.say(self.tr("The call has its price. Enter checks out."))
        self.closed.emit()

    def _refused(self, failure: CommandFailed) -> None:
        self._is_sent = False
        self.show_error(f"{user_text(failure.code, failure.params)} ({failure.code})")
        if failure.code in _PIN_CODES:
            self.pin.clear()
            self.pin.setFocus()
