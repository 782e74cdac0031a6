"""The dry run: what an import would change, row by row, before it is agreed to. GUI thread."""

from __future__ import annotations

import itertools
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.domain.money import MICRO
from app.domain.tariff_kinds import Kind
from app.tariffs.proposal import Proposal
from ui.controls import KeyButton, label
from ui.formatting import NO_BREAK
from ui.icons import icon
from ui.tariff_chips import Chips
from ui.tariff_counted import COUNTED
from ui.tariff_model import ProposalModel
from ui.tariff_owner import Owner
from ui.tariff_rows import Choice, Column
from ui.tariff_table import PriceTable, Tone
from ui.tariff_words import count_words
from ui.tokens import Palette

SEARCH_MS = 200
"""How long the hand rests before a quarter of a million rows are searched."""

LEAST_WIDTH = 940
"""Narrower than this the window cannot be made."""

_WIDTHS: dict[int, int] = {
    Column.TICK: 40,
    Column.OLD: 98,
    Column.NEW: 102,
    Column.DIFFERENCE: 88,
    Column.OTHER: 80,
    Column.MARGIN: 86,
}
_SHARES: dict[int, int] = {Column.PREFIX: 3, Column.DESTINATION: 5, Column.REMARK: 8}
_TONES = {
    Choice.DEARER: Tone.BAD,
    Choice.CHEAPER: Tone.GOOD,
    Choice.BELOW_COST: Tone.BAD,
    Choice.BELOW_GUARD: Tone.WARNING,
    Choice.TO_CHECK: Tone.WARNING,
    Choice.REFUSED: Tone.BAD,
}


