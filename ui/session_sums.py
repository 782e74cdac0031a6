"""What a visit comes to, below its calls: member, tax, rounding, what waits, the total. GUI thread.

Used by the session panel; the checkout has its own rows.
"""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.domain.money import Money
from app.messages.views import SessionView
from ui.controls import amount_label, label
from ui.formatting import Formatter

_MARGIN = 16
_ROWS = 5


class SessionSums(QWidget):
    """Rows of a word and an amount; only those that say something are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(_MARGIN, 10, _MARGIN, 0)
        grid.setVerticalSpacing(3)
        self.rows: list[tuple[QLabel, QLabel]] = []
        for row in range(_ROWS):
            word, amount = label("muted"), amount_label()
            word.setWordWrap(True)
            grid.addWidget(word, row, 0)
            grid.addWidget(amount, row, 1)
            self.rows.append((word, amount))
        self.due_word, self.due = label("dueWord"), amount_label("dueAmount")
        grid.addWidget(self.due_word, _ROWS, 0)
        grid.addWidget(self.due, _ROWS, 1)
        grid.setColumnStretch(0, 1)

    def show_session(self, session: SessionView, formatter: Formatter) -> None:
        """Write the sums of a visit."""
        bill = session.bill

        def money(amount: Money) -> str:
            return formatter.money(amount) if amount else ""

        percent = formatter.percent(bill.tax_rate_bp)
        rows = [
            (session.member_name, formatter.discount(session.discount_bp)),
            (self.tr("Tax included (%1)").replace("%1", percent), money(bill.tax)),
            (self.tr("Rounding"), money(bill.rounding)),
            (_counted(self.tr("Not answered (%1)"), bill.unanswered), "—"),
            (_counted(self.tr("Waiting for a price (%1)"), bill.unpriced), "—"),
        ]
        for (word, amount), (text, value) in zip(self.rows, rows, strict=True):
            word.setText(text)
            amount.setText(value)
            is_shown = bool(text and value)
            word.setVisible(is_shown)
            amount.setVisible(is_shown)
        self.due_word.setText(self.tr("Total due"))
        self.due.setText(formatter.money(bill.due))


def _counted(text: str, count: int) -> str:
    """Put a count into its text; nothing at all of nothing."""
    return text.replace("%1", str(count)) if count else ""
