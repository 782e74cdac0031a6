"""A job under way: what it does, how far it is, and Cancel. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.tariffs.jobs import AnyJob, DraftReady, JobFailed, JobProgress, Result
from ui.controls import KeyButton, label
from ui.tariff_jobs import Heard
from ui.tariff_owner import Owner
from ui.tariff_page import centred

_WIDTH = 520
_PARTS = 1000


class ProgressCard(QWidget):
    """Stands in the place of a page while its job runs. `cancelled` is the hand's wish."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writes = False
        self.words = label("title")
        self.words.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.hint = label("muted")
        self.hint.setWordWrap(True)
        self.cancel = KeyButton()
        self.cancel.clicked.connect(self._on_cancel)
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(_WIDTH)
        column = QVBoxLayout(card)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(14)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addWidget(self.hint)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        column.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(centred(card))
        outer.addStretch(3)
        self.retranslate()

    def begin(self, words: str, *, writes: bool = False) -> None:
        """Show a new job of which nothing is known yet; `writes`: a version nobody sells by."""
        self._writes = writes
        self.retranslate()
        self.words.setText(words)
        self.bar.setAccessibleName(words)
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self.cancel.setFocus()

    def tell(self, news: JobProgress) -> None:
        """Show how far it is."""
        self.bar.setRange(0, _PARTS)
        self.bar.setValue(min(_PARTS, news.done * _PARTS // max(1, news.of)))

    def retranslate(self) -> None:
        """Write the fixed texts."""
        self.hint.setText(
            self.tr("The counter goes on meanwhile. Nothing is sold by it before it is activated.")
            if self._writes
            else self.tr("The counter goes on meanwhile. Nothing is written yet.")
        )
        self.cancel.set_words(self.tr("Cancel"), self.tr("Esc"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_cancel()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_cancel(self) -> None:
        if self.cancel.isEnabled():
            self.cancel.setEnabled(False)
            self.cancelled.emit()


class Runner(QObject):
    """Runs one job at a time behind the card; `last` is the key of the job that ended last."""

    def __init__(self, owner: Owner, stack: QStackedWidget, card: ProgressCard) -> None:
        super().__init__(stack)
        self._owner, self._stack, self._card = owner, stack, card
        self._job = ""
        self._is_cancelled = False
        self.last = ""
        card.cancelled.connect(self.cancel)

    @property
    def is_busy(self) -> bool:
        """Whether a job runs."""
        return bool(self._job)

    def run(
        self,
        job: AnyJob,
        words: str,
        done: Callable[[Result], None],
        failed: Callable[[JobFailed], None],
        back: QWidget,
        *,
        writes: bool = False,
    ) -> None:
        """Show the card until the job ends; `back` is shown again before anybody is told."""

        def end() -> None:
            self.last, self._job = self._job, ""
            self._stack.setCurrentWidget(back)

        def on_done(result: Result) -> None:
            is_wanted = not self._is_cancelled
            end()
            # What was done before the hand's wish came through is of no use any more.
            if is_wanted:
                done(result)
            elif isinstance(result, DraftReady):
                self._owner.drop_draft(result.version)

        def on_failed(failure: JobFailed) -> None:
            end()
            failed(failure)

        self._job, self._is_cancelled = job.job_id, False
        self._card.begin(words, writes=writes)
        self._stack.setCurrentWidget(self._card)
        self._card.cancel.setFocus()
        self._owner.jobs.start(job, Heard(on_done, on_failed, self._card.tell, end))

    def cancel(self) -> None:
        """Ask for the end of what runs; the page comes back with the answer."""
        if self._job:
            self._is_cancelled = True
            self._owner.jobs.cancel(self._job)