class DryRun(QWidget):
    """Shows a proposal. `agreed` is the blue button: accept what is ticked and activate it."""

    agreed = Signal()
    left = Signal()
    columns_wished = Signal()
    prices_wished = Signal()
    what_if_wished = Signal()

    def __init__(self, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owner = owner
        self.model: ProposalModel | None = None
        self.proposal: Proposal | None = None
        self.from_now = True
        self.title = label("pageTitle")
        self.facts = label("muted")
        self.facts.setWordWrap(True)
        self.columns = KeyButton()
        self.chips = Chips()
        for choice in Choice:
            self.chips.add(choice, _TONES.get(choice, Tone.PLAIN))
        self.search = QLineEdit()
        self.search.setObjectName("find")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(210)
        self._glass = QAction(self)
        self.search.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.table = PriceTable(_WIDTHS, _SHARES, tick_column=Column.TICK)
        self.table.toggle = self._toggle
        self.promise = label("muted")
        self.promise.setWordWrap(True)
        self.error = label("error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.what_if, self.prices, self.close_button = KeyButton(), KeyButton(), KeyButton()
        self.activate = KeyButton(is_primary=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_MS)
        self._arrange()
        self._connect()
        self.retranslate()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.title)
        texts.addWidget(self.facts)
        head.addLayout(texts, 1)
        head.addWidget(self.columns, 0, Qt.AlignmentFlag.AlignTop)
        filters = QHBoxLayout()
        filters.setSpacing(10)
        filters.addWidget(self.chips, 1)
        filters.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        frame = QFrame()
        frame.setObjectName("tableCard")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.error)
        words.addWidget(self.promise)
        foot.addLayout(words, 1)
        buttons = (self.what_if, self.prices, self.close_button, self.activate)
        for button in buttons:
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.columns.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(22, 14, 22, 14)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(filters)
        column.addWidget(frame, 1)
        column.addLayout(foot)
        order = [self.search, self.table, *buttons, self.columns]
        for first, second in itertools.pairwise(order):
            QWidget.setTabOrder(first, second)

    def _connect(self) -> None:
        self.chips.chosen.connect(self._find)
        self.search.textChanged.connect(self._timer.start)
        self.search.returnPressed.connect(self._find)
        self._timer.timeout.connect(self._find)
        self.columns.clicked.connect(self.columns_wished)
        self.prices.clicked.connect(self.prices_wished)
        self.what_if.clicked.connect(self.what_if_wished)
        self.close_button.clicked.connect(self.left)
        self.activate.clicked.connect(self.agreed)

    # ---- showing ----------------------------------------------------------------------------

    def show_proposal(self, proposal: Proposal, *, from_now: bool) -> None:
        """Show what would change; everything is ticked but what is doubtful."""
        self.proposal, self.from_now = proposal, from_now
        owner = self._owner
        model = ProposalModel(proposal, owner.formatter, owner.settings.margin_guard_bp, self)
        model.ticked.connect(self._write_activate)
        self.model = model
        self.search.clear()
        self._timer.stop()
        self.chips.choose(Choice.ALL)
        self.table.show_model(model)
        self.show_error("")
        self.retranslate()
        if model.rowCount():
            self.table.setCurrentIndex(model.index(0, Column.PREFIX))
        self.table.setFocus()

    def set_palette(self, palette: Palette) -> None:
        """Recolour for another theme."""
        self.table.set_palette(palette)
        self._glass.setIcon(icon("search", palette.muted, 16))

    def speak(self) -> None:
        """Write everything again in another language."""
        if self.model is not None:
            self.model.speak(self._owner.formatter)
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text."""
        self.columns.set_words(self.tr("Columns…"))
        self.prices.set_words(self.tr("Propose new prices…"))
        self.what_if.set_words(self.tr("Try it…"))
        self.close_button.set_words(self.tr("Close"))
        self.table.setAccessibleName(self.tr("What would change"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.setPlaceholderText(self.tr("Destination, prefix"))
        self._write_promise()
        if self.proposal is not None:
            self._write_head(self.proposal)
            self._write_chips()
            self._write_activate()

    def _write_promise(self) -> None:
        promise = self.tr(
            "Nothing is written before you agree."
            " The current version stays available: “Undo import” in one click."
        )
        if self.proposal is not None and self.model is not None:
            losses = self.proposal.losses(self.model.rows.left_out)
            if losses.already and not losses.changed:
                written = self._owner.formatter.count(losses.already)
                promise = f"{COUNTED.old_losses(losses.already, written)} {promise}"
        self.promise.setText(promise)

    def show_error(self, text: str) -> None:
        """Say in place why it was refused."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.promise.setVisible(not text)

    def _write_head(self, proposal: Proposal) -> None:
        is_cost = proposal.wish.kind is Kind.COST
        is_file = bool(proposal.deck.name)
        name = Path(proposal.deck.name).name
        owner = self._owner
        title = self.tr("Import “%1”").replace("%1", name)
        if not is_file:
            title = self.tr("New prices for “%1”")
            title = title.replace("%1", owner.name_of(proposal.wish.tariff))
        self.title.setText(title)
        self.facts.setText(" · ".join(self._facts(proposal)))
        self.columns.setVisible(is_file)
        self.prices.setVisible(is_cost)
        self.what_if.setVisible(not is_cost)

    def _facts(self, proposal: Proposal) -> list[str]:
        formatter, deck, wish = self._owner.formatter, proposal.deck, proposal.wish
        parts = []
        if deck.name:
            kind = self._owner.name_of(wish.tariff)
            parts.append(kind)
            lines = len(set(deck.lines)) + len(deck.refused) + len(deck.repeated)
            parts.append(COUNTED.lines_read(lines, formatter.count(lines)))
            parts.append(self._recognised(proposal))
            if deck.ignored:
                text = self.tr("not understood: %1")
                parts.append(text.replace("%1", ", ".join(deck.ignored[:4])))
            parts += [text for text in count_words(deck.notes)[:2] if text]
        if wish.exchange_ppm != MICRO:
            parts.append(self.tr("converted to %1").replace("%1", formatter.currency.code))
        same = proposal.diff.same
        if same:
            parts.append(self.tr("%1 unchanged").replace("%1", formatter.count(same)))
        begins = self.tr("effective on %1").replace(
            "%1", self._owner.long_date(wish.at).replace(" ", NO_BREAK)
        )
        parts.append(self.tr("effective at once") if self.from_now else begins)
        return parts

    def _recognised(self, proposal: Proposal) -> str:
        layout = proposal.deck.layout
        words = [layout.kind.upper() if layout.kind != "csv" else self._separator()]
        if layout.kind == "csv":
            words.append(layout.encoding.removesuffix("-sig").upper())
        elif layout.sheet:
            words.append(layout.sheet)
        words.append(self.tr("decimal sign “%1”").replace("%1", layout.decimal))
        if any(name == "effective_from" for name, _ in layout.columns):
            words.append(self._date_order(layout.date_order))
        columns = self.tr("%1 columns recognised").replace("%1", str(len(layout.columns)))
        return f"{columns} ({', '.join(words)})"

    def _separator(self) -> str:
        assert self.proposal is not None, "written for a proposal only"
        delimiter = self.proposal.deck.layout.delimiter
        name = self.tr("tab") if delimiter == "\t" else delimiter
        return self.tr("separator “%1”").replace("%1", name)

    def _date_order(self, order: str) -> str:
        return {
            "dmy": self.tr("day/month/year"),
            "mdy": self.tr("month/day/year"),
        }.get(order, self.tr("year-month-day"))

    def _write_chips(self) -> None:
        if self.model is None:
            return
        texts = {
            Choice.ALL: self.tr("All %1"),
            Choice.DEARER: self.tr("▲ dearer %1"),
            Choice.CHEAPER: self.tr("▼ cheaper %1"),
            Choice.NEW: self.tr("+ new %1"),
            Choice.DROPPED: self.tr("− dropped %1"),
            Choice.CHANGED: self.tr("other terms %1"),
            Choice.BELOW_COST: self.tr("sold at a loss %1"),
            Choice.BELOW_GUARD: self.tr("under the guard %1"),
            Choice.TO_CHECK: self.tr("to check %1"),
            Choice.REFUSED: self.tr("refused %1"),
        }
        for choice, text in texts.items():
            count = self.model.rows.counts[choice]
            words = text.replace("%1", self._owner.formatter.count(count))
            self.chips.label(choice, words, is_shown=bool(count) or choice is Choice.ALL)

    @Slot()
    def _write_activate(self) -> None:
        if self.model is None or self.proposal is None:
            return
        owner, at = self._owner, self.proposal.wish.at
        words = self.tr("Activate now")
        if not self.from_now:
            words = self.tr("Activate on %1 at %2").replace("%1", owner.long_date(at))
            words = words.replace("%2", owner.formatter.time(at))
        self.activate.set_words(words)
        self.activate.setEnabled(self.model.rows.taken() > 0)

    def minimumSizeHint(self) -> QSize:
        # Qt would count the chips one below the other, as in a window narrower than any is.
        layout = self._column
        width = max(self.width(), LEAST_WIDTH)
        return QSize(layout.minimumSize().width(), layout.minimumHeightForWidth(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.hasFocus():
            self.search.clear()
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    # ---- acts -------------------------------------------------------------------------------

    def look_for(self) -> None:
        """Put the hands into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def show_losses(self) -> None:
        """Show what would be sold below cost."""
        self.search.clear()
        self.chips.choose(Choice.BELOW_COST)
        self._find()
        self.table.setFocus()

    @Slot()
    def _find(self) -> None:
        self._timer.stop()
        choice = self.chips.current
        if self.model is not None and isinstance(choice, Choice):
            self.model.show_only(choice, self.search.text())
            if self.model.rowCount():
                self.table.setCurrentIndex(self.model.index(0, Column.PREFIX))

    def _toggle(self, lines: list[int]) -> None:
        """Take the rows, or leave them out where all of them are taken."""
        if self.model is None:
            return
        states = {self.model.check_state(line) for line in lines} - {None}
        self.model.tick(lines, is_on=Qt.CheckState.Unchecked in states)
