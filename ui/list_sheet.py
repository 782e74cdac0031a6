"""A sheet with a list, an empty state and buttons that act on the selected row. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.messages.views import CommandFailed
from ui.controls import KeyButton, label
from ui.error_texts import user_text
from ui.row_list import Row, RowList
from ui.sheet import Sheet
from ui.tokens import Palette

if TYPE_CHECKING:
    from ui.counter import Counter


class ListSheet(Sheet):
    """Base of receipts, audit and print queue: rows, an empty text and some buttons."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.counter = counter
        self.list = RowList()
        self.empty = label("muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.empty, 1)
        self.empty.hide()
        self._acts: dict[int, Callable[[], None]] = {}
        self.buttons: list[KeyButton] = []

    def add_button(
        self, key: Qt.Key | None, act: Callable[[], None], *, is_primary: bool = False
    ) -> KeyButton:
        """Add a button below the list that `key` presses too."""
        button = KeyButton(is_primary=is_primary)
        button.clicked.connect(act)
        self.add_buttons(button)
        self.buttons.append(button)
        if key is not None:
            self._acts[key] = act
        return button

    def set_palette(self, palette: Palette) -> None:
        super().set_palette(palette)
        self.list.set_palette(palette)

    def first_focus(self) -> QWidget:
        return self.list

    def show_rows(self, rows: list[Row]) -> None:
        """Show rows, or the empty state."""
        self.list.show_rows(rows)
        if not rows and self.list.hasFocus():
            # A hidden list gives the focus away; the keys shall stay with the sheet.
            self.setFocus()
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        for button in self.buttons:
            button.setEnabled(bool(rows))

    def refused(self, failure: CommandFailed) -> None:
        """Tell in place why the desk refused."""
        self.show_error(f"{user_text(failure.code, failure.params)} ({failure.code})")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._acts.get(event.key())
        if act is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if not event.isAutoRepeat() and self.list.isVisible():
                act()
        else:
            super().keyPressEvent(event)
