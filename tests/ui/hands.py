"""The hands of a test: keys on whatever has the focus, clicks on what is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.main_window import MainWindow

OpenWindow = Callable[..., MainWindow]
"""The fixture `open_window`: a desk, and the window's settings by name."""


def press(*keys: Qt.Key | str) -> None:
    """Press keys on whatever has the focus, as a hand does; a string is typed."""
    for key in keys:
        focus = QApplication.focusWidget()
        assert isinstance(focus, QWidget), "nothing has the focus"
        if isinstance(key, str):
            QTest.keyClicks(focus, key)
        else:
            QTest.keyClick(focus, key)


def chord(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    """Press a key together with Ctrl or Alt."""
    QTest.keyClick(widget, key, modifier)


def click(widget: QWidget) -> None:
    """Click into the middle of a widget."""
    # A widget put into a window that is shown already becomes visible by an event of its own.
    QApplication.processEvents()
    assert widget.isVisible(), "not on the screen"
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
