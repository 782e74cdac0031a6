"""What calls of the past would have brought at another tariff. GUI thread."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, Slot
from PySide6.QtWidgets import QDateEdit, QFrame, QGridLayout, QHBoxLayout, QStackedWidget, QWidget

from app.domain.money import Money, Price, Rounding, divide
from app.domain.tariff import BP
from app.tariffs.jobs import JobFailed, Result, TryTariff
from app.tariffs.what_if import WhatIf, WhatIfRow
from ui.controls import label
from ui.formatting import duration
from ui.tariff_counted import COUNTED
from ui.tariff_dates import DATE_SHOWN, name_dates
from ui.tariff_owner import Owner
from ui.tariff_page import Page
from ui.tariff_plain import Cell, Heading, PlainModel
from ui.tariff_progress import ProgressCard, Runner
from ui.tariff_table import PriceTable, Tone
from ui.tokens import Palette

_TOTALS = 5


class WhatIfPage(Page):
    """Asks from when to when, and shows the difference by destination."""

    def __init__(self, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(owner, parent)
        self._version, self._proposal_id = 0, ""
        self._answer: WhatIf | None = None
        self.start, self.end = QDateEdit(), QDateEdit()
        self.words = [label("caption"), label("caption")]
        for field in (self.start, self.end):
            field.setCalendarPopup(True)
        first, last = last_month(owner.local(owner.clock.now_us()).date())
        self.start.setDate(QDate(first.year, first.month, first.day))
        self.end.setDate(QDate(last.year, last.month, last.day))
        times = QHBoxLayout()
        times.setSpacing(10)
        for word, field in zip(self.words, (self.start, self.end), strict=True):
            times.addWidget(word)
            times.addWidget(field)
        self.run_button = self.add_button(times)
        times.addStretch(1)
        self.body.addLayout(times)
        self.body.addWidget(self._make_totals())
        self.table = PriceTable({1: 80, 2: 100, 3: 110, 4: 110, 5: 110, 6: 110}, {0: 1})
        self.progress = ProgressCard()
        self.stack = QStackedWidget()
        self.result = self.framed(self.table)
        self.stack.addWidget(self.result)
        self.stack.addWidget(self.progress)
        self.runner = Runner(owner, self.stack, self.progress)
        self.body.addWidget(self.stack, 1)
        self.unpriced = label("warning")
        self.foot.addWidget(self.unpriced, 1)
        self.close_button = self.add_button(self.foot)
        self.close_button.clicked.connect(self.left)
        self.run_button.clicked.connect(self.run)
        self.retranslate()

    def _make_totals(self) -> QFrame:
        self.totals = QFrame()
        self.totals.setObjectName("card")
        grid = QGridLayout(self.totals)
        grid.setContentsMargins(20, 10, 20, 12)
        grid.setVerticalSpacing(2)
        self.total_words = [label("caption") for _ in range(_TOTALS)]
        self.total_values = [label("bigSum") for _ in range(_TOTALS)]
        for column, (word, value) in enumerate(
            zip(self.total_words, self.total_values, strict=True)
        ):
            grid.addWidget(word, 0, column)
            grid.addWidget(value, 1, column)
            grid.setColumnStretch(column, 1)
        self.totals.hide()
        return self.totals

    def begin(self, *, version: int = 0, proposal_id: str = "") -> None:
        """Try a version, or a proposal, on last month's calls."""
        if self.runner.is_busy:
            return
        self._version, self._proposal_id, self._answer = version, proposal_id, None
        self.retranslate()
        self.run()

    @Slot()
    def run(self) -> None:
        """Try it on the calls of the days that are set."""
        if self.runner.is_busy:
            return
        start, after = self._day(self.start.date()), self._day(self.end.date().addDays(1))
        if after <= start:
            self.show_error(self.tr("The last day is before the first one."))
            return
        self.show_error("")
        job = TryTariff(
            job_id=self.owner.jobs.new_id(),
            start=start,
            end=after,
            proposal_id=self._proposal_id,
            version=self._version,
        )
        words = self.tr("Pricing the calls again…")
        self.runner.run(job, words, self._on_answer, self._failed, self.result)

    def _day(self, day: QDate) -> int:
        local = datetime(day.year(), day.month(), day.day())  # noqa: DTZ001 - the shop's wall clock
        return self.owner.instant(local)

    def _on_answer(self, result: Result) -> None:
        if isinstance(result, WhatIf):
            self._answer = result
            self._write()
        self.table.setFocus()

    def _failed(self, failure: JobFailed) -> None:
        self.show_error(self.owner.refusal(failure))

    def set_palette(self, palette: Palette) -> None:
        self.table.set_palette(palette)

    def retranslate(self) -> None:
        row = next((one for one in self.owner.versions if one.version == self._version), None)
        name = row.name if row is not None else self.tr("the new prices")
        self.title.setText(self.tr("What if: “%1”").replace("%1", name))
        self.facts.setText(self.tr("The same calls, priced by it. Nothing is changed."))
        for word, text, field in zip(
            self.words,
            (self.tr("From"), self.tr("to")),
            (self.start, self.end),
            strict=True,
        ):
            word.setText(text)
            name_dates((field,), (text,))
            field.setLocale(self.owner.formatter.locale)
            field.setDisplayFormat(DATE_SHOWN)
        self.run_button.set_words(self.tr("Work it out"))
        self.close_button.set_words(self.tr("Back"), self.tr("Esc"))
        self.table.setAccessibleName(self.tr("By destination"))
        texts = (
            self.tr("Calls"),
            self.tr("They brought"),
            self.tr("They would bring"),
            self.tr("Difference"),
            self.tr("Margin without tax"),
        )
        for word, text in zip(self.total_words, texts, strict=True):
            word.setText(text)
        self._write()

    def _write(self) -> None:
        answer = self._answer
        headings = [
            Heading(self.tr("Destination")),
            Heading(self.tr("Calls"), is_figure=True),
            Heading(self.tr("Talked"), is_figure=True),
            Heading(self.tr("Before"), is_figure=True),
            Heading(self.tr("After"), is_figure=True),
            Heading(self.tr("Difference"), is_figure=True),
            Heading(self.tr("Cost"), is_figure=True),
        ]
        rows = [(row, self._cells(row)) for row in answer.rows] if answer is not None else []
        self.table.show_model(PlainModel(headings, [*rows], self))
        self.totals.setVisible(answer is not None and answer.total.calls > 0)
        self.unpriced.setText("")
        if answer is None:
            return
        count = self.owner.formatter.count
        if answer.unpriced:
            self.unpriced.setText(COUNTED.unpriced(answer.unpriced, count(answer.unpriced)))
        elif not answer.total.calls:
            self.unpriced.setText(self.tr("No calls in these days."))
        total, formatter = answer.total, self.owner.formatter
        values = (
            count(total.calls),
            formatter.money(total.before),
            formatter.money(total.after),
            self._signed(total.difference),
            self._margin(total),
        )
        for value, text in zip(self.total_values, values, strict=True):
            value.setText(text)

    def _cells(self, row: WhatIfRow) -> tuple[Cell, ...]:
        formatter, difference = self.owner.formatter, row.difference
        tone = Tone.PLAIN
        if difference.minor:
            tone = Tone.GOOD if difference.minor > 0 else Tone.BAD
        return (
            Cell(row.destination),
            Cell(formatter.count(row.calls), row.calls),
            Cell(duration(row.seconds), row.seconds),
            Cell(formatter.money(row.before), row.before.minor),
            Cell(formatter.money(row.after), row.after.minor),
            Cell(self._signed(difference), difference.minor, tone),
            Cell(self._cost(row), row.cost_micro or 0),
        )

    def _signed(self, amount: Money) -> str:
        text = self.owner.formatter.money(Money(abs(amount.minor)))
        return f"+{text}" if amount.minor > 0 else f"−{text}" if amount.minor < 0 else text

    def _cost(self, row: WhatIfRow) -> str:
        if row.cost_micro is None:
            return "—"
        currency = self.owner.formatter.currency
        return self.owner.formatter.money(
            Price(row.cost_micro).to_money(currency, Rounding.HALF_UP)
        )

    def _margin(self, row: WhatIfRow) -> str:
        if row.cost_micro is None:
            return "—"
        currency = self.owner.formatter.currency
        cost = Price(row.cost_micro).to_money(currency, Rounding.HALF_UP)
        tax_bp = self.owner.settings.tax_rate_bp
        net = Money(divide(row.after.minor * BP, BP + tax_bp, Rounding.HALF_UP))
        return self._signed(net - cost)


def last_month(today: date) -> tuple[date, date]:
    """Return the first and the last day of the month before."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last
