"""A customer's visit on a real Asterisk: what is shown, written down and owed."""

from __future__ import annotations

from app.domain.sessions import BoothState, SessionState
from app.messages import commands as cmd
from tests.real.exchange import Exchange, until
from tests.real.till import (
    UK,
    UK_BY_THE_SECOND_CARRIER,
    UK_FORBIDDEN,
    UK_RINGING_OUT,
    UK_WITH_A_KEY,
    Till,
    price_of,
    who,
)


def test_unlock_call_lock_and_checkout(exchange: Exchange, till: Till) -> None:
    session_id = till.unlock(1)
    assert exchange.entry("callshop", "101") == "unlocked"
    assert exchange.entry("callshop_session", "101") == session_id
    phone = exchange.dial("101", UK)
    till.wait_state(1, BoothState.RINGING)
    till.wait_state(1, BoothState.TALKING)
    view = till.booth(1)
    assert view.live is not None
    assert (view.live.destination, view.live.country) == ("United Kingdom", "GB")
    till.until(lambda: (live := till.booth(1).live) is not None and live.seconds >= 1)
    phone.hang_up()
    row = till.wait_call(lambda row: bool(row["is_stored"] and row["cdr_keys"]))
    assert (row["state"], row["session_id"], row["cause"]) == ("CHARGED", session_id, 16)
    assert row["ended_by"] == "CUSTOMER"
    assert row["amount_minor"] == price_of(row) > 0
    assert row["cdr_seconds"] == (row["ended_at"] - row["answered_at"]) // 1_000_000
    till.lock(1)
    assert exchange.entry("callshop", "101") == "locked"
    till.wait_state(1, BoothState.DUE)
    assert till.owed(session_id) == row["amount_minor"]
    till.pay(session_id, row["amount_minor"])
    till.wait_state(1, BoothState.LOCKED)
    assert till.owed(session_id) == 0
    assert till.sessions() == {session_id: "SETTLED"}
    assert till.audit() == []
    until(lambda: exchange.kept() == {}, "the kept call deleted")


def test_a_locked_booth_is_refused_and_nothing_is_charged(exchange: Exchange, till: Till) -> None:
    phone = exchange.dial("102", UK)
    phone.wait_end()
    assert "403" in phone.said()
    till.until(lambda: till.booth(2).refused_at is not None, "the refusal on the tile")
    row = till.wait_call(lambda row: row["state"] == "CHARGED")
    assert (row["is_refused"], row["refused_reason"], row["booth"]) == (True, "locked", 2)
    assert (row["amount_minor"], row["session_id"], row["answered_at"]) == (0, None, None)
    till.wait_state(2, BoothState.LOCKED)
    assert exchange.kept() == {}


def test_the_desk_hangs_up(exchange: Exchange, till: Till) -> None:
    session_id = till.unlock(1)
    phone = exchange.dial("101", UK)
    till.wait_state(1, BoothState.TALKING)
    till.ask(cmd.HangUpCall(booth=1, **who()))
    phone.wait_end()
    assert phone.said()[-2:] == ["BYE", "200"]
    row = till.wait_stored()
    assert (row["ended_by"], row["cause"], row["session_id"]) == ("EXCHANGE", 16, session_id)
    assert row["amount_minor"] == price_of(row)
    till.wait_state(1, BoothState.UNLOCKED)
    assert exchange.channels() == []


def test_the_desk_hangs_up_while_it_rings(exchange: Exchange, till: Till) -> None:
    till.unlock(1)
    phone = exchange.dial("101", "0044777")
    till.wait_state(1, BoothState.RINGING)
    till.ask(cmd.HangUpCall(booth=1, **who()))
    phone.wait_end()
    row = till.wait_stored()
    assert (row["answered_at"], row["amount_minor"]) == (None, 0)


def test_a_lock_in_mid_call_ends_nothing_and_checkout_waits(exchange: Exchange, till: Till) -> None:
    session_id = till.unlock(1)
    phone = exchange.dial("101", UK)
    till.wait_state(1, BoothState.TALKING)
    till.lock(1)
    assert exchange.entry("callshop", "101") == "locked"
    assert till.refusal(till.payment(session_id, 10)) == "session_has_live_call"
    assert till.booth(1).state is BoothState.TALKING
    assert len(exchange.channels()) == 2
    till.ask(cmd.HangUpCall(booth=1, **who()))
    phone.wait_end()
    row = till.wait_stored()
    till.wait_state(1, BoothState.DUE)
    assert row["session_id"] == session_id
    # A second call finds the booth shut, and the bill stays as it is.
    again = exchange.dial("101", UK)
    again.wait_end()
    assert "403" in again.said()
    till.pay(session_id, row["amount_minor"])
    assert till.sessions() == {session_id: "SETTLED"}


def test_busy_no_answer_and_giving_up_cost_nothing(exchange: Exchange, till: Till) -> None:
    session_id = till.unlock(1)
    for number, cause in (("0044486", 17), ("0044503", 34), (UK_RINGING_OUT, None)):
        phone = exchange.dial("101", number)
        phone.wait_end()
        row = till.wait_call(lambda row, n=number: row["dialled"] == n and row["is_stored"])  # type: ignore[misc]  # bound now
        assert row["amount_minor"] == 0
        assert row["answered_at"] is None
        assert cause in {None, row["cause"]}, row
    phone = exchange.dial("101", "0044777")
    till.wait_state(1, BoothState.RINGING)
    phone.give_up()
    till.wait_call(lambda row: row["dialled"] == "0044777" and row["is_stored"])
    assert [row["amount_minor"] for row in till.calls()] == [0, 0, 0, 0]
    till.lock(1)
    # Nothing was used: the booth is free again without a bill.
    till.wait_state(1, BoothState.LOCKED)
    till.wait_session(session_id, SessionState.CANCELLED)


