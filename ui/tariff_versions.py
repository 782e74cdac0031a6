"""Every tariff with its versions, and what can be done with them. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.tariff_kinds import SHOP
from app.messages.commands import UndoTariff
from app.messages.views import CommandFailed, TariffRow
from app.tariffs.jobs import ExportVersion, JobFailed, Result
from ui.controls import KeyButton, label
from ui.tariff_chips import FlowLayout
from ui.tariff_jobs import Heard
from ui.tariff_owner import Owner
from ui.tariff_page import Page
from ui.tariff_plain import Cell, Heading, PlainModel
from ui.tariff_table import PriceTable, Tone
from ui.tokens import Palette

_WIDTHS = {3: 84, 4: 110, 5: 166}
_SHARES = {0: 4, 1: 11, 2: 6}


class VersionsPage(Page):
    """The first page. What it leads to is asked for by its signals."""

    import_wished = Signal()
    markup_wished = Signal(str)
    margins_wished = Signal(str)
    what_if_wished = Signal(int)
    price_list_wished = Signal()

    def __init__(self, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(owner, parent)
        self._newest = 0  # a version to select once it is in the list
        self.table = PriceTable(_WIDTHS, _SHARES)
        self.import_button = self.add_button(self.head, is_primary=True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.framed(self.table))
        self.stack.addWidget(self._empty())
        self.body.addWidget(self.stack, 1)
        acts = QWidget()
        flow = FlowLayout(acts)
        self.undo, self.export, self.margins = KeyButton(), KeyButton(), KeyButton()
        self.what_if, self.prices, self.price_list = KeyButton(), KeyButton(), KeyButton()
        self.acts = (
            *(self.undo, self.export, self.margins, self.what_if),
            *(self.prices, self.price_list),
        )
        for button in self.acts:
            flow.addWidget(button)
        policy = acts.sizePolicy()
        policy.setHeightForWidth(True)
        acts.setSizePolicy(policy)
        self.foot.addWidget(acts, 1)
        self.import_button.clicked.connect(self.import_wished)
        self.undo.clicked.connect(self._on_undo)
        self.export.clicked.connect(self._on_export)
        self.margins.clicked.connect(self._on_margins)
        self.what_if.clicked.connect(self._on_what_if)
        self.prices.clicked.connect(self._on_prices)
        self.price_list.clicked.connect(self.price_list_wished)
        owner.versions_changed.connect(self.show_versions)
        self.retranslate()

    def _empty(self) -> QFrame:
        card = QFrame()
        card.setObjectName("tableCard")
        column = QVBoxLayout(card)
        column.setSpacing(10)
        column.addStretch(2)
        self.empty_title, self.empty_text = label("title"), label("muted")
        self.empty_text.setWordWrap(True)
        self.empty_text.setFixedWidth(520)
        self.first_import, self.first_costs = KeyButton(is_primary=True), KeyButton()
        for widget in (self.empty_title, self.empty_text):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.empty_title)
        # In a row of its own: an alignment would hide how tall the words are.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.empty_text)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addSpacing(8)
        column.addWidget(self.first_import, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.first_import.setMinimumWidth(260)
        self.first_import.clicked.connect(self.import_wished)
        return card

    def set_palette(self, palette: Palette) -> None:
        self.table.set_palette(palette)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Tariffs"))
        self.facts.setText(
            self.tr("Each import is a version of its own; the one before it can hold again.")
        )
        self.import_button.set_words(self.tr("Import…"), self.tr("Ctrl+O"))
        self.undo.set_words(self.tr("Undo import"))
        self.export.set_words(self.tr("Export…"))
        self.margins.set_words(self.tr("Check margins…"))
        self.what_if.set_words(self.tr("Try on last month's calls…"))
        self.prices.set_words(self.tr("Prices from costs…"))
        self.price_list.set_words(self.tr("Price list…"))
        self.empty_title.setText(self.tr("No prices yet"))
        self.empty_text.setText(
            self.tr(
                "Import a file with your prices. Or import what your carrier asks,"
                " and let prices be made of it: cost × factor."
            )
        )
        self.first_import.set_words(self.tr("Import a file…"), self.tr("Ctrl+O"))
        self.table.setAccessibleName(self.tr("Versions"))
        self.show_versions()

    @Slot()
    def show_versions(self) -> None:
        """Write the list anew; the row chosen stays so."""
        chosen = self._newest or self._chosen_key()
        rows = sorted(
            self.owner.versions,
            key=lambda row: (row.tariff != SHOP, row.is_cost, row.tariff, -row.version),
        )
        headings = [
            Heading(self.tr("Tariff")),
            Heading(self.tr("State")),
            Heading(self.tr("File")),
            Heading(self.tr("Prefixes"), is_figure=True),
            Heading(self.tr("Who")),
            Heading(self.tr("When")),
        ]
        model = PlainModel(headings, [(row.version, self._cells(row)) for row in rows], self)
        self.table.show_model(model)
        selection = self.table.selectionModel()
        selection.selectionChanged.connect(self._on_selected)
        keys = [row.version for row in rows]
        self._newest = 0
        if rows:
            self.table.selectRow(keys.index(chosen) if chosen in keys else 0)
        has_rows = bool(rows)
        self.stack.setCurrentIndex(0 if has_rows else 1)
        self.import_button.setVisible(has_rows)
        for button in self.acts:
            button.setVisible(has_rows)
        self._on_selected()

    def take_focus(self) -> None:
        """Put the hands on the list, or on the first step where there is none."""
        (self.table if self.owner.versions else self.first_import).setFocus()

    def select(self, version: int) -> None:
        """Select a version as soon as it is in the list."""
        self._newest = version
        self.show_error("")

    def _cells(self, row: TariffRow) -> tuple[Cell, ...]:
        owner, formatter = self.owner, self.owner.formatter
        name = owner.name_of(row.tariff)
        if row.is_cost:
            name = self.tr("%1 (costs)").replace("%1", name)
        tone = Tone.PLAIN if row.is_in_force else Tone.MUTED
        state, state_tone = self._state(row)
        return (
            Cell(name, tone=tone),
            Cell(state, -row.starts_at, state_tone),
            Cell(row.name, tone=tone),
            Cell(formatter.count(row.prefixes), row.prefixes, tone),
            Cell(owner.who(row.created_by), tone=tone),
            Cell(owner.long_date_time(row.created_at), row.created_at, tone),
        )

    def _state(self, row: TariffRow) -> tuple[str, Tone]:
        owner = self.owner
        since = self._since(row)
        if row.is_undone:
            return self.tr("✕ undone"), Tone.MUTED
        if row.is_in_force and not row.starts_at:
            return self.tr("● in force from the beginning"), Tone.GOOD
        if row.is_in_force:
            return self.tr("● in force since %1").replace("%1", since), Tone.GOOD
        if row.starts_at > owner.clock.now_us():
            day = owner.long_date(row.starts_at)
            text = self.tr("◷ from %1 %2").replace("%1", day)
            return text.replace("%2", owner.formatter.time(row.starts_at)), Tone.WARNING
        return self.tr("before, from %1").replace("%1", since), Tone.MUTED

    def _since(self, row: TariffRow) -> str:
        """Write when a version begins: with the hour, where another one begins that day too."""
        owner = self.owner
        day = owner.local(row.starts_at).date()
        is_shared = any(
            owner.local(one.starts_at).date() == day
            for one in owner.versions
            if one.tariff == row.tariff and one.version != row.version and one.starts_at
        )
        is_shared = is_shared and row.starts_at > 0
        write = owner.long_date_time if is_shared else owner.long_date
        return write(row.starts_at)

    def _chosen_key(self) -> int:
        model, lines = self.table.model(), self.table.selected_lines()
        if isinstance(model, PlainModel) and lines and lines[0] < model.rowCount():
            return int(str(model.key(lines[0])))
        return 0

    def chosen(self) -> TariffRow | None:
        """Return the version that is selected."""
        key = self._chosen_key()
        return next((row for row in self.owner.versions if row.version == key), None)

    @Slot()
    def _on_selected(self) -> None:
        row = self.chosen()
        has_costs = any(one.is_cost and one.is_in_force for one in self.owner.versions)
        sold = row is not None and not row.is_cost
        self.undo.setEnabled(row is not None and self._can_undo(row))
        self.export.setEnabled(row is not None)
        self.margins.setEnabled(has_costs)
        self.what_if.setEnabled(sold or self.owner.in_force(SHOP) is not None)
        self.prices.setEnabled(has_costs)
        self.price_list.setEnabled(self.owner.in_force(SHOP) is not None)

    def _can_undo(self, row: TariffRow) -> bool:
        return not row.is_undone and (row.is_in_force or row.starts_at > self.owner.clock.now_us())

    def before(self, row: TariffRow) -> TariffRow | None:
        """Return the version that holds again when this one is taken back."""
        others = [
            one
            for one in self.owner.versions
            if one.tariff == row.tariff
            and one.version != row.version
            and not one.is_undone
            and (one.starts_at, one.version) < (row.starts_at, row.version)
        ]
        return max(others, key=lambda one: (one.starts_at, one.version), default=None)

    @Slot()
    def _on_undo(self) -> None:
        row = self.chosen()
        if row is None or not self._can_undo(row) or self.owner.strip.is_open:
            return
        self.show_error("")
        self.owner.strip.confirm(
            self.undo_words(row), self.undo.accessibleName(), lambda: self._undo(row)
        )

    def undo_words(self, row: TariffRow) -> str:
        """Say what taking a version back does."""
        before = self.before(row)
        name = self.tr("“%1” of %2").replace("%1", row.name)
        name = name.replace("%2", self.owner.long_date_time(row.created_at))
        if not row.is_in_force:
            return self.tr("%1 will not begin; what holds now goes on.").replace("%1", name)
        if before is None:
            text = self.tr("%1 is taken back. No version is left: calls will have no price.")
            return text.replace("%1", name)
        text = self.tr("%1 is taken back; %2 holds again. What was charged stays charged.")
        older = self.tr("“%1” of %2").replace("%1", before.name)
        older = older.replace("%2", self.owner.long_date_time(before.created_at))
        return text.replace("%1", name).replace("%2", older)

    def _undo(self, row: TariffRow) -> None:
        def done(_result: object) -> None:
            self.owner.said.emit(self.tr("“%1” is taken back.").replace("%1", row.name))
            self.owner.load()
            self.take_focus()

        def failed(failure: CommandFailed) -> None:
            if failure.code:
                self.show_error(self.owner.refusal(failure))
            self.owner.load()
            self.take_focus()

        command = UndoTariff(**self.owner.bridge.stamp(), version=row.version)
        text = self.tr("“%1” is a manager's decision.").replace("%1", self.undo.accessibleName())
        self.owner.ask(command, text, done, failed)

    @Slot()
    def _on_export(self) -> None:
        row = self.chosen()
        if row is None:
            return
        chooser = self.choose_path(self.tr("Export the version"), row.name, "csv")
        chooser.fileSelected.connect(lambda path: self.export_to(row.version, path))

    def export_to(self, version: int, path: str) -> None:
        """Have a version written as CSV."""

        def done(result: Result) -> None:
            self.owner.said.emit(self.tr("Saved as %1.").replace("%1", str(result)))

        def failed(failure: JobFailed) -> None:
            self.show_error(self.owner.refusal(failure))

        self.show_error("")
        jobs = self.owner.jobs
        jobs.start(
            ExportVersion(job_id=jobs.new_id(), version=version, path=path), Heard(done, failed)
        )

    @Slot()
    def _on_margins(self) -> None:
        row = self.chosen()
        self.margins_wished.emit(row.tariff if row is not None and not row.is_cost else SHOP)

    @Slot()
    def _on_what_if(self) -> None:
        row = self.chosen()
        if row is None or row.is_cost:
            row = self.owner.in_force(SHOP)
        if row is not None:
            self.what_if_wished.emit(row.version)

    @Slot()
    def _on_prices(self) -> None:
        row = self.chosen()
        if row is not None and row.is_cost:
            self.markup_wished.emit(row.tariff)
            return
        costs = [one.tariff for one in self.owner.versions if one.is_cost and one.is_in_force]
        if costs:
            self.markup_wished.emit(costs[0])
