"""What the owner's window tells is done, and the way back where there is one. GUI thread."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.controls import KeyButton, label


class Notice(QFrame):
    """A line above the page; hidden while there is nothing to tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ownerNotice")
        self.words = label("good")
        self.words.setWordWrap(True)
        self.undo = KeyButton()
        self.undo.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(22, 8, 22, 8)
        inside.addWidget(self.words, 1)
        inside.addWidget(self.undo)
        self.hide()
