"""The spooler against a printer on TCP with every fault: the outcome told is the truth."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Self

import pytest

from app.domain.receipts import Receipt
from app.messages.devices import (
    DeviceNews,
    DeviceState,
    PrintDone,
    PrinterStatus,
    PrintFailed,
    PrintOrder,
    PrintStarted,
    PrintUncertain,
)
from printing.conversation import Patience
from printing.document import as_text
from printing.escpos_encoder import adapt
from printing.layout import receipt_document
from printing.spooler import PrinterSettings, Spooler
from tests.fakes.printer import WAIT_SECONDS, CapturePrinter, Fault, wait_until
from tests.fakes.sample_receipts import HARD, PLAIN

OUTCOMES = (PrintDone, PrintFailed, PrintUncertain)

# Short enough to see a deadline pass, long enough for a busy machine to answer within it.
SHORT = Patience(
    connect=5.0, answer=1.0, stall=1.0, proof=2.0, paper=3.0, go_on=1.0, poll=0.1, poll_again=0.1
)
# Nothing here may run out.
LONG = Patience(
    connect=WAIT_SECONDS,
    answer=WAIT_SECONDS,
    stall=WAIT_SECONDS,
    proof=WAIT_SECONDS,
    paper=WAIT_SECONDS,
    go_on=WAIT_SECONDS,
    poll=0.1,
    poll_again=0.1,
)


class Counter:
    """The desk's side: keeps the news and permits each job, after `before_sending`."""

    def __init__(self, settings: PrinterSettings | None) -> None:
        self.spooler = Spooler(settings)
        self.news: list[DeviceNews] = []
        self.before_sending: Callable[[], None] = lambda: None
        self.permits = True

    def post(self, news: DeviceNews) -> bool:
        self.news.append(news)
        if isinstance(news, PrintStarted) and self.permits:
            self.before_sending()
            self.spooler.go_on(news.job_id)
        return True

    def print(self, receipt: Receipt = PLAIN, *, job_id: int = 1) -> DeviceNews:
        """Print one paper and return its outcome."""
        known = len(self.outcomes())
        self.spooler.submit(PrintOrder(job_id, receipt))
        wait_until(lambda: len(self.outcomes()) > known)
        return self.outcomes()[known]

    def outcomes(self) -> list[DeviceNews]:
        return [news for news in self.news if isinstance(news, OUTCOMES)]

    def wait_status(self, state: DeviceState, code: str = "") -> None:
        wait_until(lambda: PrinterStatus(state, code) in self.news)

    def has_begun(self) -> bool:
        return any(isinstance(news, PrintStarted) for news in self.news)

    def __enter__(self) -> Self:
        self.spooler.start(self.post)
        return self

    def __exit__(self, *_: object) -> None:
        assert self.spooler.stop(WAIT_SECONDS)


def settings_of(printer: CapturePrinter, patience: Patience = LONG) -> PrinterSettings:
    return PrinterSettings(printer.host, printer.port, patience=patience)


def text_of(receipt: Receipt, copy_number: int = 0) -> str:
    document = receipt_document(receipt, width=48, copy_number=copy_number, adapt=adapt)
    return as_text(document).rstrip("~\n") + "\n"


@pytest.mark.parametrize("receipt", [PLAIN, HARD])
def test_the_paper_is_the_document(receipt: Receipt) -> None:
    with CapturePrinter() as printer, Counter(settings_of(printer)) as counter:
        assert counter.print(receipt) == PrintDone(1, "printed")
        assert printer.papers == [text_of(receipt)]
        assert printer.reader.unknown == []


def test_a_copy_says_so() -> None:
    with CapturePrinter() as printer, Counter(settings_of(printer)) as counter:
        counter.spooler.submit(PrintOrder(1, PLAIN, copy_number=2))
        wait_until(lambda: counter.outcomes() == [PrintDone(1)])
        assert printer.papers == [text_of(PLAIN, copy_number=2)]


@pytest.mark.parametrize(
    ("fault", "proof"),
    [
        (Fault.SLOW, "printed"),
        (Fault.UNASKED, "printed"),
        (Fault.LATE, "printed"),
    ],
)
def test_odd_printers_prove_their_paper(fault: Fault, proof: str) -> None:
    with CapturePrinter(fault=fault) as printer, Counter(settings_of(printer)) as counter:
        printer.late_seconds = 0.05
        assert counter.print() == PrintDone(1, proof)
        assert printer.papers == [text_of(PLAIN)]


