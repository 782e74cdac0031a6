"""Closes the window when a signal asks for it. GUI thread.

Qt's loop does not come back to Python while nothing happens, so Python's handlers would wait for
the next event: the interpreter writes each signal's number into a socket that Qt watches.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import TracebackType
from typing import Self

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Slot
from PySide6.QtWidgets import QApplication

from app.stop_signals import StopSignals


class SignalWatch(QObject):
    """While entered, the first of the signals calls `close` and ends Qt's loop."""

    def __init__(self, signals: StopSignals, close: Callable[[], object]) -> None:
        super().__init__()
        self._signals = signals
        self._close = close
        self._reader, self._writer = socket.socketpair()
        self._reader.settimeout(0.0)
        self._writer.settimeout(0.0)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)
        self._before = -1

    def __enter__(self) -> Self:
        self._before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        if self._signals.first:
            QTimer.singleShot(0, self, self._end)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        signal.set_wakeup_fd(self._before)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    @Slot()
    def _on_signal(self) -> None:
        self._reader.recv(64)
        if self._signals.first:
            self._end()

    @Slot()
    def _end(self) -> None:
        self._close()
        QApplication.exit()
