"""PDF files and file printers on a true disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pypdf import PdfReader

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
)
from printing import pdf_file
from printing.conversation import Patience
from printing.spooler import PrinterSettings, Spooler
from tests.fakes.escpos_reader import PaperReader
from tests.fakes.printer import WAIT_SECONDS, wait_until
from tests.fakes.sample_receipts import EXPLAINED, PLAIN


def order(path: Path) -> PdfOrder:
    return PdfOrder("c-1", PLAIN, 1, str(path))


def test_a_pdf_is_there_whole(tmp_path: Path) -> None:
    path = tmp_path / "Reçu 4127.pdf"
    path.write_text("an older file")
    assert pdf_file.write(order(path)) == PdfWritten("c-1", str(path))
    assert "DUPLICATA 1" in PdfReader(path).pages[0].extract_text()
    assert os.listdir(tmp_path) == [path.name]  # noqa: PTH208 - names only


def test_a_pdf_explains_its_prices_when_asked(tmp_path: Path) -> None:
    texts = []
    for is_explained in (False, True):
        path = tmp_path / f"{is_explained}.pdf"
        wanted = PdfOrder("c-1", EXPLAINED, 0, str(path), is_explained=is_explained)
        assert pdf_file.write(wanted) == PdfWritten("c-1", str(path))
        texts.append(PdfReader(path).pages[0].extract_text())
    assert ["Conversation de 06:47,4." in text for text in texts] == [False, True]


@pytest.mark.parametrize(
    ("name", "code"), [("missing/receipt.pdf", "folder_missing"), ("folder", "not_writable")]
)
def test_the_reason_is_told_and_nothing_is_left(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "folder").mkdir()
    assert pdf_file.write(order(tmp_path / name)) == PdfFailed("c-1", code)
    assert os.listdir(tmp_path) == ["folder"]  # noqa: PTH208


class Desk:
    def __init__(self, settings: PrinterSettings | None) -> None:
        self.spooler = Spooler(settings)
        self.news: list[DeviceNews] = []

    def post(self, news: DeviceNews) -> bool:
        self.news.append(news)
        if isinstance(news, PrintStarted):
            self.spooler.go_on(news.job_id)
        return True


def test_the_spooler_writes_pdfs_without_a_printer(tmp_path: Path) -> None:
    desk = Desk(None)
    desk.spooler.start(desk.post)
    path = tmp_path / "receipt.pdf"
    desk.spooler.submit(PdfOrder("c-1", PLAIN, 0, str(path)))
    desk.spooler.submit(PdfOrder("c-2", PLAIN, 0, str(tmp_path / "no" / "receipt.pdf")))
    wait_until(lambda: len(desk.news) == 3)
    assert desk.spooler.stop(WAIT_SECONDS)
    assert desk.news == [
        PrinterStatus(DeviceState.ABSENT),
        PdfWritten("c-1", str(path)),
        PdfFailed("c-2", "folder_missing"),
    ]
    assert path.read_bytes().startswith(b"%PDF")


def test_a_file_takes_papers_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "printer"
    desk = Desk(PrinterSettings(path=str(path), columns=32))
    desk.spooler.start(desk.post)
    for job_id in (1, 2):
        desk.spooler.submit(PrintOrder(job_id, PLAIN))
    wait_until(lambda: PrintDone(2, "sent") in desk.news)
    assert desk.spooler.stop(WAIT_SECONDS)
    assert PrintDone(1, "sent") in desk.news
    reader = PaperReader(32)
    reader.feed(path.read_bytes())
    assert len(reader.papers()) == 2
    assert reader.unknown == []


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    desk = Desk(PrinterSettings(path=str(tmp_path / "no" / "printer")))
    desk.spooler.start(desk.post)
    desk.spooler.submit(PrintOrder(1, PLAIN))
    wait_until(lambda: PrintFailed(1, "unreachable") in desk.news)
    assert desk.spooler.stop(WAIT_SECONDS)


def test_a_file_that_takes_nothing_more_is_uncertain(tmp_path: Path) -> None:
    """A pipe nobody reads fills up, like a device node behind which the printer stands still."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    patience = Patience(stall=0.2)
    desk = Desk(PrinterSettings(path=str(path), patience=patience))
    desk.spooler.start(desk.post)
    try:
        for job_id in range(1, 101):
            desk.spooler.submit(PrintOrder(job_id, PLAIN))
        wait_until(lambda: any(getattr(news, "code", "") == "stalled" for news in desk.news))
    finally:
        os.close(reader)
        assert desk.spooler.stop(WAIT_SECONDS)
