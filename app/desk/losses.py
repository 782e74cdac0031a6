"""Calls that are sold for less than a carrier asks: seen while they are made."""

from __future__ import annotations

from app.desk.work import Shop, Work
from app.domain.margins import Verdict
from app.domain.tariff import Entry, Tariff
from app.store.calls import CallRow
from app.store.journal import Finding


def is_below_cost(shop: Shop, row: CallRow, at: int) -> bool:
    """Tell whether a call is sold below what any carrier's deck asks for it."""
    costs = shop.pricing.costs_at(at)
    return bool(costs) and _loss(shop, shop.tariff_at(row.booth, at), row, at) is not None


def _loss(shop: Shop, tariff: Tariff, row: CallRow, at: int) -> Tariff | None:
    """Return the carrier's deck below which a call is sold."""
    for cost in shop.pricing.costs_at(at):
        margin = shop.pricing.margins(tariff, cost).at(row.number.digits, at)
        if margin is not None and margin.verdict is Verdict.BELOW_COST:
            return cost
    return None


def note_loss(work: Work, row: CallRow, tariff: Tariff, entry: Entry) -> None:
    """Put a price below cost on the audit list.

    Once for each price: a loss repeats itself with every call until somebody changes it.
    """
    cost = _loss(work.shop, tariff, row, work.now)
    if cost is not None:
        work.note(
            Finding(
                key=f"sold_below_cost:{tariff.version}:{cost.version}:{entry.prefix}",
                code="sold_below_cost",
                at=work.now,
                booth=row.booth,
                call_key=row.key,
                detail=f"{entry.rate.destination} {entry.prefix}",
            )
        )
