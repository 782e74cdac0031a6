"""Where the window opens: whole on the screen, and large enough for every booth. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

WANTED = QSize(1600, 1000)
"""In logical pixels; a screen that is not much larger is filled."""

_MUCH_LARGER = 1.25


def opening_size(available: QRect) -> QSize:
    """Return the size of the window on a screen of which this is free."""
    return WANTED.boundedTo(available.size())


def fills(available: QRect) -> bool:
    """Tell whether the window takes the whole screen."""
    much = WANTED * _MUCH_LARGER
    return available.width() <= much.width() or available.height() <= much.height()


def place(window: QWidget, available: QRect) -> None:
    """Size the window for its screen, before it is shown.

    The size also holds where no window manager maximises anything.
    """
    size = available.size() if fills(available) else opening_size(available)
    frame = QRect(available.topLeft(), size)
    if not fills(available):
        frame.moveCenter(available.center())
    window.setGeometry(frame)
    if fills(available):
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
