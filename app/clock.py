"""The two clocks of the program. Code that needs the time is given a `Clock`; tests give a fake."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Wall clock in UTC and a monotonic clock."""

    def now_us(self) -> int:
        """Microseconds since the epoch, UTC; may jump when the computer's clock is set."""

    def monotonic(self) -> float:
        """Seconds that never go back; for deadlines only."""


class SystemClock:
    """The computer's own clocks."""

    def now_us(self) -> int:
        """Return the wall clock in microseconds."""
        return time.time_ns() // 1000

    def monotonic(self) -> float:
        """Return the monotonic clock in seconds."""
        return time.monotonic()
