"""Members: whose session it is, and what their calls cost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.money import Money, Price
from app.messages import commands as cmd
from app.messages.views import MemberView
from tests.fakes.selling import choose, member, members, visit
from tests.fakes.shop import PIN, SENEGAL, UNPRICED, FakeShop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[FakeShop]:
    made = FakeShop(tmp_path)
    made.set_pin()
    yield made
    assert made.findings() == []
    assert made.crashes() == []
    made.close()


def saving(shop: FakeShop, number: str, name: str, discount_bp: int) -> cmd.SaveMember:
    return cmd.SaveMember(
        member_id=number, name=name, discount_bp=discount_bp, manager_pin=PIN, **shop.who()
    )


def test_members_are_listed_by_name_and_changed_by_number(shop: FakeShop) -> None:
    member(shop, "M-2", 500, "  Zoé   Ba ")
    member(shop, "7", 1000, "Awa Diop")
    assert members(shop) == [MemberView("7", "Awa Diop", 1000), MemberView("M-2", "Zoé Ba", 500)]
    member(shop, "7", 1500, "Awa Diop-Ba")
    assert members(shop)[0] == MemberView("7", "Awa Diop-Ba", 1500)


def test_a_member_who_is_no_longer_served_cannot_be_chosen(shop: FakeShop) -> None:
    member(shop, "7", 1000)
    leaving = cmd.SaveMember(
        member_id="7",
        name="Awa Diop",
        discount_bp=1000,
        is_active=False,
        manager_pin=PIN,
        **shop.who(),
    )
    shop.ask(leaving)
    assert members(shop) == []
    session_id = shop.unlock(1)
    command = cmd.SetMember(session_id=session_id, member_id="7", **shop.who())
    assert shop.refusal(command) == "member_unknown"


@pytest.mark.parametrize("number", ["", "-7", "a b", "x" * 21, "7\n", "é"])
def test_bad_numbers_are_refused(shop: FakeShop, number: str) -> None:
    assert shop.refusal(saving(shop, number, "Awa", 0)) == "member_number_invalid"


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "A\x00wa"])
def test_bad_names_are_refused(shop: FakeShop, name: str) -> None:
    assert shop.refusal(saving(shop, "7", name, 0)) == "member_name_invalid"


@pytest.mark.parametrize("discount_bp", [-1, 10_001])
def test_bad_discounts_are_refused(shop: FakeShop, discount_bp: int) -> None:
    assert shop.refusal(saving(shop, "7", "Awa", discount_bp)) == "discount_invalid"


def test_a_member_may_have_all_or_nothing_off(shop: FakeShop) -> None:
    member(shop, "0", 0)
    member(shop, "1", 10_000)
    session_id = shop.unlock(1)
    shop.talk(1, 600)
    choose(shop, session_id, "0")
    assert shop.view(1).total == Money(60)
    choose(shop, session_id, "1")
    assert shop.view(1).total == Money(0)


def test_his_calls_are_priced_again_at_once_and_back(shop: FakeShop) -> None:
    member(shop, "7", 1000)
    session_id = shop.unlock(1)
    shop.talk(1, 600)
    shop.talk(1, 60, SENEGAL)
    assert shop.view(1).total == Money(60 + 34)
    choose(shop, session_id, "7")
    view = visit(shop, 1)
    assert (view.member_id, view.member_name, view.discount_bp) == ("7", "Awa Diop", 1000)
    assert shop.view(1).total == Money(54 + 31)
    assert shop.findings() == []
    choose(shop, session_id, "")
    view = visit(shop, 1)
    assert (view.member_id, view.member_name, view.discount_bp) == ("", "", 0)
    assert shop.view(1).total == Money(94)
    choose(shop, session_id, "7")
    shop.lock(1)
    shop.pay(session_id, 85)


def test_the_call_that_is_up_follows_too(shop: FakeShop) -> None:
    member(shop, "7", 5000)
    session_id = shop.unlock(1)
    call_id = shop.dial(1)
    shop.take_up(call_id)
    shop.advance(600)
    choose(shop, session_id, "7")
    live = shop.view(1).live
    assert live is not None
    assert live.amount == Money(30)
    shop.end(call_id)
    assert shop.view(1).total == Money(30)


def test_a_call_without_a_price_keeps_waiting_and_one_by_hand_keeps_its_price(
    shop: FakeShop,
) -> None:
    member(shop, "7", 1000)
    session_id = shop.unlock(1)
    shop.talk(1, 60, UNPRICED)
    choose(shop, session_id, "7")
    assert visit(shop, 1).bill.unpriced == 1
    shop.ask(
        cmd.PriceCall(
            call_key=visit(shop, 1).calls[0].key,
            price_per_minute=Price(500_000),
            manager_pin=PIN,
            **shop.who(),
        )
    )
    assert shop.view(1).total == Money(50)
    choose(shop, session_id, "")
    assert shop.view(1).total == Money(50)


def test_a_changed_discount_holds_for_later_sessions(shop: FakeShop) -> None:
    member(shop, "7", 1000)
    first = shop.unlock(1)
    choose(shop, first, "7")
    member(shop, "7", 2000)
    shop.talk(1, 600)
    assert shop.view(1).total == Money(54)
    second = shop.unlock(2)
    choose(shop, second, "7")
    shop.talk(2, 600)
    assert shop.view(2).total == Money(48)


def test_a_paid_session_has_no_other_member(shop: FakeShop) -> None:
    member(shop, "7", 1000)
    session_id = shop.unlock(1)
    shop.talk(1, 600)
    shop.lock(1)
    choose(shop, session_id, "7")
    shop.pay(session_id, 54)
    command = cmd.SetMember(session_id=session_id, member_id="", **shop.who())
    assert shop.refusal(command) == "session_unknown"
    nobody = cmd.SetMember(session_id="none", member_id="", **shop.who())
    assert shop.refusal(nobody) == "session_unknown"


def test_who_is_nobody_cannot_be_chosen(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    command = cmd.SetMember(session_id=session_id, member_id="8", **shop.who())
    assert shop.refusal(command) == "member_unknown"


def test_the_member_is_there_after_a_restart(shop: FakeShop) -> None:
    member(shop, "7", 1000)
    choose(shop, shop.unlock(1), "7")
    shop.restart()
    assert visit(shop, 1).member_name == "Awa Diop"
