"""Asks the desk what a call costs, for the booth that is selected. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot

from app.domain.money import Money
from app.messages.commands import AskQuote
from app.messages.views import BoothView, CommandFailed
from ui.counter import Counter
from ui.quote_box import QuoteBox
from ui.ui_settings import UiSettings

_USUAL_UNITS = 5
_LEAST_PLACES = 2


def usual_amount(settings: UiSettings) -> Money:
    """Return the amount that is asked about before another was chosen: 5.00, or 500 francs."""
    if settings.quote_amount:
        return Money(settings.quote_amount)
    return Money(_USUAL_UNITS * 10 ** max(_LEAST_PLACES, settings.currency.exponent))


class PriceQuestion(QObject):
    """Joins the box with the desk; an answer to what is no longer asked is not shown."""

    def __init__(
        self,
        box: QuoteBox,
        counter: Counter,
        settings: UiSettings,
        selected: Callable[[], BoothView | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._box = box
        self._counter = counter
        self._settings = settings
        self._selected = selected
        self._amount = usual_amount(settings)
        self._asked: tuple[str, int, Money | None] | None = None
        box.amount.set_amount(self._amount)
        box.asked.connect(self.ask)

    @Slot()
    def look_up(self) -> None:
        """Go to the field."""
        self._box.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.field.selectAll()

    @Slot()
    def ask(self) -> None:
        """Ask what stands in the field."""
        text = self._box.field.text().strip()
        if not text:
            return
        booth = self._selected()
        session = booth.session if booth is not None else None
        amount = self._box.wanted_amount()
        question = self._asked = (text, booth.booth if booth is not None else 0, amount)
        self._keep(amount)
        name = "" if booth is None else booth.name or str(booth.booth)
        member = ""
        if session is not None and session.discount_bp:
            discount = self._counter.formatter.discount(session.discount_bp)
            member = f"{session.member_name} {discount}"

        def show(result: object) -> None:
            is_typed = self._box.field.text().strip() == text
            if question == self._asked and is_typed and isinstance(result, tuple):
                self._box.show_customer(name, member)
                self._box.show_rows(result)

        def refuse(failure: CommandFailed) -> None:
            self._counter.tell(failure)

        command = AskQuote(
            **self._counter.bridge.stamp(), text=text, booth=question[1], amount=amount
        )
        self._counter.bridge.ask(command, show, refuse)

    def follow(self) -> None:
        """Ask again when another booth was selected while the answers are in sight."""
        booth = self._selected()
        number = booth.booth if booth is not None else 0
        if self._box.isVisible() and self._asked is not None and self._asked[1] != number:
            self.ask()

    def _keep(self, amount: Money | None) -> None:
        if amount is not None and amount != self._amount:
            self._amount = amount
            self._settings.save("quote_amount", str(amount.minor))
