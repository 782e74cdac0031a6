"""A clock that stands still until it is told to go on."""

from __future__ import annotations

START_US = 1_795_374_950_000_000
"""2026-11-22 19:15:50 UTC, when the recordings of the exchange were made."""


class FakeClock:
    """Wall clock and monotonic clock that move together by `advance`."""

    def __init__(self, now_us: int = START_US) -> None:
        self.us = now_us
        self.seconds = 1000.0

    def now_us(self) -> int:
        return self.us

    def monotonic(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.us += round(seconds * 1_000_000)
        self.seconds += seconds
