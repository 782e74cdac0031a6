"""In the checkout: whether the receipt explains its prices, and where they are explained.

GUI thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.domain.explain import Reason
from app.messages.commands import AskExplanation
from app.messages.views import CommandFailed, Explanation, SessionView
from ui.controls import KeyButton
from ui.session_choices import explainable
from ui.tick_button import TickButton
from ui.tokens import Palette

if TYPE_CHECKING:
    from ui.counter import Counter


class CheckoutReasons(QWidget):
    """A tick “explain the prices” and a button “why?”; keeps the reasons for the preview."""

    changed = Signal()  # the preview shows something else now
    why_asked = Signal()

    def __init__(self, counter: Counter, session: SessionView) -> None:
        super().__init__()
        self._counter = counter
        self._session = session
        self._reasons: dict[int, tuple[Reason, ...]] = {}
        self.tick, self.why = TickButton(), KeyButton()
        for button in (self.tick, self.why):
            button.setObjectName("link")
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.tick.toggled.connect(self._on_tick)
        self.why.clicked.connect(self.why_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.tick)
        row.addStretch(1)
        row.addWidget(self.why)
        self.retranslate()

    @property
    def is_explained(self) -> bool:
        """Whether the paper is to say why each call costs what it costs."""
        return self.tick.isChecked()

    @property
    def reasons(self) -> dict[int, tuple[Reason, ...]] | None:
        """What the preview is to explain, by the calls' keys; None for nothing."""
        return self._reasons if self.is_explained else None

    def set_palette(self, palette: Palette) -> None:
        """Recolour for another theme."""
        self.tick.set_palette(palette)

    def retranslate(self) -> None:
        """Write the texts."""
        self.tick.set_words(self.tr("Prices explained"), "P")
        self.why.set_words(self.tr("Explain"), "?")

    def show_session(self, session: SessionView, *, has_paper: bool) -> None:
        """Follow the visit: calls that are priced again are explained again."""
        before = [(line.key, line.amount) for line in explainable(self._session)]
        self._session = session
        calls = explainable(session)
        self.tick.setVisible(has_paper and bool(calls))
        self.why.setVisible(bool(calls))
        if self.tick.isChecked() and [(line.key, line.amount) for line in calls] != before:
            self._ask()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _on_tick(self) -> None:
        if self.tick.isChecked():
            self._ask()
        self.changed.emit()

    def _ask(self) -> None:
        def keep(result: object) -> None:
            if isinstance(result, Explanation):
                self._reasons[result.line.key] = result.reasons
                self.changed.emit()

        def refused(failure: CommandFailed) -> None:
            self._counter.tell(failure)

        for line in explainable(self._session):
            ask = AskExplanation(**self._counter.bridge.stamp(), call_key=line.key)
            self._counter.ask(ask, keep, refused)
