"""Which column of a file is what: its first lines with a choice over each of them. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.decks.csv_table import DELIMITERS, ENCODINGS
from app.decks.dates import ORDERS
from app.decks.deck import Layout, Template
from app.decks.headings import field_of
from ui.controls import KeyButton, label
from ui.tariff_owner import Owner
from ui.tariff_texts import FIELDS, field_text

_ROWS_SHOWN = 12
_NAME_MAX = 60
_CELL_WIDTH = 176
_COMPUTED = frozenset(("steps", "bands", "ends_at"))
"""Names of `FIELDS` that are no columns."""


class ColumnsPage(QWidget):
    """Lets a person map a file. `wished` carries the template to read it by, and its name."""

    wished = Signal(object, str)
    rows_wished = Signal(object)  # Template: how to cut the file into cells
    left = Signal()

    def __init__(self, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owner = owner
        self._name = ""
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._known: dict[int, str] = {}  # column -> field, as found out or chosen
        self._templates: tuple[Template, ...] = ()
        self.title, self.about = label("pageTitle"), label("muted")
        self.about.setWordWrap(True)
        self.template, self.sheet = QComboBox(), QComboBox()
        self.delimiter, self.encoding = QComboBox(), QComboBox()
        self.decimal, self.dates = QComboBox(), QComboBox()
        self.header = QCheckBox()
        self.header.setChecked(True)
        self.captions = [label("caption") for _ in range(6)]
        self.fields: list[QComboBox] = []
        self.grid_frame = QFrame()
        self.save_name = QLineEdit()
        self.save_name.setMaxLength(_NAME_MAX)
        self.save_name.setFixedWidth(220)
        self.save_words = label()
        self.error = label("error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.close_button, self.read = KeyButton(), KeyButton(is_primary=True)
        self.close_button.clicked.connect(self.left)
        self.read.clicked.connect(self._on_read)
        self.template.activated.connect(self._on_template)
        for box in (self.delimiter, self.encoding, self.sheet):
            box.activated.connect(self._on_cut)
        self._arrange()
        self._fill_boxes()
        self.retranslate()

    def _arrange(self) -> None:
        settings = QGridLayout()
        settings.setHorizontalSpacing(12)
        settings.setVerticalSpacing(4)
        boxes = (self.template, self.sheet, self.delimiter, self.encoding, self.decimal, self.dates)
        for column, (caption, box) in enumerate(zip(self.captions, boxes, strict=True)):
            box.setMinimumWidth(96)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            settings.addWidget(caption, 0, column)
            settings.addWidget(box, 1, column)
        settings.setColumnStretch(len(boxes), 1)
        self.mapping = QScrollArea()
        self.mapping.setObjectName("mapping")
        self.mapping.setWidgetResizable(True)
        self.mapping.setFrameShape(QFrame.Shape.NoFrame)
        self.mapping.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card = QFrame()
        card.setObjectName("tableCard")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.mapping)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.save_words)
        foot.addWidget(self.save_name)
        foot.addWidget(self.error, 1)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.read)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(22, 14, 22, 14)
        outer.setSpacing(10)
        outer.addWidget(self.title)
        outer.addWidget(self.about)
        outer.addLayout(settings)
        outer.addWidget(self.header)
        outer.addWidget(card, 1)
        outer.addLayout(foot)

    # ---- showing ----------------------------------------------------------------------------

    def begin(self, name: str, layout: Layout | None, sheets: tuple[str, ...] = ()) -> None:
        """Show how a file was understood; `layout` None: it was not."""
        self._name = name
        self.show_error("")
        self.save_name.clear()
        self._known = {index: field for field, index in layout.columns} if layout else {}
        names = sheets or ((layout.sheet,) if layout and layout.sheet else ())
        self.sheet.clear()
        self.sheet.addItems(names)
        is_text = not sheets and (layout is None or layout.kind == "csv")
        for widget in (self.captions[1], self.sheet):
            widget.setVisible(bool(names))
        for widget in (self.captions[2], self.delimiter, self.captions[3], self.encoding):
            widget.setVisible(is_text)
        if layout is not None:
            self.header.setChecked(layout.header_line > 0)
            for box, value in (
                (self.delimiter, layout.delimiter),
                (self.encoding, layout.encoding),
                (self.decimal, layout.decimal),
                (self.dates, layout.date_order),
            ):
                box.setCurrentIndex(max(0, box.findData(value)))
        self.template.setCurrentIndex(0)
        self._on_template()
        self.retranslate()

    def show_templates(self, templates: tuple[Template, ...]) -> None:
        """Offer the templates there are."""
        self._templates = templates
        self.template.clear()
        self.template.addItem(self.tr("by hand"), None)
        for template in templates:
            self.template.addItem(template.name, template)

    def show_rows(self, rows: tuple[tuple[str, ...], ...]) -> None:
        """Show the first lines, and over each column what it is."""
        self._rows = rows
        if not self._known:
            self._known = _guessed(rows)
        width = max((len(row) for row in rows), default=0)
        frame = QWidget()
        frame.setObjectName("mappingInner")
        grid = QGridLayout(frame)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        self.fields = [self._field_box(column) for column in range(width)]
        for column, box in enumerate(self.fields):
            grid.addWidget(box, 0, column)
            for line, row in enumerate(rows[:_ROWS_SHOWN], start=1):
                grid.addWidget(self._cell(row[column] if column < len(row) else ""), line, column)
        grid.setRowStretch(_ROWS_SHOWN + 1, 1)
        grid.setColumnStretch(width, 1)
        self.mapping.setWidget(frame)
        self._on_template()
        if self.fields:
            self.fields[0].setFocus()

    @staticmethod
    def _cell(text: str) -> QLabel:
        made = label("cell")
        shown = made.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, _CELL_WIDTH - 8)
        made.setText(shown)
        made.setToolTip(text if shown != text else "")
        return made

    def _field_box(self, column: int) -> QComboBox:
        box = QComboBox()
        box.setFixedWidth(_CELL_WIDTH)
        box.setMaxVisibleItems(30)
        box.addItem(self.tr("– not used –"), "")
        known = self._known.get(column, "")
        names = [name for name in FIELDS if name not in _COMPUTED]
        if known and known not in names:
            names.append(known)
        for name in names:
            box.addItem(field_text(name), name)
        box.setCurrentIndex(max(0, box.findData(known)))
        spoken = self.tr("Column %1").replace("%1", str(column + 1))
        box.setAccessibleName(spoken)
        return box

    # ---- words ------------------------------------------------------------------------------

    def _fill_boxes(self) -> None:
        found = self.tr("found out")
        self._fill(self.delimiter, [(found, ""), *((_shown(sign), sign) for sign in DELIMITERS)])
        encodings = [(name.removesuffix("-sig").upper(), name) for name in ENCODINGS]
        self._fill(self.encoding, [(found, ""), *encodings])
        signs = [(self.tr("comma  0,35"), ","), (self.tr("point  0.35"), ".")]
        self._fill(self.decimal, [(found, ""), *signs])
        orders = {
            "ymd": self.tr("year-month-day"),
            "dmy": self.tr("day/month/year"),
            "mdy": self.tr("month/day/year"),
        }
        self._fill(self.dates, [(found, ""), *((orders[order], order) for order in ORDERS)])

    @staticmethod
    def _fill(box: QComboBox, items: list[tuple[str, str]]) -> None:
        chosen = box.currentData()
        box.clear()
        for text, data in items:
            box.addItem(text, data)
        box.setCurrentIndex(max(0, box.findData(chosen)))

    def retranslate(self) -> None:
        """Write every text."""
        self.title.setText(self.tr("Columns of “%1”").replace("%1", self._name))
        self.about.setText(
            self.tr("Say what each column is. Prefix, destination and price are needed.")
        )
        captions = (
            self.tr("Template"),
            self.tr("Sheet"),
            self.tr("Separator"),
            self.tr("Encoding"),
            self.tr("Decimal sign"),
            self.tr("Dates"),
        )
        boxes = (self.template, self.sheet, self.delimiter, self.encoding, self.decimal, self.dates)
        for caption, text, box in zip(self.captions, captions, boxes, strict=True):
            caption.setText(text)
            box.setAccessibleName(text)
        self.header.setText(self.tr("A header stands above the prices"))
        self.save_words.setText(self.tr("Keep as template:"))
        self.save_name.setAccessibleName(self.tr("Name of the template"))
        self.save_name.setPlaceholderText(self.tr("Name of the carrier"))
        self.close_button.set_words(self.tr("Back"), self.tr("Esc"))
        self.read.set_words(self.tr("Read again"))

    def speak(self) -> None:
        """Write everything again in another language."""
        self._known = self._chosen()
        self._fill_boxes()
        self.show_templates(self._templates)
        self.retranslate()
        if self._rows:
            self.show_rows(self._rows)

    def show_error(self, text: str) -> None:
        """Say in place why it does not work so."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    # ---- acts -------------------------------------------------------------------------------

    def _chosen(self) -> dict[int, str]:
        return {
            column: str(box.currentData())
            for column, box in enumerate(self.fields)
            if box.currentData()
        }

    def template_chosen(self) -> Template:
        """Return how the file is to be read."""
        known = self.template.currentData()
        if isinstance(known, Template):
            return known
        columns: tuple[tuple[str, str | int], ...] = tuple(
            (field, column) for column, field in self._chosen().items()
        )
        return Template(
            self.save_name.text().strip(),
            columns,
            delimiter=str(self.delimiter.currentData()) if not self.delimiter.isHidden() else "",
            encoding=str(self.encoding.currentData()) if not self.encoding.isHidden() else "",
            sheet=self.sheet.currentText() if not self.sheet.isHidden() else "",
            has_header=self.header.isChecked(),
            decimal=str(self.decimal.currentData()),
            date_order=str(self.dates.currentData()),
        )

    @Slot()
    def _on_template(self) -> None:
        is_by_hand = self.template.currentData() is None
        for box in (*self.fields, self.delimiter, self.encoding, self.decimal, self.dates):
            box.setEnabled(is_by_hand)
        for widget in (self.header, self.save_name):
            widget.setEnabled(is_by_hand)

    @Slot()
    def _on_cut(self) -> None:
        """Cut the file into cells anew: the columns found before mean nothing any more."""
        self._known = {}
        self.rows_wished.emit(
            Template(
                "",
                delimiter=str(self.delimiter.currentData() or ""),
                encoding=str(self.encoding.currentData() or ""),
                sheet=self.sheet.currentText() if not self.sheet.isHidden() else "",
            )
        )

    @Slot()
    def _on_read(self) -> None:
        template = self.template_chosen()
        if self.template.currentData() is None:
            fields = [field for field, _ in template.columns]
            twice = next((field for field in fields if fields.count(field) > 1), "")
            if twice:
                text = self.tr("Two columns are “%1”.").replace("%1", field_text(twice))
                self.show_error(text)
                return
        self.show_error("")
        self.wished.emit(template, self.save_name.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _shown(delimiter: str) -> str:
    return "⇥ TAB" if delimiter == "\t" else delimiter


def _guessed(rows: tuple[tuple[str, ...], ...]) -> dict[int, str]:
    """Return what the row that looks most like a header says of the columns."""
    best: dict[int, str] = {}
    for row in rows[:20]:
        found: dict[int, str] = {}
        for column, cell in enumerate(row):
            field = field_of(cell)
            if field and field not in found.values():
                found[column] = field
        if len(found) > len(best):
            best = found
    return best
