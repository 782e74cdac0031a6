"""What a session costs: its priced calls, its extras, the rounding of the bill, the tax inside."""

from __future__ import annotations

from collections.abc import Iterable

from app.config import Config
from app.domain.calls import CallState
from app.domain.ledger import contained_tax
from app.domain.money import Money, total
from app.domain.rating import round_bill
from app.messages.views import Bill
from app.store.calls import CallRow
from app.store.sessions import ExtraRow


def bill_of(
    config: Config,
    calls: Iterable[CallRow],
    extras: Iterable[ExtraRow],
    running: Money = Money(0),
) -> Bill:
    """Add a session up; `running` is what the live call would cost if it ended now."""
    rows = tuple(calls)
    for_calls = total([row.amount for row in rows if row.amount is not None]) + running
    for_extras = total([extra.amount for extra in extras])
    gross = for_calls + for_extras
    rounding = round_bill(gross, config.bill_step, config.bill_rounding)
    due = gross + rounding
    return Bill(
        calls=for_calls,
        extras=for_extras,
        rounding=rounding,
        due=due,
        tax=contained_tax(due, config.tax_rate_bp),
        tax_rate_bp=config.tax_rate_bp,
        unanswered=sum(1 for row in rows if _is_unanswered(row)),
        unpriced=sum(1 for row in rows if row.call.state is CallState.UNRATED),
    )


def _is_unanswered(row: CallRow) -> bool:
    return not row.call.is_live and row.call.answered_at is None
