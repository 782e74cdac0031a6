"""Adding an item to the bill: what it is, how many, how much. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.money import ZERO
from app.messages.commands import AddExtra
from app.messages.views import CommandFailed
from ui.amount_edit import AmountEdit
from ui.controls import KeyButton, label
from ui.error_texts import user_text
from ui.formatting import Formatter
from ui.session_choices import enter_key
from ui.sheet import Sheet

if TYPE_CHECKING:
    from ui.counter import Counter

_LONGEST = 60
_MOST = 999


class ExtraDialog(Sheet):
    """Asks for one extra charge; the amount is for all of them together."""

    def __init__(self, counter: Counter, booth: int, session_id: str) -> None:
        super().__init__()
        self._counter = counter
        self._session_id = session_id
        self._is_sent = False
        self.booth = booth
        self.text_word, self.quantity_word, self.amount_word = (label("caption") for _ in range(3))
        self.text = QLineEdit()
        self.text.setMaxLength(_LONGEST)
        self.quantity = QLineEdit("1")
        self.quantity.setValidator(QIntValidator(1, _MOST, self.quantity))
        self.amount = AmountEdit(counter.formatter)
        self.amount.setObjectName("amountEdit")
        for word, field in (
            (self.text_word, self.text),
            (self.quantity_word, self.quantity),
            (self.amount_word, self.amount),
        ):
            word.setBuddy(field)
            self.body.addWidget(word)
            self.body.addWidget(field)
        self.body.addStretch(1)
        self.cancel, self.add = KeyButton(), KeyButton(is_primary=True)
        self.cancel.clicked.connect(self.closed)
        self.add.clicked.connect(self._add)
        self.add_buttons(self.cancel, primary=self.add)

    def first_focus(self) -> QWidget:
        return self.text

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(self.tr("Add an item — Booth %1").replace("%1", str(self.booth)))
        self.text_word.setText(self.tr("What it is"))
        self.text.setAccessibleName(self.tr("What it is"))
        self.text.setPlaceholderText(self.tr("e.g. photocopies"))
        self.quantity_word.setText(self.tr("How many"))
        self.quantity.setAccessibleName(self.tr("How many"))
        self.amount_word.setText(self.tr("Amount for all"))
        self.amount.setAccessibleName(self.tr("Amount for all"))
        self.cancel.set_words(self.tr("Cancel"), self.tr("Esc"))
        self.add.set_words(self.tr("Add"), enter_key())

    def speak(self, formatter: Formatter) -> None:
        self.amount.speak(formatter)
        super().speak(formatter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.text.hasFocus() and self.text.text().strip():
            self.amount.setFocus()
        elif not event.isAutoRepeat():
            self._add()

    @Slot()
    def _add(self) -> None:
        text, amount = self.text.text().strip(), self.amount.amount()
        if not text:
            self._complain("text_required", self.text)
        elif amount is None or amount <= ZERO:
            self.amount.mark_wrong(is_wrong=True)
            self._complain("amount_invalid", self.amount)
        elif not self._is_sent:
            self._is_sent = True
            extra = AddExtra(
                **self._counter.bridge.stamp(),
                session_id=self._session_id,
                text=text,
                amount=amount,
                quantity=int(self.quantity.text() or 1),
            )
            self._counter.ask(extra, self._on_added, self._refused)

    def _complain(self, code: str, field: QWidget) -> None:
        self.show_error(user_text(code))
        field.setFocus()

    def _on_added(self, _result: object) -> None:
        self.closed.emit()

    def _refused(self, failure: CommandFailed) -> None:
        self._is_sent = False
        self.show_error(f"{user_text(failure.code, failure.params)} ({failure.code})")
