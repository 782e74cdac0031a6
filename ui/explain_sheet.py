"""Why a call costs what it costs: plain sentences at the side, call by call. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.messages.commands import AskExplanation
from app.messages.views import BoothView, CallLine, CommandFailed, Explanation
from ui.controls import KeyButton, label, rule
from ui.error_texts import user_text
from ui.explain_texts import reason_text
from ui.formatting import Formatter, duration
from ui.session_choices import explainable
from ui.sheet import Sheet
from ui.tile_text import destination_words

if TYPE_CHECKING:
    from ui.counter import Counter

_GROUP_ENDS = ("talked", "estimated", "tariff", "rounding")
"""After these codes a new group of sentences begins: the call, its rate, the sum, the result."""


class _Reading(QScrollArea):
    """Scrolls up and down; the other keys are the sheet's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)


class ExplainSheet(Sheet):
    """Shows the reasons of one call; arrows lead to the visit's other calls."""

    def __init__(self, counter: Counter, booth: BoothView, key: int) -> None:
        super().__init__()
        assert booth.session is not None
        self._counter = counter
        self._session_id = booth.session.session_id
        self._calls = explainable(booth.session)
        self._key = key
        self._explanation: Explanation | None = None
        self.booth = booth.booth
        self.back, self.forward, self.copy = KeyButton(), KeyButton(), KeyButton()
        self.back.clicked.connect(self._go_back)
        self.forward.clicked.connect(self._go_forward)
        self.copy.clicked.connect(self._copy)
        self._arrange()
        self._ask()

    def _arrange(self) -> None:
        self.area = _Reading()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sentences = QWidget()
        self.sentences.setObjectName("side")
        self._lines = QVBoxLayout(self.sentences)
        self._lines.setContentsMargins(3, 0, 6, 0)
        self._lines.setSpacing(7)
        self.area.setWidget(self.sentences)
        self.body.addWidget(self.area, 1)
        steps = QHBoxLayout()
        steps.setSpacing(8)
        steps.addWidget(self.back)
        steps.addWidget(self.forward)
        self.body.addLayout(steps)
        self.add_buttons(self.copy)

    def first_focus(self) -> QWidget:
        return self.area

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(self.tr("Why this price"))
        self.area.setAccessibleName(self.tr("Reasons of the price"))
        self.back.set_words(self.tr("Previous call"), "←")
        self.forward.set_words(self.tr("Next call"), "→")
        self.copy.set_words(self.tr("Copy as JSON"), "J")
        self._write()

    def speak(self, formatter: Formatter) -> None:
        super().speak(formatter)
        self._write()

    def show_booth(self, booth: BoothView) -> None:
        """Follow the visit: a call that is priced again is explained again."""
        session = booth.session
        if session is None:
            return  # paid meanwhile: what was paid stays explained
        if session.session_id != self._session_id:
            self.closed.emit()
            return
        before = self._line()
        self._calls = explainable(session)
        line = self._line()
        if line is None:
            self.closed.emit()
        elif before is None or line.amount != before.amount or line.lines != before.lines:
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Left:
            self._go_back()
        elif event.key() == Qt.Key.Key_Right:
            self._go_forward()
        elif event.key() == Qt.Key.Key_J and not event.isAutoRepeat():
            self._copy()
        else:
            super().keyPressEvent(event)

    def _line(self) -> CallLine | None:
        return next((line for line in self._calls if line.key == self._key), None)

    def _ask(self) -> None:
        key = self._key

        def show(result: object) -> None:
            if isinstance(result, Explanation) and key == self._key:
                self._explanation = result
                self.show_error("")
                self._write()

        ask = AskExplanation(**self._counter.bridge.stamp(), call_key=key)
        self._counter.ask(ask, show, self._refused)

    def _refused(self, failure: CommandFailed) -> None:
        self._explanation = None
        self._write()
        self.show_error(f"{user_text(failure.code, failure.params)} ({failure.code})")

    def _write(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        place = next((at for at, line in enumerate(self._calls) if line.key == self._key), 0)
        self.back.setEnabled(place > 0)
        self.forward.setEnabled(place + 1 < len(self._calls))
        for button in (self.back, self.forward):
            button.setVisible(len(self._calls) > 1)
        found = self._explanation
        self.copy.setEnabled(found is not None)
        if found is None:
            return
        formatter, line = self._counter.formatter, found.line
        parts = [
            formatter.time(line.started_at),
            destination_words(line),
            formatter.number(line.number),
            duration(line.seconds),
            formatter.money(line.amount) if line.amount is not None else "",
        ]
        self.set_subtitle(" · ".join(part for part in parts if part))
        codes = [reason.code for reason in found.reasons]
        for at, reason in enumerate(found.reasons):
            said = label("dueSentence" if reason.code == "total" else "")
            said.setWordWrap(True)
            said.setText(reason_text(reason, formatter))
            self._lines.addWidget(said)
            # A label put into a sheet in sight would become visible by a later event.
            said.show()
            is_last_of_group = codes[at] in _GROUP_ENDS and codes[at + 1 : at + 2] != ["estimated"]
            if is_last_of_group and at + 1 < len(codes):
                line_between = rule()
                self._lines.addWidget(line_between)
                line_between.show()
        self._lines.addStretch(1)

    @Slot()
    def _go_back(self) -> None:
        self._step(-1)

    @Slot()
    def _go_forward(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        keys = [line.key for line in self._calls]
        place = keys.index(self._key) + by if self._key in keys else 0
        if 0 <= place < len(keys):
            self._key = keys[place]
            self._ask()

    @Slot()
    def _copy(self) -> None:
        if self._explanation is not None:
            QGuiApplication.clipboard().setText(self._explanation.body)
            self._counter.notices.say(self.tr("Copied: paste it where you need it."))
