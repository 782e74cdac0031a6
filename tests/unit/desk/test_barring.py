"""Destinations that may not be called, or only with a manager's key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.desk.barring import is_restricted
from app.domain.money import Money, Price
from app.domain.phone import normalise
from app.domain.tariff import Access, Entry, Rate
from app.messages import commands as cmd
from app.messages.pbx import HangUp
from app.messages.views import Barred
from tests.fakes.selling import allow, visit
from tests.fakes.shop import PIN, SENEGAL, UK, UNPRICED, FakeShop

KEYED = "0088216123456"
FORBIDDEN = "0088299123456"
_PREMIUM = Rate("Satellite", Price(6_000_000), access=Access.KEY)
_BANNED = replace(_PREMIUM, destination="Satellite fraud", access=Access.FORBIDDEN)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[FakeShop]:
    made = FakeShop(
        tmp_path,
        entries=(
            Entry("44", Rate("United Kingdom", Price(60_000), country="GB")),
            Entry("88216", _PREMIUM),
            Entry("88299", _BANNED),
            # A deck may forbid all of the world; emergency and free numbers stay open.
            Entry("33", _BANNED),
        ),
    )
    made.set_pin()
    yield made
    assert made.findings() == []
    assert made.crashes() == []
    made.close()


def test_a_forbidden_call_is_cut_at_once_and_said(shop: FakeShop) -> None:
    shop.unlock(1)
    call_id = shop.dial(1, FORBIDDEN)
    assert HangUp(call_id) in shop.link.actions
    assert shop.view(1).barred == Barred(
        "FORBIDDEN", "+882 99 12 3456", "Satellite fraud", shop.clock.us
    )
    assert shop.audit() == ["barred_forbidden"]


def test_a_keyed_call_is_cut_until_the_manager_allows_it(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    first = shop.dial(1, KEYED)
    assert shop.link.hung_up == [first]
    barred = shop.view(1).barred
    assert barred is not None
    assert barred.code == "KEY"
    shop.end(first)
    assert shop.view(1).barred == barred
    allow(shop, session_id)
    assert shop.view(1).barred is None
    assert visit(shop, 1).has_key
    second = shop.dial(1, KEYED)
    shop.take_up(second)
    shop.advance(60)
    shop.end(second)
    assert shop.link.hung_up == [first]
    assert shop.view(1).total == Money(600)
    assert shop.audit() == ["barred_key"]


def test_the_key_holds_for_its_session_alone(shop: FakeShop) -> None:
    first = shop.unlock(1)
    allow(shop, first)
    shop.lock(1)
    shop.unlock(1)
    assert not visit(shop, 1).has_key
    call_id = shop.dial(1, KEYED)
    assert shop.link.hung_up == [call_id]


def test_no_key_opens_what_is_forbidden_and_the_mark_stays(shop: FakeShop) -> None:
    allow(shop, shop.unlock(1))
    call_id = shop.dial(1, FORBIDDEN)
    assert shop.link.hung_up == [call_id]
    shop.end(call_id)
    barred = shop.view(1).barred
    assert barred is not None
    assert barred.code == "FORBIDDEN"


def test_the_mark_goes_with_the_next_call_and_with_the_visit(shop: FakeShop) -> None:
    shop.unlock(1)
    shop.end(shop.dial(1, FORBIDDEN))
    shop.dial(1, UK)
    assert shop.view(1).barred is None
    shop.unlock(2)
    shop.end(shop.dial(2, FORBIDDEN))
    shop.lock(2)
    assert shop.view(2).barred is None


def test_a_call_without_a_session_is_cut_too(shop: FakeShop) -> None:
    call_id = shop.dial(1, KEYED)
    assert shop.link.hung_up == [call_id]


@pytest.mark.parametrize("number", ["112", "15", "0800123456"])
def test_emergency_and_free_numbers_are_never_cut(shop: FakeShop, number: str) -> None:
    shop.unlock(1)
    call_id = shop.dial(1, number)
    shop.take_up(call_id)
    shop.advance(60)
    shop.end(call_id)
    assert shop.link.hung_up == []
    assert shop.view(1).barred is None
    assert shop.view(1).total == Money(0)
    assert not is_restricted(shop.shop, 1, normalise(number, shop.shop.plan), shop.clock.us)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(UK, False), (UNPRICED, False), (KEYED, True), (FORBIDDEN, True), (SENEGAL, False)],
)
def test_only_a_call_that_may_be_cut_cannot_wait(
    shop: FakeShop, number: str, expected: bool
) -> None:
    found = is_restricted(shop.shop, 1, normalise(number, shop.shop.plan), shop.clock.us)
    assert found is expected


def test_a_call_that_was_answered_before_it_was_cut_is_charged(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    call_id = shop.dial(1, FORBIDDEN)
    assert shop.link.hung_up == [call_id]
    shop.take_up(call_id)
    shop.advance(1)
    shop.end(call_id)
    assert shop.view(1).total == Money(10)
    shop.lock(1)
    shop.pay(session_id, 10)


def test_a_call_known_only_by_its_record_is_no_longer_cut(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    shop.advance(60)
    shop.tell(shop.stored("9.9", 1, session_id, seconds=60, number=FORBIDDEN))
    assert shop.link.hung_up == []
    assert shop.view(1).total == Money(600)


def test_a_call_without_a_rate_is_neither_cut_nor_noted(shop: FakeShop) -> None:
    shop.unlock(1)
    shop.dial(1, UNPRICED)
    assert shop.link.hung_up == []
    assert shop.audit() == []


def test_a_session_that_is_over_takes_no_key(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    shop.lock(1)
    command = cmd.AllowKeyed(session_id=session_id, manager_pin=PIN, **shop.who())
    assert shop.refusal(command) == "session_unknown"
    nobody = cmd.AllowKeyed(session_id="none", manager_pin=PIN, **shop.who())
    assert shop.refusal(nobody) == "session_unknown"
