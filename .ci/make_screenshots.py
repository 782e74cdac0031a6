"""Take the pictures of README and user guide from the running program: `make screenshots`.

The program is the real one: practice exchange on a socket, link, desk, database, window. Only the
customers are scripted, so that each picture shows every state of a booth.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import december_deck
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.assembly import OpenShop, open_shop
from app.domain.sessions import BoothState
from app.domain.tariff_kinds import Kind
from app.messages import commands as cmd
from app.opening_prices import FirstTariff
from app.pbx.practice import PracticeExchange
from app.pbx.practice_actions import Account
from app.practice_shop import PASSWORD, USERNAME, practice_config
from app.preview import preview
from app.sample_tariff import sample_costs, sample_entries
from printing.practice_printer import PracticePrinter
from ui.application import create_application
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.tariff_door import show_tariffs
from ui.tariff_window import TariffWindow
from ui.ui_settings import UiSettings

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZE = (1366, 768)
IMPORT_SIZE = (1240, 720)
GUARD_BP = 2500
PIN = "2468"
OPENED_US = 1_789_474_380_000_000
"""An afternoon in September 2026, 14:13 in Paris."""
OUT_OF_SERVICE = {"en": "handset broken", "fr": "combiné cassé"}


class ScriptedClock:
    """A clock that goes on and can be put forward: a call of ten minutes takes no time.

    The monotonic clock goes on as it is: deadlines wait for what really happens.
    """

    def __init__(self) -> None:
        self._ahead_us = OPENED_US - time.time_ns() // 1000

    def now_us(self) -> int:
        return time.time_ns() // 1000 + self._ahead_us

    def monotonic(self) -> float:
        return time.monotonic()

    def advance(self, seconds: int) -> None:
        self._ahead_us += seconds * 1_000_000


class Scene:
    """The counter with something going on in every booth."""

    def __init__(self, stack: ExitStack, language: str) -> None:
        # One for all: exchange, link, desk and window must agree on how long a call lasts.
        self.clock = ScriptedClock()
        self.reason = OUT_OF_SERVICE[language]
        self.exchange = PracticeExchange(Account(USERNAME, PASSWORD), self.clock)
        self.exchange.start()
        stack.callback(self.exchange.stop)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        printer = PracticePrinter(folder / "papers")
        printer.start()
        stack.callback(printer.stop)
        config = practice_config(self.exchange.port, printer.port, language=language)
        config = replace(config, margin_guard_bp=GUARD_BP)
        self.folder, self.sold = folder, sample_entries(config)
        self.costs = sample_costs(self.sold)
        self.application = create_application(
            sys.argv[:1], language=language, theme="light", data_dir=folder
        )
        self.bridge = Bridge(self._post)
        self.window = MainWindow(
            self.bridge,
            UiSettings(
                currency=config.currency,
                zone=config.zone,
                language=language,
                margin_guard_bp=GUARD_BP,
            ),
            clock=self.clock,
            open_worker=lambda news: self.opened.tariffs.open(news),  # noqa: PLW0108 - opened later
            preview=lambda session, *paid: preview(config, session, self.clock.now_us(), *paid),
        )
        self.window.resize(*SIZE)
        self.window.show()
        self.opened: OpenShop = open_shop(
            stack,
            folder,
            config,
            publish=self.bridge.publish,
            password_of=lambda _: PASSWORD,
            first=(
                FirstTariff(self.sold),
                FirstTariff(self.costs, "voipcarrier_2026-11.csv", "voipcarrier", Kind.COST),
            ),
            clock=self.clock,
        )
        stack.callback(self.bridge.close)
        stack.callback(self.window.hide)
        self.until(lambda: self.opened.desk.floor.link_is_up(1))

    def _post(self, command: cmd.Command) -> bool:
        return self.opened.desk.post(command)

    def until(self, condition: Callable[[], bool], seconds: float = 20) -> None:
        timer = QTimer()
        timer.start(10)
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def pass_time(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() >= end, seconds + 5)

    def state(self, booth: int) -> BoothState:
        return self.window.booths.booth(booth - 1).state

    def unlock(self, booth: int) -> None:
        self.bridge.ask(cmd.UnlockBooth(booth=booth, **self.bridge.stamp()))
        self.until(lambda: self.exchange.is_unlocked(str(100 + booth)))
        self.until(lambda: self.state(booth) is BoothState.UNLOCKED)

    def call(self, booth: int, number: str) -> str:
        call_id = self.exchange.dial(str(100 + booth), number)
        self.exchange.ring(call_id)
        self.exchange.answer(call_id)
        self.until(lambda: self.state(booth) is BoothState.TALKING)
        return call_id

    def talk(self, booth: int, number: str, seconds: int) -> None:
        call_id = self.call(booth, number)
        self.clock.advance(seconds)
        self.exchange.hang_up(call_id)
        self.until(lambda: self.state(booth) is not BoothState.TALKING)
        self.clock.advance(40)

    def play(self) -> None:
        for booth in (1, 2, 3, 6):
            self.unlock(booth)
        self.talk(2, "00212522123456", 724)
        self.talk(2, "00212661123456", 511)
        self.call(1, "00221775121234")
        self.clock.advance(142)
        self.call(3, "00213661201234")
        self.clock.advance(219)
        self.talk(2, "0033612123456", 30)
        self.unlock(5)
        self.clock.advance(9)
        self.exchange.ring(self.exchange.dial("106", "0033145671234"))
        self.bridge.ask(cmd.LockBooth(booth=2, **self.bridge.stamp()))
        self.bridge.ask(
            cmd.SetOutOfService(booth=8, is_out=True, reason=self.reason, **self.bridge.stamp())
        )
        self.until(lambda: self.state(2) is BoothState.DUE)
        self.until(lambda: self.state(8) is BoothState.OUT_OF_SERVICE)
        self.key(Qt.Key.Key_F2)

    def key(self, key: Qt.Key) -> None:
        widget = QApplication.focusWidget() or self.window.board
        QTest.keyClick(widget, key)
        self.pass_time(0.2)

    def import_deck(self) -> TariffWindow:
        """Let the owner read the carrier's next deck, up to the dry run."""
        self.bridge.ask(cmd.SetManagerPin(new_pin=PIN, **self.bridge.stamp()))
        owner = show_tariffs(self.window)
        assert owner is not None, "the shop is open"
        owner.resize(*IMPORT_SIZE)
        self.until(lambda: not owner.gate.is_asked)
        owner.gate.pin.setText(PIN)
        owner.gate.accept.click()
        self.until(lambda: owner.is_open)
        owner.begin_import(str(december_deck.write(self.folder, self.sold, self.costs)))
        form = owner.imports.form
        for button in (form.cost, form.full, form.later):
            button.click()
        form.cost_name.setEditText("voipcarrier")
        form.date.setDateTime(form.date.dateTime().addMonths(2))
        form.read.click()
        self.until(lambda: owner.imports.currentWidget() is owner.imports.dry_run)
        owner.imports.dry_run.activate.setFocus()
        return owner

    def shoot(self, name: str, window: QWidget | None = None) -> None:
        self.pass_time(1.2)
        FOLDER.mkdir(parents=True, exist_ok=True)
        (window or self.window).grab().save(str(FOLDER / f"{name}.png"))
        print(name)


def main() -> None:
    """Take every picture."""
    for language in ("en", "fr"):
        with ExitStack() as stack:
            scene = Scene(stack, language)
            scene.play()
            for theme in ("light", "dark"):
                scene.window.use_theme(theme)
                scene.shoot(f"board-{language}-{theme}")
            scene.window.use_theme("light")
            scene.window.board.setFocus()
            scene.key(Qt.Key.Key_F2)
            scene.key(Qt.Key.Key_Return)
            scene.shoot(f"checkout-{language}-light")
            scene.key(Qt.Key.Key_Escape)
            owner = scene.import_deck()
            for theme in ("light", "dark"):
                scene.window.use_theme(theme)
                scene.shoot(f"tariff-import-{language}-{theme}", owner)
            scene.window.use_theme("light")
            owner.close()


if __name__ == "__main__":
    main()
