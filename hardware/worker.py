"""A thread for one device that is only interested in the latest value.

A display that is slow or away must not make a queue: a value not yet taken is replaced by the
next one. The device's work is a `step` that is called with a new value, or with None when the
pause it asked for is over.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")

AFTER_CRASH_SECONDS = 5.0


class LatestWorker(Generic[T]):
    """One thread named `device-<name>`: `step` for each latest value, `finish` once at the end."""

    def __init__(
        self, name: str, step: Callable[[T | None], float], finish: Callable[[], None]
    ) -> None:
        self._step = step
        self._finish = finish
        self._changed = threading.Condition()
        self._value: T | None = None
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name=f"device-{name}", daemon=True)

    def start(self) -> None:
        """Start; the first step has no value unless one was put before."""
        self._thread.start()

    def put(self, value: T) -> None:
        """Give the latest value; never waits."""
        with self._changed:
            self._value = value
            self._changed.notify()

    def stop(self, deadline_s: float) -> bool:
        """Let the current step end, then `finish`; True when the thread ended."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
        if self._thread.ident is None:
            return True
        self._thread.join(deadline_s)
        if self._thread.is_alive():
            log.warning("device thread late thread=%s", self._thread.name)
        return not self._thread.is_alive()

    def _run(self) -> None:
        pause = 0.0
        while (turn := self._next(pause)) is not None:
            try:
                pause = self._step(turn[0])
            except Exception:  # the thread's outermost loop: a display must come back
                log.exception("device step failed thread=%s value=%s", self._thread.name, turn[0])
                pause = AFTER_CRASH_SECONDS
        try:
            self._finish()
        except Exception:
            log.exception("device not finished thread=%s", self._thread.name)

    def _next(self, pause: float) -> tuple[T | None] | None:
        """Return the value of the next step, or None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping or self._value is not None, pause)
            if self._is_stopping:
                return None
            value, self._value = self._value, None
            return (value,)
