"""Leaving: what stands open is named, and nothing is left unlocked by mistake. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from app.messages.commands import PrepareQuit
from app.messages.views import CommandFailed, QuitReport
from ui.controls import KeyButton
from ui.error_texts import user_text
from ui.sheet import Sheet

if TYPE_CHECKING:
    from ui.counter import Counter

ANSWER_MS = 8000
"""How long the desk may take to lock the booths before one may leave without its answer."""


def start_quit(counter: Counter, leave: Callable[[], None]) -> None:
    """Ask the desk what stands open; leave at once when nothing does."""
    sheet = QuitDialog(counter, leave)
    counter.open(sheet)
    sheet.ask(close_sessions=False)


class QuitDialog(Sheet):
    """Names what stands open; the operator stays, leaves it so, or locks all first."""

    def __init__(self, counter: Counter, leave: Callable[[], None]) -> None:
        super().__init__()
        self._counter = counter
        self._leave = leave
        self.report: QuitReport | None = None
        self._is_late = False
        self.what = self.add_label()
        self.hint = self.add_label("muted")
        self.body.addStretch(1)
        self.stay = KeyButton(is_primary=True)
        self.keep, self.lock_all = KeyButton(), KeyButton()
        self.stay.clicked.connect(self.closed)
        self.keep.clicked.connect(self._go)
        self.lock_all.clicked.connect(self._lock_all)
        for button in (self.keep, self.lock_all):
            self.body.addWidget(button)
        self.add_buttons(primary=self.stay)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ANSWER_MS)
        self._timer.timeout.connect(self._on_late)

    def first_focus(self) -> QWidget:
        return self.stay

    def ask(self, *, close_sessions: bool) -> None:
        """Have every free booth locked and learn what stands open."""
        self.report = None
        self._is_late = False
        self._write()
        self._timer.start()
        command = PrepareQuit(**self._counter.bridge.stamp(), close_sessions=close_sessions)
        self._counter.bridge.ask(command, self._on_report, self._refused)

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(self.tr("Quit"))
        self.stay.set_words(self.tr("Stay"), self.tr("Esc"))
        self.lock_all.set_words(self.tr("Lock all and quit"))
        self._write()

    def _write(self) -> None:
        report = self.report
        lines: list[str] = []
        if report is not None:
            lines = [
                f"{words} {', '.join(str(number) for number in booths)}"
                for words, booths in self._groups(report)
                if booths
            ]
            self.hint.setText(self.tr("Calls go on at the exchange. What is due stays due."))
        elif self._is_late:
            lines = [self.tr("The desk has not answered. Booths may still be unlocked.")]
            self.hint.setText(self.tr("Look at the exchange before you leave."))
        else:
            lines = [self.tr("Locking the free booths…")]
            self.hint.setText("")
        self.what.setText("\n".join(lines))
        keep = self.tr("Keep open and quit")
        if report is None or not report.open_booths:
            keep = self.tr("Quit anyway")
        self.keep.set_words(keep)
        self.keep.setVisible(report is not None or self._is_late)
        self.lock_all.setVisible(report is not None and bool(report.open_booths))

    def _groups(self, report: QuitReport) -> tuple[tuple[str, tuple[int, ...]], ...]:
        return (
            (self.tr("A call is up in booth:"), report.live_booths),
            (self.tr("Unlocked for a customer:"), report.open_booths),
            (self.tr("To be paid:"), report.due_booths),
            (self.tr("Lock not confirmed by the exchange:"), report.unconfirmed_booths),
        )

    def _on_report(self, result: object) -> None:
        self._timer.stop()
        if not isinstance(result, QuitReport):
            return
        self.report = result
        is_clear = not any(booths for _words, booths in self._groups(result))
        if is_clear:
            self._go()
        else:
            self._write()

    def _refused(self, failure: CommandFailed) -> None:
        self._timer.stop()
        self._is_late = True
        self.show_error(f"{user_text(failure.code, failure.params)} ({failure.code})")
        self._write()

    @Slot()
    def _on_late(self) -> None:
        self._is_late = True
        self._write()

    @Slot()
    def _lock_all(self) -> None:
        self.ask(close_sessions=True)

    @Slot()
    def _go(self) -> None:
        self._timer.stop()
        self.closed.emit()
        self._leave()
