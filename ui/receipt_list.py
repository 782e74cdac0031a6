"""The newest receipts: print again, save as PDF. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Slot
from PySide6.QtGui import QKeyEvent

from app.messages.commands import AskReceipts, ReprintReceipt, SavePdf
from app.messages.views import ReceiptRow
from ui.file_chooser import FileChooser, usual_folder
from ui.list_sheet import ListSheet
from ui.row_list import Row
from ui.tick_button import TickButton
from ui.tokens import Palette

if TYPE_CHECKING:
    from ui.counter import Counter


class ReceiptList(ListSheet):
    """Lists receipts; a reprint is marked COPY by the desk."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._receipts: tuple[ReceiptRow, ...] = ()
        self._chooser: FileChooser | None = None
        self.print_button = self.add_button(Qt.Key.Key_P, self._print)
        self.pdf_button = self.add_button(Qt.Key.Key_D, self._ask_path)
        self.explained = TickButton()
        self.explained.toggled.connect(self._write_words)
        self.body.addWidget(self.explained)
        self._load()

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(self.tr("Receipts"))
        self.set_subtitle(self.tr("The newest first. A reprint says COPY."))
        self.list.setAccessibleName(self.tr("Receipts"))
        self.empty.setText(self.tr("No receipts yet.\nThe first one comes with the first payment."))
        self.explained.set_words(self.tr("Explain the prices on it"), "?")
        self._write_words()
        self._write()

    def set_palette(self, palette: Palette) -> None:
        super().set_palette(palette)
        self.explained.set_palette(palette)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "?" and not event.isAutoRepeat():
            self.explained.toggle()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _write_words(self) -> None:
        if self.explained.isChecked():
            self.print_button.set_words(self.tr("Print with explanation"), "P")
            self.pdf_button.set_words(self.tr("Explained PDF…"), "D")
        else:
            self.print_button.set_words(self.tr("Print copy"), "P")
            self.pdf_button.set_words(self.tr("Save PDF…"), "D")

    def _load(self) -> None:
        ask = AskReceipts(**self.counter.bridge.stamp())
        self.counter.ask(ask, self._on_receipts, self.refused)

    def _on_receipts(self, result: object) -> None:
        if isinstance(result, tuple):
            self._receipts = result
            self._write()

    def _write(self) -> None:
        self.show_rows([self._row(receipt) for receipt in self._receipts])

    def _row(self, receipt: ReceiptRow) -> Row:
        formatter = self.counter.formatter
        tender = self.tr("cash") if receipt.tender == "CASH" else self.tr("card")
        booth = self.tr("Booth %1").replace("%1", str(receipt.booth))
        parts = [formatter.date_time(receipt.issued_at), booth, tender]
        if receipt.copies:
            parts.append(self.tr("%n copy(ies)", "", receipt.copies))
        return Row(
            receipt.number, receipt.number, " · ".join(parts), formatter.money(receipt.total)
        )

    @Slot()
    def _print(self) -> None:
        row = self.list.selected()
        if row is None:
            return
        number = str(row.key)

        def queued(_result: object) -> None:
            text = self.tr("A copy of receipt %1 goes to the printer.")
            self.counter.notices.say(text.replace("%1", number))
            self._load()

        self.show_error("")
        reprint = ReprintReceipt(
            **self.counter.bridge.stamp(),
            receipt_number=number,
            is_explained=self.explained.isChecked(),
        )
        self.counter.ask(reprint, queued, self.refused)

    @Slot()
    def _ask_path(self) -> None:
        row = self.list.selected()
        if row is None:
            return
        folder = usual_folder(QStandardPaths.StandardLocation.DocumentsLocation)
        chooser = self._chooser = FileChooser(self, self.tr("Save the receipt"), folder)
        chooser.save_as(str(row.key), "pdf")
        chooser.setProperty("receipt", row.key)
        chooser.fileSelected.connect(self._on_path)
        chooser.show()

    @Slot(str)
    def _on_path(self, path: str) -> None:
        number = str(self._chooser.property("receipt")) if self._chooser is not None else ""
        self._chooser = None
        self.save_pdf(number, path)

    def save_pdf(self, number: str, path: str) -> None:
        """Have a receipt written as PDF."""

        def written(_result: object) -> None:
            self.counter.notices.say(self.tr("Saved as %1.").replace("%1", path))

        self.show_error("")
        save = SavePdf(
            **self.counter.bridge.stamp(),
            receipt_number=number,
            path=path,
            is_explained=self.explained.isChecked(),
        )
        self.counter.ask(save, written, self.refused)
