"""The real link against the practice exchange: locks, cuts, kept calls, clocks, strangers."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from app.domain.calls import CallEnded, CallRefused, CallSeen, CallState, CallTagged, EndedBy
from app.messages.pbx import (
    CallNews,
    ClockMeasured,
    HangUp,
    HangUpFailed,
    LinkSnapshot,
    LinkState,
    LockConfirmed,
    LockFailed,
    Reconnect,
    Resync,
    SetLock,
)
from app.pbx.ami_session import MAX_FAULTS, AmiSession
from tests.fakes.inbox import TIMES, Inbox, World, until
from tests.pbx.scenarios import NUMBER, Truth, agree, is_talking, make_call

HOUR_US = 3_600_000_000


def events(inbox: Inbox) -> list[object]:
    return [news.event for news in inbox.of(CallNews)]


def test_the_lease_is_of_the_exchanges_clock(world: World) -> None:
    world.exchange.clock_offset_us = -HOUR_US
    link, inbox = world.link_up()
    link.send(SetLock(1, "101", "s-1", lease_s=60))
    confirmed = inbox.wait_for(LockConfirmed)
    until_s = int(world.exchange.database()["/callshop_until/101"])
    assert 0 <= until_s - world.exchange.now_us() // 1_000_000 <= 60
    assert abs(confirmed.at - world.exchange.now_us()) < HOUR_US // 2
    assert world.exchange.is_unlocked("101")
    world.exchange.clock_offset_us += 61_000_000
    assert not world.exchange.is_unlocked("101")


def test_an_expired_lease_refuses_and_is_not_in_the_picture(world: World) -> None:
    link, inbox = world.link_up()
    link.send(SetLock(1, "101", "s-1", lease_s=60))
    inbox.wait_for(LockConfirmed)
    world.exchange.clock_offset_us += 61_000_000
    world.exchange.dial("101", NUMBER)
    inbox.wait(lambda: any(isinstance(event, CallRefused) for event in events(inbox)))
    (refused,) = [event for event in events(inbox) if isinstance(event, CallRefused)]
    assert (refused.extension, refused.dialled, refused.reason) == ("101", NUMBER, "expired")
    link.send(Resync())
    assert inbox.wait_for(LinkSnapshot, 2).unlocked == ()


def test_a_locked_booth_reaches_emergency_numbers_for_no_session(world: World) -> None:
    _, inbox = world.link_up()
    call_id = world.exchange.dial("104", "112")
    world.exchange.answer(call_id)
    world.exchange.hang_up(call_id)
    world.wait(inbox, lambda: agree(inbox, Truth(call_id, "112", is_answered=True)))
    assert CallTagged(call_id, "") in events(inbox)
    assert inbox.calls()[call_id].session_id == ""


def test_a_call_carries_the_session_in_which_it_was_dialled(world: World) -> None:
    link, inbox = world.link_up()
    link.send(SetLock(1, "101", "s-1"))
    inbox.wait_for(LockConfirmed)
    call_id = world.exchange.dial("101", NUMBER)
    world.exchange.answer(call_id)
    link.send(SetLock(2, "101", None))
    link.send(SetLock(3, "101", "s-2"))
    inbox.wait_for(LockConfirmed, 3)
    world.exchange.hang_up(call_id)
    world.wait(inbox, lambda: agree(inbox, Truth(call_id, NUMBER, is_answered=True)))
    assert inbox.calls()[call_id].session_id == "s-1"


def test_the_last_lock_asked_for_stands(world: World) -> None:
    link, inbox = world.link_up()
    for request_id in range(1, 21):
        link.send(SetLock(request_id, "101", "s-1" if request_id % 2 else None))
    inbox.wait_for(LockConfirmed, 20)
    assert [lock.request_id for lock in inbox.of(LockConfirmed)] == list(range(1, 21))
    assert not world.exchange.is_unlocked("101")


@pytest.mark.parametrize(
    ("extension", "session"),
    [("101", "s\r\nAction: Command"), ("1\n01", "s-1"), ("101", "s|1"), ("", "s-1"), ("101", "")],
)
def test_a_value_that_would_be_read_otherwise_is_refused(
    extension: str, session: str, world: World
) -> None:
    link, inbox = world.link_up()
    link.send(SetLock(1, extension, session))
    assert inbox.wait_for(LockFailed).code == "bad_value"
    assert not [key for key in world.exchange.database() if key.startswith("/callshop/")]


def test_a_lease_of_nothing_is_a_lock(world: World) -> None:
    world.unlock("101")
    link, inbox = world.link_up()
    link.send(SetLock(1, "101", "s-1", lease_s=0))
    inbox.wait_for(LockConfirmed)
    assert not world.exchange.is_unlocked("101")


def test_hanging_up_a_live_call(world: World) -> None:
    world.unlock("101")
    link, inbox = world.link_up()
    call_id = world.exchange.dial("101", NUMBER)
    world.exchange.answer(call_id)
    world.wait(inbox, lambda: is_talking(inbox, call_id))
    link.send(HangUp(call_id))
    world.wait(inbox, lambda: agree(inbox, Truth(call_id, NUMBER, is_answered=True)))
    assert inbox.calls()[call_id].ended_by is EndedBy.EXCHANGE
    assert world.exchange.live_calls() == []
    assert inbox.of(HangUpFailed) == []


def test_a_call_of_before_the_line_can_be_hung_up(world: World) -> None:
    world.unlock("101")
    call_id = world.exchange.dial("101", NUMBER)
    world.exchange.ring(call_id)
    link, inbox = world.link_up()
    seen = inbox.wait_for(LinkSnapshot).live
    assert [(call.call_id, call.state, call.session_id) for call in seen] == [
        (call_id, CallState.RINGING, "s-1")
    ]
    link.send(HangUp(call_id))
    until(lambda: world.exchange.live_calls() == [])


def test_hanging_up_without_the_right(world: World) -> None:
    world.unlock("101")
    link, inbox = world.link_up()
    call_id = world.exchange.dial("101", NUMBER)
    world.wait(inbox, lambda: call_id in inbox.calls())
    world.exchange.account.rights = frozenset({"reporting"})
    link.send(HangUp(call_id))
    assert inbox.wait_for(HangUpFailed).code == "permission_denied"


def test_the_picture_of_a_call_that_talks(world: World) -> None:
    world.unlock("102", session="s-9")
    call_id = world.exchange.dial("102", NUMBER)
    world.exchange.ring(call_id)
    world.exchange.answer(call_id)
    _, inbox = world.link_up()
    snapshot = inbox.wait_for(LinkSnapshot)
    (seen,) = snapshot.live
    assert isinstance(seen, CallSeen)
    assert (seen.call_id, seen.extension, seen.dialled) == (call_id, "102", NUMBER)
    assert seen.state is CallState.ANSWERED
    assert seen.session_id == "s-9"
    assert seen.answered_at is not None
    assert seen.started_at < seen.answered_at <= world.exchange.now_us()
    assert snapshot.unlocked == (("102", "s-9"),)
    world.exchange.hang_up(call_id)
    world.wait(inbox, lambda: agree(inbox, Truth(call_id, NUMBER, is_answered=True)))
    assert inbox.calls()[call_id].answered_at == seen.answered_at


def test_calls_that_ended_while_the_desk_was_away_are_in_the_picture(world: World) -> None:
    world.unlock("101", "102")
    truths = [make_call(world.exchange), make_call(world.exchange, "102")]
    _, inbox = world.link_up()
    assert agree(inbox, *truths)


def test_an_exchange_that_cannot_list_its_keys(world: World) -> None:
    world.exchange.account.unknown_actions = frozenset({"DBGetTree"})
    world.unlock("101", "103")
    _, inbox = world.link_up()
    assert inbox.wait_for(LinkSnapshot).unlocked == (("101", "s-1"), ("103", "s-1"))
    truth = make_call(world.exchange)
    world.wait(inbox, lambda: agree(inbox, truth))


def test_events_without_stamps_get_the_exchanges_time(world: World) -> None:
    world.exchange.clock_offset_us = 2 * HOUR_US
    world.exchange.faults.unstamped = True
    world.exchange.keep_calls(is_on=False)
    world.unlock("101")
    _, inbox = world.link_up()
    truth = make_call(world.exchange)
    world.wait(inbox, lambda: agree(inbox, truth))
    started = inbox.calls()[truth.call_id].started_at
    assert abs(started - world.exchange.now_us()) < HOUR_US


def test_the_clock_is_measured_again_and_again(world: World) -> None:
    world.exchange.clock_offset_us = HOUR_US
    _, inbox = world.link_up(times=replace(TIMES, ping_every_s=0.02))
    assert abs(inbox.wait_for(LinkSnapshot).clock_offset_us - HOUR_US) < HOUR_US // 10
    world.exchange.clock_offset_us = 3 * HOUR_US
    world.wait(
        inbox,
        lambda: any(
            abs(clock.offset_us - 3 * HOUR_US) < HOUR_US // 10 for clock in inbox.of(ClockMeasured)
        ),
    )


def test_a_record_that_is_late_is_fetched(world: World) -> None:
    world.unlock("101")
    world.exchange.keep_calls(is_on=False)
    _, inbox = world.link_up()
    truth = make_call(world.exchange)
    world.wait(inbox, lambda: any(isinstance(event, CallEnded) for event in events(inbox)))
    record = f"v1|s-8|101|{NUMBER}|1795374950.0|1795374951.5|1795374960.0|16|ANSWER"
    world.exchange.put("callshop_cdr", truth.call_id, record)
    world.wait(inbox, lambda: inbox.calls()[truth.call_id].is_stored)


def test_calls_of_other_phones_are_not_news(world: World) -> None:
    world.unlock("101", "777")
    _, inbox = world.link_up()
    make_call(world.exchange, "777")
    truth = make_call(world.exchange)
    world.wait(inbox, lambda: agree(inbox, truth))
    assert set(inbox.calls()) == {truth.call_id}


def test_any_greeting_will_do(world: World) -> None:
    world.exchange.greeting = "PBX Call Manager"
    _, inbox = world.link_up()
    assert inbox.state is LinkState.UP


def test_it_comes_back_after_a_long_silence_of_the_port(world: World) -> None:
    world.expect_failure()
    _, inbox = world.link_up()
    world.exchange.go_away()
    world.wait(inbox, lambda: (LinkState.DOWN, "unreachable") in inbox.codes())
    world.exchange.come_back()
    world.wait_up(inbox, 2)


def test_reconnect_does_not_wait_for_the_next_attempt(world: World) -> None:
    world.expect_failure()
    world.exchange.go_away()
    link, inbox = world.link(times=replace(TIMES, first_retry_s=600.0, longest_retry_s=600.0))
    world.wait(inbox, lambda: inbox.state is LinkState.DOWN)
    world.exchange.come_back()
    link.send(Reconnect())
    world.wait_up(inbox)


def test_a_failure_is_logged_once_and_the_recovery_too(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "app.pbx")
    world.expect_failure()
    world.exchange.go_away()
    _, inbox = world.link()
    world.wait(inbox, lambda: [state for state, _ in inbox.codes()].count(LinkState.DOWN) >= 3)
    world.exchange.come_back()
    world.wait_up(inbox)
    until(lambda: "link up again link=main" in caplog.text)
    assert caplog.text.count("link down") == 1
    assert "practice" not in caplog.text


def test_no_secret_in_what_the_link_shows_of_itself(world: World) -> None:
    assert "practice" not in repr(world.settings())


def test_a_flood_of_garbage_ends_the_line(world: World) -> None:
    world.expect_failure()
    _, inbox = world.link_up()
    world.exchange.send_raw(b"nonsense\r\n\r\n" * (MAX_FAULTS + 1))
    world.wait(inbox, lambda: (LinkState.DOWN, "garbage") in inbox.codes())
    world.wait_up(inbox, 2)


@contextmanager
def stranger(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Serve something that is no exchange, one connection at a time; yields its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                try:
                    talk(connection)
                    while connection.recv(4096):
                        pass
                except OSError:
                    continue

    server = threading.Thread(target=serve, name="stranger", daemon=True)
    server.start()
    with closing(listener):
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    server.join(20.0)


HTTP = (
    b"HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nConnection: close\r\n\r\n<html></html>\r\n\r\n"
)


@pytest.mark.parametrize(
    ("says", "code"),
    [
        (HTTP, "not_an_exchange"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "not_an_exchange"),
        (b"\x00" * 5000, "not_an_exchange"),
        (b"", "silent"),
        (b"Hello\r\nResponse: Success\r\nActionID: callshop-1\r\n\r\n", "not_an_exchange"),
    ],
    ids=["http", "ssh", "zeros", "nothing", "no challenge"],
)
def test_strangers_are_named(says: bytes, code: str, world: World) -> None:
    world.expect_failure()
    with stranger(lambda line: line.sendall(says)) as port:
        link, inbox = world.link(port=port, times=replace(TIMES, login_s=0.3))
        world.wait(inbox, lambda: (LinkState.DOWN, code) in inbox.codes())
        assert link.stop(20.0)


def test_an_unanswered_action_ends_the_line(world: World) -> None:
    world.expect_failure()
    world.exchange.faults.mute_actions = frozenset({"Status"})
    _, inbox = world.link(times=replace(TIMES, answer_s=0.2))
    world.wait(inbox, lambda: (LinkState.DOWN, "no_answer") in inbox.codes())
    world.exchange.faults.mute_actions = frozenset()
    world.wait_up(inbox)


def test_an_exchange_that_cannot_yet_list_its_channels(world: World) -> None:
    world.expect_failure()
    world.exchange.account.unknown_actions = frozenset({"CoreShowChannels"})
    _, inbox = world.link()
    world.wait(inbox, lambda: (LinkState.DOWN, "exchange_error") in inbox.codes())
    world.exchange.account.unknown_actions = frozenset()
    world.wait_up(inbox)


def test_a_bug_in_a_session_is_logged_and_the_line_made_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive, failures = AmiSession.receive, ["once"]

    def faulty(self: AmiSession, data: bytes) -> None:
        if failures:
            failures.pop()
            raise ValueError("planted")
        receive(self, data)

    monkeypatch.setattr(AmiSession, "receive", faulty)
    world.expect_failure("link failed")
    world.expect_failure()
    _, inbox = world.link_up()
    assert (LinkState.DOWN, "internal_error") in inbox.codes()


def test_a_desk_that_is_full_while_the_line_is_down_learns_the_state(world: World) -> None:
    world.expect_failure()
    _, inbox = world.link_up()
    inbox.room = 0
    world.exchange.go_away()
    world.wait(inbox, lambda: inbox.refused > 0)
    world.exchange.come_back()
    inbox.room = None
    world.wait_up(inbox, 2)
    states = [state for state, _ in inbox.codes()]
    assert states[-2:] == [LinkState.SYNCING, LinkState.UP]
