"""The bottom bar: price look-up, keys that work, the day's sums. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.messages.views import BoothView, StatusUpdate
from ui.controls import label
from ui.formatting import Formatter
from ui.quote_box import LookUpField
from ui.session_choices import choices

HEIGHT = 40
_GAP = 6
_FIELD_WIDTH = 330
_LEAST_FIELD_WIDTH = 256


class _Hint(QWidget):
    """A key and what it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        self.key = label("keyHint")
        self.words = label()
        row.addWidget(self.key, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_key(self, key: str, words: str) -> None:
        self.key.setText(key)
        self.words.setText(words)
        # A layout learns of new texts by an event; the bar is fitted at once.
        self.setFixedWidth(self.key.sizeHint().width() + _GAP + self.words.sizeHint().width())


class BottomBar(QFrame):
    """Frame at the bottom; hints name the keys that work now, as far as there is room."""

    def __init__(
        self, field: LookUpField, formatter: Formatter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("bottomBar")
        self.setFixedHeight(HEIGHT)
        self._formatter = formatter
        self._status: StatusUpdate | None = None
        self._booth: BoothView | None = None
        self._has_sheet = False
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

    def show_booth(self, booth: BoothView | None, *, has_sheet: bool) -> None:
        """Name the keys that do something with this booth, or in the sheet that has them."""
        if (booth, has_sheet) != (self._booth, self._has_sheet):
            self._booth, self._has_sheet = booth, has_sheet
            self._write_hints()
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
        self._write_hints()
        self._write_sums()
        self._fit()

    def _write_hints(self) -> None:
        """Write the keys; a hint without one is empty."""
        texts = [("F1–F12", self.tr("booth"))]
        if self._has_sheet:
            texts.append((self.tr("Esc"), self.tr("back")))
        else:
            offered = choices(self._booth) if self._booth is not None else []
            texts += [(each.key, each.words[:1].lower() + each.words[1:]) for each in offered]
            texts.append(("/", self.tr("price")))
        texts.append((self.tr("Ctrl R"), self.tr("receipts")))
        texts += [("", "")] * (len(self.hints) - len(texts))
        for hint, (key, words) in zip(self.hints, texts, strict=True):
            hint.show_key(key, words)

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
        used = [hint for hint in self.hints if hint.key.text()]
        is_wide = room - sum(hint.width() + gap for hint in used) > _FIELD_WIDTH
        field = _FIELD_WIDTH if is_wide else _LEAST_FIELD_WIDTH
        self.field.setFixedWidth(field)
        left = room - field - gap
        for hint in self.hints:
            is_used = hint in used
            left -= hint.width() + gap if is_used else 0
            hint.setVisible(is_used and left >= 0)
