"""Calls and news that need somebody's eye; each can be marked as seen. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot

from app.messages.commands import AskAudit, ResolveAudit
from app.messages.views import AuditRow
from ui.error_texts import audit_text
from ui.list_sheet import ListSheet
from ui.row_list import Row

if TYPE_CHECKING:
    from ui.counter import Counter


class AuditList(ListSheet):
    """Lists audit rows, the open ones dark, the seen ones grey."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._found: tuple[AuditRow, ...] = ()
        self.seen_button = self.add_button(Qt.Key.Key_S, self._resolve)
        self._load()

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(self.tr("To check"))
        self.set_subtitle(self.tr("Calls and news that need a look."))
        self.list.setAccessibleName(self.tr("To check"))
        self.empty.setText(self.tr("Nothing to check.\nWhat looks odd will stand here."))
        self.seen_button.set_words(self.tr("Mark as seen"), "S")
        self._write()

    def _load(self) -> None:
        ask = AskAudit(**self.counter.bridge.stamp())
        self.counter.ask(ask, self._on_rows, self.refused)

    def _on_rows(self, result: object) -> None:
        if isinstance(result, tuple):
            self._found = result
            self._write()

    def _write(self) -> None:
        self.show_rows([self._row(found) for found in self._found])

    def _row(self, found: AuditRow) -> Row:
        parts = [self.counter.formatter.date_time(found.at)]
        if found.booth is not None:
            parts.append(self.tr("Booth %1").replace("%1", str(found.booth)))
        parts += [part for part in (found.detail, found.code) if part]
        end = "" if found.is_open else self.tr("seen")
        title = audit_text(found.code)
        return Row(found.audit_id, title, " · ".join(parts), end, is_quiet=not found.is_open)

    @Slot()
    def _resolve(self) -> None:
        row = self.list.selected()
        if row is None or not isinstance(row.key, int):
            return

        def resolved(_result: object) -> None:
            self._load()

        resolve = ResolveAudit(**self.counter.bridge.stamp(), audit_id=row.key)
        self.counter.ask(resolve, resolved, self.refused)
