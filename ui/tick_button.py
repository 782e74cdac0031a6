"""A button that says by a tick whether something is wanted. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ui.controls import KeyButton
from ui.icons import icon
from ui.tokens import LIGHT, Palette


class TickButton(KeyButton):
    """Checkable, with an empty or a ticked square before its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette_tokens = LIGHT
        self.setCheckable(True)
        self.toggled.connect(self._write)
        self._write()

    def set_palette(self, palette: Palette) -> None:
        """Recolour the square."""
        self._palette_tokens = palette
        self._write()

    @Slot()
    def _write(self) -> None:
        name = "square-check" if self.isChecked() else "square"
        self.setIcon(icon(name, self._palette_tokens.ink))
