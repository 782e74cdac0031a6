"""Why the shop could not be opened: shown instead of the counter. Nothing was changed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.controls import KeyButton, label

_WIDTH = 560


def reason(code: str, params: Mapping[str, str]) -> str:
    """Return the sentence of a code; a code without one is shown as it is."""
    texts = {
        "folder_in_use": QCoreApplication.translate(
            "StartFailed",
            "Another counter is open on this shop. Close it first. ({folder})",
        ),
        "database_damaged": QCoreApplication.translate(
            "StartFailed",
            "The database is damaged and was left as it is. Restore the last backup. ({detail})",
        ),
        "database_newer": QCoreApplication.translate(
            "StartFailed",
            "The database was written by a newer release ({revision}). Install that release.",
        ),
    }
    if code not in texts:
        return QCoreApplication.translate(
            "StartFailed", "Something unforeseen happened; the log file tells more. ({code})"
        ).format(code=code)
    return texts[code].format_map({"folder": "", "detail": "", "revision": "", **params})


class StartFailed(QWidget):
    """Title, reason and one button."""

    def __init__(self, code: str, params: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        self.setWindowTitle("CallShop")
        self.title = label("title")
        self.title.setText(self.tr("The shop could not be opened"))
        self.text = label()
        self.text.setText(reason(code, params))
        self.text.setAccessibleName(self.text.text())
        for widget in (self.title, self.text):
            widget.setWordWrap(True)
        self.leave = KeyButton(is_primary=True)
        self.leave.set_words(self.tr("Quit"), self.tr("Esc"))
        self.leave.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 26, 28, 24)
        column.setSpacing(14)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(8)
        column.addWidget(self.leave)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)
