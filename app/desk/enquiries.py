"""Questions that change nothing or little: prices, the audit list, the manager's PIN."""

from __future__ import annotations

from functools import cache

from app.desk.rights import FIRST_MANAGER, hash_pin
from app.desk.work import Work
from app.domain.money import Money
from app.domain.quotes import search
from app.domain.rating import rate_call
from app.domain.roles import Role
from app.domain.tariff import Rate, Tariff
from app.errors import UserError
from app.messages import commands as cmd
from app.messages.views import AuditRow, QuoteRow
from app.store import journal, people

QUOTED_MINUTES = (1, 5, 10)


@cache
def country_names() -> dict[str, str]:
    """Return ISO country code -> its names in every language of the program, for the look-up."""
    # Babel reads its locale data when first asked; a shop that never asks never waits.
    from babel import Locale  # noqa: PLC0415

    names: dict[str, str] = {}
    for language in ("en", "fr"):
        for code, name in Locale.parse(language).territories.items():
            if code.isalpha():  # numbers are parts of the world
                names[code] = f"{names[code]} | {name}" if code in names else name
    return names


def ask_quote(work: Work, command: cmd.AskQuote) -> tuple[QuoteRow, ...]:
    """Look prices up by country, destination or number."""
    shop = work.shop
    limit = max(1, min(command.limit, 50))
    found = search(shop.tariff, command.text[:80], shop.plan, limit, country_names())
    return tuple(_quote(shop.tariff, rate, work.now) for rate in found)


def _quote(tariff: Tariff, rate: Rate, now: int) -> QuoteRow:
    return QuoteRow(
        rate.destination,
        rate.country,
        rate.prefix,
        rate.price_per_minute,
        rate.connection_fee,
        rate.first_increment,
        rate.next_increment,
        tuple((minutes, _cost(tariff, rate, now, minutes)) for minutes in QUOTED_MINUTES),
    )


def _cost(tariff: Tariff, rate: Rate, now: int, minutes: int) -> Money:
    charge = rate_call(tariff, rate.prefix, now, minutes * 60_000)
    assert charge is not None, "the prefix of a rate is rated"
    return charge.total


def ask_audit(work: Work, command: cmd.AskAudit) -> tuple[AuditRow, ...]:
    """Return what needs somebody's eye."""
    rows = journal.findings(work.db, work.shop_id, max(1, min(command.limit, 1000)))
    return tuple(
        AuditRow(row["id"], row["at"], row["code"], row["booth"], row["detail"], row["is_open"])
        for row in rows
    )


def resolve_audit(work: Work, command: cmd.ResolveAudit) -> None:
    """Mark a finding as seen."""
    if not journal.close_finding(
        work.db, work.shop_id, command.audit_id, command.remark.strip()[:200]
    ):
        raise UserError("audit_unknown")
    work.has_new_findings = True


def set_manager_pin(work: Work, command: cmd.SetManagerPin) -> None:
    """Set or change the manager's PIN."""
    target = work.approved_by or FIRST_MANAGER
    pin_hash = hash_pin(command.new_pin)
    if people.get(work.db, work.shop_id, target) is None:
        people.add(work.db, work.shop_id, people.OperatorRow(target, "", Role.MANAGER, pin_hash))
    else:
        people.set_pin(work.db, work.shop_id, target, pin_hash)
