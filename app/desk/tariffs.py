"""Versions of the tariffs: list them, let one be in force, take one back.

The rows of a version are written before, as a draft, beside the desk; here only one row is
changed, so that no payment waits.
"""

from __future__ import annotations

from collections.abc import Callable

from app.desk.pricing import Pricing, Span
from app.desk.work import Work
from app.domain.tariff_kinds import Kind
from app.errors import UserError
from app.messages import commands as cmd
from app.messages.views import TariffRow
from app.store import tariffs
from app.store.tariffs import VersionRow, VersionState

_EARLIEST_US = 60_000_000
"""A version may start a minute ago: the clock went on while a person was reading."""


def ask_tariffs(work: Work, command: cmd.AskTariffs) -> tuple[TariffRow, ...]:  # noqa: ARG001
    """Return the versions of every tariff, the newest first."""
    rows = tariffs.versions(work.db, work.shop_id)
    in_force = set()
    for name in {row.tariff for row in rows}:
        held = tariffs.in_force(work.db, work.shop_id, name, work.now)
        in_force.add(0 if held is None else held.key)
    return tuple(_row(row, is_in_force=row.key in in_force) for row in rows)


def _row(row: VersionRow, *, is_in_force: bool) -> TariffRow:
    return TariffRow(
        version=row.key,
        tariff=row.tariff,
        is_cost=row.kind is Kind.COST,
        name=row.name,
        currency=row.currency,
        created_at=row.created_at,
        created_by=row.created_by,
        starts_at=row.starts_at or 0,
        prefixes=row.prefixes,
        is_undone=row.state is VersionState.UNDONE,
        is_in_force=is_in_force,
    )


def activate_tariff(work: Work, command: cmd.ActivateTariff) -> None:
    """Let a draft be in force from a date on."""
    starts_at = work.now if command.starts_at is None else command.starts_at
    if starts_at < work.now - _EARLIEST_US:
        raise UserError("tariff_in_the_past")
    row = tariffs.version(work.db, work.shop_id, command.version)
    if row is not None and command.replaces is not None:
        held = tariffs.in_force(work.db, work.shop_id, row.tariff, starts_at)
        if (0 if held is None else held.key) != command.replaces:
            raise UserError("tariff_changed")
    if row is None or not tariffs.make_ready(work.db, work.shop_id, row.key, starts_at):
        raise UserError("tariff_not_a_draft")
    if command.tariff.version != row.key or len(command.tariff.entries) != row.prefixes:
        raise UserError("tariff_not_a_draft")
    span = Span(starts_at, row.key, command.tariff)
    is_cost = row.kind is Kind.COST

    def install(pricing: Pricing) -> None:
        pricing.install(row.tariff, span, is_cost=is_cost)

    _follow(work, install)


def undo_tariff(work: Work, command: cmd.UndoTariff) -> None:
    """Take a version back; what was charged by it stays charged."""
    if not tariffs.undo(work.db, work.shop_id, command.version):
        raise UserError("tariff_not_in_use")
    version = command.version
    _follow(work, lambda pricing: pricing.remove(version))


def _follow(work: Work, change: Callable[[Pricing], None]) -> None:
    work.repriced.append(change)
    work.booths |= set(work.shop.booths)
