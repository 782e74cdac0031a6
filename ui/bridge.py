"""The only QObject that crosses threads: commands go down, views come up.

`publish` may be called from any thread; everything else belongs to the GUI
thread. Views are coalesced: the first is shown at once, the next ones at most
every 16 ms, and of each booth only the newest tile is kept. Answers to commands
are never merged or lost.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from typing import TypedDict

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.messages.commands import Command
from app.messages.views import (
    BoardUpdate,
    BoothView,
    CommandDone,
    CommandFailed,
    Crash,
    StatusUpdate,
    View,
)

FRAME_MS = 16
"""Time between two changes of the screen in a flood: one frame at 60 Hz."""
BURST = 3
"""Changes that may follow each other at once after a pause."""

Done = Callable[[object], None]
Failed = Callable[[CommandFailed], None]


class Stamp(TypedDict):
    """What every command carries beside its own fields."""

    command_id: str
    operator: str
    till: str


class Bridge(QObject):
    """Carries commands to the desk and views to the window.

    `post` hands a command to the desk's inbox and returns False when it is full or closed.
    """

    board_changed = Signal(object)  # BoardUpdate, several merged into one
    status_changed = Signal(object)  # StatusUpdate, the newest
    crashed = Signal(object)  # Crash
    _arrived = Signal()

    def __init__(
        self, post: Callable[[Command], bool], *, operator: str = "", till: str = ""
    ) -> None:
        super().__init__()
        self._post = post
        self._operator = operator
        self._till = till
        self._lock = threading.Lock()
        self._waiting: list[View] = []
        self._is_called = False
        self._is_closed = False
        self._asked: dict[str, tuple[Done | None, Failed | None]] = {}
        self._last_shown = 0.0
        self._frames = 1.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._show)
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def publish(self, view: View) -> None:
        """Take a view from any thread; never blocks, and drops it once the window is closed."""
        with self._lock:
            if self._is_closed:
                return
            self._waiting.append(view)
            if self._is_called:
                return
            self._is_called = True
            # Emitted under the lock, so that `close` cannot come in between.
            self._arrived.emit()

    def close(self) -> None:
        """Stop taking views; the desk may go on publishing into the void."""
        with self._lock:
            self._is_closed = True
            self._waiting.clear()
        self._timer.stop()
        self._asked.clear()

    def stamp(self) -> Stamp:
        """Return a fresh key with the operator and till, to make a command with `**`."""
        return Stamp(command_id=uuid.uuid4().hex, operator=self._operator, till=self._till)

    def ask(self, command: Command, done: Done | None = None, failed: Failed | None = None) -> None:
        """Post a command; exactly one of the two is called when its answer comes."""
        self._asked[command.command_id] = (done, failed)
        if not self._post(command):
            self._answer(CommandFailed(command.command_id, "busy"))

    @Slot()
    def _on_arrived(self) -> None:
        passed_ms = (time.monotonic() - self._last_shown) * 1000
        # After a pause a few changes may follow each other at once; a flood gets one a frame.
        self._frames = min(BURST, self._frames + passed_ms / FRAME_MS)
        if self._frames >= 1:
            self._show()
        else:
            self._timer.start(max(1, round(FRAME_MS - passed_ms)))

    @Slot()
    def _show(self) -> None:
        with self._lock:
            views, self._waiting = self._waiting, []
            self._is_called = False
        board = _merged_board(views)
        if board is not None:
            # Only tiles are dear to paint; a line of status must not make the next tile wait.
            self._last_shown = time.monotonic()
            self._frames = max(0.0, self._frames - 1)
            self.board_changed.emit(board)
        status = next((view for view in reversed(views) if isinstance(view, StatusUpdate)), None)
        if status is not None:
            self._operator, self._till = status.operator, status.till
            self.status_changed.emit(status)
        for view in views:
            if isinstance(view, CommandDone | CommandFailed):
                self._answer(view)
            elif isinstance(view, Crash):
                self.crashed.emit(view)

    def _answer(self, answer: CommandDone | CommandFailed) -> None:
        # A second answer to the same command finds nobody waiting.
        done, failed = self._asked.pop(answer.command_id, (None, None))
        if isinstance(answer, CommandDone):
            if done is not None:
                done(answer.result)
        elif failed is not None:
            failed(answer)


def _merged_board(views: list[View]) -> BoardUpdate | None:
    boards = [view for view in views if isinstance(view, BoardUpdate)]
    if len(boards) <= 1:
        return boards[0] if boards else None
    newest: dict[int, BoothView] = {}
    for board in boards:
        newest.update((booth.booth, booth) for booth in board.booths)
    return BoardUpdate(tuple(newest.values()), boards[-1].at)
