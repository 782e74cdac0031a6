"""From bytes on the exchange's socket to the changed tile on the screen, 100 booths busy.

The whole program in one process: the practice exchange writes real AMI packets to a real
socket; link, desk, SQLite file and window are the shop's own. Fifty times a second something
happens in a booth that its tile must show (dialling, ringing, answer, end), which is some 250
packets a second. The time ends when the tile has been painted in its new state. Again with
20 ms of sleep in every commit.
"""

from __future__ import annotations

import os
import random
import socket
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from sqlalchemy import Engine, event

from app.assembly import open_shop
from app.config import BoothConfig
from app.domain.sessions import BoothState
from app.messages import commands as cmd
from app.opening_prices import FirstTariff
from app.pbx.practice import PracticeExchange
from app.pbx.practice_actions import Account
from app.practice_shop import PASSWORD, USERNAME, practice_config
from app.sample_tariff import sample_entries
from benchmarks.report import note, percentile, row
from ui.application import create_application
from ui.booth_delegate import BoothDelegate
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.ui_settings import UiSettings

BOOTHS = 100
ACTS_PER_SECOND = 50
SECONDS = 20
LIMIT_MS = 50.0
STEPS = (BoothState.DIALLING, BoothState.RINGING, BoothState.TALKING, BoothState.UNLOCKED)
NUMBERS = ("00221771234567", "00442079460001", "0033142270001", "00212522123456")


Act = tuple[float, int, str]
"""When (monotonic seconds, the same in every process), which booth, what its tile must show."""


class Driver:
    """Makes things happen in the booths at an even pace; lives in the exchange's process."""

    def __init__(self, exchange: PracticeExchange) -> None:
        self.exchange = exchange
        self.calls: dict[int, tuple[str, int]] = {}
        self.acts: list[Act] = []

    def run(self) -> None:
        rng = random.Random(1)
        begin = time.monotonic()
        while len(self.acts) < ACTS_PER_SECOND * SECONDS:
            pause = begin + len(self.acts) / ACTS_PER_SECOND - time.monotonic()
            if pause > 0:
                time.sleep(pause)
            self.act(rng.randint(1, BOOTHS), rng.choice(NUMBERS))

    def act(self, booth: int, number: str) -> None:
        call_id, step = self.calls.get(booth, ("", 0))
        self.acts.append((time.monotonic(), booth, STEPS[step].name))
        if step == 0:
            self.calls[booth] = (self.exchange.dial(str(100 + booth), number), 1)
            return
        if step == 1:
            self.exchange.ring(call_id)
        elif step == 2:
            self.exchange.answer(call_id)
        else:
            self.exchange.hang_up(call_id)
        self.calls[booth] = (call_id, (step + 1) % len(STEPS))


def _exchange_process(pipe: Connection) -> None:
    """Be the other end of the line: say the port, wait for the word, say what was done when."""
    exchange = PracticeExchange(Account(USERNAME, PASSWORD))
    exchange.start()
    pipe.send(exchange.port)
    while pipe.recv() == "unlocked?":
        pipe.send(all(exchange.is_unlocked(str(100 + n)) for n in range(1, BOOTHS + 1)))
    driver = Driver(exchange)
    driver.run()
    pipe.send(driver.acts)
    pipe.recv()
    exchange.stop()


class Paints:
    """When each tile was painted in which state."""

    def __init__(self) -> None:
        self.seen: dict[int, list[tuple[float, str]]] = {n: [] for n in range(1, BOOTHS + 1)}
        self.original = BoothDelegate.paint

    def watch(self) -> None:
        original, seen = self.original, self.seen

        def paint(delegate: BoothDelegate, painter: Any, option: Any, index: Any) -> None:  # noqa: ANN401
            original(delegate, painter, option, index)
            view = delegate._model.booth(index.row())  # noqa: SLF001 - measured from outside
            seen[view.booth].append((time.monotonic(), view.state.name))

        BoothDelegate.paint = paint  # type: ignore[method-assign,assignment]  # where it is measured

    def restore(self) -> None:
        BoothDelegate.paint = self.original  # type: ignore[method-assign]  # as above

    def taken(self, acts: list[Act]) -> tuple[list[float], int]:
        """Return milliseconds from each act to the paint that shows it, and how many never did."""
        following: dict[int, list[float]] = {}
        for at, booth, _ in acts:
            following.setdefault(booth, []).append(at)
        taken, never = [], 0
        for at, booth, state in acts:
            later = [t for t in following[booth] if t > at]
            end = min(later) if later else float("inf")
            shown = [t for t, name in self.seen[booth] if name == state and at <= t < end]
            if shown:
                taken.append((min(shown) - at) * 1000)
            else:
                never += 1
        return taken, never


