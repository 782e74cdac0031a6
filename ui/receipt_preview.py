"""The receipt before it is printed: a sheet of paper, and the text where none is given."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.domain.explain import Reason
from app.domain.receipts import Tender
from app.messages.views import BoothView, PaymentDone, SessionView
from ui.controls import label, restyle
from ui.explain_texts import reason_text
from ui.formatting import Formatter, duration

if TYPE_CHECKING:
    from ui.counter import Preview

translate = QCoreApplication.translate

_WIDTH = 34

_SIZES = ((34, "wide"), (42, "middle"), (48, "narrow"))
"""Characters in a line and the size of type with which they fit on the paper drawn."""


class PaperPreview(QScrollArea):
    """Shows monospaced text on white paper, at a size at which its longest line fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text = label("paperSheet")
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        # The columns of a receipt are filled from the left in every language of the window.
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        holder = QWidget()
        holder.setObjectName("central")
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(14, 14, 14, 14)
        inside.addWidget(self.text)
        self.setWidget(holder)

    def show_text(self, text: str) -> None:
        """Put text on the paper."""
        longest = max((len(line) for line in text.splitlines()), default=0)
        size = next((name for most, name in _SIZES if longest <= most), "narrow")
        restyle(self.text, "columns", size)
        self.text.setText(text)


def simple_preview(formatter: Formatter, booth: BoothView) -> Preview:
    """Return a function that writes a session as narrow text."""

    def write(
        session: SessionView,
        done: PaymentDone | None = None,
        tender: Tender = Tender.CASH,
        reasons: Mapping[int, tuple[Reason, ...]] | None = None,
    ) -> str:
        name = translate("Preview", "Booth %1").replace("%1", booth.name or str(booth.booth))
        lines = [_pair(name, formatter.date_time(session.opened_at)), "-" * _WIDTH]
        for call in session.calls:
            if not call.seconds:
                continue
            lines.append(f"{formatter.time(call.started_at)} {call.destination}"[:_WIDTH])
            lines.append(formatter.number(call.number))
            amount = "?" if call.amount is None else formatter.plain_money(call.amount)
            lines.append(_pair(f" {duration(call.seconds)}", amount))
            for reason in (reasons or {}).get(call.key, ()):
                lines += wrap(
                    reason_text(reason, formatter),
                    _WIDTH,
                    initial_indent="  ",
                    subsequent_indent="  ",
                )
        for extra in session.extras:
            text = extra.text if extra.quantity == 1 else f"{extra.text} x {extra.quantity}"
            lines.append(_pair(text, formatter.plain_money(extra.amount)))
        bill = session.bill
        lines.append("-" * _WIDTH)
        if bill.rounding:
            rounding = translate("Preview", "Rounding")
            lines.append(_pair(rounding, formatter.plain_money(bill.rounding)))
        lines.append(_pair(translate("Preview", "TOTAL"), formatter.money(bill.due)))
        if bill.tax:
            tax = translate("Preview", "of which tax %1")
            tax = tax.replace("%1", formatter.percent(bill.tax_rate_bp))
            lines.append(_pair(tax, formatter.plain_money(bill.tax)))
        if done is not None:
            lines += _paid_lines(formatter, done, tender)
        return "\n".join(lines)

    return write


def _paid_lines(formatter: Formatter, done: PaymentDone, tender: Tender) -> list[str]:
    cash, card = translate("Preview", "Cash"), translate("Preview", "Card")
    word = card if tender is Tender.CARD else cash
    lines = [_pair(word, formatter.plain_money(done.received))]
    if done.change:
        change = translate("Preview", "Change")
        lines.append(_pair(change, formatter.plain_money(done.change)))
    lines.append(_pair(translate("Preview", "Receipt"), done.receipt_number))
    return lines


def _pair(left: str, right: str) -> str:
    room = _WIDTH - len(right) - 1
    return f"{left[:room]:<{room}} {right}"
