"""What a session costs: its priced calls, its extras, the rounding of the bill, the tax inside."""

from __future__ import annotations

from collections.abc import Iterable

from app.config import Config
from app.domain.calls import CallState
from app.domain.credit import bill_rounding
from app.domain.ledger import contained_tax
from app.domain.money import total
from app.domain.rating import Charge
from app.messages.views import Bill
from app.store.calls import CallRow
from app.store.sessions import ExtraRow


def bill_of(
    config: Config,
    calls: Iterable[CallRow],
    extras: Iterable[ExtraRow],
    running: tuple[Charge, ...] = (),
) -> Bill:
    """Add a session up; `running` is what its live calls would cost if they ended now.

    Only the calls are rounded to the bill's step: extras have prices that can be paid.
    """
    rows = tuple(calls)
    charges = [row.charge for row in rows if row.charge is not None] + list(running)
    for_calls = total([charge.total for charge in charges])
    exact = sum(charge.exact.micro for charge in charges)
    for_extras = total([extra.amount for extra in extras])
    rounding = bill_rounding(config.rules, config.currency, for_calls, exact)
    due = for_calls + for_extras + rounding
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