@pytest.mark.parametrize("fault", [Fault.SILENT, Fault.GARBAGE, Fault.NO_FENCE])
def test_printers_that_prove_nothing_are_written_to(fault: Fault) -> None:
    with CapturePrinter(fault=fault) as printer, Counter(settings_of(printer, SHORT)) as counter:
        assert counter.print() == PrintDone(1, "sent")
        printer.wait_for(lambda it: it.papers == [text_of(PLAIN)])


def test_a_line_cut_inside_the_paper_is_uncertain() -> None:
    with CapturePrinter() as printer, Counter(settings_of(printer)) as counter:

        def cut() -> None:
            printer.fault = Fault.RESET

        counter.before_sending = cut
        assert counter.print() == PrintUncertain(1, "reset")
        assert printer.papers == []
        counter.wait_status(DeviceState.LOST, "reset")


def test_paper_that_ends_inside_the_job_is_uncertain_and_shown() -> None:
    with CapturePrinter() as printer, Counter(settings_of(printer, SHORT)) as counter:

        def end() -> None:
            printer.fault = Fault.PAPER_ENDS

        counter.before_sending = end
        assert counter.print() == PrintUncertain(1, "paper_out")
        counter.wait_status(DeviceState.LOST, "paper_out")


def test_noise_from_before_is_no_proof() -> None:
    noisy = CapturePrinter(fault=Fault.ECHO)
    with noisy as printer, Counter(settings_of(printer, SHORT)) as counter:

        def end() -> None:
            printer.fault = Fault.PAPER_ENDS

        counter.before_sending = end
        assert counter.print() == PrintUncertain(1, "paper_out")


def test_paper_loaded_in_time_proves_the_job() -> None:
    with CapturePrinter() as printer:
        patience = replace(LONG, answer=1.0)
        with Counter(settings_of(printer, patience)) as counter:

            def end() -> None:
                printer.fault = Fault.PAPER_ENDS

            counter.before_sending = end
            counter.spooler.submit(PrintOrder(1, PLAIN))
            counter.wait_status(DeviceState.LOST, "paper_out")
            assert counter.outcomes() == []
            printer.load_paper()
            wait_until(lambda: counter.outcomes() == [PrintDone(1)])
            states = [news for news in counter.news if isinstance(news, PrinterStatus)]
            assert states[-1] == PrinterStatus(DeviceState.READY)


@pytest.mark.parametrize(("cause", "code"), [("paper", "paper_out"), ("cover", "cover_open")])
def test_a_printer_in_trouble_is_sent_nothing(cause: str, code: str) -> None:
    with CapturePrinter() as printer:
        printer.paper = cause != "paper"
        printer.cover_open = cause == "cover"
        with Counter(settings_of(printer)) as counter:
            # Known before the sale, without a job.
            counter.wait_status(DeviceState.LOST, code)
            assert counter.print() == PrintFailed(1, code)
            assert not counter.has_begun()
            printer.cover_open = False
            printer.load_paper()
            counter.wait_status(DeviceState.READY)
            assert counter.print() == PrintDone(1)
        assert printer.papers == [text_of(PLAIN)]


def test_paper_near_its_end_is_a_warning() -> None:
    with CapturePrinter() as printer:
        printer.near_end = True
        with Counter(settings_of(printer)) as counter:
            counter.wait_status(DeviceState.READY, "near_end")
            assert counter.print() == PrintDone(1)


def test_a_printer_that_answered_and_is_silent_now_is_busy() -> None:
    """Port 9100 serves one: while another till prints, ours connects and hears nothing."""
    with CapturePrinter() as printer:
        patience = replace(SHORT, poll=WAIT_SECONDS)
        with Counter(settings_of(printer, patience)) as counter:
            counter.wait_status(DeviceState.READY)
            with socket.create_connection((printer.host, printer.port)) as other:
                other.sendall(b"another till's paper\n")
                printer.wait_for(lambda it: len(it.reader.rows) == 1)
                assert counter.print() == PrintFailed(1, "busy")
                assert not counter.has_begun()
            assert counter.print() == PrintDone(1)
        assert len(printer.papers) == 1


