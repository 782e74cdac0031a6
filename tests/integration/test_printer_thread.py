"""The printer's thread when something else than the printer goes wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import cast

import pytest

from app.domain.receipts import Receipt
from app.messages.devices import (
    DeviceNews,
    DeviceState,
    PdfFailed,
    PdfOrder,
    PrintDone,
    PrinterStatus,
    PrintFailed,
    PrintOrder,
    PrintStarted,
    PrintUncertain,
)
from printing.conversation import Patience
from printing.spooler import PrinterSettings, Spooler
from printing.status import Condition
from tests.fakes.printer import WAIT_SECONDS, CapturePrinter, Fault, wait_until
from tests.fakes.sample_receipts import PLAIN

NOT_A_RECEIPT = cast("Receipt", None)


class Desk:
    """Permits every job; `on_start` runs before each permission, `accepts` is the inbox."""

    def __init__(self, printer: CapturePrinter, patience: Patience) -> None:
        self.spooler = Spooler(PrinterSettings(printer.host, printer.port, patience=patience))
        self.news: list[DeviceNews] = []
        self.refused = 0
        self.accepts = threading.Event()
        self.accepts.set()
        self.on_start: Callable[[], None] = lambda: None

    def post(self, news: DeviceNews) -> bool:
        if not self.accepts.is_set():
            self.refused += 1
            return False
        self.news.append(news)
        if isinstance(news, PrintStarted):
            self.on_start()
            self.spooler.go_on(news.job_id)
        return True

    def print(self, job_id: int, receipt: Receipt = PLAIN) -> None:
        self.spooler.submit(PrintOrder(job_id, receipt))

    def wait_for(self, news: DeviceNews) -> None:
        wait_until(lambda: news in self.news)


@pytest.fixture
def printer() -> Iterator[CapturePrinter]:
    with CapturePrinter() as it:
        yield it


@pytest.fixture
def desk(printer: CapturePrinter) -> Iterator[Desk]:
    patience = Patience(
        answer=WAIT_SECONDS, proof=WAIT_SECONDS, go_on=WAIT_SECONDS, poll=WAIT_SECONDS
    )
    it = Desk(printer, patience)
    it.spooler.start(it.post)
    it.wait_for(PrinterStatus(DeviceState.READY))
    yield it
    assert it.spooler.stop(WAIT_SECONDS)


def test_a_bug_before_the_first_byte_fails_one_job(
    desk: Desk, expected_logs: Callable[[str, str], None]
) -> None:
    expected_logs("printing.spooler", "printer order failed order=job 1")
    desk.print(1, NOT_A_RECEIPT)
    desk.print(2)
    desk.wait_for(PrintDone(2))
    assert PrintFailed(1, "internal_error") in desk.news


def test_a_bug_in_a_pdf_fails_one_pdf(
    desk: Desk, expected_logs: Callable[[str, str], None]
) -> None:
    expected_logs("printing.spooler", "printer order failed order=pdf")
    desk.spooler.submit(PdfOrder("c-1", NOT_A_RECEIPT, 0, "nowhere.pdf"))
    desk.print(2)
    desk.wait_for(PrintDone(2))
    assert PdfFailed("c-1", "internal_error") in desk.news


def test_a_bug_after_the_first_byte_leaves_the_job_uncertain(
    desk: Desk, expected_logs: Callable[[str, str], None]
) -> None:
    expected_logs("printing.spooler", "printer order failed order=job 1")
    looks: list[Condition | None] = []
    show = desk.spooler._show_condition

    def planted(condition: Condition | None) -> None:
        looks.append(condition)
        if len(looks) == 2:  # the one after the proof
            raise ZeroDivisionError
        show(condition)

    desk.spooler._show_condition = planted  # type: ignore[method-assign]
    desk.print(1)
    desk.print(2)
    desk.wait_for(PrintDone(2))
    assert PrintUncertain(1, "internal_error") in desk.news


def test_a_full_inbox_gets_every_outcome_later(desk: Desk) -> None:
    desk.on_start = desk.accepts.clear
    desk.print(1)
    wait_until(lambda: desk.refused > 1)
    assert desk.news[-1] == PrintStarted(1)
    desk.accepts.set()
    desk.wait_for(PrintDone(1))


def test_an_inbox_that_stays_full_does_not_hold_the_stop(
    desk: Desk, expected_logs: Callable[[str, str], None]
) -> None:
    expected_logs("printing.spooler", "printer news not taken")
    desk.on_start = desk.accepts.clear
    desk.print(1)
    wait_until(lambda: desk.refused > 1)
    assert desk.spooler.stop(WAIT_SECONDS)


def test_a_thread_that_hangs_is_named(
    desk: Desk, expected_logs: Callable[[str, str], None]
) -> None:
    expected_logs("printing.spooler", "printer thread late")
    entered, leave = threading.Event(), threading.Event()

    def hang() -> None:
        entered.set()
        leave.wait(WAIT_SECONDS)

    desk.on_start = hang
    desk.print(1)
    assert entered.wait(WAIT_SECONDS)
    assert not desk.spooler.stop(0.05)
    leave.set()


def test_orders_after_the_stop_are_left_alone(desk: Desk, printer: CapturePrinter) -> None:
    assert desk.spooler.stop(WAIT_SECONDS)
    known = list(desk.news)
    desk.print(1)
    assert desk.news == known
    assert printer.papers == []


def test_a_fence_that_tells_of_no_paper_is_no_proof(desk: Desk, printer: CapturePrinter) -> None:
    def run_out() -> None:
        printer.fence = b"\x0c"

    desk.on_start = run_out
    desk.print(1)
    desk.wait_for(PrintUncertain(1, "paper_out"))


@pytest.mark.parametrize(
    ("fault", "cover_open", "code"),
    [(Fault.SILENT, False, "no_answer"), (Fault.NO_FENCE, True, "cover_open")],
)
def test_a_printer_without_the_fence_must_still_be_well_after_the_job(
    printer: CapturePrinter, fault: Fault, cover_open: bool, code: str
) -> None:
    printer.fault = Fault.NO_FENCE
    desk = Desk(printer, Patience(answer=0.5, go_on=WAIT_SECONDS, poll=WAIT_SECONDS))
    desk.spooler.start(desk.post)

    def change() -> None:
        printer.fault, printer.cover_open = fault, cover_open

    desk.on_start = change
    desk.print(1)
    desk.wait_for(PrintUncertain(1, code))
    assert desk.spooler.stop(WAIT_SECONDS)
