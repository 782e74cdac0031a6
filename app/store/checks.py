"""CHECKS: what must hold of the books. Each returns findings; none raises, none repairs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from app.store.tables import entry, posting, receipt

Check = Callable[[Connection, str], list[str]]
"""Returns where it does not hold."""


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """A check that does not hold, and where."""

    check: str
    detail: str


def entries_balance(db: Connection, shop: str) -> list[str]:
    """Every entry adds up to zero and has postings."""
    query = (
        select(entry.c.id)
        .outerjoin(posting, posting.c.entry_id == entry.c.id)
        .where(entry.c.shop_id == shop)
        .group_by(entry.c.id)
        .having(func.coalesce(func.sum(posting.c.amount_minor), 1) != 0)
    )
    return [f"entry {key}" for key in db.execute(query).scalars()]


def calls_match_entries(db: Connection, shop: str) -> list[str]:
    """Compare what stands on a session's calls with its charge entries."""
    query = text(
        """
        SELECT s.id FROM session s WHERE s.shop_id = :shop AND
        (SELECT coalesce(sum(c.amount_minor), 0) FROM call c WHERE c.session_id = s.id) <>
        (SELECT coalesce(sum(p.amount_minor), 0) FROM posting p JOIN entry e ON e.id = p.entry_id
         WHERE e.session_id = s.id AND p.account = 'RECEIVABLE/' || s.id
           AND (e.kind = 'CHARGE' OR (e.kind = 'REVERSAL' AND e.reason = 'priced_again')))
        """
    )
    return [f"session {key}" for key in db.execute(query, {"shop": shop}).scalars()]


def settled_sessions_are_zero(db: Connection, shop: str) -> list[str]:
    """Find settled or cancelled sessions that still owe."""
    query = text(
        """
        SELECT s.id FROM session s WHERE s.shop_id = :shop AND s.state IN ('SETTLED', 'CANCELLED')
        AND (SELECT coalesce(sum(p.amount_minor), 0) FROM posting p
             JOIN entry e ON e.id = p.entry_id
             WHERE e.session_id = s.id AND p.account = 'RECEIVABLE/' || s.id) <> 0
        """
    )
    return [f"session {key}" for key in db.execute(query, {"shop": shop}).scalars()]


def settled_sessions_have_a_receipt(db: Connection, shop: str) -> list[str]:
    """Each settled session has exactly one receipt, and only settled ones have."""
    query = text(
        """
        SELECT s.id FROM session s WHERE s.shop_id = :shop AND
        (s.state = 'SETTLED') <> EXISTS (SELECT 1 FROM receipt r WHERE r.session_id = s.id)
        """
    )
    return [f"session {key}" for key in db.execute(query, {"shop": shop}).scalars()]


def receipts_have_no_gap(db: Connection, shop: str) -> list[str]:
    """Numbers of a series run from 1 without a gap; a repeat is refused by the database."""
    query = (
        select(receipt.c.series, func.count(), func.max(receipt.c.sequence))
        .where(receipt.c.shop_id == shop)
        .group_by(receipt.c.series)
    )
    return [
        f"series {series}: {count} receipts up to {highest}"
        for series, count, highest in db.execute(query)
        if count != highest
    ]


def receipts_match_payments(db: Connection, shop: str) -> list[str]:
    """Compare a receipt's total with what its entry moved into till or card account."""
    query = text(
        """
        SELECT r.number FROM receipt r WHERE r.shop_id = :shop AND r.total_minor <>
        (SELECT coalesce(sum(p.amount_minor), 0) FROM posting p WHERE p.entry_id = r.entry_id
         AND (p.account = 'CARD' OR p.account LIKE 'TILL/%'))
        """
    )
    return [f"receipt {key}" for key in db.execute(query, {"shop": shop}).scalars()]


def wanted_papers_have_a_job(db: Connection, shop: str) -> list[str]:
    """Every paper that was wanted with a sale has a job, where the shop has a printer."""
    query = text(
        """
        SELECT r.number FROM receipt r WHERE r.shop_id = :shop AND r.is_paper_wanted
        AND NOT EXISTS (SELECT 1 FROM print_job j WHERE j.receipt_id = r.id)
        """
    )
    return [f"receipt {key}" for key in db.execute(query, {"shop": shop}).scalars()]


CHECKS: tuple[Check, ...] = (
    entries_balance,
    calls_match_entries,
    settled_sessions_are_zero,
    settled_sessions_have_a_receipt,
    receipts_have_no_gap,
    receipts_match_payments,
    wanted_papers_have_a_job,
)


def tariffs_are_whole(db: Connection, shop: str) -> list[str]:
    """Look for tariffs in use that lack prefixes, or prefixes that lack their price."""
    query = text(
        """
        SELECT v.id FROM tariff_version v WHERE v.shop_id = :shop AND v.state <> 'DRAFT' AND (
        v.prefixes <> (SELECT count(*) FROM rate_prefix p WHERE p.version_id = v.id) OR
        EXISTS (SELECT 1 FROM rate_prefix p LEFT JOIN rate r
         ON r.version_id = p.version_id AND r.number = p.number
         WHERE p.version_id = v.id AND r.number IS NULL))
        """
    )
    return [f"tariff version {key}" for key in db.execute(query, {"shop": shop}).scalars()]


def file_is_sound(db: Connection, shop: str) -> list[str]:  # noqa: ARG001 - a check like the others
    """Let the database look through all of its own file."""
    if db.dialect.name != "sqlite":
        return []
    found = [str(line) for line in db.execute(text("PRAGMA integrity_check")).scalars()]
    return [] if found == ["ok"] else found


ON_DEMAND: tuple[Check, ...] = (tariffs_are_whole, file_is_sound)
"""Checks that take longer the more there is: not at each start."""


def run(db: Connection, shop: str, checks: tuple[Check, ...] = CHECKS) -> list[CheckFinding]:
    """Run checks and return what does not hold."""
    return [CheckFinding(check.__name__, detail) for check in checks for detail in check(db, shop)]
