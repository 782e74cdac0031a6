"""A real shop (desk, SQLite file, tariff worker) with the counter and the owner's hands on it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.assembly import OpenShop, open_shop
from app.messages import commands as cmd
from app.messages.views import CommandDone, CommandFailed, TariffRow, View
from app.practice_shop import practice_config
from tests.fakes.clock import FakeClock
from ui.application import create_application
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.tariff_door import show_tariffs
from ui.tariff_window import TariffWindow
from ui.ui_settings import UiSettings

PIN = "2468"
PATIENCE_MS = 20_000
GUARD_BP = 2500

HEADER = "prefix,destination,price_per_minute,first_increment,next_increment"
PRICES = (
    "221,Senegal,0.29,60,60",
    "22177,Senegal mobile,0.35,60,60",
    "44,United Kingdom,0.05,1,1",
    "243,Congo,0.50,60,60",
)
COSTS = (
    "221,Senegal,0.10,60,60",
    "22177,Senegal mobile,0.27,60,60",
    "44,United Kingdom,0.01,1,1",
    "243,Congo,0.45,60,60",
)


def deck(path: Path, *rows: str, header: str = HEADER) -> str:
    """Write a price file; returns its path."""
    lines = (header, *rows) if header else rows
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


class OwnersShop:
    """Opens everything on a stack; the answers to commands given beside the window are kept."""

    def __init__(
        self, qtbot: QtBot, stack: ExitStack, folder: Path, *, language: str = "en"
    ) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.clock = FakeClock()
        self.answers: dict[str, CommandDone | CommandFailed] = {}
        config = practice_config(1, 1, language=language)
        config = replace(config, is_practice=False, exchanges=(), margin_guard_bp=GUARD_BP)
        self.config = replace(config, booths=tuple(replace(one) for one in config.booths))
        create_application([], language=language, theme="light", data_dir=folder)
        self.bridge = Bridge(lambda command: self.opened.desk.post(command))  # noqa: PLW0108 - later
        settings = UiSettings(
            currency=config.currency,
            zone=config.zone,
            language=language,
            margin_guard_bp=GUARD_BP,
        )
        self.main = MainWindow(
            self.bridge,
            settings,
            clock=self.clock,
            open_worker=lambda news: self.opened.tariffs.open(news),  # noqa: PLW0108 - later
        )
        stack.callback(self.main.deleteLater)
        stack.callback(self.main.agree_to_close)
        self.opened: OpenShop = open_shop(
            stack,
            folder,
            self.config,
            publish=self._publish,
            password_of=lambda _: "",
            clock=self.clock,
        )
        # Closed before the shop, as the program does.
        stack.callback(self.main.agree_to_close)
        self.main.show()
        self.until(lambda: self.main.counter.status is not None)

    def _publish(self, view: View) -> None:
        if isinstance(view, CommandDone | CommandFailed):
            self.answers[view.command_id] = view
        self.bridge.publish(view)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def ask(self, kind: type[cmd.Command], **values: object) -> object:
        """Give a command past the windows."""
        key = uuid4().hex
        command = kind(command_id=key, operator="1", till="1", **values)  # type: ignore[arg-type]  # by name
        assert self.opened.desk.post(command)
        self.until(lambda: key in self.answers)
        answer = self.answers[key]
        assert isinstance(answer, CommandDone), answer
        return answer.result

    def versions(self) -> tuple[TariffRow, ...]:
        """What the desk says it sells by."""
        rows = self.ask(cmd.AskTariffs)
        assert isinstance(rows, tuple)
        return rows

    def price(self, number: str) -> int | None:
        """What a minute costs by the desk, in millionths."""
        rows = self.ask(cmd.AskQuote, text=number)
        assert isinstance(rows, tuple)
        return rows[0].price_per_minute.micro if rows else None

    # ---- the owner's hands ----------------------------------------------------------------

    def open_window(self) -> TariffWindow:
        """Open the owner's window, at its gate."""
        window = show_tariffs(self.main)
        assert window is not None
        self.qtbot.waitExposed(window)
        self.until(lambda: QApplication.activeWindow() is window)
        return window

    def enter(self) -> TariffWindow:
        """Open the owner's window and give the PIN, which is set first."""
        self.ask(cmd.SetManagerPin, new_pin=PIN)
        window = self.open_window()
        self.until(lambda: not window.gate.is_asked)
        QTest.keyClicks(window.gate.pin, PIN)
        window.gate.accept.click()
        self.until(lambda: window.is_open)
        return window

    def wish(
        self, window: TariffWindow, path: str, *, carrier: str = "", is_full: bool = True
    ) -> None:
        """Say what a file is, and have it read."""
        window.begin_import(path)
        form = window.imports.form
        if carrier:
            form.cost.click()
            form.cost_name.setEditText(carrier)
        else:
            form.shop.click()
        (form.full if is_full else form.changes).click()
        form.read.click()

    def read(
        self, window: TariffWindow, path: str, *, carrier: str = "", is_full: bool = True
    ) -> None:
        """Read a file up to its dry run."""
        self.wish(window, path, carrier=carrier, is_full=is_full)
        self.until(lambda: window.imports.currentWidget() is window.imports.dry_run)

    def give_pin(self, window: TariffWindow, pin: str = PIN) -> None:
        """Give the PIN that is asked for in place."""
        strip = window.owner.strip
        self.until(strip.pin.isVisible)
        QTest.keyClicks(strip.pin, pin)
        strip.accept.click()

    def activate(self, window: TariffWindow) -> None:
        """Agree to the dry run in sight, also where something is sold below cost."""
        window.imports.dry_run.activate.click()
        if window.owner.strip.is_open:
            window.owner.strip.accept.click()
        self.give_pin(window)
        self.until(lambda: window.pages.currentWidget() is window.versions)
        self.until(lambda: bool(window.owner.versions))
