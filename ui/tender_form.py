"""Taking money for one session: tender, amount received, change. GUI thread.

A part of the checkout; knows amounts and keys, and nothing of the desk.
"""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.domain.money import ZERO, Money
from app.domain.receipts import Tender
from ui.amount_edit import AmountEdit
from ui.controls import KeyButton, fitted_amount, label
from ui.formatting import Formatter

_SERIES = (1, 2, 5)
_LEAST_NOTE = 5
_MOST_NOTE = 10**7
_BOX_HEIGHT = 56


def notes_for(due: Money, exponent: int, count: int = 3) -> list[Money]:
    """Return the smallest notes that cover what is due: of 1, 2 and 5 times a power of ten."""
    unit = 10**exponent
    notes: list[Money] = []
    power = 1
    while len(notes) < count and power < _MOST_NOTE:
        for step in _SERIES:
            note = Money(step * power * unit)
            if step * power >= _LEAST_NOTE and note > due and len(notes) < count:
                notes.append(note)
        power *= 10
    return notes


class TenderForm(QWidget):
    """Cash or card, what was handed over, and the change, live."""

    tender_chosen = Signal()

    def __init__(self, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formatter = formatter
        self._due = ZERO
        self._notes: list[Money] = []
        self.cash, self.card = KeyButton(), KeyButton()
        self._tenders = QButtonGroup(self)
        for button in (self.cash, self.card):
            button.setCheckable(True)
            self._tenders.addButton(button)
        self.cash.setChecked(True)
        self._tenders.buttonClicked.connect(self._on_tender)
        self.received_word, self.change_word = label("caption"), label("caption")
        self.received = AmountEdit(formatter)
        self.received.setObjectName("amountEdit")
        self.received.setFixedHeight(_BOX_HEIGHT)
        self.received.amount_changed.connect(self._write)
        self.change_box = QFrame()
        self.change_box.setObjectName("changeBox")
        self.change_box.setFixedHeight(_BOX_HEIGHT)
        self.change = fitted_amount("changeAmount")
        self.quick = [KeyButton() for _ in range(4)]
        for button in self.quick:
            button.clicked.connect(self._on_quick)
        self._arrange()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        tenders = QHBoxLayout()
        tenders.setSpacing(8)
        for button in (self.cash, self.card):
            button.setMinimumHeight(46)
            tenders.addWidget(button)
        column.addLayout(tenders)
        inside = QHBoxLayout(self.change_box)
        inside.setContentsMargins(14, 0, 14, 0)
        inside.addWidget(self.change)
        boxes = QGridLayout()
        boxes.setHorizontalSpacing(12)
        boxes.setVerticalSpacing(4)
        boxes.addWidget(self.received_word, 0, 0)
        boxes.addWidget(self.change_word, 0, 1)
        boxes.addWidget(self.received, 1, 0)
        boxes.addWidget(self.change_box, 1, 1)
        boxes.setColumnStretch(0, 1)
        boxes.setColumnStretch(1, 1)
        column.addLayout(boxes)
        quick = QHBoxLayout()
        quick.setSpacing(8)
        for button in self.quick:
            button.setMinimumHeight(44)
            quick.addWidget(button, 1)
        column.addLayout(quick)

    @property
    def tender(self) -> Tender:
        """The tender chosen."""
        return Tender.CARD if self.card.isChecked() else Tender.CASH

    def handed_over(self) -> Money | None:
        """Return what was received; an empty field means exactly what is due."""
        if self.tender is Tender.CARD or not self.received.text().strip():
            return self._due
        return self.received.amount()

    def show_due(self, due: Money) -> None:
        """Ask for this amount."""
        if due != self._due or not self._notes:
            self._due = due
            self._notes = notes_for(due, self._formatter.currency.exponent)
        self.retranslate()

    def choose(self, tender: Tender) -> None:
        """Choose a tender, as its key does."""
        (self.card if tender is Tender.CARD else self.cash).setChecked(True)
        self._on_tender()

    def speak(self, formatter: Formatter) -> None:
        """Write everything again in another language."""
        self._formatter = formatter
        self.received.speak(formatter)
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text."""
        self.cash.set_words(self.tr("Cash"), "E")
        self.card.set_words(self.tr("Card"), "C")
        self.received_word.setText(self.tr("Received"))
        self.received.setAccessibleName(self.tr("Amount received"))
        self.change_word.setText(self.tr("Change"))
        self.quick[0].set_words(self.tr("Exact"))
        for button, note in zip(self.quick[1:], self._notes, strict=False):
            button.set_words(self._formatter.note(note))
        self._write()

    @Slot()
    def _write(self) -> None:
        is_cash = self.tender is Tender.CASH
        self.received.setEnabled(is_cash)
        self.received.setPlaceholderText(self._formatter.plain_money(self._due))
        for button in self.quick:
            button.setVisible(is_cash)
        handed = self.handed_over()
        change = handed - self._due if handed is not None else None
        is_enough = change is not None and change >= ZERO
        shown = self._formatter.money(change) if change is not None and is_enough else "—"
        self.change.setText(shown)
        self.change.setAccessibleName(self.tr("Change %1").replace("%1", shown))

    @Slot()
    def _on_tender(self) -> None:
        self._write()
        self.tender_chosen.emit()

    @Slot()
    def _on_quick(self) -> None:
        place = self.quick.index(self.sender())  # type: ignore[arg-type]  # only these buttons are connected
        self.received.set_amount(self._due if place == 0 else self._notes[place - 1])
        self.received.setFocus()
        self.received.end(False)  # noqa: FBT003 - Qt's own signature
