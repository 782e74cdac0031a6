"""The frame of a page of the owner's window: title, way back, body, foot. GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.controls import KeyButton, label
from ui.file_chooser import FileChooser, usual_folder
from ui.tariff_owner import Owner
from ui.tokens import Palette


def centred(card: QWidget) -> QHBoxLayout:
    """Put a card into the middle of a row of its own.

    An alignment would do so too, but ask only its size hint: a card with words that wrap
    says how tall it is for its width alone, and would be cut.
    """
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card)
    row.addStretch(1)
    return row


class Page(QWidget):
    """Base of versions, margins, what-if and price list. Esc is the way back."""

    left = Signal()

    def __init__(self, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.owner = owner
        self._chooser: FileChooser | None = None
        self.title, self.facts = label("pageTitle"), label("muted")
        self.facts.setWordWrap(True)
        self.error = label("error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.title)
        texts.addWidget(self.facts)
        self.head.addLayout(texts, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 14, 22, 14)
        column.setSpacing(12)
        column.addLayout(self.head)
        column.addLayout(self.body, 1)
        column.addWidget(self.error)
        column.addLayout(self.foot)

    def add_button(self, layout: QHBoxLayout, *, is_primary: bool = False) -> KeyButton:
        """Add a button as wide as its words."""
        button = KeyButton(is_primary=is_primary)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return button

    @staticmethod
    def framed(widget: QWidget) -> QFrame:
        """Put a table into the frame all tables have."""
        frame = QFrame()
        frame.setObjectName("tableCard")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(widget)
        return frame

    def show_error(self, text: str) -> None:
        """Say in place why something was refused."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def set_palette(self, palette: Palette) -> None:
        """Recolour for another theme."""

    def retranslate(self) -> None:
        """Write every text."""

    def speak(self) -> None:
        """Write everything again in another language."""
        self.retranslate()

    def choose_path(self, title: str, name: str, suffix: str) -> FileChooser:
        """Let the owner say where a file goes; connect `fileSelected` of what is returned."""
        folder = usual_folder(QStandardPaths.StandardLocation.DocumentsLocation)
        chooser = self._chooser = FileChooser(self, title, folder)
        chooser.save_as(Path(name).stem, suffix)
        chooser.show()
        return chooser

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
