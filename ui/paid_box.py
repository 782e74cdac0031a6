"""The change to give, in large type, once a session is paid. GUI thread."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.messages.views import PaymentDone
from ui.controls import fitted_amount, label
from ui.formatting import Formatter


class PaidBox(QFrame):
    """Shows the change, or what was paid where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("changeBox")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        self.word, self.change, self.detail = (
            label("good"),
            fitted_amount("changeHuge"),
            label("good"),
        )
        self.detail.setWordWrap(True)
        for widget in (self.word, self.change, self.detail):
            column.addWidget(widget)

    def show_done(self, done: PaymentDone, formatter: Formatter) -> None:
        """Write what the desk has booked."""
        self.word.setText(self.tr("Change to give") if done.change else self.tr("Paid"))
        self.change.setText(formatter.money(done.change or done.due))
        text = self.tr("%1 received for %2 · receipt %3")
        text = text.replace("%1", formatter.money(done.received))
        text = text.replace("%2", formatter.money(done.due)).replace("%3", done.receipt_number)
        self.detail.setText(text)
