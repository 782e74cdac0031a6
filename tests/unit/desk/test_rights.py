"""Every command as every role, from the table that the desk itself uses."""

from __future__ import annotations

import dataclasses
import typing
from uuid import uuid4

import pytest

from app.desk.handlers import READS, WRITES
from app.desk.rights import NEEDED, has_manager_pin
from app.domain.money import Money, Price
from app.domain.receipts import Tender
from app.domain.roles import Role
from app.domain.tariff import Tariff
from app.messages import commands as cmd
from app.messages.views import CommandFailed
from app.store import people
from tests.fakes.shop import ENTRIES, PIN, FakeShop

REFUSALS = {"not_enough_rights", "wrong_pin", "pin_not_set", "pin_locked"}

SAMPLES: dict[str, object] = {
    "booth": 1,
    "session_id": "none",
    "is_out": True,
    "text": "photocopy",
    "amount": Money(10),
    "extra_id": 1,
    "call_key": 1,
    "price_per_minute": Price(1),
    "tender": Tender.CASH,
    "due": Money(1),
    "received": Money(1),
    "wants_receipt": False,
    "receipt_number": "none",
    "path": "none.pdf",
    "job_id": 1,
    "new_pin": "1357",
    "link": "main",
    "audit_id": 1,
    "version": 1,
    "tariff": Tariff("deck", ENTRIES, version=1),
    "member_id": "7",
    "name": "Awa Diop",
    "discount_bp": 1000,
}


def command_of(kind: type[cmd.Command], operator: str, pin: str | None = None) -> cmd.Command:
    values: dict[str, object] = {
        field.name: SAMPLES[field.name]
        for field in dataclasses.fields(kind)
        if field.name in SAMPLES
    }
    return kind(
        command_id=uuid4().hex,
        operator=operator,
        till="1",
        manager_pin=pin,
        **values,
    )


def hire(shop: FakeShop, role: Role) -> str:
    with shop.engine.begin() as db:
        people.add(db, "shop", people.OperatorRow(role.name, role.name.title(), role))
    return role.name


def test_every_command_has_a_right_and_a_use_case() -> None:
    kinds = set(typing.get_args(cmd.AnyCommand))
    assert set(NEEDED) == kinds
    assert set(WRITES) | set(READS) == kinds
    assert not set(WRITES) & set(READS)


@pytest.mark.parametrize("kind", sorted(NEEDED, key=str))
@pytest.mark.parametrize("role", list(Role))
def test_every_command_as_every_role(shop: FakeShop, kind: type[cmd.Command], role: Role) -> None:
    shop.set_pin()
    needed = Role.MANAGER if kind is cmd.SetManagerPin else NEEDED[kind]
    answer = shop.answer(command_of(kind, hire(shop, role)))
    is_refused = isinstance(answer, CommandFailed) and answer.code in REFUSALS
    assert is_refused == (role < needed)


def test_a_stranger_may_nothing(shop: FakeShop) -> None:
    for kind in NEEDED:
        assert shop.refusal(command_of(kind, "nobody")) == "operator_unknown"


def test_a_manager_lends_the_right_to_one_command(shop: FakeShop) -> None:
    assert shop.refusal(command_of(cmd.PriceCall, "1", PIN)) == "pin_not_set"
    shop.set_pin()
    assert shop.refusal(command_of(cmd.PriceCall, "1", PIN)) == "call_unknown"
    assert shop.refusal(command_of(cmd.PriceCall, "1")) == "not_enough_rights"


def test_wrong_pins_are_counted_across_a_restart_and_lock_for_a_while(shop: FakeShop) -> None:
    shop.set_pin()
    for _ in range(4):
        assert shop.refusal(command_of(cmd.PriceCall, "1", "9999")) == "wrong_pin"
    shop.restart()
    assert shop.refusal(command_of(cmd.PriceCall, "1", PIN)) == "pin_locked"
    shop.advance(31)
    assert shop.refusal(command_of(cmd.PriceCall, "1", PIN)) == "call_unknown"


def test_the_pin_is_kept_as_a_hash_and_changed_with_the_old_one(shop: FakeShop) -> None:
    shop.ask(command_of(cmd.SetManagerPin, "1"))
    with shop.engine.connect() as db:
        assert has_manager_pin(db, "shop")
        (row,) = people.managers(db, "shop")
    assert row.pin_hash.startswith("$argon2id$")
    assert "1357" not in row.pin_hash
    assert shop.refusal(command_of(cmd.SetManagerPin, "1")) == "not_enough_rights"
    shop.ask(command_of(cmd.SetManagerPin, "1", "1357"))


@pytest.mark.parametrize("pin", ["", "123", "1111", "12a4", "١٢٣٤", "1234567890123"])
def test_weak_pins_are_refused(shop: FakeShop, pin: str) -> None:
    assert shop.refusal(cmd.SetManagerPin(new_pin=pin, **shop.who())) == "pin_too_weak"
