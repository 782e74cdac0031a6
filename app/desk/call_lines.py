"""One call as the screen shows it, and what a live one would cost if it ended now."""

from __future__ import annotations

from app.desk.charging import UNBILLED, payer_of
from app.desk.losses import is_below_cost
from app.desk.work import Shop
from app.domain.calls import CallState
from app.domain.money import ZERO, Money, Price
from app.domain.phone import NumberKind, international
from app.domain.pieces import band_price, starting_band
from app.domain.rating import Charge, charge_for, whole_seconds
from app.domain.tariff import Entry, Tariff
from app.messages.views import CallLine
from app.store.calls import CallRow
from app.store.sessions import SessionRow


def live_charge(
    shop: Shop, row: CallRow, session: SessionRow | None, exchange_now: int
) -> Charge | None:
    """Return what an answered live call would cost now; None for others, and without a rate."""
    call = row.call
    if not call.is_live or call.answered_at is None:
        return None
    tariff, entry = _priced_by(shop, row)
    if entry is None:
        return None
    talked = call.talked_ms_until(exchange_now)
    seconds = whole_seconds(talked, tariff.rules.seconds_rule)
    payer = payer_of(session if row.session_id else None)
    return charge_for(tariff, entry, call.answered_at, seconds, payer)


def call_line(shop: Shop, row: CallRow, running: Charge | None, exchange_now: int) -> CallLine:
    """Return the line of a call; `running` is what a live one costs so far."""
    call, charge = row.call, row.charge
    is_unbilled = row.number.kind in UNBILLED
    tariff, entry = _priced_by(shop, row)
    destination, price = _shown_rate(row, tariff, entry)
    country = entry.rate.country if entry is not None else ""
    at = call.answered_at or call.started_at
    return CallLine(
        key=row.key,
        state=call.state,
        number=international(row.number),
        country=country or row.number.country,
        destination=row.number.kind.name.lower() if is_unbilled else destination,
        price_per_minute=price,
        started_at=call.started_at,
        seconds=_seconds(row, exchange_now),
        amount=_amount(row, running, is_unbilled=is_unbilled),
        is_unpriced=call.state is CallState.UNRATED
        or (call.is_live and entry is None and not is_unbilled),
        is_estimated=call.is_estimated,
        is_emergency=row.number.kind is NumberKind.EMERGENCY,
        is_below_cost=call.is_live and entry is not None and is_below_cost(shop, row, at),
        lines=charge.lines if charge is not None else (),
    )


def _priced_by(shop: Shop, row: CallRow) -> tuple[Tariff, Entry | None]:
    at = row.call.answered_at or row.call.started_at
    tariff = shop.tariff_at(row.booth, at)
    if row.number.kind in UNBILLED:
        return tariff, None
    return tariff, tariff.find(row.number.digits, at)


def _shown_rate(row: CallRow, tariff: Tariff, entry: Entry | None) -> tuple[str, Price | None]:
    """Return destination and price per minute: of the charge, before there is one of the rate."""
    if row.charge is not None:
        return row.charge.destination, row.charge.price_per_minute
    if entry is None:
        return "", None
    at = row.call.answered_at or row.call.started_at
    band = starting_band(tariff.rules, entry.rate, at)
    return entry.rate.destination, band_price(entry.rate, band).price_per_minute


def _seconds(row: CallRow, exchange_now: int) -> int:
    call = row.call
    if not call.is_live:
        return row.charge.seconds if row.charge is not None else call.talked_ms // 1000
    if call.answered_at is None:
        # Nobody has answered: the tile shows how long it has been ringing.
        return max(0, exchange_now - call.started_at) // 1_000_000
    return call.talked_ms_until(exchange_now) // 1000


def _amount(row: CallRow, running: Charge | None, *, is_unbilled: bool) -> Money | None:
    if not row.call.is_live:
        return row.amount
    if running is not None:
        return running.total
    return ZERO if is_unbilled or row.call.answered_at is None else row.amount
