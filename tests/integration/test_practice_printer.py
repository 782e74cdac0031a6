"""The practice shop's printer against the printer's thread of the real shop."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.messages.devices import (
    DeviceNews,
    DeviceState,
    PrintDone,
    PrinterStatus,
    PrintOrder,
    PrintStarted,
)
from printing.conversation import PRINTED, Patience
from printing.practice_printer import PracticePrinter
from printing.spooler import PrinterSettings, Spooler
from tests.fakes import golden
from tests.fakes.printer import WAIT_SECONDS, wait_until
from tests.fakes.sample_receipts import EXPLAINED, HARD, PLAIN

PATIENCE = Patience(answer=WAIT_SECONDS, proof=WAIT_SECONDS, go_on=WAIT_SECONDS)


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[PracticePrinter]:
    it = PracticePrinter(tmp_path / "papers")
    it.start()
    yield it
    it.stop()


def test_each_paper_is_proven_and_kept_as_a_text_file(
    printer: PracticePrinter, tmp_path: Path
) -> None:
    news: list[DeviceNews] = []
    spooler = Spooler(PrinterSettings("127.0.0.1", printer.port, patience=PATIENCE))

    def post(item: DeviceNews) -> bool:
        news.append(item)
        if isinstance(item, PrintStarted):
            spooler.go_on(item.job_id)
        return True

    with ExitStack() as stack:
        spooler.start(post)
        stack.callback(spooler.stop, WAIT_SECONDS)
        wait_until(lambda: PrinterStatus(DeviceState.READY) in news)
        spooler.submit(PrintOrder(1, PLAIN))
        spooler.submit(PrintOrder(2, HARD))
        spooler.submit(PrintOrder(3, EXPLAINED, is_explained=True))
        wait_until(lambda: any(isinstance(item, PrintDone) and item.job_id == 3 for item in news))
    done = [item for item in news if isinstance(item, PrintDone)]
    assert [(item.job_id, item.proof) for item in done] == [(job, PRINTED) for job in (1, 2, 3)]
    papers = sorted((tmp_path / "papers").iterdir())
    assert [paper.name for paper in papers] == ["00001.txt", "00002.txt", "00003.txt"]
    golden.check("practice-paper.txt", papers[0].read_text(encoding="utf-8"))
    assert "Arrondi" in papers[1].read_text(encoding="utf-8")
    assert "  Conversation de 06:47,4." in papers[2].read_text(encoding="utf-8")


def test_bytes_in_any_pieces_and_what_is_no_command(
    printer: PracticePrinter, tmp_path: Path
) -> None:
    with socket.create_connection(("127.0.0.1", printer.port), WAIT_SECONDS) as line:
        for byte in b"\x1b@\x1bt\x13\x07caf\x82\n\x1dV\x01\x10\x04\x01\x1dr\x01":
            line.sendall(bytes((byte,)))
        assert line.recv(1) == b"\x12"
        assert line.recv(1) == b"\x00"
    assert (tmp_path / "papers" / "00001.txt").read_text(encoding="utf-8") == "café\n"


def test_a_line_that_breaks_leaves_it_ready_for_the_next(printer: PracticePrinter) -> None:
    with socket.create_connection(("127.0.0.1", printer.port), WAIT_SECONDS) as line:
        line.sendall(b"half a line")
    with socket.create_connection(("127.0.0.1", printer.port), WAIT_SECONDS) as line:
        line.sendall(b"\x10\x04\x04")
        assert line.recv(1) == b"\x12"


def test_it_stops_in_the_middle_of_a_connection(tmp_path: Path) -> None:
    printer = PracticePrinter(tmp_path)
    printer.start()
    with socket.create_connection(("127.0.0.1", printer.port), WAIT_SECONDS):
        printer.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", printer.port), WAIT_SECONDS)
