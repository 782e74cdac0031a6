"""The till dies, is away, comes back: nothing is lost, nothing moves to another customer."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.domain.sessions import BoothState, SessionState
from app.main import _leave
from app.messages import commands as cmd
from tests.conftest import LogGuard
from tests.real.conftest import OpenElsewhere, OpenTill
from tests.real.exchange import BARE_MODULES, EXTENSIONS, Exchange, until
from tests.real.till import UK, Till, is_answered, price_of, who


@pytest.fixture
def _line_is_cut(log_guard: LogGuard) -> None:
    log_guard.expect("app.pbx", "link down")


def _seconds(seconds: float) -> None:
    """Let a real call last: its length is what is charged."""
    time.sleep(seconds)


def test_a_call_that_ends_while_the_till_is_dead_is_charged_from_the_store(
    exchange: Exchange, open_elsewhere: OpenElsewhere, open_till: OpenTill
) -> None:
    dead = open_elsewhere()
    session_id = dead.unlock(1)
    phone = exchange.dial("101", UK)
    dead.wait_state(1, "TALKING")
    dead.process.kill()
    _seconds(1.5)
    phone.hang_up()
    until(lambda: len(exchange.kept()) == 1, "the call in the exchange's store")
    [(call_id, kept)] = exchange.kept().items()
    till = open_till()
    row = till.wait_stored()
    assert (row["call_id"], row["session_id"], row["state"]) == (call_id, session_id, "CHARGED")
    assert kept.split("|")[5:7] == [f"{row[at] / 1e6:.6f}" for at in ("answered_at", "ended_at")]
    assert row["amount_minor"] == price_of(row) == till.owed(session_id) >= 20
    assert not row["is_estimated"]
    until(lambda: exchange.kept() == {}, "the kept call deleted")
    # The session went on: the customer is still in the booth, and pays what he owes.
    till.wait_lock(1, unlocked=True)
    till.lock(1)
    till.pay(session_id, row["amount_minor"])


def test_a_whole_call_while_the_till_is_dead(
    exchange: Exchange, open_elsewhere: OpenElsewhere, open_till: OpenTill
) -> None:
    dead = open_elsewhere()
    session_id = dead.unlock(1)
    dead.process.kill()
    phone = exchange.dial("101", UK)
    until(lambda: "ACK" in phone.said(), "the answer")
    _seconds(1.2)
    phone.hang_up()
    till = open_till()
    row = till.wait_stored()
    assert (row["session_id"], row["state"]) == (session_id, "CHARGED")
    assert row["amount_minor"] == price_of(row) == till.owed(session_id) >= 20
    until(lambda: exchange.kept() == {}, "the kept call deleted")


def test_a_call_that_outlives_the_till_goes_on_in_the_next_one(
    exchange: Exchange, open_elsewhere: OpenElsewhere, open_till: OpenTill
) -> None:
    dead = open_elsewhere()
    session_id = dead.unlock(1)
    phone = exchange.dial("101", UK)
    dead.wait_state(1, "TALKING")
    dead.process.kill()
    till = open_till()
    till.wait_state(1, BoothState.TALKING)
    before = till.wait_call(is_answered)
    phone.hang_up()
    row = till.wait_stored()
    assert (row["call_id"], row["session_id"]) == (before["call_id"], session_id)
    assert abs(row["answered_at"] - before["answered_at"]) < 500_000
    assert row["amount_minor"] == price_of(row)


def test_a_call_that_began_while_the_till_was_dead_is_found_with_its_answer(
    exchange: Exchange, open_elsewhere: OpenElsewhere, open_till: OpenTill
) -> None:
    dead = open_elsewhere()
    session_id = dead.unlock(1)
    dead.process.kill()
    phone = exchange.dial("101", UK)
    until(lambda: "ACK" in phone.said(), "the answer")
    till = open_till()
    till.wait_state(1, BoothState.TALKING)
    seen = till.wait_call(is_answered)
    assert seen["session_id"] == session_id
    phone.hang_up()
    row = till.wait_stored()
    assert abs(row["answered_at"] - seen["answered_at"]) < 500_000
    assert row["amount_minor"] == price_of(row)


@pytest.mark.usefixtures("_line_is_cut")
def test_a_late_record_is_never_on_the_next_customers_bill(
    exchange: Exchange, open_till: OpenTill, tmp_path: Path
) -> None:
    first_till = Till(tmp_path / "shop", exchange.ami_port)
    with first_till.open():
        first = first_till.unlock(1)
        phone = exchange.dial("101", UK)
        first_till.wait_state(1, BoothState.TALKING)
        phone.hang_up()
        paid = first_till.wait_stored()
    # With the till closed he calls again, and what is kept of that goes astray for a while.
    phone = exchange.dial("101", UK)
    until(lambda: "ACK" in phone.said(), "the answer")
    phone.hang_up()
    until(lambda: len(exchange.kept()) == 1, "the call in the exchange's store")
    [(call_id, kept)] = exchange.kept().items()
    exchange.forget("callshop_cdr", call_id)
    till = open_till()
    till.lock(1)
    till.pay(first, paid["amount_minor"])
    second = till.unlock(1)
    exchange.put("callshop_cdr", call_id, kept)
    exchange.cut_manager()
    row = till.wait_call(lambda row: row["call_id"] == call_id and row["is_stored"])
    assert row["session_id"] == first
    assert till.owed(second) == 0
    assert "late_record" in till.audit()
    till.wait_lock(1, unlocked=True)
    view = till.booth(1)
    assert view.session is not None
    assert (view.session.session_id, view.session.calls) == (second, ())
    until(lambda: exchange.kept() == {}, "the kept call deleted")
    till.lock(1)
    till.wait_session(second, SessionState.CANCELLED)
    assert till.sessions()[first] == "SETTLED"


@pytest.mark.usefixtures("_line_is_cut")
def test_the_line_is_cut_in_mid_call_and_the_call_goes_on(exchange: Exchange, till: Till) -> None:
    till.unlock(1)
    phone = exchange.dial("101", UK)
    till.wait_state(1, BoothState.TALKING)
    before = till.wait_call(is_answered)
    exchange.cut_manager()
    till.wait_state(1, BoothState.UNKNOWN)
    till.wait_state(1, BoothState.TALKING)
    till.wait_lock(1, unlocked=True)
    phone.hang_up()
    row = till.wait_stored()
    assert row["call_id"] == before["call_id"]
    assert len(till.calls()) == 1
    assert row["amount_minor"] == price_of(row) >= 20


def test_an_emergency_call_while_no_till_runs(exchange: Exchange, open_till: OpenTill) -> None:
    phone = exchange.dial("104", "112")
    until(lambda: "ACK" in phone.said(), "the answer")
    refused = exchange.dial("103", UK)
    refused.wait_end()
    assert "403" in refused.said()
    phone.hang_up()
    till = open_till()
    row = till.wait_stored()
    assert (row["dialled"], row["session_id"], row["amount_minor"]) == ("112", None, 0)
    assert till.audit() == ["emergency_call"]
    until(lambda: exchange.kept() == {}, "the kept call deleted")


def test_an_emergency_call_without_any_module_but_dial(tmp_path: Path) -> None:
    exchange = Exchange(tmp_path / "exchange", BARE_MODULES)
    try:
        exchange.start()
        phone = exchange.dial("101", "15")
        phone.hang_up()
        assert "200" in phone.said()
        refused = exchange.dial("101", UK)
        refused.wait_end()
        assert "ACK" in refused.said()
        assert "200" not in refused.said()
    finally:
        exchange.stop()


def test_leaving_locks_every_booth_and_ends_no_call(
    exchange: Exchange, open_till: OpenTill, tmp_path: Path
) -> None:
    leaving = Till(tmp_path / "shop", exchange.ami_port)
    with leaving.open():
        idle, talking = leaving.unlock(1), leaving.unlock(2)
        phone = exchange.dial("102", UK)
        leaving.wait_state(2, BoothState.TALKING)
        leaving.ask(cmd.PrepareQuit(close_sessions=True, **who()))
        assert _leave(leaving.opened, leaving.answers) == ()
        locks = {exchange.entry("callshop", name) for name in EXTENSIONS}
        assert locks == {"locked"}
        leaving.wait_session(idle, SessionState.CANCELLED)
    assert leaving.sessions() == {idle: "CANCELLED", talking: "DUE"}
    assert len(exchange.channels()) == 2
    phone.hang_up()
    till = open_till()
    row = till.wait_stored()
    till.wait_state(2, BoothState.DUE)
    assert (row["session_id"], row["amount_minor"]) == (talking, price_of(row))
    till.pay(talking, row["amount_minor"])


def test_leaving_with_a_customer_in_the_booth_leaves_his_lease(
    exchange: Exchange, tmp_path: Path
) -> None:
    till = Till(tmp_path / "shop", exchange.ami_port)
    with till.open():
        session_id = till.unlock(1)
        assert _leave(till.opened, till.answers) == ()
    locks = {name: exchange.entry("callshop", name) for name in EXTENSIONS}
    assert locks == {"101": "unlocked", "102": "locked", "103": "locked", "104": "locked"}
    assert till.sessions() == {session_id: "OPEN"}


def test_leaving_names_what_the_exchange_could_not_confirm(
    exchange: Exchange, tmp_path: Path, log_guard: LogGuard
) -> None:
    log_guard.expect("app.pbx", "link down")
    log_guard.expect("app.main", "left with locks unconfirmed")
    till = Till(tmp_path / "shop", exchange.ami_port)
    with till.open():
        exchange.kill()
        till.wait_state(1, BoothState.UNKNOWN)
        assert _leave(till.opened, till.answers) == (1, 2, 3, 4)


@pytest.mark.timeout(240)
def test_the_lease_of_a_dead_till_ends_by_itself(
    exchange: Exchange, open_elsewhere: OpenElsewhere
) -> None:
    dead = open_elsewhere(lease_minutes=1)
    dead.unlock(1)
    first = int(exchange.entry("callshop_until", "101") or 0)
    until(lambda: int(exchange.entry("callshop_until", "101") or 0) > first, "the lease renewed")
    dead.process.kill()
    phone = exchange.dial("101", UK)
    phone.hang_up()
    lease = int(exchange.entry("callshop_until", "101") or 0)
    _seconds(max(0.0, lease - time.time()))
    phone = exchange.dial("101", UK)
    phone.wait_end()
    assert "403" in phone.said()
    assert exchange.entry("callshop", "101") == "unlocked"
