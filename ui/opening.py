"""Opens the shop in a thread of its own while the window is already there. GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

Result = TypeVar("Result")

_FIRST_PICTURE_MS = 1
"""The timer's turn comes after the paint events that wait."""


class Opening(QObject, Generic[Result]):
    """Runs `open_it` once; then `result` or `error` is set and `failed` tells of the latter."""

    failed = Signal()

    def __init__(self, open_it: Callable[[], Result]) -> None:
        super().__init__()
        self.result: Result | None = None
        self.error: BaseException | None = None
        self._open_it = open_it
        self._thread: threading.Thread | None = None

    def start_after(self, window: QWidget) -> None:
        """Begin once the window has been painted."""
        QTimer.singleShot(_FIRST_PICTURE_MS, window, self._start)

    def join(self) -> None:
        """Wait until it is done, however it ends."""
        if self._thread is not None:
            self._thread.join()

    @Slot()
    def _start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="opening")
        self._thread.start()

    def _run(self) -> None:
        try:
            self.result = self._open_it()
        except BaseException as error:  # noqa: BLE001 - the thread's outermost call; shown by `failed`
            self.error = error
            self.failed.emit()
