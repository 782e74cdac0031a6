"""Which file is read, and what it is to become: asked before anything is read. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDate, QDateTime, QStandardPaths, Qt, QTime, QTimeZone, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.money import MICRO
from app.domain.tariff_kinds import SHOP
from ui.amount_edit import AmountEdit
from ui.controls import KeyButton, label, restyle
from ui.file_chooser import FileChooser, usual_folder
from ui.tariff_choices import group_of, name_box, rows_of, untell
from ui.tariff_dates import DATE_SHOWN, name_dates
from ui.tariff_drop import DropZone
from ui.tariff_owner import Owner

_RATE_PLACES = 6
_WIDTH = 860
_CAPTION = 190


@dataclass(frozen=True, slots=True)
class FileWish:
    """What the owner wants of a file; `starts_at` None is from now on."""

    path: str
    tariff: str
    is_cost: bool
    is_full: bool
    starts_at: int | None
    exchange_ppm: int


class FileForm(QWidget):
    """Everything that must be told; nothing that decides about prices is chosen beforehand."""

    wished = Signal(object)  # FileWish
    columns_wished = Signal()
    left = Signal()

    def __init__(self, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owner = owner
        self.path = ""
        self._chooser: FileChooser | None = None
        self.title = label("title")
        self.zone = DropZone()
        self.zone.dropped.connect(self.take_file)
        self.zone.choose.clicked.connect(self.choose_file)
        self.captions = [label("formCaption") for _ in range(4)]
        self._make_what()
        self._make_extent()
        self._make_time()
        self._make_currency()
        self.error = label("error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.columns = KeyButton()
        self.columns.hide()
        self.columns.clicked.connect(self.columns_wished)
        self.close_button, self.read = KeyButton(), KeyButton(is_primary=True)
        self.close_button.clicked.connect(self.left)
        self.read.clicked.connect(self._on_read)
        self._arrange()
        self.retranslate()

    # ---- making ---------------------------------------------------------------------------

    def _make_what(self) -> None:
        self.shop, self.other, self.cost = QRadioButton(), QRadioButton(), QRadioButton()
        self.other_name, self.cost_name = name_box(), name_box()
        self._what = group_of(self, self.shop, self.other, self.cost)
        self.other_name.setEnabled(False)
        self.cost_name.setEnabled(False)
        self.other.toggled.connect(self.other_name.setEnabled)
        self.cost.toggled.connect(self.cost_name.setEnabled)
        self._what.buttonClicked.connect(self._forget_error)

    def _make_extent(self) -> None:
        self.full, self.changes = QRadioButton(), QRadioButton()
        self._extent = group_of(self, self.full, self.changes)
        self._extent.buttonClicked.connect(self._forget_error)

    def _make_time(self) -> None:
        self.now, self.later = QRadioButton(), QRadioButton()
        self._time = group_of(self, self.now, self.later)
        self.now.setChecked(True)
        self.date = QDateTimeEdit()
        self.date.setCalendarPopup(True)
        self.date.setEnabled(False)
        self.later.toggled.connect(self.date.setEnabled)
        local = self._owner.local(self._owner.clock.now_us())
        months = local.year * 12 + local.month
        first = QDate(months // 12, months % 12 + 1, 1)
        # The shop's wall clock; the zone of this computer must not shift or refuse any time.
        utc = QTimeZone(QTimeZone.Initialization.UTC)
        self.date.setTimeZone(utc)
        self.date.setDateTime(QDateTime(first, QTime(0, 0), utc))

    def _make_currency(self) -> None:
        self.is_foreign = QCheckBox()
        self.rate = AmountEdit(self._owner.formatter, places=_RATE_PLACES)
        self.rate.setFixedWidth(120)
        self.rate.setEnabled(False)
        self.rate_words = label()
        self.is_foreign.toggled.connect(self.rate.setEnabled)

    def _arrange(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(16)
        form.setColumnMinimumWidth(0, _CAPTION)
        form.setColumnStretch(1, 1)
        blocks = (
            rows_of((self.shop,), (self.other, self.other_name), (self.cost, self.cost_name)),
            rows_of((self.full,), (self.changes,)),
            rows_of((self.now,), (self.later, self.date)),
            rows_of((self.is_foreign, self.rate, self.rate_words)),
        )
        for line, (caption, block) in enumerate(zip(self.captions, blocks, strict=True)):
            caption.setContentsMargins(0, 7, 0, 0)
            form.addWidget(caption, line, 0, Qt.AlignmentFlag.AlignTop)
            form.addLayout(block, line, 1)
        inner = QWidget()
        inner.setObjectName("pageInner")
        inner.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(22, 18, 22, 10)
        column.setSpacing(16)
        column.addWidget(self.title)
        column.addWidget(self.zone)
        column.addLayout(form)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("page")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(22, 10, 22, 14)
        foot.setSpacing(10)
        foot.addWidget(self.error, 1)
        foot.addStretch(0)
        for button in (self.columns, self.close_button, self.read):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return foot

    # ---- words ----------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Write every text."""
        self.title.setText(self.tr("Import a price file"))
        captions = (
            self.tr("What is it?"),
            self.tr("Does it name everything?"),
            self.tr("From when?"),
            self.tr("Currency"),
        )
        for caption, text in zip(self.captions, captions, strict=True):
            caption.setText(text)
        self.shop.setText(self.tr("Our prices: what customers pay in the shop"))
        self.other.setText(self.tr("Other prices of ours, such as VIP:"))
        self.cost.setText(self.tr("Costs: what a carrier asks of us:"))
        self.other_name.setAccessibleName(self.tr("Name of the other tariff"))
        self.cost_name.setAccessibleName(self.tr("Name of the carrier"))
        self._hint(self.other_name, self.tr("e.g. vip"))
        self._hint(self.cost_name, self.tr("Name of the carrier"))
        self.full.setText(self.tr("Full deck: what it does not name is dropped"))
        self.changes.setText(self.tr("Changes only: what it does not name stays as it is"))
        self.now.setText(self.tr("From now on"))
        self.later.setText(self.tr("From a date:"))
        name_dates((self.date,), (self.tr("Date and time"),))
        self.date.setLocale(self._owner.formatter.locale)
        self.date.setDisplayFormat(f"{DATE_SHOWN}  HH:mm")
        self.is_foreign.setText(self.tr("The file is in another currency; 1 of it is worth"))
        self.rate.setAccessibleName(self.tr("What 1 of the file's currency is worth"))
        currency = self._owner.formatter.currency
        self.rate_words.setText(currency.symbol or currency.code)
        self.columns.set_words(self.tr("Columns…"))
        self.close_button.set_words(self.tr("Close"), self.tr("Esc"))
        self.read.set_words(self.tr("Read the file"), self.tr("Enter"))
        self._show_file()

    @staticmethod
    def _hint(box: QComboBox, text: str) -> None:
        field = box.lineEdit()
        if field is not None:
            field.setPlaceholderText(text)
            field.setAccessibleName(box.accessibleName())

    def speak(self) -> None:
        """Write everything again in another language."""
        self.rate.speak(self._owner.formatter)
        self.retranslate()

    def show_names(self) -> None:
        """Offer the names of the tariffs there are."""
        for box, names in (
            (self.other_name, [name for name in self._owner.names(is_cost=False) if name != SHOP]),
            (self.cost_name, self._owner.names(is_cost=True)),
        ):
            text = box.currentText()
            box.clear()
            box.addItems(names)
            box.setEditText(text or (names[0] if names else ""))

    def _show_file(self) -> None:
        path = Path(self.path)
        self.zone.name.setText(path.name if self.path else self.tr("Drop a file here"))
        formats = self.tr("CSV, TSV, XLSX or XLS; nothing is written before you agree.")
        self.zone.hint.setText(str(path.parent) if self.path else formats)
        words = self.tr("Another file…") if self.path else self.tr("Choose a file…")
        self.zone.choose.set_words(words, self.tr("Ctrl+O"))
        restyle(self.zone, "isChosen", bool(self.path))

    # ---- acts -------------------------------------------------------------------------------

    def clear(self) -> None:
        """Forget the file and everything that was told of it."""
        self.path = ""
        self.show_error("")
        for group in (self._what, self._extent):
            untell(group)
        self.now.setChecked(True)
        self.is_foreign.setChecked(False)
        self.rate.clear()
        self._show_file()

    @Slot(str)
    def take_file(self, path: str) -> None:
        """Choose a file; whether it names everything is to be told of each."""
        if path != self.path:
            untell(self._extent)
        self.path = path
        self.show_error("")
        self._show_file()

    @Slot()
    def choose_file(self) -> None:
        """Let the owner look for a file."""
        place = usual_folder(QStandardPaths.StandardLocation.DownloadLocation)
        folder = str(Path(self.path).parent) if self.path else place
        chooser = self._chooser = FileChooser(self, self.tr("Choose a price file"), folder)
        decks = self.tr("Price files")
        every = self.tr("All files")
        chooser.open_one([f"{decks} (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls)", f"{every} (*)"])
        chooser.fileSelected.connect(self.take_file)
        chooser.show()

    def show_error(self, text: str, *, can_map: bool = False) -> None:
        """Say in place what is missing, or why the file was refused."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.columns.setVisible(can_map)

    def ask_rate(self, text: str) -> None:
        """Ask what the file's currency is worth."""
        self.show_error(text)
        self.is_foreign.setChecked(True)
        self.rate.mark_wrong(is_wrong=not self.rate.text())
        self.rate.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._on_read()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _forget_error(self) -> None:
        self.show_error("")

    @Slot()
    def _on_read(self) -> None:
        missing = self.missing()
        if missing is not None:
            text, widget = missing
            self.show_error(text)
            widget.setFocus()
            return
        self.show_error("")
        self.wished.emit(self.wish())

    def missing(self) -> tuple[str, QWidget] | None:
        """Return what is still to be told, and where."""
        checks: tuple[tuple[bool, str, QWidget], ...] = (
            (bool(self.path), self.tr("Choose a file first."), self.zone.choose),
            (self._what.checkedId() >= 0, self.tr("Say what the file is."), self.shop),
            (bool(self._tariff()), self.tr("Name it."), self._name_field()),
            (
                self._extent.checkedId() >= 0,
                self.tr("Say whether it names everything, or only what changes."),
                self.full,
            ),
            (
                not self.later.isChecked() or self._starts_at() > self._owner.clock.now_us(),
                self.tr("This date has passed."),
                self.date,
            ),
            (
                not self.is_foreign.isChecked() or self._exchange_ppm() > 0,
                self.tr("Say what one of the file's currency is worth."),
                self.rate,
            ),
        )
        return next(((text, widget) for is_told, text, widget in checks if not is_told), None)

    def wish(self) -> FileWish:
        """Return what was told."""
        return FileWish(
            self.path,
            self._tariff(),
            self.cost.isChecked(),
            self.full.isChecked(),
            self._starts_at() if self.later.isChecked() else None,
            self._exchange_ppm() if self.is_foreign.isChecked() else MICRO,
        )

    def _name_field(self) -> QComboBox:
        return self.cost_name if self.cost.isChecked() else self.other_name

    def _tariff(self) -> str:
        return SHOP if self.shop.isChecked() else self._name_field().currentText().strip()

    def _starts_at(self) -> int:
        value = self.date.dateTime()
        day, time = value.date(), value.time()
        local = datetime(day.year(), day.month(), day.day(), time.hour(), time.minute())  # noqa: DTZ001 - see `instant`
        return self._owner.instant(local)

    def _exchange_ppm(self) -> int:
        price = self.rate.price()
        return price.micro if price is not None else 0
