"""What a customer reads on the display in the booth: MeterReading -> rows of cells. Pure.

Texts in the reading's language, the clock in its zone. Each text is fitted to the display before
it is measured. A destination that is too long ends in a full stop, an amount is shown whole or not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app import formats
from app.domain.money import Money
from app.messages.devices import MeterPhase, MeterReading
from app.texts import catalogue
from hardware.meters.driver import Screen


def screen_of(reading: MeterReading, *, columns: int, adapt: Callable[[str], str]) -> Screen:
    """Return the two rows of this reading, each exactly `columns` cells."""
    page = _Page(reading, columns, adapt)
    match reading.phase:
        case MeterPhase.CLOSED | MeterPhase.READY:
            return page.idle()
        case MeterPhase.DIALLING:
            return page.dialling()
        case MeterPhase.TALKING:
            return page.talking()
        case MeterPhase.DUE:
            return page.due()


@dataclass(frozen=True, slots=True)
class _Page:
    reading: MeterReading
    columns: int
    adapt: Callable[[str], str]

    def idle(self) -> Screen:
        """Show the clock and whether to dial or to ask; between two calls what is owed so far."""
        reading = self.reading
        texts = catalogue(reading.language)
        dial = self.left(texts.gettext("Ready: please dial"))
        if reading.phase is MeterPhase.READY and reading.total:
            return dial, self.pair(texts.gettext("Total so far"), *self.amounts(reading.total))
        clock = formats.time_of_day(reading.now, reading.zone, reading.language)
        above = self.pair(texts.gettext("Booth %d") % reading.booth, clock)
        if reading.phase is MeterPhase.READY:
            return above, dial
        return above, self.left(texts.gettext("Ask at the counter"))

    def dialling(self) -> Screen:
        """Show where the call goes and what a minute costs."""
        return self.left(self.destination()), self.pair("", *self.prices())

    def talking(self) -> Screen:
        """Show the running time and cost."""
        reading = self.reading
        return (
            self.left(self.destination()),
            self.pair(formats.duration(reading.seconds), *self.amounts(reading.amount)),
        )

    def due(self) -> Screen:
        """Show the total."""
        text = catalogue(self.reading.language).gettext("Total to pay")
        return self.left(text), self.pair("", *self.amounts(self.reading.total))

    def destination(self) -> str:
        return self.reading.destination or catalogue(self.reading.language).gettext("Dialling…")

    def prices(self) -> tuple[str, ...]:
        reading = self.reading
        if reading.price_per_minute is None:
            return ("",)
        price = formats.price(reading.price_per_minute, reading.currency, reading.language)
        return catalogue(reading.language).gettext("%s/min") % price, price

    def amounts(self, amount: Money) -> tuple[str, str]:
        """Return the amount with its currency, and without where there is no room for it."""
        reading = self.reading
        return (
            formats.amount(amount, reading.currency, reading.language),
            formats.bare_amount(amount, reading.currency, reading.language),
        )

    def left(self, text: str) -> str:
        fitted = self.adapt(text)
        if len(fitted) > self.columns:
            fitted = f"{fitted[: self.columns - 1].rstrip(' (-,/')}."
        return fitted.ljust(self.columns)

    def pair(self, left: str, *rights: str) -> str:
        """Set a text at the left and the first of `rights` that fits at the right edge.

        Where none does, the first that fits without `left`; where even that is too long, dashes
        tell to ask at the counter.
        """
        left = self.adapt(left)
        fitted = [self.adapt(right) for right in rights]
        for text in (left, "") if left else ("",):
            for right in fitted:
                if len(text) + bool(text) + len(right) <= self.columns:
                    return text + right.rjust(self.columns - len(text))
        return "-" * self.columns
