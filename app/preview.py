"""The receipt as it would be printed now, as text for the checkout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.config import Config
from app.desk.payments import header
from app.domain.explain import Reason
from app.domain.money import ZERO
from app.domain.phone import masked
from app.domain.receipts import Receipt, ReceiptCall, ReceiptExtra, ReceiptTax, Tender
from app.messages.views import CallLine, PaymentDone, SessionView
from printing.document import Cut, Feed, as_text
from printing.layout import receipt_document

Reasons = Mapping[int, tuple[Reason, ...]]
"""Why each call of a session costs what it costs, by its key."""

COLUMNS = 32
NO_NUMBER = "·······"
"""Stands where the number will be: it is taken in the transaction of the payment."""


def preview(
    config: Config,
    session: SessionView,
    now: int,
    done: PaymentDone | None = None,
    tender: Tender = Tender.CASH,
    reasons: Reasons | None = None,
) -> str:
    """Lay a session out as a receipt: not yet paid, or with number and change where `done`.

    `reasons` explain the calls by their keys, where the paper is to say them.
    """
    known = reasons or {}
    bill = session.bill
    receipt = Receipt(
        number=NO_NUMBER if done is None else done.receipt_number,
        shop=header(config),
        currency=config.currency,
        issued_at=now,
        booth=session.booth,
        booth_name="",
        till=config.till,
        operator=config.operator,
        session_id=session.session_id,
        calls=tuple(
            _call(line, known.get(line.key, ())) for line in session.calls if _is_billed(line)
        ),
        extras=tuple(ReceiptExtra(e.text, e.quantity, e.amount) for e in session.extras),
        unanswered=bill.unanswered,
        bill_rounding=bill.rounding,
        total=bill.due,
        taxes=(ReceiptTax(bill.tax_rate_bp, bill.due - bill.tax, bill.tax),)
        if bill.tax_rate_bp
        else (),
        tender=tender,
        received=ZERO if done is None else done.received,
        change=ZERO if done is None else done.change,
        is_practice=config.is_practice,
    )
    document = receipt_document(receipt, width=COLUMNS, is_explained=bool(known))
    seen = tuple(line for line in document.lines if not isinstance(line, Feed | Cut))
    return as_text(replace(document, lines=seen))


def _is_billed(line: CallLine) -> bool:
    # A running call has no explained lines yet, but its amount is in the total.
    is_priced = line.amount is not None and line.price_per_minute is not None
    return is_priced and bool(line.lines or line.amount)


def _call(line: CallLine, reasons: tuple[Reason, ...]) -> ReceiptCall:
    price = line.price_per_minute
    amount = line.amount
    assert price is not None, "only priced lines are laid out"
    assert amount is not None, "only priced lines are laid out"
    return ReceiptCall(
        line.started_at,
        masked(line.number),
        line.destination,
        line.seconds,
        price,
        amount,
        reasons=reasons,
    )
