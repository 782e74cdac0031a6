"""The ledger's rules: balanced entries, few accounts, correction by reversal only.

An entry's postings add up to zero; a debit (what somebody owes us, what lies in the
till) is positive. An entry is never changed: `reversal` undoes it by a new one.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from app.domain.money import Money, total


class EntryKind(enum.Enum):
    """Why an entry exists; stored by name."""

    CHARGE = "CHARGE"  # a call was priced
    EXTRA = "EXTRA"  # goods or services were put on the bill
    PAYMENT = "PAYMENT"  # a session was settled
    REVERSAL = "REVERSAL"  # an earlier entry is undone


CALLS = "CALLS"
GOODS = "GOODS"
ROUNDING = "ROUNDING"
CARD = "CARD"


def receivable(session_id: str) -> str:
    """Account of what one customer owes."""
    return f"RECEIVABLE/{session_id}"


def till(till_id: str) -> str:
    """Account of the cash in one drawer."""
    return f"TILL/{till_id}"


def tax(rate_bp: int) -> str:
    """Account of the tax of one rate, given in hundredths of a percent."""
    return f"TAX/{rate_bp}"


class Unbalanced(ValueError):
    """Postings that do not add up to zero: a bug."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One leg of an entry."""

    account: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Entry:
    """A balanced fact. `key` is unique: a repeated act finds it and changes nothing."""

    key: str
    kind: EntryKind
    at: int
    postings: tuple[Posting, ...]
    session_id: str = ""
    operator: str = ""
    till: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse what does not balance."""
        if not self.postings or total([leg.amount for leg in self.postings]):
            raise Unbalanced(self.key)


def transfer(debit: str, credit: str, amount: Money) -> tuple[Posting, Posting]:
    """Move `amount` from the credited to the debited account."""
    return Posting(debit, amount), Posting(credit, -amount)


def reversed_postings(postings: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """Return the legs that undo these."""
    return tuple(Posting(leg.account, -leg.amount) for leg in postings)


def contained_tax(gross: Money, rate_bp: int) -> Money:
    """Tax inside a gross amount, halves up; `rate_bp` in hundredths of a percent, 0..10000."""
    sign = -1 if gross.minor < 0 else 1
    scaled = abs(gross.minor) * rate_bp
    base = 10_000 + rate_bp
    return Money(sign * ((2 * scaled + base) // (2 * base)))
