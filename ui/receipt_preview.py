"""A receipt's preview where the printing side gives none: the lines of the bill as text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.messages.views import BoothView, SessionView
from ui.formatting import Formatter, duration

translate = QCoreApplication.translate

_WIDTH = 34


def simple_preview(formatter: Formatter, booth: BoothView) -> Callable[[SessionView], str]:
    """Return a function that writes a session as narrow text."""

    def write(session: SessionView) -> str:
        name = translate("Preview", "Booth %1").replace("%1", booth.name or str(booth.booth))
        lines = [_pair(name, formatter.date_time(session.opened_at)), "-" * _WIDTH]
        for call in session.calls:
            if not call.seconds:
                continue
            lines.append(f"{formatter.time(call.started_at)} {call.destination}"[:_WIDTH])
            lines.append(formatter.number(call.number))
            amount = "?" if call.amount is None else formatter.plain_money(call.amount)
            lines.append(_pair(f" {duration(call.seconds)}", amount))
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
        return "\n".join(lines)

    return write


def _pair(left: str, right: str) -> str:
    room = _WIDTH - len(right) - 1
    return f"{left[:room]:<{room}} {right}"
