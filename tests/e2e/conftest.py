"""The whole program: exchange on a socket, link, desk, SQLite file, printer, display, window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.assembly import OpenShop, open_shop
from app.config import BoothConfig, Config, PrinterConfig
from app.domain.sessions import BoothState
from app.first_views import first_board, first_status
from app.opening_prices import FirstTariff
from app.pbx.practice import PracticeExchange
from app.pbx.practice_actions import Account
from app.practice_shop import PASSWORD, USERNAME, practice_config
from app.preview import preview
from app.sample_tariff import sample_entries
from app.store.db import DATABASE_FILE, reader_engine
from app.store.tables import audit, call
from tests.fakes.clock import FakeClock
from tests.fakes.meter import PtyMeter
from tests.fakes.printer import CapturePrinter
from ui.application import create_application
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.ui_settings import UiSettings

PATIENCE_MS = 15_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The offscreen platform has no window manager to talk to and says so each time.
    ignore = pytest.mark.qt_log_ignore(
        r"This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)"
    )
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(ignore)


class Counter:
    """A running counter with everything around it; time stands still until it is told to go."""

    def __init__(self, qtbot: QtBot, folder: Path, config: Config, clock: FakeClock) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.config = config
        self.clock = clock
        self.exchange: PracticeExchange
        self.opened: OpenShop
        self.window: MainWindow

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def press(self, *keys: Qt.Key | str) -> None:
        """Press keys on whatever has the focus, as a hand does; a text is typed."""
        for key in keys:
            focus = QApplication.focusWidget()
            assert isinstance(focus, QWidget), "nothing has the focus"
            if isinstance(key, str):
                QTest.keyClicks(focus, key)
            else:
                QTest.keyClick(focus, key)

    def state(self, booth: int) -> BoothState:
        """What the tile shows."""
        row = self.window.booths.row_of(booth)
        assert row is not None
        return self.window.booths.booth(row).state

    def wait_state(self, booth: int, state: BoothState) -> None:
        self.until(lambda: self.state(booth) is state)

    def advance(self, seconds: float) -> None:
        self.clock.advance(seconds)

    def calls(self) -> list[dict[str, object]]:
        """The calls in the database, as the recordings' expectations put them."""
        engine = reader_engine(self.folder / DATABASE_FILE)
        with engine.connect() as db:
            rows = db.execute(select(call).order_by(call.c.started_at)).mappings().all()
        engine.dispose()
        return [
            {
                "uniqueid": row["call_id"],
                "extension": row["extension"],
                "dialled": row["dialled"],
                "started": row["started_at"] / 1e6,
                "answered": None if row["answered_at"] is None else row["answered_at"] / 1e6,
                "ended": None if row["ended_at"] is None else row["ended_at"] / 1e6,
                "cause": row["cause"],
                "cdr_seconds": row["cdr_seconds"],
                "refused": row["is_refused"],
                "talked_seconds": _talked(row["answered_at"], row["ended_at"]),
            }
            for row in rows
        ]

    def audit(self) -> list[tuple[str, str]]:
        """What stands on the audit list: code and detail."""
        engine = reader_engine(self.folder / DATABASE_FILE)
        with engine.connect() as db:
            rows = db.execute(select(audit.c.code, audit.c.detail)).all()
        engine.dispose()
        return [(code, detail) for code, detail in rows]


def _talked(answered: int | None, ended: int | None) -> float:
    if answered is None or ended is None:
        return 0
    return (ended - answered + 500) // 1000 / 1000


OpenCounter = Callable[..., Counter]


@pytest.fixture
def open_counter(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenCounter]:
    """Open a counter: `open_counter(printer=…, meter=…, language="fr")`."""
    with ExitStack() as stack:

        def make(
            *,
            printer: CapturePrinter | None = None,
            meter: PtyMeter | None = None,
            language: str = "en",
            exchange: PracticeExchange | None = None,
        ) -> Counter:
            clock = FakeClock()
            if exchange is None:
                exchange = PracticeExchange(Account(USERNAME, PASSWORD), clock)
                exchange.start()
                stack.callback(exchange.stop)
            config = _config(exchange.port, printer, meter, language)
            counter = Counter(qtbot, tmp_path, config, clock)
            counter.exchange = exchange
            _open(stack, counter)
            return counter

        yield make


def _config(
    port: int, printer: CapturePrinter | None, meter: PtyMeter | None, language: str
) -> Config:
    config = replace(practice_config(port), is_practice=False, language=language)
    if printer is not None:
        config = replace(config, printer=PrinterConfig(str(printer.host), printer.port, 42))
    if meter is not None:
        first = BoothConfig(1, "101", meter=meter.url)
        config = replace(config, booths=(first, *config.booths[1:]))
    return config


def _open(stack: ExitStack, counter: Counter) -> None:
    config, folder = counter.config, counter.folder
    create_application([], language=config.language, theme="light", data_dir=folder)
    bridge = Bridge(lambda command: counter.opened.desk.post(command))  # noqa: PLW0108 - opened later
    window = MainWindow(
        bridge,
        UiSettings(currency=config.currency, zone=config.zone, language=config.language),
        clock=counter.clock,
        preview=lambda session, *paid: preview(config, session, counter.clock.us, *paid),
    )
    counter.window = window
    stack.callback(window.deleteLater)
    stack.callback(window.agree_to_close)
    bridge.publish(first_board(config, counter.clock.us))
    bridge.publish(first_status(config))
    window.resize(1366, 768)
    window.show()
    counter.opened = open_shop(
        stack,
        folder,
        config,
        publish=bridge.publish,
        password_of=lambda _: PASSWORD,
        first=(FirstTariff(sample_entries(config)),),
        clock=counter.clock,
    )
    with counter.qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.activateWindow()
    counter.wait_state(1, BoothState.LOCKED)
    counter.until(window.board.hasFocus)
