"""Margins: what is sold against what each carrier asks; alarms first. GUI thread."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from app.domain.margins import MarginReport, MarginRow, Verdict
from app.domain.money import Price, plain_price
from app.domain.quotes import folded
from app.errors import CodedError
from app.tariffs.files import write_text
from app.tariffs.jobs import CheckedMargins, CheckMargins, JobFailed, Result
from ui import tariff_words as words
from ui.controls import label
from ui.tariff_chips import Chips
from ui.tariff_owner import Owner
from ui.tariff_page import Page
from ui.tariff_plain import Cell, Heading, PlainModel
from ui.tariff_progress import ProgressCard, Runner
from ui.tariff_table import PriceTable, Tone
from ui.tariff_texts import failure_text
from ui.tokens import Palette

_LOWEST = -(10**18)
_VERDICTS = (Verdict.BELOW_COST, Verdict.BELOW_GUARD, Verdict.NO_COST, Verdict.NO_PRICE)
_TONES = {
    Verdict.BELOW_COST: Tone.BAD,
    Verdict.BELOW_GUARD: Tone.WARNING,
    Verdict.NO_COST: Tone.WARNING,
    Verdict.OK: Tone.GOOD,
}
_SUMMARY = "summary"
_CSV_COLUMNS = (
    *("prefix", "destination", "price", "price_without_tax", "cost", "margin_percent"),
    *("verdict", "band", "cost_band"),
)


class MarginsPage(Page):
    """The report of one tariff: by prefix where something is wrong, or by destination."""

    prices_wished = Signal(str)

    def __init__(self, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(owner, parent)
        self._reports: tuple[CheckedMargins, ...] = ()
        self._tariff = ""
        self.deck = QComboBox()
        self.deck.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.deck.setMinimumWidth(150)
        self.deck_word = label("caption")
        self.chips = Chips()
        for verdict in _VERDICTS:
            self.chips.add(verdict, _TONES.get(verdict, Tone.PLAIN))
        self.chips.add(_SUMMARY)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(210)
        self.table = PriceTable({2: 128, 3: 128, 4: 96}, {0: 3, 1: 6, 5: 4})
        self.progress = ProgressCard()
        self.stack = QStackedWidget()
        self.result = self.framed(self.table)
        self.stack.addWidget(self.result)
        self.stack.addWidget(self.progress)
        self.empty = label("muted")
        self.runner = Runner(owner, self.stack, self.progress)
        self.head.addWidget(self.deck_word)
        self.head.addWidget(self.deck)
        filters = QHBoxLayout()
        filters.addWidget(self.chips, 1)
        filters.addWidget(self.search)
        self.body.addLayout(filters)
        self.body.addWidget(self.stack, 1)
        self.foot.addWidget(self.empty, 1)
        self.export, self.prices, self.close_button = (self.add_button(self.foot) for _ in range(3))
        self.close_button.clicked.connect(self.left)
        self.export.clicked.connect(self._on_export)
        self.prices.clicked.connect(self._on_prices)
        self.chips.chosen.connect(self._write)
        self.search.textChanged.connect(self._write)
        self.deck.activated.connect(self._write)
        self.retranslate()

    def begin(self, tariff: str) -> None:
        """Have a tariff checked."""
        if self.runner.is_busy:
            return
        self._tariff, self._reports = tariff, ()
        self.show_error("")
        self.retranslate()
        job = CheckMargins(job_id=self.owner.jobs.new_id(), tariff=tariff)
        self.runner.run(
            job, self.tr("Comparing prices and costs…"), self._on_report, self._failed, self.result
        )

    def _on_report(self, result: Result) -> None:
        if isinstance(result, tuple):
            self._reports = tuple(one for one in result if isinstance(one, CheckedMargins))
        self.deck.clear()
        self.deck.addItems([one.cost for one in self._reports])
        report = self.report
        if report is not None:
            gravest = next((one for one in _VERDICTS[:3] if report.counts[one]), None)
            self.chips.choose(gravest or _SUMMARY)
        self._write()
        self.table.setFocus()

    def _failed(self, failure: JobFailed) -> None:
        self.show_error(self.owner.refusal(failure))

    @property
    def report(self) -> MarginReport | None:
        """The report in sight."""
        at = self.deck.currentIndex()
        return self._reports[at].report if 0 <= at < len(self._reports) else None

    def set_palette(self, palette: Palette) -> None:
        self.table.set_palette(palette)

    def retranslate(self) -> None:
        self.title.setText(
            self.tr("Margins of “%1”").replace("%1", self.owner.name_of(self._tariff))
        )
        self.deck_word.setText(self.tr("Costs of"))
        self.deck.setAccessibleName(self.tr("Carrier"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.setPlaceholderText(self.tr("Destination, prefix"))
        self.table.setAccessibleName(self.tr("Margins"))
        self.export.set_words(self.tr("Export CSV…"))
        self.prices.set_words(self.tr("Propose new prices…"))
        self.close_button.set_words(self.tr("Back"), self.tr("Esc"))
        self._write()

    @Slot()
    def _write(self) -> None:
        report, formatter = self.report, self.owner.formatter
        for button in (self.export, self.prices):
            button.setEnabled(report is not None)
        self._write_chips(report)
        if report is None:
            self.facts.setText("")
            self.table.show_model(PlainModel([], [], self))
            return
        guard = formatter.percent(report.guard_permille * 10)
        total = sum(report.counts[one] for one in Verdict if one is not Verdict.NO_PRICE)
        text = self.tr("%1 prefixes sold · guard %2 · prices and costs without tax")
        self.facts.setText(text.replace("%1", formatter.count(total)).replace("%2", guard))
        is_summary = self.chips.current == _SUMMARY
        model = self._summary(report) if is_summary else self._alarms(report)
        self.table.show_model(model)
        nothing = self.tr("Nothing of this kind.") if not model.rowCount() else ""
        self.empty.setText(nothing)

    def _write_chips(self, report: MarginReport | None) -> None:
        for verdict in _VERDICTS:
            count = report.counts[verdict] if report is not None else 0
            text = f"{words.verdict_text(verdict)} {self.owner.formatter.count(count)}"
            self.chips.label(verdict, text, is_shown=bool(count))
        self.chips.label(_SUMMARY, self.tr("by destination"), is_shown=report is not None)

    def _rows(self, report: MarginReport) -> list[MarginRow]:
        verdict = self.chips.current
        rows = report.unsold if verdict is Verdict.NO_PRICE else report.rows
        return [
            row
            for row in rows
            if row.verdict is verdict and self._is_found(row.destination, row.prefix)
        ]

    def _is_found(self, destination: str, prefix: str) -> bool:
        search = self.search.text().strip()
        if not search:
            return True
        if not any(sign.isalpha() for sign in search):
            return prefix.startswith("".join(filter(str.isdigit, search)))
        names = " ".join(folded(destination))
        return all(word in names for word in folded(search))

    def _alarms(self, report: MarginReport) -> PlainModel:
        headings = [
            Heading(self.tr("Prefix")),
            Heading(self.tr("Destination")),
            Heading(self.tr("Price without tax"), is_figure=True),
            Heading(self.tr("Cost"), is_figure=True),
            Heading(self.tr("Margin"), is_figure=True),
            Heading(self.tr("Remark")),
        ]
        return PlainModel(headings, [(row, self._cells(row)) for row in self._rows(report)], self)

    def _cells(self, row: MarginRow) -> tuple[Cell, ...]:
        formatter, tone = self.owner.formatter, _TONES.get(row.verdict, Tone.PLAIN)
        margin = row.margin_permille
        bands = [band for band in dict.fromkeys((row.band, row.cost_band)) if band]
        remark = " · ".join([words.verdict_text(row.verdict), *bands])
        return (
            Cell(words.grouped_prefixes((row.prefix,)), row.prefix),
            Cell(row.destination, country=row.country),
            self._price(row.net_price),
            self._price(row.cost),
            Cell(words.margin_text(margin, formatter), _LOWEST if margin is None else margin, tone),
            Cell(remark, tone=tone),
        )

    def _price(self, price: Price | None) -> Cell:
        micro = _LOWEST if price is None else price.micro
        return Cell(words.price_text(price, self.owner.formatter), micro)

    def _summary(self, report: MarginReport) -> PlainModel:
        formatter = self.owner.formatter
        headings = [
            Heading(self.tr("Prefixes")),
            Heading(self.tr("Destination")),
            Heading(self.tr("Worst margin"), is_figure=True),
            Heading(self.tr("Usual margin"), is_figure=True),
            Heading(self.tr("No cost"), is_figure=True),
            Heading(self.tr("Remark")),
        ]
        rows: list[tuple[object, tuple[Cell, ...]]] = []
        for one in report.destinations:
            if not self._is_found(one.destination, ""):
                continue
            tone = _TONES.get(one.verdict, Tone.PLAIN)
            worst, usual = one.worst_permille, one.typical_permille
            cells = (
                Cell(formatter.count(one.prefixes), one.prefixes),
                Cell(one.destination, country=one.country),
                Cell(
                    words.margin_text(worst, formatter), _LOWEST if worst is None else worst, tone
                ),
                Cell(words.margin_text(usual, formatter), _LOWEST if usual is None else usual),
                Cell(
                    formatter.count(one.without_cost) if one.without_cost else "",
                    one.without_cost,
                ),
                Cell(words.verdict_text(one.verdict), tone=tone),
            )
            rows.append((one, cells))
        return PlainModel(headings, rows, self)

    @Slot()
    def _on_prices(self) -> None:
        self.prices_wished.emit(self.deck.currentText())

    @Slot()
    def _on_export(self) -> None:
        name = f"margins-{self.deck.currentText()}.csv"
        chooser = self.choose_path(self.tr("Export the margins"), name, "csv")
        chooser.fileSelected.connect(self.export_to)

    @Slot(str)
    def export_to(self, path: str) -> None:
        """Write every alarm of the report in sight as CSV, figures with a point."""
        if self.report is None:
            return
        try:
            write_text(Path(path), csv_of(self.report))
        except CodedError as error:
            text = failure_text(error.code, error.params.items())
            self.show_error(f"{text} ({error.code})")
            return
        self.owner.said.emit(self.tr("Saved as %1.").replace("%1", path))


def csv_of(report: MarginReport) -> str:
    """Write the alarms of a report as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_CSV_COLUMNS)
    for row in (*report.rows, *report.unsold):
        margin = row.margin_permille
        prices = (row.price, row.net_price, row.cost)
        writer.writerow(
            (
                row.prefix,
                row.destination,
                *("" if price is None else plain_price(price) for price in prices),
                "" if margin is None else _percent(margin),
                row.verdict.value.lower(),
                row.band,
                row.cost_band,
            )
        )
    return out.getvalue()


def _percent(permille: int) -> str:
    sign = "-" if permille < 0 else ""
    return f"{sign}{abs(permille) // 10}.{abs(permille) % 10}"
