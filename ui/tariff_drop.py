"""The place onto which a price file is dropped. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.controls import KeyButton, label


class DropZone(QFrame):
    """Takes a file from the desktop, or by its button."""

    dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("dropZone")
        self.setAcceptDrops(True)
        self.name = label("dropName")
        self.hint = label("muted")
        self.hint.setWordWrap(True)
        self.choose = KeyButton()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addStretch(1)
        texts.addWidget(self.name)
        texts.addWidget(self.hint)
        texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 14, 20, 14)
        row.addLayout(texts, 1)
        row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(88)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.acceptProposedAction()
                self.dropped.emit(url.toLocalFile())
                return
