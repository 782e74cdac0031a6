"""The answers of a price question as a table: now, from the next time band on, and its terms.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.domain.credit import UNLIMITED, Unlimited
from app.domain.money import Money, Price
from app.domain.tariff import Access
from app.messages.views import LaterPrice, QuoteRow
from ui.controls import label, rule
from ui.formatting import Formatter, duration
from ui.icons import flag

_DESTINATION = 1
_PREFIX = 2
_PRICE = 3
_FIRST_EXAMPLE = 4


class QuoteTable(QFrame):
    """A grid of labels, written anew for each answer."""

    def __init__(
        self, formatter: Formatter, now: Callable[[], int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._formatter = formatter
        self._now = now
        self._line = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(_DESTINATION, 1)

    def speak(self, formatter: Formatter) -> None:
        """Write in another language from the next answer on."""
        self._formatter = formatter

    def show_rows(
        self, rows: tuple[QuoteRow, ...], amount: Money | None, *, is_cut: bool = False
    ) -> None:
        """Show an answer; `is_cut` when there would be more of it."""
        self._clear()
        if not rows:
            text = self.tr("No price found. Try the country or the first digits.")
            self._put(0, text, "muted")
        else:
            self._write_heads(rows[0], amount)
            for row in rows:
                self._write_row(row)
        if is_cut:
            self._line += 1
            self._put(_DESTINATION, self.tr("There are more: type on."), "caption")
        self._grid.activate()

    def _write_heads(self, row: QuoteRow, amount: Money | None) -> None:
        heads = ["", self.tr("Destination"), self.tr("Prefix"), self.tr("Per minute")]
        heads += [self.tr("%n min", "", minutes) for minutes, _amount in row.examples]
        if amount is not None:
            heads.append(self.tr("for %1").replace("%1", self._formatter.money(amount)))
        for column, head in enumerate(heads):
            self._put(column, head, "columns", is_end=column > _PREFIX)

    def _write_row(self, row: QuoteRow) -> None:
        self._line += 1
        line = rule()
        self._grid.addWidget(line, self._line, 0, 1, -1)
        line.show()
        self._line += 1
        sign = label("caption", row.country)
        image = flag(row.country, 20, self.devicePixelRatioF())
        if image is not None:
            sign.setPixmap(image)
            sign.setAccessibleName(row.country)
        self._grid.addWidget(sign, self._line, 0)
        sign.show()
        self._put(_DESTINATION, row.destination, "sum")
        self._put(_PREFIX, f"+{row.prefix}", "muted")
        self._write_figures(row, "sum")
        if row.later is not None:
            self._line += 1
            self._put(_DESTINATION, self._from(row.later), "caption")
            self._write_figures(row.later, "muted")
        self._write_terms(row)

    def _write_figures(self, priced: QuoteRow | LaterPrice, name: str) -> None:
        formatter = self._formatter
        self._put(_PRICE, formatter.price(priced.price_per_minute), name, is_end=True)
        for column, (_minutes, amount) in enumerate(priced.examples, start=_FIRST_EXAMPLE):
            self._put(column, formatter.money(amount), name, is_end=True)
        if priced.lasts is not None:
            column = _FIRST_EXAMPLE + len(priced.examples)
            self._put(column, self._lasts(priced.lasts), name, is_end=True)

    def _write_terms(self, row: QuoteRow) -> None:
        """Write what the columns cannot say: the mark of a barred destination, then the terms."""
        mark, name = "", ""
        if row.access is Access.FORBIDDEN:
            mark, name = self.tr("Forbidden: calls are cut"), "error"
        elif row.access is Access.KEY:
            mark, name = self.tr("Needs the manager's key"), "warning"
        if mark:
            self._line += 1
            self._put(_DESTINATION, mark, name, span=-1)
        terms = " · ".join(self._terms(row))
        if terms:
            self._line += 1
            self._put(_DESTINATION, terms, "caption", span=-1)

    def _terms(self, row: QuoteRow) -> list[str]:
        formatter, terms = self._formatter, []
        if row.band:
            terms.append(self.tr("now: %1").replace("%1", row.band))
        if row.connection_fee:
            fee = formatter.price(row.connection_fee)
            later = row.later.connection_fee if row.later is not None else row.connection_fee
            text = self.tr("%1 a call").replace("%1", fee)
            if later != row.connection_fee:
                text = self.tr("%1 a call, later %2").replace("%1", fee)
                text = text.replace("%2", formatter.price(later))
            terms.append(text)
        elif row.later is not None and row.later.connection_fee != Price(0):
            text = self.tr("later %1 a call")
            terms.append(text.replace("%1", formatter.price(row.later.connection_fee)))
        if row.minimum_charge:
            text = self.tr("at least %1")
            terms.append(text.replace("%1", formatter.price(row.minimum_charge)))
        if row.free_seconds:
            terms.append(self.tr("%1 s free").replace("%1", str(row.free_seconds)))
        if (row.first_increment, row.next_increment) != (1, 1):
            text = self.tr("by %1/%2 s").replace("%1", str(row.first_increment))
            terms.append(text.replace("%2", str(row.next_increment)))
        return terms

    def _from(self, later: LaterPrice) -> str:
        moment = self._formatter.moment(later.starts_at, self._now())
        text = self.tr("from %1").replace("%1", moment)
        return f"{text} ({later.band})" if later.band else text

    def _lasts(self, lasts: int | Unlimited) -> str:
        if lasts is UNLIMITED:
            return self.tr("unlimited")
        return duration(lasts) if lasts else self.tr("not a second")

    def _put(
        self, column: int, text: str, name: str = "", *, is_end: bool = False, span: int = 1
    ) -> None:
        made = label(name, text, is_trailing=is_end)
        self._grid.addWidget(made, self._line, column, 1, span)
        # In a box in sight a new label would become visible, and take room, by a later event.
        made.show()

    def _clear(self) -> None:
        self._line = 0
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
