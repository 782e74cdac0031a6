"""A charge as JSON text beside its call, so that a price can be explained for ever."""

from __future__ import annotations

import json

from app.domain.money import Money, Price
from app.domain.rating import Charge, ChargeLine, ChargeSource


def to_text(charge: Charge) -> str:
    """Write a charge as stable JSON."""
    return json.dumps(
        {
            "total": charge.total.minor,
            "exact": charge.exact.micro,
            "seconds": charge.seconds,
            "billed": charge.billed_seconds,
            "destination": charge.destination,
            "prefix": charge.prefix,
            "price": charge.price_per_minute.micro,
            "lines": [
                [
                    line.code,
                    line.seconds,
                    line.billed,
                    line.price.micro,
                    line.amount.micro,
                    line.band,
                    line.increment,
                ]
                for line in charge.lines
            ],
            "tariff": charge.tariff_version,
            "source": charge.source.name,
            "free": charge.free_seconds,
            "discount": charge.discount_bp,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_text(text: str) -> Charge | None:
    """Read what `to_text` wrote; empty text is no charge."""
    if not text:
        return None
    body = json.loads(text)
    return Charge(
        total=Money(body["total"]),
        exact=Price(body["exact"]),
        seconds=body["seconds"],
        billed_seconds=body["billed"],
        destination=body["destination"],
        prefix=body["prefix"],
        price_per_minute=Price(body["price"]),
        lines=tuple(
            ChargeLine(code, seconds, billed, Price(price), Price(amount), *more)
            for code, seconds, billed, price, amount, *more in body["lines"]
        ),
        tariff_version=body["tariff"],
        source=ChargeSource[body["source"]],
        # Charges written before tariffs had them have neither.
        free_seconds=body.get("free", 0),
        discount_bp=body.get("discount", 0),
    )
