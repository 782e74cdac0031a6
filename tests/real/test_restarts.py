"""Asterisk itself is restarted or dies in mid-call."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.clock import SystemClock
from app.domain.sessions import BoothState
from app.messages.pbx import LinkState
from app.store.tables import link_alive
from tests.conftest import LogGuard
from tests.real.exchange import Exchange, until
from tests.real.till import UK, Till, is_answered, price_of


@pytest.fixture(autouse=True)
def _line_is_cut(log_guard: LogGuard) -> None:
    log_guard.expect("app.pbx", "link down")


def test_restart_now_in_mid_call_charges_what_was_talked(exchange: Exchange, till: Till) -> None:
    session_id = till.unlock(1)
    phone = exchange.dial("101", UK)
    till.wait_state(1, BoothState.TALKING)
    till.until(lambda: (live := till.booth(1).live) is not None and live.seconds >= 1)
    exchange.restart_now()
    phone.wait_end()
    row = till.wait_stored()
    assert (row["state"], row["session_id"]) == ("CHARGED", session_id)
    assert row["amount_minor"] == price_of(row) == till.owed(session_id) >= 20
    assert not row["is_estimated"]
    assert "estimated_end" not in till.audit()
    # The same session goes on, and its booth may dial again.
    till.wait_state(1, BoothState.UNLOCKED)
    till.wait_lock(1, unlocked=True)
    until(lambda: exchange.kept() == {}, "the kept call deleted")
    again = exchange.dial("101", UK)
    till.wait_state(1, BoothState.TALKING)
    again.hang_up()
    till.until(lambda: len(till.calls()) == 2 and bool(till.calls()[1]["is_stored"]))


def test_a_killed_exchange_leaves_an_end_at_the_last_proof_of_life(
    exchange: Exchange, till: Till
) -> None:
    session_id = till.unlock(1)
    phone = exchange.dial("101", UK)
    till.wait_state(1, BoothState.TALKING)
    talking = till.wait_call(is_answered)

    def alive_at() -> int:
        [row] = till.rows(select(link_alive))
        return int(row["at"])

    # The desk writes it down every ten seconds while somebody talks.
    until(lambda: alive_at() > talking["answered_at"], "a proof of life in mid-call")
    proof = alive_at()
    exchange.kill()
    killed_at = SystemClock().now_us()
    phone.vanish()
    till.until(lambda: till.link is LinkState.DOWN)
    assert till.booth(1).state is BoothState.UNKNOWN
    exchange.start()
    row = till.wait_call(lambda row: row["ended_at"] is not None)
    assert row["is_estimated"]
    assert row["answered_at"] < proof <= row["ended_at"] <= killed_at
    assert (row["session_id"], row["state"]) == (session_id, "CHARGED")
    assert row["amount_minor"] == price_of(row) == till.owed(session_id)
    assert till.audit() == ["estimated_end"]
    till.wait_state(1, BoothState.UNLOCKED)
    till.wait_lock(1, unlocked=True)


def test_what_a_killed_exchange_may_have_forgotten_is_pushed_again(
    exchange: Exchange, till: Till
) -> None:
    session_id = till.unlock(1)
    # Asterisk commits its AstDB at most once a second: this unlock may be lost, or not.
    exchange.kill()
    till.wait_state(1, BoothState.UNKNOWN)
    exchange.start()
    till.wait_state(1, BoothState.UNLOCKED)
    till.wait_lock(1, unlocked=True)
    assert exchange.entry("callshop", "101") == "unlocked"
    assert exchange.entry("callshop_session", "101") == session_id
    assert exchange.entry("callshop", "102") == "locked"
