"""What stands on a receipt and where: Receipt -> Document.

Pure: texts come from the gettext catalogue and figures from Babel, both in the receipt's own
language, times in the shop's zone. `adapt` fits each text to the device *before* it is measured,
because `…` takes one cell in a PDF and three on a printer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from gettext import NullTranslations

from app import formats
from app.domain.money import Money
from app.domain.receipts import Receipt, ReceiptCall, ReceiptExtra, ReceiptTax, Tender
from app.explain_sentences import Writer, sentence
from app.texts import catalogue
from printing.document import Align, Cut, Document, Feed, Line, Rule, Size, Text, columns, wrap

WIDTHS = (32, 42, 48)
"""Columns of font A: 58 mm clones, 80 mm at 180 dpi or in 42-column mode, 80 mm at 203 dpi."""

MINIMUM_WIDTH = 24
"""Narrower paper cannot hold an amount beside its name."""

_INDENT = "  "


def receipt_document(
    receipt: Receipt,
    *,
    width: int,
    copy_number: int = 0,
    is_explained: bool = False,
    adapt: Callable[[str], str] = str,
) -> Document:
    """Lay out a receipt on `width` columns; `copy_number` 0 is the original.

    With `is_explained` the reasons of each price stand below its call.
    Raises `ValueError` for a width below `MINIMUM_WIDTH` or a negative copy number.
    """
    if width < MINIMUM_WIDTH:
        raise ValueError(f"width {width}")
    if copy_number < 0:
        raise ValueError(f"copy number {copy_number}")
    page = _Page(receipt, width, adapt, catalogue(receipt.shop.language), is_explained=is_explained)
    page.mark(copy_number)
    page.head()
    page.rule()
    page.body()
    page.rule()
    page.sums()
    page.foot(copy_number)
    return Document(width, tuple(page.lines), page.title(), receipt.shop.language)


@dataclass(slots=True)
class _Page:
    """The receipt while its lines are set one below the other."""

    receipt: Receipt
    width: int
    adapt: Callable[[str], str]
    texts: NullTranslations
    lines: list[Line] = field(default_factory=list)
    is_explained: bool = False

    # -- blocks, from top to bottom

    def mark(self, copy_number: int) -> None:
        """Say first, and again at the end, that this paper is no original or no receipt."""
        _ = self.texts.gettext
        if self.receipt.is_practice:
            self.centred(_("PRACTICE – NOT A RECEIPT"), bold=True)
        if copy_number:
            self.centred(_("COPY %d") % copy_number, size=Size.BIG, bold=True)

    def head(self) -> None:
        receipt = self.receipt
        shop = receipt.shop
        _ = self.texts.gettext
        self.centred(shop.name, size=Size.TALL, bold=True)
        for text in shop.lines:
            self.centred(text)
        self.rule()
        at = (receipt.issued_at, shop.zone, shop.language)
        self.pair(self.booth(), f"{formats.day(*at)} {formats.time_of_day(*at)}")
        till = _("Till %(till)s/%(operator)s") % {
            "till": receipt.till,
            "operator": receipt.operator,
        }
        self.pair(_("Receipt %s") % receipt.number, till)

    def body(self) -> None:
        receipt = self.receipt
        for call in receipt.calls:
            self.call(call)
        for extra in receipt.extras:
            self.pair(f"{extra.text}{self.count(extra)}", self.bare(extra.amount))
        if receipt.unanswered:
            text = self.texts.ngettext(
                "%d call without an answer, free of charge",
                "%d calls without an answer, free of charge",
                receipt.unanswered,
            )
            self.left(text % receipt.unanswered)

    def call(self, call: ReceiptCall) -> None:
        """Set the time and destination, the number, then the duration, price and amount."""
        shop = self.receipt.shop
        started = formats.time_of_day(call.started_at, shop.zone, shop.language)
        self.left(f"{started} {call.destination}")
        self.left(call.number)
        figures = f"{_INDENT}{formats.duration(call.seconds)}  {self.price(call)}"
        if call.is_estimated:
            estimated = self.texts.gettext("ESTIMATED")  # the extractor sees into no f-string
            self.left(f"{_INDENT}{estimated}", bold=True)
        self.pair(figures, self.bare(call.amount))
        if self.is_explained:
            self.reasons(call)

    def reasons(self, call: ReceiptCall) -> None:
        """Say below a call why it costs what it costs, indented so that it is not read as a sum."""
        shop = self.receipt.shop
        writer = Writer(shop.language, self.receipt.currency, shop.zone)
        for reason in call.reasons:
            said = self.broken(sentence(reason, writer), self.width - len(_INDENT))
            self.lines += [Text(f"{_INDENT}{part}") for part in said]

    def sums(self) -> None:
        receipt = self.receipt
        _ = self.texts.gettext
        if receipt.bill_rounding:
            self.pair(_("Rounding of the bill"), self.bare(receipt.bill_rounding))
        total = _("TOTAL incl. tax") if receipt.taxes else _("TOTAL")
        self.pair(total, self.full(receipt.total), size=Size.TALL, bold=True)
        for tax in receipt.taxes:
            self.tax(tax)
        if not receipt.received:
            return  # a bill that is not paid yet names no tender
        names = {Tender.CASH: _("Cash"), Tender.CARD: _("Card")}
        self.pair(names[receipt.tender], self.bare(receipt.received))
        if receipt.change:
            self.pair(_("Change"), self.bare(receipt.change))

    def tax(self, tax: ReceiptTax) -> None:
        text = self.texts.gettext("of which VAT %(rate)s on %(net)s") % {
            "rate": formats.percent(tax.rate_bp, self.receipt.shop.language),
            "net": self.bare(tax.net),
        }
        self.pair(text, self.bare(tax.tax))

    def foot(self, copy_number: int) -> None:
        if self.receipt.shop.footer:
            self.rule()
        for text in self.receipt.shop.footer:
            self.centred(text)
        if copy_number or self.receipt.is_practice:
            self.rule()
            self.mark(copy_number)
        self.lines += [Feed(), Cut()]

    # -- words and figures

    def title(self) -> str:
        return self.texts.gettext("Receipt %s") % self.receipt.number

    def booth(self) -> str:
        """Return the booth's number, with its name when that says more."""
        name = self.receipt.booth_name.strip()
        numbered = self.texts.gettext("Booth %d") % self.receipt.booth
        if name in ("", str(self.receipt.booth)) or name.casefold() == numbered.casefold():
            return numbered
        return f"{numbered} – {name}"

    def count(self, extra: ReceiptExtra) -> str:
        """Return how many there are of what price each, where there is more than one."""
        if extra.quantity == 1:
            return ""
        if extra.quantity < 1:
            return f" ({extra.quantity})"
        each, rest = divmod(extra.amount.minor, extra.quantity)
        if rest:
            return f" ({extra.quantity})"
        return f"{_INDENT}{extra.quantity} × {self.bare(Money(each))}"

    def price(self, call: ReceiptCall) -> str:
        shop = self.receipt.shop
        value = formats.price(call.price_per_minute, self.receipt.currency, shop.language)
        return self.texts.gettext("%s/min") % value

    def bare(self, value: Money) -> str:
        return formats.bare_amount(value, self.receipt.currency, self.receipt.shop.language)

    def full(self, value: Money) -> str:
        return formats.amount(value, self.receipt.currency, self.receipt.shop.language)

    # -- lines

    def rule(self) -> None:
        self.lines.append(Rule())

    def left(self, text: str, *, bold: bool = False) -> None:
        self.lines += [Text(part, bold=bold) for part in self.broken(text, self.width)]

    def centred(self, text: str, *, size: Size = Size.NORMAL, bold: bool = False) -> None:
        room = self.width // size.cells
        self.lines += [Text(part, Align.CENTRE, size, bold) for part in self.broken(text, room)]

    def pair(self, left: str, right: str, *, size: Size = Size.NORMAL, bold: bool = False) -> None:
        # An extra is one line, whatever was pasted into it.
        one_line = " ".join(left.splitlines())
        self.lines += columns(
            self.adapt(one_line), self.adapt(right), self.width, size=size, bold=bold
        )

    def broken(self, text: str, room: int) -> list[str]:
        """Fit a text to the device and break it, at its own line ends first."""
        return [part for row in text.splitlines() or [""] for part in wrap(self.adapt(row), room)]
