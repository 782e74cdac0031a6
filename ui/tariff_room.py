"""Where the owner's window stands on a screen, small ones too. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize

from ui.tariff_dry_run import LEAST_WIDTH

_SIZE = QSize(1240, 720)
_FRAME = QSize(16, 40)
_TITLE_BAR = 32
"""What a window manager puts around a window, and above it."""


def room_on(available: QRect) -> QRect:
    """Return where the window stands on a screen: all of it in sight, in the middle."""
    size = _SIZE.boundedTo(available.size() - _FRAME).expandedTo(QSize(LEAST_WIDTH, 0))
    place = QRect(available.topLeft(), size)
    place.moveCenter(available.center())
    place.moveTop(max(place.top(), available.top() + _TITLE_BAR))
    return place
