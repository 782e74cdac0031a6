"""A visit from unlock to receipt."""

from __future__ import annotations

from app.domain.calls import CallTagged
from app.domain.money import Money, Price
from app.domain.sessions import BoothState
from app.messages import commands as cmd
from app.messages.pbx import DropStored, HangUp, LinkState, SetLock
from app.messages.views import LockProof, PaymentDone
from tests.fakes.shop import PIN, SENEGAL, UK, UNPRICED, FakeShop


def test_a_postpaid_visit_ends_in_a_receipt_on_paper(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    assert shop.view(1).state is BoothState.UNLOCKED
    assert shop.link.unlocked == {"101": session_id}
    call_id = shop.dial(1, UK)
    assert shop.view(1).state is BoothState.DIALLING
    shop.ring(call_id)
    assert shop.view(1).state is BoothState.RINGING
    shop.advance(2)
    shop.take_up(call_id)
    shop.advance(90)
    view = shop.view(1)
    assert view.state is BoothState.TALKING
    assert view.live is not None
    assert (view.live.seconds, view.live.amount) == (90, Money(9))
    shop.end(call_id)
    shop.lock(1)
    view = shop.view(1)
    assert (view.state, view.total, view.lock_proof) == (
        BoothState.DUE,
        Money(9),
        LockProof.CONFIRMED,
    )
    assert shop.link.unlocked == {}
    paid = shop.pay(session_id, 9, 20)
    assert isinstance(paid, PaymentDone)
    assert (paid.receipt_number, paid.change, paid.prints) == ("2026-000001", Money(11), True)
    assert shop.view(1).state is BoothState.LOCKED
    assert [order.receipt.number for order in shop.printer.printed] == ["2026-000001"]
    assert shop.status.takings == Money(9)


def test_a_visit_without_an_answered_call_closes_by_itself(shop: FakeShop) -> None:
    shop.unlock(1)
    call_id = shop.dial(1)
    shop.advance(3)
    shop.end(call_id, 17)
    shop.lock(1)
    assert shop.view(1).state is BoothState.LOCKED


def test_checkout_waits_for_the_call_and_hang_up_cuts_it(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    call_id = shop.dial(1)
    shop.take_up(call_id)
    shop.advance(10)
    shop.lock(1)
    assert shop.refusal(shop.payment(session_id, 1)) == "session_has_live_call"
    shop.ask(cmd.HangUpCall(booth=1, **shop.who()))
    assert HangUp(call_id) in shop.link.actions
    shop.pump()
    if shop.view(1).live is not None:
        shop.end(call_id)
    assert shop.view(1).state is BoothState.DUE
    shop.pay(session_id, 1)


def test_a_late_call_never_falls_on_the_next_customer(shop: FakeShop) -> None:
    first = shop.unlock(1)
    shop.talk(1, 60)
    shop.lock(1)
    shop.pay(first, 6)
    second = shop.unlock(1)
    # The exchange hands over a call of the first visit that nobody had heard of.
    record = shop.stored("1.1", 1, first, seconds=600)
    shop.tell(record)
    assert shop.view(1).total == Money(0)
    assert "late_record" in shop.audit()
    assert DropStored(("1.1",)) in shop.link.actions
    shop.lock(1)
    assert shop.view(1).state is BoothState.LOCKED
    assert second != first


def test_the_session_the_exchange_names_wins_over_the_one_on_the_booth(shop: FakeShop) -> None:
    first = shop.unlock(1)
    shop.talk(1, 60)
    shop.lock(1)
    assert shop.view(1).total == Money(6)
    shop.pay(first, 6)
    second = shop.unlock(1)
    call_id = shop.dial(1)
    shop.tell(CallTagged(call_id, first))
    shop.take_up(call_id)
    shop.advance(60)
    shop.end(call_id)
    assert shop.view(1).total == Money(0)
    assert "late_record" in shop.audit()
    assert second


def test_a_kept_record_corrects_the_price_before_checkout(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    call_id = shop.talk(1, 60)
    assert shop.view(1).total == Money(6)
    shop.tell(shop.stored(call_id, 1, session_id, seconds=120))
    assert shop.view(1).total == Money(12)
    shop.lock(1)
    shop.pay(session_id, 12)


def test_no_rate_blocks_checkout_until_a_manager_prices_it(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    shop.talk(1, 60, UNPRICED)
    shop.lock(1)
    view = shop.view(1)
    assert view.session is not None
    assert view.session.bill.unpriced == 1
    assert view.session.calls[0].is_unpriced
    assert shop.refusal(shop.payment(session_id, 0)) == "session_has_unpriced"
    key = view.session.calls[0].key
    price = cmd.PriceCall(call_key=key, price_per_minute=Price(2_000_000), **shop.who())
    assert shop.refusal(price) == "not_enough_rights"
    shop.set_pin()
    approved = cmd.PriceCall(
        call_key=key, price_per_minute=Price(2_000_000), manager_pin=PIN, **shop.who()
    )
    shop.ask(approved)
    assert shop.view(1).total == Money(200)
    shop.pay(session_id, 200)


def test_emergency_calls_cost_nothing_and_stand_in_the_audit(shop: FakeShop) -> None:
    shop.talk(2, 60, "112")
    assert shop.view(2).state is BoothState.LOCKED
    assert shop.audit() == ["emergency_call"]
    session_id = shop.unlock(2)
    shop.talk(2, 60, "15")
    assert shop.view(2).total == Money(0)
    view = shop.view(2)
    assert view.session is not None
    assert view.session.calls == ()
    assert session_id


def test_a_payment_sent_twice_is_taken_once(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    shop.talk(1, 61, SENEGAL)
    shop.lock(1)
    command = shop.payment(session_id, 63, 100)
    first = shop.ask(command)
    assert shop.ask(command) == first
    assert len(shop.printer.printed) == 1
    assert shop.status.takings == Money(63)


def test_what_the_operator_did_not_see_is_not_charged(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    shop.talk(1, 60)
    shop.lock(1)
    assert shop.refusal(shop.payment(session_id, 5)) == "due_changed"
    assert shop.refusal(shop.payment(session_id, 6, 5)) == "received_too_small"
    shop.pay(session_id, 6)


def test_the_line_away_makes_tiles_unknown_and_locks_are_pushed_again(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    shop.link.go_down()
    shop.pump()
    assert shop.view(1).state is BoothState.UNKNOWN
    assert shop.view(1).is_stale
    assert shop.view(2).lock_proof is LockProof.PENDING
    shop.link.actions.clear()
    shop.link.come_up()
    shop.pump()
    asked = {a.extension: a.session_id for a in shop.link.actions if isinstance(a, SetLock)}
    assert asked == {"101": session_id, "102": None, "103": None, "104": None}
    assert shop.view(1).state is BoothState.UNLOCKED
    assert shop.link.state is LinkState.UP
