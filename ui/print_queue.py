"""Papers that wait or are in trouble: print again or give up. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot

from app.messages.commands import DropPrint, RetryPrint
from app.messages.views import PrintJobView, StatusUpdate
from ui.error_texts import printer_text
from ui.list_sheet import ListSheet
from ui.row_list import Row

if TYPE_CHECKING:
    from ui.counter import Counter


class PrintQueue(ListSheet):
    """Follows the desk's status: a paper that is printed leaves the list."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self.retry_button = self.add_button(Qt.Key.Key_P, self._retry)
        self.drop_button = self.add_button(Qt.Key.Key_Delete, self._drop)
        counter.bridge.status_changed.connect(self._on_status)

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(self.tr("Print queue"))
        self.list.setAccessibleName(self.tr("Print queue"))
        self.empty.setText(self.tr("No paper is waiting."))
        self.retry_button.set_words(self.tr("Print again"), "P")
        self.drop_button.set_words(self.tr("Give up"), self.tr("Del"))
        if self.counter.status is not None:
            self._on_status(self.counter.status)

    @Slot(object)
    def _on_status(self, status: StatusUpdate) -> None:
        self.set_subtitle(printer_text(status.printer, status.printer_code))
        self.show_rows([self._row(job, status) for job in status.print_jobs])

    def _row(self, job: PrintJobView, status: StatusUpdate) -> Row:
        words = {
            "QUEUED": self.tr("waiting"),
            "SENDING": self.tr("printing"),
            "FAILED": self.tr("not printed"),
            "UNCERTAIN": self.tr("may not have been printed; again prints a COPY"),
        }
        parts = [words.get(job.state, job.state)]
        if job.code:
            parts.append(printer_text(status.printer, job.code))
        end = self.tr("copy") if job.copy_number else ""
        return Row(job.job_id, job.receipt_number, " · ".join(parts), end)

    @Slot()
    def _retry(self) -> None:
        row = self.list.selected()
        if row is not None and isinstance(row.key, int):
            self.show_error("")
            retry = RetryPrint(**self.counter.bridge.stamp(), job_id=row.key)
            self.counter.ask(retry, None, self.refused)

    @Slot()
    def _drop(self) -> None:
        row = self.list.selected()
        if row is None or not isinstance(row.key, int):
            return
        number = row.title

        def dropped(_result: object) -> None:
            text = self.tr("Receipt %1 is no longer waiting. Ctrl R prints a copy of it.")
            self.counter.notices.say(text.replace("%1", number))

        drop = DropPrint(**self.counter.bridge.stamp(), job_id=row.key)
        self.counter.ask(drop, dropped, self.refused)
