"""Where the window opens on screens of every size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.placing import WANTED, fills, place


@pytest.mark.parametrize(
    "screen",
    [
        QRect(0, 0, 1024, 768),
        QRect(0, 27, 1366, 741),
        QRect(64, 0, 1216, 800),
        QRect(0, 0, 1920, 1080),
    ],
)
def test_usual_screens_are_filled(qtbot: QtBot, screen: QRect) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    place(window, screen)
    assert window.windowState() & Qt.WindowState.WindowMaximized
    assert window.geometry() == screen


def test_on_a_huge_screen_the_window_stands_in_the_middle(qtbot: QtBot) -> None:
    screen = QRect(0, 0, 3840, 2160)
    window = QWidget()
    qtbot.addWidget(window)
    place(window, screen)
    assert not fills(screen)
    assert not window.windowState() & Qt.WindowState.WindowMaximized
    assert window.geometry().size() == QSize(WANTED)
    assert abs(window.geometry().center().x() - screen.center().x()) <= 1
