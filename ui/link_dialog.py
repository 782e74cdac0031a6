"""What is known of one exchange, with a button to try again. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.messages.pbx import LinkState
from app.messages.views import StatusUpdate
from ui.controls import KeyButton
from ui.error_texts import link_text
from ui.session_choices import enter_key
from ui.sheet import Sheet

if TYPE_CHECKING:
    from ui.counter import Counter

_SECOND_US = 1_000_000
_NOTICED_S = 2
"""A smaller difference of the clocks is no news to anybody."""


class LinkDialog(Sheet):
    """Follows the desk's status of one exchange."""

    def __init__(self, counter: Counter, link: str) -> None:
        super().__init__()
        self._counter = counter
        self._link = link
        self.state = self.add_label()
        self.details = self.add_label("muted")
        self.code = self.add_label("smallPrint")
        self.body.addStretch(1)
        self.retry = KeyButton(is_primary=True)
        self.retry.clicked.connect(self._retry)
        self.add_buttons(primary=self.retry)
        counter.bridge.status_changed.connect(self._on_status)

    def first_focus(self) -> QWidget:
        return self.retry

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(self.tr("Exchange %1").replace("%1", self._link))
        self.retry.set_words(self.tr("Try now"), enter_key())
        if self._counter.status is not None:
            self._on_status(self._counter.status)

    @Slot(object)
    def _on_status(self, status: StatusUpdate) -> None:
        link = next((view for view in status.links if view.link == self._link), None)
        if link is None:
            self.closed.emit()
            return
        self.state.setText(link_text(link.state, link.code))
        lines = []
        if link.since:
            since = self._counter.formatter.date_time(link.since)
            lines.append(self.tr("Since %1").replace("%1", since))
        lines += [f"{name}: {value}" for name, value in link.params]
        if link.state is LinkState.UP:
            offset = round(link.clock_offset_us / _SECOND_US)
            if abs(offset) >= _NOTICED_S:
                lines.append(self.tr("Clock differs by %1 s").replace("%1", str(offset)))
        self.details.setText("\n".join(lines))
        self.code.setText(link.code)
        self.code.setVisible(bool(link.code))

    @Slot()
    def _retry(self) -> None:
        self._counter.retry_link(self._link)
