"""Start to first painted board, beside a bare PySide6 window that also imports SQLAlchemy.

Both run as whole processes, in turn, so that a slow moment of the machine meets both.
The board counts as painted when the first paint event with tiles is done; the booths are
then still *unknown*. When they are known, after database and exchange, is printed beside it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from benchmarks.report import median, note, row

RUNS = 7

BARE = """
import sys, sqlalchemy
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", flush=True)
        QApplication.exit(0)
app = QApplication(sys.argv)
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""

OURS = """
import sys, time
slow, until = float(sys.argv[1]), sys.argv[2]
import app.main
import os
counter = app.main._counter
def slow_counter(folder, config, opener, *rest):
    def slow_opener(stack, publish):
        from sqlalchemy import Engine, event
        event.listen(Engine, "commit", lambda connection: time.sleep(slow))
        return opener(stack, publish)
    return counter(folder, config, slow_opener if slow else opener, *rest)
app.main._counter = slow_counter
from ui.board_view import BoardView
original = BoardView.paintEvent
def paint(self, event):
    original(self, event)
    booths = self._booths.booths()
    if booths and (until == "painted" or booths[0].state.name == "LOCKED"):
        print("painted", flush=True)
        os._exit(0)
BoardView.paintEvent = paint
from app.__main__ import main
main(["--data", sys.argv[3], "demo", "--seed", "1"])
"""


def _painted_after(script: str, *arguments: str) -> float:
    # The child ends without tidying up, so its folder is ours.
    with tempfile.TemporaryDirectory() as folder:
        return _run(script, *arguments, folder)


def _run(script: str, *arguments: str) -> float:
    began = time.monotonic()
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(  # noqa: S603 - our own scripts
        [sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == "painted":
                taken = time.monotonic() - began
                process.kill()
                return taken * 1000
    raise RuntimeError("nothing was painted")


def main() -> int:
    """Print the figures; returns how many limits were missed."""
    missed = 0
    for slow_ms in (0, 20):
        bare, ours, known = [], [], []
        for _ in range(RUNS):
            bare.append(_painted_after(BARE))
            ours.append(_painted_after(OURS, str(slow_ms / 1000), "painted"))
            known.append(_painted_after(OURS, str(slow_ms / 1000), "known"))
        name = f"start to first painted board, commits + {slow_ms} ms"
        missed += not row(name, median(ours), 2 * median(bare), "ms")
        note(f"bare window {median(bare):.0f} ms, {RUNS} runs each, medians")
        note(
            f"until database and exchange have spoken and every booth is known:"
            f" {median(known):.0f} ms"
        )
    return missed


if __name__ == "__main__":
    sys.exit(main())
