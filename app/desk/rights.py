"""Who may do what: one table, checked before a command's transaction begins.

A manager's PIN given with a command lends the manager's right to that command alone.
Wrong PINs are counted in the database and lock the PIN for a growing time.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from app.domain.roles import Role, is_good_pin, throttle_seconds
from app.errors import UserError
from app.messages import commands as cmd
from app.store import people

if TYPE_CHECKING:
    from argon2 import PasswordHasher

NEEDED: dict[type[cmd.Command], Role] = {
    cmd.UnlockBooth: Role.OPERATOR,
    cmd.LockBooth: Role.OPERATOR,
    cmd.ReopenSession: Role.OPERATOR,
    cmd.HangUpCall: Role.OPERATOR,
    cmd.SetOutOfService: Role.OPERATOR,
    cmd.AddExtra: Role.OPERATOR,
    cmd.RemoveExtra: Role.OPERATOR,
    cmd.PriceCall: Role.MANAGER,
    cmd.TakePayment: Role.OPERATOR,
    cmd.ReprintReceipt: Role.OPERATOR,
    cmd.SavePdf: Role.OPERATOR,
    cmd.RetryPrint: Role.OPERATOR,
    cmd.DropPrint: Role.OPERATOR,
    cmd.AskReceipts: Role.OPERATOR,
    cmd.AskQuote: Role.OPERATOR,
    cmd.AskExplanation: Role.OPERATOR,
    cmd.AskOwner: Role.MANAGER,
    cmd.AskTariffs: Role.OPERATOR,
    cmd.ActivateTariff: Role.MANAGER,
    cmd.UndoTariff: Role.MANAGER,
    cmd.AllowKeyed: Role.MANAGER,
    cmd.AskMembers: Role.OPERATOR,
    cmd.SaveMember: Role.MANAGER,
    cmd.SetMember: Role.OPERATOR,
    # The first PIN is set by whoever sets the shop up; later ones need the old one.
    cmd.SetManagerPin: Role.OPERATOR,
    cmd.RetryLink: Role.OPERATOR,
    cmd.AskAudit: Role.OPERATOR,
    cmd.ResolveAudit: Role.MANAGER,
    cmd.PrepareQuit: Role.OPERATOR,
}
"""The lowest role that may give a command by itself."""

FIRST_MANAGER = "manager"


@cache
def _hasher() -> PasswordHasher:
    # Loaded with the first PIN, not at the start of the program.
    from argon2 import PasswordHasher  # noqa: PLC0415

    # OWASP's smallest argon2id figures: about 20 ms here, so that a check does not hold the desk.
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_pin(pin: str) -> str:
    """Return the argon2id hash of a PIN. Raises `UserError` `pin_too_weak`."""
    if not is_good_pin(pin):
        raise UserError("pin_too_weak")
    return _hasher().hash(pin)


def _is_right(pin_hash: str, pin: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415

    try:
        return _hasher().verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False


def has_manager_pin(db: Connection, shop: str) -> bool:
    """Tell whether any manager has a PIN."""
    return any(row.pin_hash for row in people.managers(db, shop))


class Denied(UserError):
    """The command is refused, but the count of wrong PINs is to be committed."""


def approve(db: Connection, shop: str, pin: str, now: int) -> people.OperatorRow:
    """Return the manager whose PIN this is.

    Raises `Denied`: `pin_not_set`, `pin_locked` (seconds), `wrong_pin`. The caller commits
    either way, so that wrong tries stay counted.
    """
    candidates = [row for row in people.managers(db, shop) if row.pin_hash]
    if not candidates:
        raise Denied("pin_not_set")
    open_ones = [row for row in candidates if row.locked_until <= now]
    if not open_ones:
        wait_us = min(row.locked_until for row in candidates) - now
        raise Denied("pin_locked", seconds=-(-wait_us // 1_000_000))
    for row in open_ones:
        if _is_right(row.pin_hash, pin):
            if row.failures:
                people.set_failures(db, shop, row.operator_id, 0, 0)
            return replace(row, failures=0)
    for row in open_ones:
        failures = row.failures + 1
        locked_until = now + throttle_seconds(failures) * 1_000_000
        people.set_failures(db, shop, row.operator_id, failures, locked_until)
    raise Denied("wrong_pin")


def check(db: Connection, shop: str, command: cmd.Command, now: int) -> str:
    """Check a command's right; returns who approved it (empty: nobody had to).

    Raises `UserError` (`operator_unknown`) or `Denied` (`not_enough_rights`, `wrong_pin` …).
    """
    person = people.get(db, shop, command.operator)
    if person is None:
        raise UserError("operator_unknown", operator=command.operator)
    needed = NEEDED[type(command)]
    if isinstance(command, cmd.SetManagerPin) and has_manager_pin(db, shop):
        needed = Role.MANAGER
    if person.role >= needed:
        return ""
    if command.manager_pin is None:
        raise Denied("not_enough_rights")
    return approve(db, shop, command.manager_pin, now).operator_id
