"""The desk's inbox: operators' commands overtake news; news waits in order and is bounded."""

from __future__ import annotations

import threading
from collections import deque
from typing import Generic, TypeVar

Command = TypeVar("Command")
News = TypeVar("News")


class Inbox(Generic[Command, News]):
    """Two lanes into one thread; any thread may post."""

    def __init__(self, capacity: int = 10_000) -> None:
        """`capacity` bounds the lane of news; commands are few and never refused."""
        self._commands: deque[Command] = deque()
        self._news: deque[News] = deque()
        self._capacity = capacity
        self._ready = threading.Condition()
        self._is_closed = False

    def post_command(self, command: Command) -> bool:
        """Hand a command over; False once the inbox is closed."""
        with self._ready:
            if self._is_closed:
                return False
            self._commands.append(command)
            self._ready.notify()
            return True

    def post_news(self, news: News) -> bool:
        """Hand news over; False when the lane is full or closed: the sender resynchronises."""
        with self._ready:
            if self._is_closed or len(self._news) >= self._capacity:
                return False
            self._news.append(news)
            self._ready.notify()
            return True

    def put_back(self, news: list[News]) -> None:
        """Return news that could not be written down, to be taken again first."""
        with self._ready:
            self._news.extendleft(reversed(news))

    def take(self, timeout_s: float, most: int) -> tuple[Command | None, list[News]]:
        """Wait for a command, or else up to `most` news; nothing when the time is over.

        With `most` 0 news stays where it is and only a command ends the wait.
        """
        with self._ready:
            if not self._commands and not (most and self._news) and not self._is_closed:
                self._ready.wait(timeout_s)
            if self._commands:
                return self._commands.popleft(), []
            batch = [self._news.popleft() for _ in range(min(most, len(self._news)))]
            return None, batch

    def close(self) -> None:
        """Take nothing more in; what waits can still be taken."""
        with self._ready:
            self._is_closed = True
            self._ready.notify_all()

    @property
    def is_drained(self) -> bool:
        """Closed, and nothing waits."""
        with self._ready:
            return self._is_closed and not self._commands and not self._news
