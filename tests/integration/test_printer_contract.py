"""What every `ReceiptPrinter` keeps to, the spooler over TCP and the fake of the desk's tests."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.messages.devices import (
    DeviceNews,
    DeviceState,
    PdfFailed,
    PdfOrder,
    PdfWritten,
    PrintDone,
    PrinterStatus,
    PrintFailed,
    PrintOrder,
    PrintStarted,
    PrintUncertain,
)
from app.ports import ReceiptPrinter
from printing.conversation import Patience
from printing.spooler import PrinterSettings, Spooler
from tests.fakes.printer import WAIT_SECONDS, CapturePrinter, FakePrinter, wait_until
from tests.fakes.sample_receipts import PLAIN

OUTCOMES = (PrintDone, PrintFailed, PrintUncertain)


class Desk:
    """A printer under contract and the desk around it: it permits each start unless told not to."""

    def __init__(self, printer: ReceiptPrinter) -> None:
        self.printer = printer
        self.news: list[DeviceNews] = []
        self.permits = True

    def post(self, news: DeviceNews) -> bool:
        self.news.append(news)
        if isinstance(news, PrintStarted) and self.permits:
            self.printer.go_on(news.job_id)
        return True

    def jobs(self) -> list[DeviceNews]:
        return [news for news in self.news if not isinstance(news, PrinterStatus)]

    def outcomes(self) -> list[int]:
        return [news.job_id for news in self.news if isinstance(news, OUTCOMES)]


@pytest.fixture(params=["spooler", "fake"])
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    if request.param == "fake":
        yield Desk(FakePrinter())
        return
    with CapturePrinter() as printer:
        settings = PrinterSettings(
            printer.host, printer.port, patience=Patience(go_on=WAIT_SECONDS)
        )
        spooler = Spooler(settings)
        yield Desk(spooler)
        assert spooler.stop(WAIT_SECONDS)


def test_it_says_that_it_is_ready(desk: Desk) -> None:
    desk.printer.start(desk.post)
    wait_until(lambda: PrinterStatus(DeviceState.READY) in desk.news)
    assert desk.printer.stop(WAIT_SECONDS)


def test_a_paper_starts_and_is_done(desk: Desk) -> None:
    desk.printer.start(desk.post)
    desk.printer.submit(PrintOrder(41, PLAIN))
    wait_until(lambda: desk.outcomes() == [41])
    assert desk.jobs() == [PrintStarted(41), PrintDone(41)]
    assert desk.printer.stop(WAIT_SECONDS)


def test_papers_come_in_the_order_asked(desk: Desk) -> None:
    desk.printer.start(desk.post)
    for job_id in (3, 1, 2):
        desk.printer.submit(PrintOrder(job_id, PLAIN))
    wait_until(lambda: desk.outcomes() == [3, 1, 2])
    assert desk.printer.stop(WAIT_SECONDS)


def test_nothing_is_done_before_the_desk_has_committed(desk: Desk) -> None:
    desk.permits = False
    desk.printer.start(desk.post)
    desk.printer.submit(PrintOrder(1, PLAIN))
    wait_until(lambda: desk.jobs() == [PrintStarted(1)])
    # Another job's permission is none for this one.
    desk.printer.go_on(2)
    assert desk.jobs() == [PrintStarted(1)]
    desk.printer.go_on(1)
    wait_until(lambda: desk.jobs() == [PrintStarted(1), PrintDone(1)])
    assert desk.printer.stop(WAIT_SECONDS)


def test_a_pdf_is_written_or_the_reason_told(desk: Desk, tmp_path: Path) -> None:
    desk.printer.start(desk.post)
    path = str(tmp_path / "receipt.pdf")
    desk.printer.submit(PdfOrder("command-1", PLAIN, 0, path))
    wait_until(lambda: bool(desk.jobs()))
    assert desk.jobs() == [PdfWritten("command-1", path)]
    assert not any(isinstance(news, PdfFailed) for news in desk.news)
    assert desk.printer.stop(WAIT_SECONDS)


def test_stop_ends_it(desk: Desk) -> None:
    desk.printer.start(desk.post)
    assert desk.printer.stop(WAIT_SECONDS)
    assert not any(thread.name == "printer" for thread in threading.enumerate())


def test_a_printer_never_started_is_stopped(desk: Desk) -> None:
    assert desk.printer.stop(WAIT_SECONDS)