def test_the_second_carrier_is_charged_from_its_own_answer(exchange: Exchange, till: Till) -> None:
    till.unlock(1)
    phone = exchange.dial("101", UK_BY_THE_SECOND_CARRIER)
    till.wait_state(1, BoothState.TALKING)
    till.until(lambda: (live := till.booth(1).live) is not None and live.seconds >= 1)
    phone.hang_up()
    row = till.wait_stored()
    # Each carrier of the tests rings for a second before it answers.
    assert row["answered_at"] >= row["started_at"] + 900_000
    assert row["amount_minor"] == price_of(row) >= 20
    assert till.audit() == []


def test_the_far_end_hangs_up(exchange: Exchange, till: Till) -> None:
    till.unlock(1)
    phone = exchange.dial("101", "0044005")
    phone.wait_end()
    row = till.wait_stored()
    assert (row["ended_by"], row["cause"]) == ("FAR_END", 16)
    assert row["amount_minor"] == price_of(row) >= 20


def test_two_booths_at_once_stay_apart(exchange: Exchange, till: Till) -> None:
    sessions = {1: till.unlock(1), 2: till.unlock(2)}
    first, second = exchange.dial("101", UK), exchange.dial("102", UK)
    till.wait_state(1, BoothState.TALKING)
    till.wait_state(2, BoothState.TALKING)
    first.hang_up()
    till.wait_state(1, BoothState.UNLOCKED)
    assert till.booth(2).state is BoothState.TALKING
    till.until(lambda: (live := till.booth(2).live) is not None and live.seconds >= 1)
    second.hang_up()
    till.wait_state(2, BoothState.UNLOCKED)
    till.until(lambda: all(row["is_stored"] for row in till.calls()))
    rows = {row["booth"]: row for row in till.calls()}
    for booth, session_id in sessions.items():
        assert rows[booth]["session_id"] == session_id
        assert rows[booth]["amount_minor"] == price_of(rows[booth]) == till.owed(session_id)


def test_an_emergency_call_passes_the_lock_and_belongs_to_nobody(
    exchange: Exchange, till: Till
) -> None:
    phone = exchange.dial("104", "15")
    till.wait_state(4, BoothState.TALKING)
    view = till.booth(4)
    assert view.live is not None
    assert view.live.is_emergency
    phone.hang_up()
    row = till.wait_stored()
    assert (row["amount_minor"], row["session_id"]) == (0, None)
    assert (row["kind"], row["is_refused"]) == ("EMERGENCY", False)
    assert till.audit() == ["emergency_call"]
    assert exchange.entry("callshop", "104") == "locked"
    until(lambda: exchange.kept() == {}, "the kept call deleted")


def test_an_emergency_call_of_a_customer_is_not_on_his_bill(exchange: Exchange, till: Till) -> None:
    session_id = till.unlock(1)
    phone = exchange.dial("101", "112")
    till.wait_state(1, BoothState.TALKING)
    phone.hang_up()
    row = till.wait_stored()
    assert (row["amount_minor"], row["session_id"]) == (0, None)
    till.lock(1)
    till.wait_state(1, BoothState.LOCKED)
    till.wait_session(session_id, SessionState.CANCELLED)


def test_a_lease_in_the_past_refuses(exchange: Exchange, till: Till) -> None:
    till.unlock(1)
    exchange.put("callshop_until", "101", "1")
    phone = exchange.dial("101", UK)
    phone.wait_end()
    assert "403" in phone.said()
    row = till.wait_call(lambda row: row["state"] == "CHARGED")
    assert (row["refused_reason"], row["amount_minor"]) == ("expired", 0)


def test_a_forbidden_destination_is_cut_before_it_answers(exchange: Exchange, till: Till) -> None:
    till.unlock(1)
    phone = exchange.dial("101", UK_FORBIDDEN + "20001234")
    phone.wait_end()
    till.until(lambda: till.booth(1).barred is not None, "the bar on the tile")
    barred = till.booth(1).barred
    assert barred is not None
    assert (barred.code, barred.destination) == ("FORBIDDEN", "UK premium")
    row = till.wait_stored()
    assert (row["answered_at"], row["amount_minor"], row["ended_by"]) == (None, 0, "EXCHANGE")
    assert "barred_forbidden" in till.audit()
    till.wait_state(1, BoothState.UNLOCKED)
    assert exchange.channels() == []


def test_a_managers_key_lets_the_next_call_through(exchange: Exchange, till: Till) -> None:
    session_id = till.unlock(1)
    exchange.dial("101", UK_WITH_A_KEY + "20001234").wait_end()
    till.until(lambda: till.booth(1).barred is not None, "the bar on the tile")
    till.ask(cmd.SetManagerPin(new_pin="2468", **who()))
    till.ask(cmd.AllowKeyed(session_id=session_id, manager_pin="2468", **who()))
    till.until(lambda: till.booth(1).barred is None, "the bar is lifted")
    phone = exchange.dial("101", UK_WITH_A_KEY + "20001234")
    till.wait_state(1, BoothState.TALKING)
    phone.hang_up()
    row = till.wait_call(lambda row: bool(row["answered_at"] and row["is_stored"]))
    assert (row["session_id"], row["amount_minor"]) == (session_id, price_of(row))
