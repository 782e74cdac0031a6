"""The rows of a dry run as a table: filtered, searched, sorted, ticked. GUI thread.

The rows stay the worker's own objects; only those in sight are written out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.decks.deck import RefusedRow
from app.domain.tariff_diff import Change, Mark
from app.domain.tariff_kinds import Kind
from app.tariffs.proposal import Proposal, ProposalRow
from ui import tariff_words as words
from ui.formatting import Formatter
from ui.tariff_rows import Choice, Column, Rows
from ui.tariff_table import COUNTRY, SPAN, TONE, Tone

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ProposalModel(QAbstractTableModel):
    """What a proposal changes, with the rows that were refused. All ticked but the doubtful."""

    ticked = Signal()

    def __init__(
        self, proposal: Proposal, formatter: Formatter, guard_bp: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.proposal = proposal
        self._formatter = formatter
        self._guard_permille = guard_bp // 10
        self._is_cost = proposal.wish.kind is Kind.COST
        self._remarks = words.Remarks(proposal.deck, proposal.wish.at, guard_bp)
        self.rows = Rows(proposal)
        self._choice, self._search = Choice.ALL, ""
        self._sorted, self._is_descending = -1, False

    # ---- what Qt asks -------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == Column.TICK and self.rows.can_take(index.row()):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), column)
        if role == SPAN:
            return self._span(index.row(), column)
        if role == TONE:
            return self.tone(index.row(), column)
        if role == COUNTRY:
            row = self.rows.row(index.row())
            is_place = column is Column.DESTINATION and isinstance(row, ProposalRow)
            return row.country if is_place and isinstance(row, ProposalRow) else None
        if role == Qt.ItemDataRole.CheckStateRole and column is Column.TICK:
            return self.check_state(index.row())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(index.row(), column, is_tip=role == Qt.ItemDataRole.ToolTipRole)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeading
            if Column.OLD <= column <= Column.MARGIN:
                side = Qt.AlignmentFlag.AlignTrailing
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != Column.TICK:
            return False
        is_on = value in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
        return self.tick([index.row()], is_on=is_on)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            is_spoken = role == Qt.ItemDataRole.AccessibleTextRole
            return self._heading(Column(section), is_spoken=is_spoken)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_figure = Column.OLD <= section <= Column.MARGIN
            side = Qt.AlignmentFlag.AlignTrailing if is_figure else Qt.AlignmentFlag.AlignLeading
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted, self._is_descending = column, order is Qt.SortOrder.DescendingOrder
        self._show()

    # ---- what the page asks ---------------------------------------------------------------

    def show_only(self, choice: Choice, search: str) -> None:
        """Show the rows of a kind that contain what is searched for."""
        if (choice, search) != (self._choice, self._search):
            self._choice, self._search = choice, search
            self._show()

    def tick(self, lines: Iterable[int], *, is_on: bool) -> bool:
        """Take rows, or leave them out; False where none of them can be taken."""
        changed = []
        for line in lines:
            row = self.rows.row(line)
            if isinstance(row, ProposalRow) and row.can_take:
                changed.append(line)
                if is_on:
                    self.rows.left_out.discard(row.number)
                else:
                    self.rows.left_out.add(row.number)
        if changed:
            last = self.index(max(changed), len(Column) - 1)
            self.dataChanged.emit(self.index(min(changed), 0), last)
            self.ticked.emit()
        return bool(changed)

    def check_state(self, line: int) -> Qt.CheckState | None:
        """Tell whether a row is ticked; None where it cannot be taken."""
        row = self.rows.row(line)
        if not isinstance(row, ProposalRow) or not row.can_take:
            return None
        is_out = row.number in self.rows.left_out
        return Qt.CheckState.Unchecked if is_out else Qt.CheckState.Checked

    def text(self, line: int, column: Column) -> str:
        """Write a cell."""
        row, formatter = self.rows.row(line), self._formatter
        if column is Column.REMARK:
            return self._remarks.of(row, formatter)
        if isinstance(row, RefusedRow):
            plain = "" if column is Column.TICK else words.NONE
            cells = {
                Column.PREFIX: words.refused_prefix(row),
                Column.DESTINATION: words.refusal(row),
            }
            return cells.get(column, plain)
        return self._cells[column](row)

    @property
    def _cells(self) -> dict[Column, Callable[[ProposalRow], str]]:
        formatter = self._formatter
        return {
            Column.TICK: lambda _row: "",
            Column.PREFIX: lambda row: words.grouped_prefixes(row.prefixes),
            Column.DESTINATION: lambda row: row.destination,
            Column.OLD: lambda row: words.price_text(
                row.old.price_per_minute if row.old else None, formatter
            ),
            Column.NEW: lambda row: words.price_text(
                row.new.price_per_minute if row.new else None, formatter
            ),
            Column.DIFFERENCE: lambda row: words.difference(row, formatter),
            Column.OTHER: lambda row: words.price_text(
                row.other, formatter, words.OTHER_PLACES if self._is_cost else words.PRICE_PLACES
            ),
            Column.MARGIN: lambda row: words.margin_text(row.margin_permille, formatter),
        }

    def _span(self, line: int, column: Column) -> tuple[int, int] | None:
        """Return the columns over which the reason of a refusal is written."""
        is_refused = isinstance(self.rows.row(line), RefusedRow)
        span = (Column.DESTINATION, Column.MARGIN)
        return span if is_refused and span[0] <= column <= span[1] else None

    def tone(self, line: int, column: Column) -> Tone:
        """Return what a cell's words mean."""
        row = self.rows.row(line)
        if isinstance(row, RefusedRow):
            is_word = column in (Column.DESTINATION, Column.REMARK)
            return Tone.BAD if is_word else Tone.PLAIN
        if column is Column.DIFFERENCE:
            return self._tone_of_change(row)
        if column is Column.MARGIN:
            return self._tone_of_margin(row)
        if column is Column.REMARK and row.marks & {Mark.ABSURD, Mark.BELOW_COST, Mark.DUPLICATE}:
            return Tone.BAD
        if column is Column.REMARK and row.marks:
            return Tone.WARNING
        return Tone.PLAIN

    def speak(self, formatter: Formatter) -> None:
        """Write everything again in another language."""
        self._formatter = formatter
        last = self.columnCount() - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        if len(self.rows):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, last))

    # ---- inside -----------------------------------------------------------------------------

    @staticmethod
    def _tone_of_change(row: ProposalRow) -> Tone:
        if Mark.ABSURD in row.marks or row.change is Change.DEARER:
            return Tone.BAD
        return Tone.GOOD if row.change is Change.CHEAPER else Tone.PLAIN

    def _tone_of_margin(self, row: ProposalRow) -> Tone:
        margin = row.margin_permille
        if margin is None:
            return Tone.PLAIN
        if margin < 0:
            return Tone.BAD
        return Tone.WARNING if margin < self._guard_permille else Tone.GOOD

    def _show(self) -> None:
        self.beginResetModel()
        self.rows.show(self._choice, self._search, self._sorted, is_descending=self._is_descending)
        self.endResetModel()

    def _heading(self, column: Column, *, is_spoken: bool) -> str:
        currency = self._formatter.currency
        sign = currency.symbol or currency.code
        texts = {
            Column.TICK: self.tr("Taken") if is_spoken else "",
            Column.PREFIX: self.tr("Prefix"),
            Column.DESTINATION: self.tr("Destination"),
            Column.OLD: self.tr("Current cost") if self._is_cost else self.tr("Current price"),
            Column.NEW: self.tr("New cost") if self._is_cost else self.tr("New price"),
            Column.DIFFERENCE: self.tr("Difference"),
            Column.OTHER: self.tr("Your price") if self._is_cost else self.tr("Cost"),
            Column.MARGIN: self.tr("Margin"),
            Column.REMARK: self.tr("Remark"),
        }
        is_price = column in (Column.OLD, Column.NEW, Column.OTHER)
        return f"{texts[column]} ({sign})" if is_price and is_spoken else texts[column]

    def _spoken(self, line: int, column: Column, *, is_tip: bool) -> str | None:
        if is_tip and column is Column.PREFIX:
            row = self.rows.row(line)
            prefixes = (words.refused_prefix(row),) if isinstance(row, RefusedRow) else row.prefixes
            return ", ".join(prefixes[:200])
        if column is Column.TICK:
            state = self.check_state(line)
            if state is None:
                return self.tr("cannot be taken")
            is_on = state is Qt.CheckState.Checked
            return self.tr("taken") if is_on else self.tr("not taken")
        return self.text(line, column) or None