def _bare_ms() -> float:
    """Send a byte to another thread and back: what the machine itself takes, p99."""
    left, right = socket.socketpair()

    def echo() -> None:
        while data := right.recv(1):
            right.send(data)

    thread = threading.Thread(target=echo, daemon=True)
    thread.start()
    taken = []
    for _ in range(500):
        began = time.perf_counter()
        left.send(b"x")
        left.recv(1)
        taken.append((time.perf_counter() - began) * 1000)
    left.close()
    thread.join()
    right.close()
    return percentile(taken, 99)


def measure(slow_s: float) -> tuple[list[float], int]:
    """Run the shop for `SECONDS`; returns the milliseconds of each act, and how many never were."""
    paints = Paints()
    paints.watch()
    context = get_context("spawn")
    pipe, far_end = context.Pipe()

    def slow(_connection: object) -> None:
        time.sleep(slow_s)

    with ExitStack() as stack:
        stack.callback(paints.restore)
        process = context.Process(target=_exchange_process, args=(far_end,), daemon=True)
        process.start()
        stack.callback(process.join, 10)
        stack.callback(pipe.send, "end")
        config = replace(
            practice_config(pipe.recv()),
            booths=tuple(BoothConfig(n, str(100 + n)) for n in range(1, BOOTHS + 1)),
        )
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        application = create_application(
            sys.argv[:1], language="fr", theme="light", data_dir=folder
        )
        bridge = Bridge(lambda command: opened.desk.post(command))  # noqa: PLW0108 - opened later
        window = MainWindow(bridge, UiSettings(currency=config.currency, zone=config.zone))
        window.resize(1920, 1080)
        window.show()
        opened = open_shop(
            stack,
            folder,
            config,
            publish=bridge.publish,
            password_of=lambda _: PASSWORD,
            first=(FirstTariff(sample_entries(config)),),
        )
        _until(application, lambda: opened.desk.floor.link_is_up(1))
        for booth in range(1, BOOTHS + 1):
            opened.desk.post(
                cmd.UnlockBooth(command_id=f"u{booth}", operator="1", till="1", booth=booth)
            )

        def are_unlocked() -> bool:
            pipe.send("unlocked?")
            return bool(pipe.recv())

        _until(application, are_unlocked)
        if slow_s:
            event.listen(Engine, "commit", slow)
            stack.callback(event.remove, Engine, "commit", slow)
        pipe.send("go")
        _until(application, pipe.poll, SECONDS * 3)
        acts = pipe.recv()
        settled = time.monotonic() + 1
        _until(application, lambda: time.monotonic() > settled)
        bridge.close()
        window.hide()
    return paints.taken(acts)


def _until(application: QApplication, condition: Any, seconds: float = 30) -> None:  # noqa: ANN401
    end = time.monotonic() + seconds
    timer = QTimer()
    timer.start(5)
    while not condition() and time.monotonic() < end:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def main() -> int:
    """Print the figures; returns how many limits were missed."""
    missed = 0
    for slow_s in (0.0, 0.020):
        taken, never = measure(slow_s)
        name = f"event to painted tile p99, commits + {slow_s * 1000:.0f} ms"
        missed += not row(name, percentile(taken, 99), LIMIT_MS, "ms")
        note(
            f"{len(taken)} acts, median {percentile(taken, 50):.1f} ms, max {max(taken):.1f} ms,"
            f" never shown {never}"
        )
    note(f"a byte to another thread and back, p99: {_bare_ms():.2f} ms")
    return missed


if __name__ == "__main__":
    sys.exit(main())
