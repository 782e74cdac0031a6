"""The receipt: a numbered, frozen document. Reprints come from it, never from today's tables.

A receipt is kept as JSON text (`to_json`, `from_json`); its amounts are integers
in minor units and millionths, its instants microseconds UTC.
"""

from __future__ import annotations

import enum
import json
from dataclasses import asdict, dataclass
from typing import Any

from app.domain.explain import Reason
from app.domain.money import Currency, Money, Price

FORMAT = 1
"""Version of the JSON form; a reader refuses a newer one by name."""


class Tender(enum.Enum):
    """The means handed over; stored by name."""

    CASH = "CASH"
    CARD = "CARD"


@dataclass(frozen=True, slots=True)
class ShopHeader:
    """Who sells: printed on top. `lines` is the address and the registration numbers."""

    name: str
    lines: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    zone: str = "Europe/Paris"
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class ReceiptCall:
    """One call line. `number` is already masked unless the customer asked otherwise.

    `reasons` explain the amount; a receipt written before there were any has none.
    """

    started_at: int
    number: str
    destination: str
    seconds: int
    price_per_minute: Price
    amount: Money
    is_estimated: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptExtra:
    """One line of goods or services."""

    text: str
    quantity: int
    amount: Money


@dataclass(frozen=True, slots=True)
class ReceiptTax:
    """Tax contained in the total. `rate_bp` is in hundredths of a percent: 2000 is 20 %."""

    rate_bp: int
    net: Money
    tax: Money


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything on the paper."""

    number: str
    shop: ShopHeader
    currency: Currency
    issued_at: int
    booth: int
    booth_name: str
    till: str
    operator: str
    session_id: str
    calls: tuple[ReceiptCall, ...]
    extras: tuple[ReceiptExtra, ...]
    unanswered: int
    bill_rounding: Money
    total: Money
    taxes: tuple[ReceiptTax, ...]
    tender: Tender
    received: Money
    change: Money
    is_practice: bool = False  # the training mark is printed on every page


class ReceiptError(ValueError):
    """Text that is no receipt of ours."""


def to_json(receipt: Receipt) -> str:
    """Write the receipt as stable JSON: sorted keys, no spaces."""
    body = asdict(receipt)
    body["tender"] = receipt.tender.name
    return json.dumps(
        {"format": FORMAT, "receipt": body},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def from_json(text: str) -> Receipt:
    """Read what `to_json` wrote. Raises `ReceiptError`."""
    try:
        document = json.loads(text)
        if document["format"] != FORMAT:
            raise ReceiptError(f"format {document['format']}")
        body = document["receipt"]
        return Receipt(
            number=body["number"],
            shop=ShopHeader(
                name=body["shop"]["name"],
                lines=tuple(body["shop"]["lines"]),
                footer=tuple(body["shop"]["footer"]),
                zone=body["shop"]["zone"],
                language=body["shop"]["language"],
            ),
            currency=Currency(**body["currency"]),
            issued_at=body["issued_at"],
            booth=body["booth"],
            booth_name=body["booth_name"],
            till=body["till"],
            operator=body["operator"],
            session_id=body["session_id"],
            calls=tuple(_call(call) for call in body["calls"]),
            extras=tuple(
                ReceiptExtra(extra["text"], extra["quantity"], Money(extra["amount"]["minor"]))
                for extra in body["extras"]
            ),
            unanswered=body["unanswered"],
            bill_rounding=Money(body["bill_rounding"]["minor"]),
            total=Money(body["total"]["minor"]),
            taxes=tuple(
                ReceiptTax(tax["rate_bp"], Money(tax["net"]["minor"]), Money(tax["tax"]["minor"]))
                for tax in body["taxes"]
            ),
            tender=Tender[body["tender"]],
            received=Money(body["received"]["minor"]),
            change=Money(body["change"]["minor"]),
            is_practice=body["is_practice"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ReceiptError(str(error)) from error


def _call(body: dict[str, Any]) -> ReceiptCall:
    return ReceiptCall(
        started_at=body["started_at"],
        number=body["number"],
        destination=body["destination"],
        seconds=body["seconds"],
        price_per_minute=Price(body["price_per_minute"]["micro"]),
        amount=Money(body["amount"]["minor"]),
        is_estimated=body["is_estimated"],
        reasons=tuple(
            Reason(reason["code"], tuple((name, value) for name, value in reason["values"]))
            for reason in body.get("reasons", ())
        ),
    )
