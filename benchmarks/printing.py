"""From a receipt to its bytes and its PDF, and from a reading to what a display is sent.

Run it as `python -m benchmarks.printing`. Libraries are loaded before the clock starts: the printer
thread loads them once, and what that takes is printed as a remark.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from app.charset import to_cp858
from app.domain.money import EUR, Money, Price
from app.domain.receipts import Receipt
from app.messages.devices import MeterPhase, MeterReading
from benchmarks.report import median, note, row
from hardware.meters.dm_d import DmD
from hardware.meters.driver import Screen
from hardware.screens import screen_of
from printing import escpos_encoder, pdf
from printing.document import Document
from printing.layout import receipt_document
from tests.fakes.sample_receipts import PLAIN

ROUNDS = 30
LINES = 40
BYTES_LIMIT_MS = 5.0
PDF_LIMIT_MS = 100.0
DISPLAYS = 40
CORE_PERCENT = 3.0


def receipt_of_forty_lines() -> Receipt:
    """Return a receipt whose paper has at least `LINES` lines."""
    calls = PLAIN.calls
    while True:
        receipt = replace(PLAIN, calls=calls)
        if len(document_of(receipt).lines) >= LINES:
            return receipt
        calls = (*calls, PLAIN.calls[0])


def document_of(receipt: Receipt) -> Document:
    """Lay the receipt out for a printer."""
    return receipt_document(receipt, width=48, adapt=escpos_encoder.adapt)


def to_bytes(receipt: Receipt) -> bytes:
    """Do what the printer thread does before it connects."""
    return escpos_encoder.encode(document_of(receipt))


def to_pdf(receipt: Receipt) -> bytes:
    """Do what the printer thread does for a PDF, but for the disk."""
    return pdf.encode(receipt_document(receipt, width=pdf.WIDTH, adapt=pdf.adapt))


def second_of_displays() -> None:
    """Make the bytes of one second on all displays, each in a call."""
    driver = DmD()
    before: list[Screen | None] = [None] * DISPLAYS
    for booth in range(DISPLAYS):
        reading = MeterReading(
            booth=booth,
            phase=MeterPhase.TALKING,
            currency=EUR,
            now=0,
            zone="Europe/Paris",
            language="fr",
            destination="Sénégal mobile",
            price_per_minute=Price(350_000),
            seconds=724 + booth,
            amount=Money(421 + booth),
        )
        screen = screen_of(reading, columns=driver.columns, adapt=to_cp858)
        driver.encode(screen, before[booth])
        before[booth] = screen


def milliseconds(act: Callable[[], object]) -> float:
    """Return the median time of an act."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        act()
        times.append((time.perf_counter() - begun) * 1000)
    return median(times)


def main() -> int:
    """Measure and print; returns how many limits were missed."""
    begun = time.perf_counter()
    to_bytes(PLAIN)
    to_pdf(PLAIN)
    note(f"first receipt, libraries loaded: {(time.perf_counter() - begun) * 1000:,.0f} ms")
    receipt = receipt_of_forty_lines()
    percent = milliseconds(second_of_displays) / 1000 * 100
    held = [
        row(
            f"receipt of {LINES} lines to bytes",
            milliseconds(lambda: to_bytes(receipt)),
            BYTES_LIMIT_MS,
            "ms",
        ),
        row(
            f"receipt of {LINES} lines to PDF",
            milliseconds(lambda: to_pdf(receipt)),
            PDF_LIMIT_MS,
            "ms",
        ),
        row(f"bytes for {DISPLAYS} displays, once a second", percent, CORE_PERCENT, "% of a core"),
    ]
    return held.count(False)


if __name__ == "__main__":
    main()
