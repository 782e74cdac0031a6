"""The bottom bar: price look-up, keys that work, the day's sums. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.messages.views import StatusUpdate
from ui.controls import label
from ui.formatting import Formatter
from ui.quote_box import LookUpField
from ui.session_choices import enter_key, space_key

HEIGHT = 40
_FIELD_WIDTH = 330
_LEAST_FIELD_WIDTH = 256


class _Hint(QWidget):
    """A key and what it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.key = label("keyHint")
        self.words = label()
        row.addWidget(self.key, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 0, Qt.AlignmentFlag.AlignVCenter)


class BottomBar(QFrame):
    """Frame at the bottom; hints that do not fit are left out from the end."""

    def __init__(
        self, field: LookUpField, formatter: Formatter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("bottomBar")
        self.setFixedHeight(HEIGHT)
        self._formatter = formatter
        self._status: StatusUpdate | None = None
        self.field = field
        self.hints = [_Hint() for _ in range(7)]
        self.sums: QLabel = label("sums")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(field)
        for hint in self.hints:
            row.addWidget(hint)
        row.addStretch(1)
        row.addWidget(self.sums)
        self._write()

    def speak(self, formatter: Formatter) -> None:
        """Write everything again in another language."""
        self._formatter = formatter
        self._write()

    def show_status(self, status: StatusUpdate) -> None:
        """Show the sums of the day."""
        if status != self._status:
            self._status = status
            self._write_sums()
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_FIELD_WIDTH + self.sums.sizeHint().width() + 48, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
        super().changeEvent(event)

    def _write(self) -> None:
        texts = [
            ("F1–F12", self.tr("booth")),
            (space_key(), self.tr("(un)lock")),
            (enter_key(), self.tr("check out")),
            ("X X", self.tr("hang up")),
            ("A", self.tr("item")),
            ("/", self.tr("price")),
            (self.tr("Ctrl R"), self.tr("receipts")),
        ]
        for hint, (key, words) in zip(self.hints, texts, strict=True):
            hint.key.setText(key)
            hint.words.setText(words)
        self._write_sums()
        self._fit()

    def _write_sums(self) -> None:
        status = self._status
        if status is None:
            return
        parts = [
            self.tr("%n on a call", "", status.talking),
            self.tr("%n to be paid", "", status.due_count),
            self.tr("takings %1").replace("%1", self._formatter.money(status.takings)),
        ]
        self.sums.setText(" · ".join(parts))

    def _fit(self) -> None:
        """Show as many hints as there is room for; the field gives way first."""
        margins = self._row.contentsMargins()
        gap = self._row.spacing()
        room = self.width() - margins.left() - margins.right() - self.sums.sizeHint().width() - gap
        is_wide = room - sum(hint.sizeHint().width() + gap for hint in self.hints) > _FIELD_WIDTH
        field = _FIELD_WIDTH if is_wide else _LEAST_FIELD_WIDTH
        self.field.setFixedWidth(field)
        left = room - field - gap
        for hint in self.hints:
            left -= hint.sizeHint().width() + gap
            hint.setVisible(left >= 0)
