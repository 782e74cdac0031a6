"""What stands where the desk stands: an inbox that can be full, and the calls it concludes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from app.domain.calls import Call, CallEvent, apply
from app.messages.pbx import (
    CallNews,
    LinkNews,
    LinkSnapshot,
    LinkState,
    LinkStateChanged,
)
from app.pbx.ami import AmiLink, AmiSettings, AmiTimes
from app.pbx.practice import PracticeExchange
from app.pbx.trace import conclude

PATIENCE_S = 20.0
EXTENSIONS = {f"10{n}": f"10{n}" for n in range(1, 7)}
TIMES = AmiTimes(
    connect_s=10.0,
    login_s=10.0,
    answer_s=20.0,
    ping_every_s=20.0,
    first_retry_s=0.02,
    longest_retry_s=0.05,
    doubt_s=0.05,
    stored_retries_s=(0.02, 0.05, 0.1, 0.3),
)

T = TypeVar("T")


class Inbox:
    """Takes news from a link's thread; `room` is how much more it takes, None without end."""

    def __init__(self) -> None:
        self.news: list[LinkNews] = []
        self.room: int | None = None
        self.refused = 0
        self._changed = threading.Condition()

    def post(self, news: LinkNews) -> bool:
        with self._changed:
            if self.room is not None:
                if self.room <= 0:
                    self.refused += 1
                    self._changed.notify_all()
                    return False
                self.room -= 1
            self.news.append(news)
            self._changed.notify_all()
            return True

    def wait(self, condition: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        """Wait until a condition on this inbox holds; AssertionError when it never does."""
        with self._changed:
            held = self._changed.wait_for(condition, patience_s)
        assert held, f"never came true; the last news: {self.news[-8:]}"

    def of(self, kind: type[T]) -> list[T]:
        with self._changed:
            return [news for news in self.news if isinstance(news, kind)]

    @property
    def state(self) -> LinkState | None:
        states = self.of(LinkStateChanged)
        return states[-1].state if states else None

    def wait_for(self, kind: type[T], count: int = 1, patience_s: float = PATIENCE_S) -> T:
        """Wait for the first news of a kind, or for the `count`th."""
        self.wait(lambda: len(self.of(kind)) >= count, patience_s)
        return self.of(kind)[count - 1]

    def codes(self) -> list[tuple[LinkState, str]]:
        return [(change.state, change.code) for change in self.of(LinkStateChanged)]

    def calls(self) -> dict[str, Call]:
        """Return the calls as a desk would conclude them: news in order, the snapshot's word."""
        calls: dict[str, Call] = {}
        with self._changed:
            news = list(self.news)
        for item in news:
            if isinstance(item, LinkSnapshot):
                for seen in item.live:
                    _apply(calls, seen)
                for stored in item.stored:
                    _apply(calls, stored)
                _end_missing(calls, {seen.call_id for seen in item.live})
            elif isinstance(item, CallNews):
                _apply(calls, item.event)
        return calls

    def concluded(self) -> list[dict[str, Any]]:
        return [conclude(call) for call in self.calls().values()]


def _apply(calls: dict[str, Call], event: CallEvent) -> None:
    call, _ = apply(calls.get(event.call_id), event)
    if call is not None:
        calls[event.call_id] = call


def _end_missing(calls: dict[str, Call], live: set[str]) -> None:
    for call_id, call in calls.items():
        if call.is_live and call_id not in live:
            ended = replace(call, ended_at=call.answered_at or call.started_at, is_estimated=True)
            calls[call_id] = ended


class World:
    """A practice exchange, links to it, and how long to wait before a hope is given up."""

    def __init__(
        self, exchange: PracticeExchange, expected_logs: Callable[[str, str], None]
    ) -> None:
        self.exchange = exchange
        self.patience_s = PATIENCE_S
        self._expected_logs = expected_logs
        self._links: list[AmiLink] = []

    def settings(
        self, *, times: AmiTimes = TIMES, secret: str = "practice", port: int | None = None
    ) -> AmiSettings:
        return AmiSettings(
            name="main",
            host=self.exchange.host,
            port=port or self.exchange.port,
            username="callshop",
            secret=secret,
            endpoints=EXTENSIONS,
            times=times,
        )

    def link(
        self, *, times: AmiTimes = TIMES, secret: str = "practice", port: int | None = None
    ) -> tuple[AmiLink, Inbox]:
        """Start a link to the exchange, or to whatever listens on `port`."""
        settings = self.settings(times=times, secret=secret, port=port)
        link, inbox = AmiLink(settings), Inbox()
        link.start(inbox.post)
        self._links.append(link)
        return link, inbox

    def link_up(self, *, times: AmiTimes = TIMES) -> tuple[AmiLink, Inbox]:
        """Start a link and wait until it is up."""
        link, inbox = self.link(times=times)
        self.wait_up(inbox)
        return link, inbox

    def wait(self, inbox: Inbox, condition: Callable[[], bool]) -> None:
        inbox.wait(condition, self.patience_s)

    def wait_up(self, inbox: Inbox, times: int = 1) -> None:
        """Wait until the link is up for the so manieth time."""
        self.wait(
            inbox,
            lambda: (
                [state for state, _ in inbox.codes()].count(LinkState.UP) >= times
                and inbox.state is LinkState.UP
            ),
        )

    def expect_failure(self, text: str = "link down") -> None:
        """Say that a link will fail and log it."""
        self._expected_logs("app.pbx", text)

    def unlock(self, *extensions: str, session: str = "s-1") -> None:
        """Unlock booths from inside the exchange."""
        for extension in extensions:
            self.exchange.put("callshop_session", extension, session)
            self.exchange.put("callshop_until", extension, "99999999999")
            self.exchange.put("callshop", extension, "unlocked")

    def close(self) -> None:
        for link in self._links:
            assert link.stop(PATIENCE_S)


def until(condition: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    """Wait for something that nobody announces."""
    give_up = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < give_up, "never came true"
        threading.Event().wait(0.005)
