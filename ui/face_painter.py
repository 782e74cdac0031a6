"""Draws words and icons on a tile, mirrored where the window is. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from ui.icons import pixmap


class FacePainter:
    """A painter that mirrors what it draws in a right-to-left window."""

    def __init__(self, painter: QPainter, rect: QRect, is_mirrored: bool, ratio: float) -> None:  # noqa: FBT001 - private
        self.painter = painter
        self.rect = rect
        self.ratio = ratio
        self._is_mirrored = is_mirrored

    def place(self, x: int, y: int, width: int, height: int) -> QRect:
        """Return a rectangle, on the other side when mirrored."""
        if self._is_mirrored:
            x = self.rect.width() - x - width
        return QRect(x, y, width, height)

    def text(self, x: int, y: int, height: int, text: str, font: QFont, colour: str) -> int:
        """Draw one line from `x` on; return its width."""
        width = QFontMetrics(font).horizontalAdvance(text)
        self.painter.setFont(font)
        self.painter.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignRight if self._is_mirrored else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        self.painter.drawText(self.place(x, y, width + 1, height), flags, text)
        return width

    def elided(self, text: str, font: QFont, width: int) -> str:
        """Shorten a text to a width, with an ellipsis."""
        return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)

    def icon(self, name: str, colour: str, x: int, y: int, size: int) -> None:
        """Draw an icon."""
        self.painter.drawPixmap(
            self.place(x, y, size, size), pixmap(name, colour, size, self.ratio)
        )
