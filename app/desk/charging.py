"""Price a call that has ended, and keep ledger and call in step.

A call may be priced again while its session is not settled: a better record came, or
a manager decided. The old entry is reversed, a new one written; nothing is changed.
"""

from __future__ import annotations

from app.desk.work import Work
from app.domain import ledger
from app.domain.calls import Call, CallState, advance
from app.domain.explain import CallFacts
from app.domain.money import Price
from app.domain.phone import NumberKind
from app.domain.rating import (
    ANYBODY,
    Charge,
    ChargeSource,
    Payer,
    free_charge,
    manual_charge,
    rate_call,
)
from app.domain.sessions import ON_BOOTH
from app.domain.tariff import Tariff
from app.store import calls, sessions
from app.store import ledger as entries
from app.store.calls import CallRow
from app.store.journal import Finding
from app.store.sessions import SessionRow

UNBILLED = frozenset({NumberKind.EMERGENCY, NumberKind.FREE})
"""Numbers that are never blocked, never billed and belong to no session."""


def charge_for(work: Work, row: CallRow, session: SessionRow | None) -> Charge | None:
    """Return the price of a call as it is known now; None when no rate covers it."""
    call = row.call
    tariff = work.shop.tariff_at(row.booth, call.answered_at or call.started_at)
    if row.number.kind in UNBILLED:
        return free_charge(row.number.kind.name.lower(), call.talked_ms)
    if call.answered_at is None:
        entry = tariff.find(row.number.digits, call.started_at)
        return free_charge(entry.rate.destination if entry is not None else "", 0)
    if row.charge is not None and row.charge.source is ChargeSource.MANUAL:
        return _by_hand(tariff, row, row.charge.price_per_minute)
    return rate_call(
        tariff,
        row.number.digits,
        call.answered_at,
        call.talked_ms,
        cdr_seconds=_cdr_seconds(call),
        payer=payer_of(session),
    )


def _by_hand(tariff: Tariff, row: CallRow, price: Price) -> Charge:
    return manual_charge(tariff, price, row.call.talked_ms, cdr_seconds=_cdr_seconds(row.call))


def _cdr_seconds(call: Call) -> int | None:
    """Return what the exchange's record says, None while there is none."""
    return call.cdr_seconds if call.cdr_keys else None


def payer_of(session: SessionRow | None) -> Payer:
    """Return who pays for the calls of a session: a member has the discount he had then."""
    return ANYBODY if session is None else Payer(session.discount_bp)


def facts_of(row: CallRow, tariff_name: str) -> CallFacts:
    """Return what an explanation needs to know of a call."""
    call = row.call
    return CallFacts(
        call.started_at,
        call.answered_at,
        call.ended_at,
        call.talked_ms,
        is_estimated=call.is_estimated,
        is_unbilled=row.number.kind in UNBILLED,
        tariff_name=tariff_name,
    )


def settle_price(work: Work, row: CallRow, *, previous_session: str | None = None) -> None:
    """Price an ended call, or price it again after its facts changed."""
    session = sessions.get(work.db, work.shop_id, row.session_id) if row.session_id else None
    if session is not None and session.state not in ON_BOOTH:
        _note_late(work, row, session)
        return
    charge = charge_for(work, row, session)
    _write(work, row, charge, previous_session=previous_session or row.session_id)


def price_by_hand(work: Work, row: CallRow, price: Price, reason: str) -> None:
    """Price a call as a manager decided, in place of a rate that is missing."""
    at = row.call.answered_at or row.call.started_at
    charge = _by_hand(work.shop.tariff_at(row.booth, at), row, price)
    _write(work, row, charge, previous_session=row.session_id, reason=reason)


def _write(
    work: Work,
    row: CallRow,
    charge: Charge | None,
    *,
    previous_session: str | None,
    reason: str = "",
) -> None:
    is_same = charge == row.charge and previous_session == row.session_id
    to = CallState.UNRATED if charge is None else CallState.CHARGED
    if is_same and row.call.state is to:
        return
    if row.call.state is CallState.CHARGED:
        _reverse(work, row)
    if charge is not None and charge.total and row.session_id:
        entries.add(
            work.db,
            work.shop_id,
            ledger.Entry(
                key=_key(row, row.charge_count + 1),
                kind=ledger.EntryKind.CHARGE,
                at=work.now,
                postings=ledger.transfer(
                    ledger.receivable(row.session_id), ledger.CALLS, charge.total
                ),
                session_id=row.session_id,
                operator=work.approved_by or work.operator,
                till=work.till,
                reason=reason or charge.source.name,
            ),
        )
    state = advance(row.call, to).state if row.call.state is not to else to
    calls.save_charge(work.db, row, state, charge)
    if charge is None:
        work.note(_finding(work, row, "unpriced_call"))


def _key(row: CallRow, count: int) -> str:
    return f"call:{row.key}:{count}"


def _reverse(work: Work, row: CallRow) -> None:
    found = entries.find(work.db, work.shop_id, _key(row, row.charge_count))
    if found is None:  # it was priced at zero: nothing was posted
        return
    legs = entries.postings(work.db, found)
    entries.add(
        work.db,
        work.shop_id,
        ledger.Entry(
            key=f"{_key(row, row.charge_count)}:reversal",
            kind=ledger.EntryKind.REVERSAL,
            at=work.now,
            postings=ledger.reversed_postings(legs),
            session_id=legs[0].account.partition("/")[2],
            operator=work.approved_by or work.operator,
            till=work.till,
            reason="priced_again",
        ),
        reverses=found,
    )


def _finding(work: Work, row: CallRow, code: str) -> Finding:
    return Finding(
        key=f"{code}:{row.key}",
        code=code,
        at=work.now,
        booth=row.booth,
        call_key=row.key,
        detail=row.call.dialled,
    )


def _note_late(work: Work, row: CallRow, session: SessionRow) -> None:
    charge = charge_for(work, row, session)
    known = row.amount
    if charge is not None and known is not None and charge.total == known:
        return
    if charge is not None and not charge.total and known is None:
        return
    work.note(_finding(work, row, "late_record"))


def is_unbilled(call: Call, kind: NumberKind) -> bool:
    """Tell whether a call stands outside every session."""
    return kind in UNBILLED or call.is_refused
