"""The price list for the wall and the booths, as PDF. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QHBoxLayout, QWidget

from app.tariffs.jobs import JobFailed, Result, WritePriceList
from ui.controls import KeyButton, label
from ui.tariff_jobs import Heard
from ui.tariff_owner import Owner
from ui.tariff_page import Page, centred
from ui.ui_settings import LANGUAGES

_OWN_NAMES = {"en": "English", "fr": "Français"}
_WIDTH = 560


class PriceListPage(Page):
    """Which list, in which language; then where it goes. `booths` are (number, name)."""

    def __init__(
        self, owner: Owner, booths: list[tuple[int, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(owner, parent)
        self._booths = booths
        self._path = ""
        self._is_writing = False
        self.where, self.language = QComboBox(), QComboBox()
        self.poster = QCheckBox()
        for code in LANGUAGES:
            self.language.addItem(_OWN_NAMES[code], code)
        code = owner.formatter.locale.bcp47Name()[:2]
        self.language.setCurrentIndex(max(0, self.language.findData(code)))
        self.captions = [label("formCaption") for _ in range(3)]
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(_WIDTH)
        grid = QGridLayout(card)
        grid.setContentsMargins(28, 24, 28, 24)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(1, 1)
        for line, (caption, widget) in enumerate(
            zip(self.captions, (self.where, self.language, self.poster), strict=True)
        ):
            grid.addWidget(caption, line, 0)
            grid.addWidget(widget, line, 1)
        self.save, self.show_pdf = KeyButton(is_primary=True), KeyButton()
        self.show_pdf.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        buttons.addWidget(self.show_pdf)
        buttons.addWidget(self.save)
        grid.addLayout(buttons, 3, 0, 1, 2)
        self.saved = label("muted")
        self.saved.setWordWrap(True)
        grid.addWidget(self.saved, 4, 0, 1, 2)
        self.body.addLayout(centred(card))
        self.body.addStretch(1)
        self.foot.addStretch(1)
        self.close_button = self.add_button(self.foot)
        self.close_button.clicked.connect(self.left)
        self.save.clicked.connect(self._on_save)
        self.show_pdf.clicked.connect(self._on_show)
        self.retranslate()

    def begin(self) -> None:
        """Show the page anew."""
        self.show_error("")
        self.saved.setText("")
        self.show_pdf.hide()
        self.where.setFocus()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Price list"))
        self.facts.setText(
            self.tr("From the prices in force, with what the law wants to stand beside the booths.")
        )
        texts = (self.tr("For"), self.tr("Language"), self.tr("Form"))
        for caption, text, widget in zip(
            self.captions, texts, (self.where, self.language, self.poster), strict=True
        ):
            caption.setText(text)
            widget.setAccessibleName(text)
        chosen = self.where.currentData()
        self.where.clear()
        self.where.addItem(self.tr("the shop"), None)
        for number, name in self._booths:
            text = name or self.tr("Booth %1").replace("%1", str(number))
            self.where.addItem(text, number)
        self.where.setCurrentIndex(max(0, self.where.findData(chosen)))
        self.poster.setText(self.tr("Poster: one page, the most important destinations"))
        self.save.set_words(self.tr("Save as PDF…"))
        self.show_pdf.set_words(self.tr("Open it"))
        self.close_button.set_words(self.tr("Back"), self.tr("Esc"))

    @Slot()
    def _on_save(self) -> None:
        chooser = self.choose_path(self.tr("Save the price list"), self.tr("prices"), "pdf")
        chooser.fileSelected.connect(self.save_to)

    @Slot(str)
    def save_to(self, path: str) -> None:
        """Have the list written."""
        if self._is_writing:
            return
        self.show_error("")
        self._is_writing = True
        self.save.setEnabled(False)
        self.saved.setText(self.tr("Writing…"))
        jobs = self.owner.jobs
        job = WritePriceList(
            job_id=jobs.new_id(),
            path=path,
            language=str(self.language.currentData()),
            booth=self.where.currentData(),
            is_poster=self.poster.isChecked(),
        )
        jobs.start(job, Heard(self._on_written, self._failed))

    def _end(self) -> None:
        self._is_writing = False
        self.save.setEnabled(True)

    def _on_written(self, result: Result) -> None:
        self._end()
        self._path = str(result)
        self.saved.setText(self.tr("Saved as %1.").replace("%1", self._path))
        self.show_pdf.show()
        self.show_pdf.setFocus()

    def _failed(self, failure: JobFailed) -> None:
        self._end()
        self.saved.setText("")
        self.show_error(self.owner.refusal(failure))

    @Slot()
    def _on_show(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._path))
