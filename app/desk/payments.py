"""Settle a session: payment, numbered receipt and print job in one transaction.

The commit is the sale; paper, change on the screen and meters are consequences.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.config import Config
from app.desk.bills import bill_of
from app.desk.charging import facts_of
from app.desk.work import Work
from app.domain import ledger
from app.domain.calls import CallState
from app.domain.explain import explain
from app.domain.ledger import Posting
from app.domain.money import ZERO, Money
from app.domain.phone import international, masked
from app.domain.receipts import (
    Receipt,
    ReceiptCall,
    ReceiptExtra,
    ReceiptTax,
    ShopHeader,
    Tender,
)
from app.domain.sessions import SessionState, advance
from app.errors import UserError
from app.messages import commands as cmd
from app.messages.devices import PrintOrder
from app.messages.views import Bill, PaymentDone
from app.store import calls, receipts, sessions, tariffs
from app.store import ledger as entries
from app.store.calls import CallRow
from app.store.sessions import ExtraRow, SessionRow


def due_session(work: Work, session_id: str) -> SessionRow:
    """Return the session if it may be changed or paid now. Raises `UserError`."""
    session = sessions.get(work.db, work.shop_id, session_id)
    if session is None:
        raise UserError("session_unknown")
    if session.state is not SessionState.DUE:
        raise UserError("session_not_due", booth=session.booth)
    return session


def take_payment(work: Work, command: cmd.TakePayment) -> PaymentDone:
    """Settle a due session in full."""
    session = due_session(work, command.session_id)
    rows = calls.of_session(work.db, session.session_id)
    extras = sessions.extras(work.db, session.session_id)
    if any(row.call.is_live for row in rows):
        raise UserError("session_has_live_call", booth=session.booth)
    if any(row.amount is None for row in rows):
        raise UserError("session_has_unpriced", booth=session.booth)
    bill = bill_of(work.shop.config, rows, extras)
    change = _change(work, command, bill)
    entry_id = entries.add(work.db, work.shop_id, _entry(work, command, session, bill))
    sale = _Sale(session, bill, rows, extras, change)
    receipt, series, sequence = _receipt(work, command, sale)
    key = receipts.add(
        work.db,
        work.shop_id,
        receipt,
        series=series,
        sequence=sequence,
        entry_id=entry_id,
        is_paper_wanted=command.wants_receipt and work.shop.has_printer,
    )
    prints = command.wants_receipt and work.shop.has_printer
    if prints:
        is_explained = command.is_explained
        job_id = receipts.add_job(
            work.db, work.shop_id, key, 0, work.now, is_explained=is_explained
        )
        work.orders.append(PrintOrder(job_id, receipt, is_explained=is_explained))
        work.has_job_changes = True
    sessions.set_state(work.db, session, advance(session.state, SessionState.SETTLED), work.now)
    work.booths.add(session.booth)
    work.has_new_receipts = True
    return PaymentDone(receipt.number, bill.due, command.received, change, prints)


MOST_CHANGE = {0: 100_000, 2: 100_000, 3: 1_000_000}
"""More minor units above what is due, by the currency's decimals, are a typing error."""


def _change(work: Work, command: cmd.TakePayment, bill: Bill) -> Money:
    # A bill that its rounding takes down to nothing is settled like any other.
    # Where the sum of the calls is rounded, a call below one cent costs nothing by itself.
    if bill.due < ZERO or not (bill.calls or bill.extras or bill.due):
        raise UserError("nothing_to_pay")
    if command.due != bill.due:
        raise UserError("due_changed", due=bill.due.minor)
    if command.received < bill.due:
        raise UserError("received_too_small", due=bill.due.minor)
    most = MOST_CHANGE.get(work.shop.config.currency.exponent, 100_000)
    if command.received.minor > bill.due.minor + most:
        raise UserError("received_too_large", due=bill.due.minor)
    if command.tender is Tender.CARD and command.received != bill.due:
        raise UserError("amount_invalid")
    return command.received - bill.due


def _entry(work: Work, command: cmd.TakePayment, session: SessionRow, bill: Bill) -> ledger.Entry:
    owed = ledger.receivable(session.session_id)
    money = ledger.CARD if command.tender is Tender.CARD else ledger.till(command.till)
    legs: list[Posting] = [*ledger.transfer(money, owed, bill.due)] if bill.due else []
    if bill.rounding:
        legs += ledger.transfer(owed, ledger.ROUNDING, bill.rounding)
    if bill.tax:
        # The ledger held gross until now: the tax inside is split off once, with the receipt.
        legs += ledger.transfer(ledger.CALLS, ledger.tax(bill.tax_rate_bp), bill.tax)
    return ledger.Entry(
        key=f"payment:{command.command_id}",
        kind=ledger.EntryKind.PAYMENT,
        at=work.now,
        postings=tuple(legs),
        session_id=session.session_id,
        operator=command.operator,
        till=command.till,
    )


@dataclass(frozen=True, slots=True)
class _Sale:
    """Everything a receipt is made of."""

    session: SessionRow
    bill: Bill
    calls: tuple[CallRow, ...]
    extras: tuple[ExtraRow, ...]
    change: Money


def _receipt(work: Work, command: cmd.TakePayment, sale: _Sale) -> tuple[Receipt, str, int]:
    session, bill = sale.session, sale.bill
    config = work.shop.config
    series = _series(config, work.now)
    sequence = receipts.next_sequence(work.db, work.shop_id, series)
    receipt = Receipt(
        number=f"{series}-{sequence:06d}",
        shop=header(config),
        currency=config.currency,
        issued_at=work.now,
        booth=session.booth,
        booth_name=work.shop.booths[session.booth].name,
        till=command.till,
        operator=command.operator,
        session_id=session.session_id,
        calls=_receipt_calls(work, sale.calls),
        extras=tuple(
            ReceiptExtra(extra.text, extra.quantity, extra.amount) for extra in sale.extras
        ),
        unanswered=bill.unanswered,
        bill_rounding=bill.rounding,
        total=bill.due,
        taxes=(ReceiptTax(bill.tax_rate_bp, bill.due - bill.tax, bill.tax),)
        if bill.tax_rate_bp
        else (),
        tender=command.tender,
        received=command.received,
        change=sale.change,
        is_practice=config.is_practice,
    )
    return receipt, series, sequence


def _series(config: Config, now: int) -> str:
    moment = datetime.fromtimestamp(now // 1_000_000, UTC).astimezone(ZoneInfo(config.zone))
    return f"{moment.year:04d}"


def header(config: Config) -> ShopHeader:
    """Return what stands on top and bottom of every paper."""
    return ShopHeader(
        config.name, config.address, config.footer, config.zone, config.receipt_language
    )


def _receipt_calls(work: Work, rows: tuple[CallRow, ...]) -> tuple[ReceiptCall, ...]:
    """Return the answered calls as receipt lines, numbers masked, with the reasons of each."""
    names = {row.key: row.name for row in tariffs.versions(work.db, work.shop_id)}
    return tuple(
        ReceiptCall(
            started_at=row.call.started_at,
            number=masked(international(row.number)),
            destination=row.charge.destination,
            seconds=row.charge.seconds,
            price_per_minute=row.charge.price_per_minute,
            amount=row.charge.total,
            is_estimated=row.call.is_estimated,
            reasons=explain(row.charge, facts_of(row, names.get(row.charge.tariff_version, ""))),
        )
        for row in rows
        if row.charge is not None
        and row.call.answered_at is not None
        and row.call.state is CallState.CHARGED
    )
