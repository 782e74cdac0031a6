"""A sheet: what other programs do in a dialog, shown at the side so that all tiles stay in sight.

Sheets never block: they emit `closed` and are thrown away. GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.messages.views import BoothView
from ui.controls import IconButton, label
from ui.formatting import Formatter
from ui.icons import icon
from ui.tokens import LIGHT, Palette

WIDTH = 392
"""Width of the side of the window, where a sheet does not ask for more."""


class Sheet(QFrame):
    """Title, body and a row of buttons. `booth` is the booth it belongs to, if to any."""

    closed = Signal()
    was_left = False
    """Closed by Escape: what is pressed next is meant for the board."""
    booth: int | None = None
    wanted_width = WIDTH

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.palette_tokens: Palette = LIGHT
        outer = self.column = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 16, 14)
        outer.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.title = label("title")
        self.title.setWordWrap(True)
        self.close_button = IconButton()
        self.close_button.setObjectName("close")
        self.close_button.setIconSize(QSize(18, 18))
        self.close_button.clicked.connect(self.closed)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(head)
        self.subtitle = label("subtitle")
        self.subtitle.setWordWrap(True)
        self.subtitle.hide()
        outer.addWidget(self.subtitle)
        outer.addSpacing(12)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1)
        self.error = label("error")
        self.error.setWordWrap(True)
        self.error.hide()
        outer.addWidget(self.error)
        self._primary = QVBoxLayout()
        self._primary.setContentsMargins(0, 10, 0, 0)
        self._others = QHBoxLayout()
        self._others.setSpacing(8)
        self._others.setContentsMargins(0, 8, 0, 0)
        outer.addLayout(self._primary)
        outer.addLayout(self._others)

    def add_buttons(self, *others: QPushButton, primary: QPushButton | None = None) -> None:
        """Put the primary button across the foot of the sheet and the others below it."""
        if primary is not None:
            self._primary.addWidget(primary)
        for button in others:
            self._others.addWidget(button, 1)

    def set_palette(self, palette: Palette) -> None:
        """Recolour icons for another theme."""
        self.palette_tokens = palette
        self.close_button.setIcon(icon("x", palette.muted))

    def retranslate(self) -> None:
        """Write every text; called once before it is shown and at each change of language."""
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Close (Esc)"))

    def speak(self, formatter: Formatter) -> None:
        """Write everything again in another language."""
        self.retranslate()

    def show_booth(self, booth: BoothView) -> None:
        """Take the newest view of the sheet's booth; most sheets need none."""

    def set_subtitle(self, text: str) -> None:
        """Write the line below the title; an empty one takes no room."""
        self.subtitle.setText(text)
        self.subtitle.setVisible(bool(text))

    def leave(self) -> None:
        """Close as Escape does."""
        self.was_left = True
        self.closed.emit()

    def first_focus(self) -> QWidget:
        """Return where typing goes when the sheet opens."""
        return self.close_button

    def show_error(self, text: str) -> None:
        """Show in place why something was refused; an empty text takes it away."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.title.text():
            self.retranslate()
        super().changeEvent(event)

    def add_label(self, name: str = "") -> QLabel:
        """Add a wrapping label to the body."""
        made = label(name)
        made.setWordWrap(True)
        self.body.addWidget(made)
        return made
