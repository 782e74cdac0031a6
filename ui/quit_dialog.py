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

CONFIRM_MS = 4000
"""How long the exchange may take to agree to the locks before its booths are named."""

_AGAIN_MS = 150


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
        self._is_leaving = False
        self._is_over = False
        self.what = self.add_label()
        self.hint = self.add_label("muted")
        self.body.addStretch(1)
        self.stay = KeyButton(is_primary=True)
        self.keep, self.lock_all, self.wait = KeyButton(), KeyButton(), KeyButton()
        self.stay.clicked.connect(self.closed)
        self.keep.clicked.connect(self._go)
        self.lock_all.clicked.connect(self._lock_all)
        self.wait.clicked.connect(self._wait)
        for button in (self.keep, self.lock_all, self.wait):
            self.body.addWidget(button)
        self.add_buttons(primary=self.stay)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ANSWER_MS)
        self._timer.timeout.connect(self._on_late)
        self._confirming = QTimer(self)
        self._confirming.setSingleShot(True)
        self._confirming.setInterval(CONFIRM_MS)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._ask_again)

        self.closed.connect(self._end)

    def first_focus(self) -> QWidget:
        return self.stay

    def ask(self, *, close_sessions: bool) -> None:
        """Have every free booth locked and learn what stands open."""
        self.report = None
        self._is_late = False
        self._confirming.start()
        self._write()
        self._post(close_sessions=close_sessions)

    def _post(self, *, close_sessions: bool) -> None:
        self._timer.start()
        command = PrepareQuit(**self._counter.bridge.stamp(), close_sessions=close_sessions)
        self._counter.bridge.ask(command, self._on_report, self._refused)

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(self.tr("Quit"))
        self.stay.set_words(self.tr("Stay"), self.tr("Esc"))
        self.lock_all.set_words(self.tr("Lock all and quit"))
        self.wait.set_words(self.tr("Wait"))
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
            self.hint.setText(self._hint(report))
        elif self._is_late:
            lines = [self.tr("The desk has not answered. Booths may still be unlocked.")]
            self.hint.setText(self.tr("Look at the exchange before you leave."))
        else:
            locking = self.tr("Locking the free booths…")
            lines = [self.tr("Locking all booths…") if self._is_leaving else locking]
            self.hint.setText("")
        self.what.setText("\n".join(lines))
        keep = self.tr("Keep open and quit")
        # Booths that are open after all was locked have a call up: nobody keeps them open.
        has_open = report is not None and bool(report.open_booths) and not self._is_leaving
        if not has_open:
            keep = self.tr("Quit anyway")
        self.keep.set_words(keep)
        self.keep.setVisible(report is not None or self._is_late)
        self.lock_all.setVisible(has_open)
        is_unconfirmed = report is not None and bool(report.unconfirmed_booths)
        self.wait.setVisible(is_unconfirmed and not has_open)

    def _hint(self, report: QuitReport) -> str:
        goes_on = self.tr("Calls go on at the exchange. What is due stays due.")
        if not report.live_booths or self._is_leaving:
            return goes_on
        locks = self.tr("Locking all lets a call go on, but no new one be dialled.")
        return f"{goes_on}\n{locks}"

    def _groups(self, report: QuitReport) -> tuple[tuple[str, tuple[int, ...]], ...]:
        return (
            (self.tr("A call is up in booth:"), report.live_booths),
            (self.tr("Unlocked for a customer:"), report.open_booths),
            (self.tr("To be paid:"), report.due_booths),
            (self.tr("Lock not confirmed by the exchange:"), report.unconfirmed_booths),
        )

    def _on_report(self, result: object) -> None:
        if self._is_over or not isinstance(result, QuitReport):
            return
        self._timer.stop()
        stands_open = result.open_booths or result.live_booths or result.due_booths
        may_go = self._is_leaving or not stands_open
        if may_go and not result.unconfirmed_booths:
            self._go()
        elif may_go and self._confirming.isActive():
            # Locks were asked for a moment ago: the exchange takes its time to agree.
            self._again.start()
        else:
            self.report = result
            self._write()

    def _refused(self, failure: CommandFailed) -> None:
        if self._is_over:
            return
        self._timer.stop()
        self._is_late = True
        self.show_error(f"{user_text(failure.code, failure.params)} ({failure.code})")
        self._write()

    @Slot()
    def _end(self) -> None:
        """Who stays does not leave when the answer comes after all."""
        self._is_over = True
        for timer in (self._timer, self._confirming, self._again):
            timer.stop()

    @Slot()
    def _on_late(self) -> None:
        self._is_late = True
        self._write()

    @Slot()
    def _lock_all(self) -> None:
        self._is_leaving = True
        self.ask(close_sessions=True)

    @Slot()
    def _wait(self) -> None:
        self.ask(close_sessions=self._is_leaving)

    @Slot()
    def _ask_again(self) -> None:
        self._post(close_sessions=False)

    @Slot()
    def _go(self) -> None:
        self.closed.emit()
        self._leave()
