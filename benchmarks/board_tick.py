"""One second passes on a board of 240 talking booths: time taken in the GUI thread.

Run it as `python -m benchmarks.board_tick`. A tick is the desk's batch with all booths changed:
model, texts and the painting of every tile that is in sight, into the window's own store.
Beside it stands a bare painter that fills the same places with as many plain rectangles and
two texts each: what any drawing of that board must cost at least, in this run.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from app.domain.calls import CallState
from app.domain.money import Money, Price
from app.domain.sessions import BoothState, SessionState
from app.messages.views import (
    Bill,
    BoardUpdate,
    BoothView,
    CallLine,
    LockProof,
    SessionView,
)
from benchmarks.report import note, row
from ui.application import create_application
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.ui_settings import UiSettings

BOOTHS = 240
TICKS = 60
BUDGET_MS = 16.0
SIZES = ((1920, 1080), (1366, 768))
START = 1_795_354_620_000_000
SECOND = 1_000_000


def talking(number: int, seconds: int) -> BoothView:
    """Make a booth whose call is up for that long."""
    amount = Money(1 + seconds * number % 4000)
    live = CallLine(
        number,
        CallState.ANSWERED,
        f"+22177{number:07d}",
        "SN",
        "Senegal mobile",
        Price(290_000),
        START,
        seconds,
        amount,
    )
    bill = Bill(calls=amount, due=amount)
    session = SessionView(f"s{number}", SessionState.OPEN, START, None, (live,), (), bill)
    return BoothView(
        number,
        "",
        str(600 + number),
        BoothState.TALKING,
        START,
        LockProof.CONFIRMED,
        wants_unlocked=True,
        live=live,
        session=session,
        total=amount,
    )


def tick_times(window: MainWindow, bridge: Bridge) -> list[float]:
    """Publish batches one after the other; return the milliseconds each took to the screen."""
    times = []
    for tick in range(TICKS):
        batch = tuple(talking(number, 60 + tick) for number in range(1, BOOTHS + 1))
        update = BoardUpdate(batch, START + tick * SECOND)
        begun = time.perf_counter()
        bridge.board_changed.emit(update)
        window.tick()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def bare_times(window: MainWindow) -> list[float]:
    """Fill the same places by a bare painter; return the milliseconds each round took."""
    board = window.board
    places = []
    for number in range(window.booths.rowCount()):
        place = board.visualRect(window.booths.index(number))
        if place.intersects(board.viewport().rect()):
            places.append(place)
    canvas = QPixmap(board.viewport().size())
    colour, font = QColor("#ffffff"), QFont()
    font.setPixelSize(13)
    times = []
    for tick in range(TICKS):
        begun = time.perf_counter()
        painter = QPainter(canvas)
        painter.setFont(font)
        for place in places:
            painter.fillRect(place, colour)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, f"{tick:02d}:{tick:02d}")
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, f"{tick},{tick:02d} €")
        painter.end()
        times.append((time.perf_counter() - begun) * 1000)
    return times


def middle(times: list[float]) -> float:
    """Return the median."""
    return sorted(times)[len(times) // 2]


def measure(width: int, height: int) -> bool:
    """Measure one size of window; tell whether the budget is kept."""
    bridge = Bridge(lambda _command: True)
    window = MainWindow(bridge, UiSettings(language="fr"))
    window.resize(width, height)
    window.show()
    first = tuple(talking(number, 59) for number in range(1, BOOTHS + 1))
    bridge.board_changed.emit(BoardUpdate(first, START))
    QApplication.processEvents()
    ticks, bare = tick_times(window, bridge), bare_times(window)
    name = f"{width}x{height}, {BOOTHS} booths talking"
    kept = row(f"tick, {name}", middle(ticks), BUDGET_MS, "ms")
    note(f"bare painter in the same places: {middle(bare):.2f} ms; worst tick {max(ticks):.2f} ms")
    window.agree_to_close()
    window.deleteLater()
    QApplication.processEvents()
    return kept


def main() -> int:
    """Measure all sizes; return how many budgets were missed."""
    create_application(sys.argv[:1], language="fr", theme="light", data_dir=Path())
    return sum(not measure(width, height) for width, height in SIZES)


if __name__ == "__main__":
    sys.exit(main())
