"""Questions that change nothing or little: prices, the audit list, the manager's PIN."""

from __future__ import annotations

from functools import cache

from app.desk.call_lines import call_line
from app.desk.charging import facts_of, payer_of
from app.desk.quoting import quote
from app.desk.rights import FIRST_MANAGER, hash_pin
from app.desk.work import Work
from app.domain.charge_json import charge_json
from app.domain.explain import explain
from app.domain.roles import Role
from app.errors import UserError
from app.messages import commands as cmd
from app.messages.views import AuditRow, Explanation, QuoteRow
from app.store import calls, journal, people, sessions, tariffs


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
    """Look prices up by country, destination or number, for whoever is in the booth."""
    shop = work.shop
    limit = max(1, min(command.limit, 50))
    tariff = shop.tariff_at(command.booth, work.now)
    index = shop.pricing.index(tariff)
    found = index.search(command.text[:80], shop.plan, limit, work.now, country_names())
    payer = payer_of(sessions.on_booth(work.db, work.shop_id, command.booth))
    return tuple(quote(tariff, entry, work.now, command.amount, payer) for entry in found)


def ask_explanation(work: Work, command: cmd.AskExplanation) -> Explanation:
    """Say why a call costs what it costs."""
    row = calls.get(work.db, work.shop_id, command.call_key)
    if row is None or row.charge is None:
        raise UserError("call_not_priced")
    version = tariffs.version(work.db, work.shop_id, row.charge.tariff_version)
    reasons = explain(row.charge, facts_of(row, "" if version is None else version.name))
    line = call_line(work.shop, row, None, 0)
    return Explanation(line, reasons, charge_json(row.charge, work.shop.config.currency))


def ask_owner(work: Work, command: cmd.AskOwner) -> str:
    """Return the manager whose right was proved; who may ask is checked before."""
    return work.approved_by or command.operator


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