def test_a_printer_that_is_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with Counter(PrinterSettings("127.0.0.1", port, patience=LONG)) as counter:
        counter.wait_status(DeviceState.LOST, "refused")
        assert counter.print() == PrintFailed(1, "refused")
        assert not counter.has_begun()


def test_a_host_without_an_address() -> None:
    with Counter(PrinterSettings("no such host", patience=LONG)) as counter:
        assert counter.print() == PrintFailed(1, "unknown_host")


def test_a_printer_that_hangs_up_while_the_desk_commits_is_sent_nothing() -> None:
    with CapturePrinter() as printer, Counter(settings_of(printer)) as counter:
        counter.before_sending = printer.hang_up
        assert counter.print() == PrintFailed(1, "reset")
        assert printer.papers == []
        counter.before_sending = lambda: None
        assert counter.print() == PrintDone(1)
        assert len(printer.papers) == 1


def test_without_the_desks_leave_nothing_is_sent() -> None:
    with CapturePrinter() as printer, Counter(settings_of(printer, SHORT)) as counter:
        counter.permits = False
        assert counter.print() == PrintFailed(1, "not_confirmed")
        # Leave that comes too late permits nothing, not even the next try of the same job.
        counter.spooler.go_on(1)
        assert counter.print() == PrintFailed(1, "not_confirmed")
        counter.permits = True
        assert counter.print() == PrintDone(1)
        assert printer.papers == [text_of(PLAIN)]


def test_a_receipt_that_cannot_be_set_does_not_hold_the_next(
    expected_logs: Callable[[str, str], None],
) -> None:
    expected_logs("printing.spooler", "receipt not printable")
    broken = replace(PLAIN, shop=replace(PLAIN.shop, zone="Mars/Olympus"))
    with CapturePrinter() as printer, Counter(settings_of(printer)) as counter:
        assert counter.print(broken) == PrintFailed(1, "bad_document")
        assert counter.print(job_id=2) == PrintDone(2)


def test_a_stalled_printer_does_not_hold_the_stop() -> None:
    with CapturePrinter() as printer:
        counter = Counter(settings_of(printer))
        with counter:
            counter.wait_status(DeviceState.READY)

            def stall() -> None:
                printer.fault = Fault.STALLED

            counter.before_sending = stall
            counter.spooler.submit(PrintOrder(1, PLAIN))
            wait_until(lambda: counter.spooler._has_left)
            # It waits for a proof that never comes, with all the patience in the world.
            assert counter.spooler.stop(5.0)
        assert counter.outcomes() == [PrintUncertain(1, "reset")]


def test_stopping_before_the_desks_leave_sends_nothing() -> None:
    with CapturePrinter() as printer:
        with Counter(settings_of(printer)) as counter:
            counter.permits = False
            counter.spooler.submit(PrintOrder(1, PLAIN))
            wait_until(counter.has_begun)
            assert counter.spooler.stop(5.0)
        assert counter.outcomes() == [PrintFailed(1, "stopped")]
        assert printer.papers == []


def test_no_printer_is_set_up() -> None:
    with Counter(None) as counter:
        counter.wait_status(DeviceState.ABSENT)
        assert counter.print() == PrintFailed(1, "no_printer")


def test_thirty_papers_under_changing_faults_never_lie() -> None:
    """Done means on paper, failed means not on paper, and no paper comes twice."""
    faults = [Fault.NONE, Fault.RESET, Fault.UNASKED, Fault.NONE, Fault.SILENT, Fault.RESET]
    patience = replace(SHORT, answer=0.3, poll=WAIT_SECONDS, poll_again=WAIT_SECONDS)
    with CapturePrinter() as printer, Counter(settings_of(printer, patience)) as counter:
        counter.wait_status(DeviceState.READY)
        for job_id in range(1, 31):
            printer.fault = faults[job_id % len(faults)]
            outcome = counter.print(replace(PLAIN, number=f"R-{job_id:04}"), job_id=job_id)
            on_paper = "".join(printer.papers).count(f"R-{job_id:04}")
            match outcome:
                case PrintDone():
                    assert on_paper == 1, job_id
                case PrintFailed():
                    assert on_paper == 0, job_id
                case _:
                    assert on_paper <= 1, job_id
        kinds = {type(outcome) for outcome in counter.outcomes()}
        assert kinds == set(OUTCOMES)
