"""A window over the scripted desk, on the offscreen platform."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.fake_desk import FakeDesk, FixedClock
from tests.ui.hands import OpenWindow
from ui.application import Look, create_application, look_of
from ui.bridge import Bridge
from ui.counter import Preview
from ui.main_window import MainWindow
from ui.ui_settings import UiSettings

APPEARS_MS = 5000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The offscreen platform has no window manager to talk to and says so each time.
    ignore = pytest.mark.qt_log_ignore(
        r"This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)"
    )
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(ignore)


@pytest.fixture
def look(qapp: QApplication, tmp_path: Path) -> Iterator[Look]:
    """The application, dressed; light and English again after the test."""
    create_application([], language="en", theme="light", data_dir=tmp_path)
    found = look_of(qapp)
    assert found is not None
    yield found
    found.use_language("en")
    found.use_theme("light")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def saved() -> dict[str, str]:
    """What the window asked to keep."""
    return {}


@pytest.fixture
def open_window(qtbot: QtBot, look: Look, saved: dict[str, str]) -> Iterator[OpenWindow]:
    """Open a window over a desk: `open_window(desk, language="fr")`."""
    opened: list[MainWindow] = []

    def make(
        desk: FakeDesk,
        *,
        language: str = "en",
        receipts: str = "ask",
        size: tuple[int, int] = (1366, 768),
        preview: Preview | None = None,
        clock: FixedClock | None = None,
    ) -> MainWindow:
        look.use_language(language)
        bridge = Bridge(desk.post, operator="2", till="1")
        settings = UiSettings(language=language, receipts=receipts, save=saved.__setitem__)
        window = MainWindow(bridge, settings, clock=clock or FixedClock(), preview=preview)
        opened.append(window)
        window.resize(*size)
        window.show()
        with qtbot.waitActive(window, timeout=APPEARS_MS):
            window.activateWindow()
        desk.start(bridge.publish)
        qtbot.waitUntil(lambda: window.booths.rowCount() == len(desk.booths), timeout=APPEARS_MS)
        qtbot.waitUntil(window.board.hasFocus, timeout=APPEARS_MS)
        return window

    yield make
    for window in opened:
        window.agree_to_close()
        window.deleteLater()


@pytest.fixture
def clock() -> FixedClock:
    """The clock of `window`."""
    return FixedClock()


@pytest.fixture
def window(open_window: OpenWindow, desk: FakeDesk, clock: FixedClock) -> MainWindow:
    return open_window(desk, clock=clock)
