"""What was cut, lost, late or said twice: the exchange's own records decide."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from app.domain.calls import CallAnswered, CallEnded, CallRecord, CallSeen, CallState, CallTagged
from app.domain.money import Money, Price, Rounding
from app.domain.sessions import BoothState
from app.domain.tariff import TariffRules
from app.messages import commands as cmd
from app.messages.devices import DeviceState, PrinterStatus, PrintUncertain
from app.messages.pbx import DropStored, LinkState, LockConfirmed, SetLock
from app.messages.views import LockProof
from app.store import journal
from app.store.db import DATABASE_FILE
from tests.conftest import LogGuard
from tests.fakes.shop import PIN, SENEGAL, UK, UNPRICED, FakeShop, config


def test_a_call_that_ended_while_the_till_was_dead_is_found_at_the_exchange(
    shop: FakeShop,
) -> None:
    session_id = shop.unlock(1)
    call_id = shop.dial(1)
    shop.take_up(call_id)
    shop.clock.advance(600)
    shop.link.stored[call_id] = shop.stored(call_id, 1, session_id, seconds=120)
    shop.restart()
    view = shop.view(1)
    assert (view.state, view.total) == (BoothState.UNLOCKED, Money(12))
    assert DropStored((call_id,)) in shop.link.actions
    assert shop.link.stored == {}
    shop.lock(1)
    shop.pay(session_id, 12)


def test_a_call_that_is_still_up_after_the_restart_goes_on(shop: FakeShop) -> None:
    shop.unlock(1)
    call_id = shop.dial(1)
    answered = shop.clock.us
    shop.take_up(call_id)
    shop.advance(100)
    started = shop.clock.us - 102_000_000
    shop.link.live = [CallSeen(call_id, "101", UK, CallState.ANSWERED, started, answered)]
    shop.restart()
    assert shop.view(1).state is BoothState.TALKING
    shop.advance(20)
    shop.end(call_id)
    assert shop.view(1).total == Money(12)


def test_a_call_that_began_and_ended_while_nobody_listened_is_charged(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    shop.link.go_down()
    shop.pump()
    shop.advance(300)
    shop.link.stored["77.1"] = shop.stored("77.1", 1, session_id, seconds=60)
    shop.link.come_up()
    shop.pump()
    assert shop.view(1).total == Money(6)


def test_a_call_without_any_end_is_estimated_and_a_record_replaces_that(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    call_id = shop.dial(1)
    shop.take_up(call_id)
    shop.advance(60)  # the last proof of life is at most ten seconds old
    shop.link.go_down()
    shop.pump()
    shop.advance(1000)
    shop.link.come_up()
    shop.pump()
    view = shop.view(1)
    assert view.session is not None
    assert view.session.calls[0].is_estimated
    assert Money(5) <= view.total <= Money(6)
    assert "estimated_end" in shop.audit()
    shop.tell(shop.stored(call_id, 1, session_id, seconds=180))
    view = shop.view(1)
    assert view.total == Money(18)
    assert view.session is not None
    assert not view.session.calls[0].is_estimated


def test_events_twice_or_in_the_wrong_order_change_nothing(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    call_id = shop.dial(1)
    start = shop.clock.us
    shop.advance(62)
    # The end comes first, then the answer, then the end again, then records twice.
    shop.tell(CallEnded(call_id, start + 62_000_000, 16))
    shop.tell(CallAnswered(call_id, start + 2_000_000))
    shop.tell(CallEnded(call_id, start + 62_000_000, 16))
    for _ in range(2):
        shop.tell(CallRecord(call_id, "1", 60, "ANSWERED", has_far_leg=True))
        shop.tell(CallTagged(call_id, session_id))
    assert shop.view(1).total == Money(6)


def test_news_of_unknown_calls_and_phones_invents_nothing(shop: FakeShop) -> None:
    shop.tell(CallAnswered("9.9", shop.clock.us), CallEnded("9.8", shop.clock.us))
    shop.tell(CallSeen("9.7", "999", UK, CallState.ANSWERED, shop.clock.us, shop.clock.us))
    assert {view.state for view in map(shop.view, range(1, 5))} == {BoothState.LOCKED}
    assert set(shop.audit()) == {"call_unknown", "unknown_extension"}


def test_a_session_id_that_is_not_ours_is_not_believed(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    call_id = shop.talk(1, 60)
    shop.tell(shop.stored(call_id, 1, "somebody-else", seconds=60))
    assert shop.view(1).total == Money(6)
    assert "session_unknown" in shop.audit()
    assert session_id


def test_a_call_that_the_dialplan_lets_through_for_free_is_nobodys(shop: FakeShop) -> None:
    shop.unlock(1)
    call_id = shop.dial(1, UK)
    shop.tell(CallTagged(call_id, ""))
    shop.take_up(call_id)
    shop.advance(60)
    shop.end(call_id)
    assert shop.view(1).total == Money(0)
    assert shop.audit() == ["call_without_session"]


def test_a_dead_call_on_a_locked_booth_without_session_is_listed(shop: FakeShop) -> None:
    shop.talk(3, 30)
    assert shop.view(3).state is BoothState.LOCKED
    assert shop.audit() == ["call_without_session"]


def test_a_lock_is_confirmed_only_by_the_answer_to_the_last_question(shop: FakeShop) -> None:
    shop.link.hold()
    session_id = shop.unlock(1)
    asked = [a for a in shop.link.actions if isinstance(a, SetLock) and a.session_id][-1]
    shop.lock(1)
    assert shop.view(1).lock_proof is LockProof.PENDING
    shop.link.post(LockConfirmed("main", "101", asked.request_id, session_id, shop.clock.us))
    shop.pump()
    assert shop.view(1).lock_proof is LockProof.PENDING
    shop.link.release()
    shop.pump()
    assert shop.view(1).lock_proof is LockProof.CONFIRMED


def test_a_refused_lock_is_shown_and_asked_again(shop: FakeShop) -> None:
    shop.link.fail_locks = "permission_denied"
    shop.unlock(1)
    view = shop.view(1)
    assert (view.lock_proof, view.lock_code) == (LockProof.FAILED, "permission_denied")
    shop.link.fail_locks = ""
    shop.advance(6)
    assert shop.view(1).lock_proof is LockProof.CONFIRMED


def test_the_lease_of_an_open_booth_is_renewed(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    shop.link.actions.clear()
    shop.advance(11 * 60)
    assert [a.session_id for a in shop.link.actions if isinstance(a, SetLock)] == [session_id]
    assert shop.view(1).lock_proof is LockProof.CONFIRMED


def test_a_paper_in_doubt_is_never_repeated_by_itself(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    shop.talk(1, 60)
    shop.lock(1)
    shop.printer.hold()
    shop.pay(session_id, 6)
    shop.printer.release()
    shop.pump()
    # A second sale, whose paper is under way when the till dies.
    second = shop.unlock(2)
    shop.talk(2, 60)
    shop.lock(2)
    shop.printer.uncertain_next()
    shop.pay(second, 6)
    (job,) = shop.status.print_jobs
    assert (job.state, job.copy_number) == ("UNCERTAIN", 0)
    shop.restart()
    assert shop.printer.orders == []
    shop.ask(cmd.RetryPrint(job_id=job.job_id, **shop.who()))
    assert [order.copy_number for order in shop.printer.orders] == [1]
    assert shop.status.print_jobs == ()


def test_a_paper_that_was_being_sent_at_the_crash_is_in_doubt(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    shop.talk(1, 60)
    shop.lock(1)
    shop.printer.hold()
    shop.pay(session_id, 6)
    shop.printer.release()  # says PrintStarted into the inbox; the desk has not heard it yet
    shop.desk.step(0.0)
    shop.restart()
    states = {job.state for job in shop.status.print_jobs} | {
        "PRINTED" for order in shop.printer.printed
    }
    assert states <= {"UNCERTAIN", "PRINTED"}
    assert states


def test_a_printer_that_says_nonsense_changes_nothing(shop: FakeShop) -> None:
    shop.printer.say(PrintUncertain(4711, "power"))
    shop.pump()
    assert shop.status.print_jobs == ()


def test_a_full_disk_takes_no_money_and_loses_no_news(shop: FakeShop, log_guard: LogGuard) -> None:
    log_guard.expect("app.desk.loop", "database failed")
    log_guard.expect("app.desk.loop", "database works again")
    session_id = shop.unlock(1)
    shop.talk(1, 60)
    shop.lock(1)
    call_on_2 = shop.unlock(2) and shop.dial(2)
    shop.take_up(call_on_2)
    is_full = True

    def refuse(*_args: object) -> None:
        if is_full:
            raise sqlite3.OperationalError("database or disk is full")

    event.listen(shop.engine, "before_cursor_execute", refuse)
    payment = shop.payment(session_id, 6)
    with pytest.raises(AssertionError):
        shop.ask(payment)
    shop.advance(60)
    shop.end(call_on_2)
    assert shop.status.money_stopped == "disk_full"
    is_full = False
    shop.advance(2)
    assert shop.status.money_stopped == ""
    assert shop.view(2).total == Money(6)
    shop.ask(payment)


def test_another_program_that_holds_the_file_stops_money_only_while_it_does(
    shop: FakeShop, log_guard: LogGuard
) -> None:
    log_guard.expect("app.desk.loop", "database failed")
    log_guard.expect("app.desk.loop", "database works again")
    with shop.engine.connect() as db:
        db.exec_driver_sql("PRAGMA busy_timeout=50")
    session_id = shop.unlock(1)
    shop.talk(1, 61, SENEGAL)
    shop.lock(1)
    other = sqlite3.connect(shop.folder / DATABASE_FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    payment = shop.payment(session_id, 63)
    assert shop.refusal(payment) == "database_failed"
    other.execute("ROLLBACK")
    other.close()
    shop.ask(payment)
    assert shop.status.money_stopped == ""


def test_the_clock_set_back_by_hours_changes_no_duration(shop: FakeShop) -> None:
    shop.unlock(1)
    call_id = shop.dial(1)
    at = shop.clock.us
    shop.take_up(call_id)
    shop.clock.us -= 5 * 3_600_000_000
    shop.advance(2)
    view = shop.view(1)
    assert view.live is not None
    assert view.live.seconds >= 0
    shop.tell(CallEnded(call_id, at + 60_000_000, 16))
    assert shop.view(1).total == Money(6)


def test_leaving_locks_and_says_what_is_open(shop: FakeShop) -> None:
    shop.unlock(1)
    shop.unlock(2)
    call_id = shop.dial(2)
    shop.take_up(call_id)
    report = shop.ask(cmd.PrepareQuit(**shop.who()))
    assert (report.open_booths, report.live_booths) == ((1, 2), (2,))  # type: ignore[attr-defined]
    shop.ask(cmd.PrepareQuit(close_sessions=True, **shop.who()))
    # The exchange's answer to the lock comes a moment later.
    report = shop.ask(cmd.PrepareQuit(**shop.who()))
    assert (report.open_booths, report.live_booths) == ((), (2,))  # type: ignore[attr-defined]
    assert report.unconfirmed_booths == ()  # type: ignore[attr-defined]
    shop.link.go(LinkState.DOWN)
    shop.pump()
    report = shop.ask(cmd.PrepareQuit(**shop.who()))
    assert report.unconfirmed_booths == (1, 2, 3, 4)  # type: ignore[attr-defined]


def test_a_lock_that_overtakes_the_news_of_a_call_lets_nobody_talk_for_free(
    shop: FakeShop,
) -> None:
    session_id = shop.unlock(1)
    shop.link.hold()
    shop.lock(1)
    # The customer had dialled just before; the exchange tells it before it confirms the lock.
    call_id = shop.dial(1)
    shop.tell(CallTagged(call_id, session_id))
    shop.link.release()
    shop.take_up(call_id)
    shop.advance(600)
    shop.end(call_id)
    assert shop.view(1).total == Money(60)
    shop.pay(session_id, 60)


def test_a_call_found_after_the_line_was_away_keeps_its_locked_session(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    shop.link.go_down()
    shop.pump()
    shop.lock(1)
    assert shop.view(1).state is BoothState.UNKNOWN
    assert shop.refusal(cmd.UnlockBooth(booth=1, **shop.who())) == "booth_not_free"
    now = shop.clock.us
    shop.link.live = [CallSeen("5.5", "101", UK, CallState.ANSWERED, now, now, session_id)]
    shop.link.come_up()
    shop.pump()
    shop.advance(60)
    shop.end("5.5")
    assert shop.view(1).total == Money(6)
    shop.pay(session_id, 6)


def test_a_locked_visit_without_use_closes_once_the_exchange_agrees(shop: FakeShop) -> None:
    shop.unlock(1)
    shop.link.hold()
    shop.lock(1)
    assert shop.view(1).session is not None
    assert shop.view(1).state is BoothState.LOCKED
    shop.link.release()
    shop.pump()
    assert shop.view(1).session is None
    shop.unlock(1)


def test_money_that_nobody_hands_over_is_a_typing_error(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    shop.talk(1, 60)
    shop.lock(1)
    assert shop.refusal(shop.payment(session_id, 6, 37_600_123_456)) == "received_too_large"
    shop.pay(session_id, 6, 100_000)


def test_a_fault_after_the_commit_does_not_unmake_the_sale(
    shop: FakeShop, log_guard: LogGuard
) -> None:
    log_guard.expect("app.desk.loop", "database failed")
    session_id = shop.unlock(1)
    shop.talk(1, 60)
    shop.lock(1)

    def refuse(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "print_job.receipt_id" in statement and "state" in statement:
            raise sqlite3.OperationalError("disk I/O error")

    event.listen(shop.engine, "before_cursor_execute", refuse)
    payment = shop.payment(session_id, 6)
    shop.ask(payment)
    assert [order.receipt.total for order in shop.printer.orders] == [Money(6)]
    event.remove(shop.engine, "before_cursor_execute", refuse)


def test_a_bill_that_rounding_takes_to_nothing_can_be_settled(tmp_path: Path) -> None:
    settings = config(
        rules=TariffRules(bill_step=Money(5), bill_rounding=Rounding.HALF_UP, tax_rate_bp=2000)
    )
    shop = FakeShop(tmp_path, settings)
    session_id = shop.unlock(1)
    shop.talk(1, 10)
    shop.lock(1)
    assert shop.view(1).state is BoothState.DUE
    shop.pay(session_id, 0)
    assert shop.view(1).state is BoothState.LOCKED
    assert shop.findings() == []
    shop.close()


def test_papers_wait_for_the_printer_and_then_come_as_originals(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    shop.talk(1, 60)
    shop.lock(1)
    shop.printer.say(PrinterStatus(DeviceState.LOST, "paper_out"))
    shop.printer.fail_next("paper_out")
    shop.pay(session_id, 6)
    assert [job.state for job in shop.status.print_jobs] == ["FAILED"]
    shop.printer.say(PrinterStatus(DeviceState.READY))
    shop.pump()
    assert [order.copy_number for order in shop.printer.printed] == [0]
    assert shop.status.print_jobs == ()


def test_the_first_paper_is_the_original_whenever_it_is_asked_for(shop: FakeShop) -> None:
    session_id = shop.unlock(1)
    shop.talk(1, 60)
    shop.lock(1)
    silent = replace(shop.payment(session_id, 6), wants_receipt=False)
    shop.ask(silent)
    for _ in range(2):
        shop.ask(cmd.ReprintReceipt(receipt_number="2026-000001", **shop.who()))
    assert [order.copy_number for order in shop.printer.printed] == [0, 1]
    rows = shop.ask(cmd.AskReceipts(**shop.who()))
    assert [row.copies for row in rows] == [1]  # type: ignore[attr-defined]


def test_why_a_call_was_priced_by_hand_is_kept(shop: FakeShop) -> None:
    shop.set_pin()
    shop.unlock(1)
    shop.talk(1, 60, UNPRICED)
    view = shop.view(1)
    assert view.session is not None
    price = cmd.PriceCall(
        call_key=view.session.calls[0].key,
        price_per_minute=Price(0),
        reason="wrong number",
        manager_pin=PIN,
        **shop.who(),
    )
    shop.ask(price)
    with shop.engine.connect() as db:
        (row,) = journal.findings(db, "shop", 9)
    assert (row["is_open"], row["remark"]) == (False, "wrong number")


def test_leaving_asks_again_what_was_confirmed_long_ago(shop: FakeShop) -> None:
    shop.advance(60)
    shop.link.unlocked["103"] = "by hand"
    report = shop.ask(cmd.PrepareQuit(**shop.who()))
    assert 3 in report.unconfirmed_booths  # type: ignore[attr-defined]
    report = shop.ask(cmd.PrepareQuit(**shop.who()))
    assert report.unconfirmed_booths == ()  # type: ignore[attr-defined]
    assert shop.link.unlocked == {}
