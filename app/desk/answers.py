"""A command's result as text beside its key, so that a repeat gets the same answer."""

from __future__ import annotations

import json

from app.domain.money import Money
from app.messages.views import PaymentDone


def to_text(result: object) -> str:
    """Write a result: a payment, a text, a whole number or nothing."""
    if isinstance(result, PaymentDone):
        return json.dumps(
            {
                "receipt": result.receipt_number,
                "due": result.due.minor,
                "received": result.received.minor,
                "change": result.change.minor,
                "prints": result.prints,
            }
        )
    if result is not None and not isinstance(result, str | int):
        raise TypeError(f"no result to keep: {result!r}")
    return json.dumps(result)


def from_text(text: str) -> object:
    """Read what `to_text` wrote."""
    body = json.loads(text)
    if isinstance(body, dict):
        return PaymentDone(
            body["receipt"],
            Money(body["due"]),
            Money(body["received"]),
            Money(body["change"]),
            body["prints"],
        )
    return body
