"""The first start in an empty folder: says where the settings are, and offers to practise."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.controls import KeyButton, label
from ui.session_choices import enter_key

_WIDTH = 620


class FirstStart(QWidget):
    """Shown instead of the counter. `wants_practice` tells what was chosen once it is closed."""

    def __init__(self, example: Path) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        self._example = example
        self.wants_practice = False
        self.title = label("title")
        self.text = label()
        self.path = label("muted")
        for widget in (self.title, self.text, self.path):
            widget.setWordWrap(True)
        self.path.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.leave, self.show_folder = KeyButton(), KeyButton()
        self.practise = KeyButton(is_primary=True)
        self.leave.clicked.connect(self.close)
        self.show_folder.clicked.connect(self._show_folder)
        self.practise.clicked.connect(self._practise)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 26, 28, 24)
        column.setSpacing(14)
        for widget in (self.title, self.text, self.path):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.leave, 1)
        row.addWidget(self.show_folder, 1)
        row.addWidget(self.practise, 2)
        column.addSpacing(8)
        column.addLayout(row)
        self.retranslate()
        self.practise.setFocus()

    def retranslate(self) -> None:
        """Write every text."""
        self.setWindowTitle("CallShop")
        self.title.setText(self.tr("Welcome to CallShop"))
        self.text.setText(
            self.tr(
                "There is no shop here yet. An explained settings file was put into this folder."
                " Fill it in, save it as shop.toml and start again."
                " Or practise first, with booths and customers that are only played."
            )
        )
        self.path.setText(str(self._example))
        self.path.setAccessibleName(self.tr("Settings file"))
        self.leave.set_words(self.tr("Quit"), self.tr("Esc"))
        self.show_folder.set_words(self.tr("Show the folder"))
        self.practise.set_words(self.tr("Practise"), enter_key())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._practise()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _practise(self) -> None:
        self.wants_practice = True
        self.close()

    @Slot()
    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._example.parent)))
