"""Signals that ask the counter to end: Ctrl-C, a logout, a system that shuts down. Main thread.

Before there is a window such a signal ends the program at once, its `finally` blocks included;
while there is one, `app.signal_watch` closes the window; and while the counter is leaving, a second
signal does not disturb it.
"""

from __future__ import annotations

import signal
from types import FrameType, TracebackType
from typing import Self

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
"""Those that this system has."""

SHELL_BASE = 128
"""A shell shows the end by a signal as this and the signal's number."""


class StopSignals:
    """Takes the signals while entered, and remembers the first."""

    def __init__(self) -> None:
        self.first = 0
        self.is_held = False
        """Whether somebody looks at `first`; until then a signal raises `SystemExit`.

        Never below a window: Qt would swallow the exception."""
        self._before = {
            number: signal.getsignal(number)
            for number in (getattr(signal, name, None) for name in NAMES)
            if number is not None
        }

    @property
    def exit_status(self) -> int:
        """The exit status a shell expects; 0 where no signal came."""
        return SHELL_BASE + self.first if self.first else 0

    def __enter__(self) -> Self:
        for number in self._before:
            signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del frame
        self.first = self.first or number
        if not self.is_held:
            raise SystemExit(self.exit_status)
