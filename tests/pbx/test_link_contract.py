"""What the desk may rely on of any link: the same tests for the real one and for the fake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from app.domain.calls import CallStarted, CallStored
from app.messages.pbx import (
    CallNews,
    DropStored,
    HangUp,
    HangUpFailed,
    LinkSnapshot,
    LinkState,
    LinkStateChanged,
    LockConfirmed,
    LockFailed,
    Reconnect,
    Resync,
    SetLock,
)
from app.pbx.ami import AmiLink
from app.pbx.practice import PracticeExchange
from app.ports import PbxLink
from tests.fakes.inbox import Inbox, World, until
from tests.fakes.link import FakeLink
from tests.pbx.scenarios import NUMBER, make_call


@dataclass
class Rig:
    """A link that is not started, its inbox, and the exchange's side of it."""

    link: PbxLink
    inbox: Inbox
    make_call: Callable[[], str]  # a finished call that the exchange keeps; returns its id
    lose_line: Callable[[], None]
    session_of: Callable[[str], str | None]  # of an unlocked booth

    def start(self) -> None:
        self.link.start(self.inbox.post)
        self.inbox.wait(lambda: self.inbox.state is LinkState.UP)


def real_rig(exchange: PracticeExchange) -> Rig:
    def session_of(extension: str) -> str | None:
        is_open = exchange.is_unlocked(extension)
        return exchange.database()[f"/callshop_session/{extension}"] if is_open else None

    world = World(exchange, lambda _logger, _text: None)
    world.unlock("101")
    link = AmiLink(world.settings())
    return Rig(link, Inbox(), lambda: make_call(exchange).call_id, exchange.go_away, session_of)


def fake_rig() -> Rig:
    link = FakeLink()

    def make_call() -> str:
        call_id = f"1795374950.{len(link.stored)}"
        link.tell(
            CallStarted(call_id, "101", NUMBER, 1_000_000),
            CallStored(call_id, "s-1", "101", NUMBER, 1_000_000, 2_000_000, 5_000_000, 16),
        )
        return call_id

    return Rig(link, Inbox(), make_call, link.go_down, link.unlocked.get)


@pytest.fixture(params=["real", "fake"])
def rig(request: pytest.FixtureRequest, exchange: PracticeExchange) -> Iterator[Rig]:
    rig = real_rig(exchange) if request.param == "real" else fake_rig()
    yield rig
    rig.link.stop(20.0)


def test_the_picture_comes_just_before_up(rig: Rig) -> None:
    rig.start()
    kinds = [n for n in rig.inbox.news if isinstance(n, LinkStateChanged | LinkSnapshot)]
    assert [getattr(news, "state", "picture") for news in kinds] == [
        LinkState.CONNECTING,
        LinkState.SYNCING,
        "picture",
        LinkState.UP,
    ]


def test_a_lock_is_confirmed_when_the_exchange_agrees(rig: Rig) -> None:
    rig.start()
    rig.link.send(SetLock(5, "102", "s-7"))
    confirmed = rig.inbox.wait_for(LockConfirmed)
    assert (confirmed.request_id, confirmed.extension, confirmed.session_id) == (5, "102", "s-7")
    assert rig.session_of("102") == "s-7"
    rig.link.send(SetLock(6, "102", None))
    confirmed = rig.inbox.wait_for(LockConfirmed, 2)
    assert (confirmed.request_id, confirmed.extension, confirmed.session_id) == (6, "102", None)
    assert rig.session_of("102") is None


def test_a_lock_without_a_line_fails(rig: Rig, expected_logs: Callable[[str, str], None]) -> None:
    if isinstance(rig.link, AmiLink):
        expected_logs("app.pbx", "link down")
    rig.start()
    rig.lose_line()
    rig.inbox.wait(lambda: rig.inbox.state in {LinkState.DOWN, LinkState.CONNECTING})
    rig.link.send(SetLock(9, "102", "s-7"))
    failed = rig.inbox.wait_for(LockFailed)
    assert (failed.request_id, failed.extension, failed.code) == (9, "102", "link_down")
    assert rig.session_of("102") is None


def test_a_kept_call_is_told_and_stays_until_it_is_dropped(rig: Rig) -> None:
    rig.start()
    call_id = rig.make_call()
    rig.inbox.wait(lambda: call_id in [stored.call_id for stored in stored_news(rig.inbox)])
    rig.link.send(Resync())
    rig.inbox.wait_for(LinkSnapshot, 2)
    assert [stored.call_id for stored in snapshots(rig.inbox)[-1].stored] == [call_id]
    rig.link.send(DropStored((call_id,)))
    rig.link.send(Resync())
    rig.inbox.wait(lambda: snapshots(rig.inbox)[-1].stored == ())


def stored_news(inbox: Inbox) -> list[CallStored]:
    return [n.event for n in inbox.of(CallNews) if isinstance(n.event, CallStored)]


def snapshots(inbox: Inbox) -> list[LinkSnapshot]:
    return inbox.of(LinkSnapshot)


def test_hanging_up_a_call_that_is_gone_is_no_failure(rig: Rig) -> None:
    rig.start()
    rig.link.send(HangUp("1795374950.99"))
    rig.link.send(SetLock(1, "101", None))
    rig.inbox.wait_for(LockConfirmed)
    assert rig.inbox.of(HangUpFailed) == []


def test_reconnect_while_up_changes_nothing(rig: Rig) -> None:
    rig.start()
    before = rig.inbox.codes()
    rig.link.send(Reconnect())
    rig.link.send(SetLock(1, "101", None))
    rig.inbox.wait_for(LockConfirmed)
    assert rig.inbox.codes() == before


def test_stopping_ends_it_in_time(rig: Rig) -> None:
    rig.start()
    assert rig.link.stop(20.0)
    assert rig.inbox.state is LinkState.DOWN
    rig.link.send(SetLock(1, "101", None))  # too late, and no harm
    assert rig.link.stop(20.0)


def test_stopping_in_the_middle_of_connecting(rig: Rig) -> None:
    rig.link.start(rig.inbox.post)
    assert rig.link.stop(20.0)
    until(lambda: rig.inbox.state is LinkState.DOWN)
