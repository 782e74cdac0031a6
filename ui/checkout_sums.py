"""What is to be paid and what it is made of, at the top of the checkout. GUI thread."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.messages.views import SessionView
from ui.controls import amount_label, label
from ui.formatting import Formatter

_ROWS = 4


class CheckoutSums(QWidget):
    """Member, calls, items, rounding, and the total."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        self.rows: list[tuple[QLabel, QLabel]] = []
        for row in range(_ROWS):
            pair = (label("muted"), amount_label())
            pair[0].setWordWrap(True)
            grid.addWidget(pair[0], row, 0)
            grid.addWidget(pair[1], row, 1)
            self.rows.append(pair)
        self.due_word, self.due = label("dueWord"), amount_label("dueAmount")
        grid.addWidget(self.due_word, _ROWS, 0)
        grid.addWidget(self.due, _ROWS, 1)
        grid.setColumnStretch(0, 1)

    def show_session(self, session: SessionView, formatter: Formatter) -> None:
        """Write the sums of a visit."""
        bill, items = session.bill, len(session.extras)
        answered = sum(1 for call in session.calls if call.seconds)
        goods = self.tr("Items (%1)").replace("%1", str(items)) if items else ""
        rows = (
            (session.member_name, formatter.discount(session.discount_bp)),
            (self.tr("Calls (%1)").replace("%1", str(answered)), formatter.money(bill.calls)),
            (goods, formatter.money(bill.extras)),
            (self.tr("Rounding"), formatter.money(bill.rounding)),
        )
        for (word, amount), (text, value) in zip(self.rows, rows, strict=True):
            word.setText(text)
            amount.setText(value)
            word.setVisible(bool(text))
            amount.setVisible(bool(text))
        self.due_word.setText(self.tr("Total due"))
        self.due.setText(formatter.money(bill.due))
