"""A charge as JSON for people and programs: amounts as decimal texts with a point."""

from __future__ import annotations

import json
from typing import Any

from app.domain.money import Currency, plain, plain_price
from app.domain.rating import Charge, ChargeLine


def charge_body(charge: Charge, currency: Currency) -> dict[str, Any]:
    """Return what a charge says: all that is needed to work it out again."""
    return {
        "prefix": charge.prefix,
        "destination": charge.destination,
        "talked_seconds": charge.seconds,
        "free_seconds": charge.free_seconds,
        "billed_seconds": charge.billed_seconds,
        "amount": plain(charge.total, currency),
        "exact_amount": plain_price(charge.exact),
        "currency": currency.code,
        "tariff_version": charge.tariff_version,
        "source": charge.source.name,
        "lines": [_line(line) for line in charge.lines],
    }


def _line(line: ChargeLine) -> dict[str, Any]:
    body: dict[str, Any] = {"code": line.code, "amount": plain_price(line.amount)}
    if line.seconds or line.billed:
        body |= {"talked_seconds": line.seconds, "billed_seconds": line.billed}
    if line.billed:
        body |= {"price_per_minute": plain_price(line.price), "increment": line.increment}
    if line.band:
        body["band"] = line.band
    return body


def charge_json(charge: Charge, currency: Currency) -> str:
    """Return the same as indented JSON."""
    return json.dumps(charge_body(charge, currency), ensure_ascii=False, indent=2)
