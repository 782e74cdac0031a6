"""Printers for tests.

`FakePrinter` stands at the port, without a thread, paper or time. `CapturePrinter` is a printer on
TCP: it reads ESC/POS, answers as one does, and can be broken in every way printers break.
"""

from __future__ import annotations

import contextlib
import enum
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from typing import Self

from app.messages.devices import (
    DeviceNews,
    DeviceState,
    PdfOrder,
    PdfWritten,
    PrintDone,
    PrinterStatus,
    PrintFailed,
    PrintOrder,
    PrintStarted,
    PrintUncertain,
)
from tests.fakes.escpos_reader import PaperReader

WAIT_SECONDS = 30.0
"""For a condition in a test; far more than it takes, for a busy machine."""


class FakePrinter:
    """A `ReceiptPrinter` that keeps what it is asked and answers as told, in the caller's thread.

    Each paper ends as `printed` unless `fail_next` or `uncertain_next` was called. With
    `hold()` nothing is answered until `release()`. `printed` are the orders that reached
    paper, `started` the job numbers whose bytes were announced, `orders` all there were.
    """

    def __init__(self) -> None:
        self.orders: list[PrintOrder | PdfOrder] = []
        self.printed: list[PrintOrder] = []
        self.started: list[int] = []
        self.gone_on: list[int] = []
        self.stopped = False
        self._post: Callable[[DeviceNews], bool] | None = None
        self._failures: list[str] = []
        self._doubts: list[str] = []
        self._held: list[Callable[[], None]] | None = None
        self._waiting: dict[int, PrintOrder] = {}
        self._lock = threading.RLock()

    def fail_next(self, code: str = "unreachable") -> None:
        """Send nothing of the next paper."""
        self._failures.append(code)

    def uncertain_next(self, code: str = "no_proof") -> None:
        """Send the next paper and prove nothing."""
        self._doubts.append(code)

    def hold(self) -> None:
        """Answer nothing until `release`."""
        self._held = []

    def release(self) -> None:
        """Answer what was held, in order, and go on answering at once."""
        held, self._held = self._held or [], None
        for step in held:
            step()

    def say(self, news: DeviceNews) -> None:
        """Post any news, such as a status."""
        assert self._post is not None, "not started"
        self._post(news)

    def start(self, post: Callable[[DeviceNews], bool]) -> None:
        self._post = post
        post(PrinterStatus(DeviceState.READY))

    def submit(self, order: PrintOrder | PdfOrder) -> None:
        with self._lock:
            self.orders.append(order)
            self._answer(lambda: self._begin(order))

    def go_on(self, job_id: int) -> None:
        with self._lock:
            self.gone_on.append(job_id)
            if job_id in self._waiting:
                order = self._waiting.pop(job_id)
                self._answer(lambda: self._finish(order))

    def stop(self, deadline_s: float) -> bool:
        self.stopped = True
        return True

    def _answer(self, step: Callable[[], None]) -> None:
        if self._held is None:
            step()
        else:
            self._held.append(step)

    def _begin(self, order: PrintOrder | PdfOrder) -> None:
        if isinstance(order, PdfOrder):
            self.say(PdfWritten(order.command_id, order.path))
        elif self._failures:
            self.say(PrintFailed(order.job_id, self._failures.pop(0)))
        else:
            self.started.append(order.job_id)
            self._waiting[order.job_id] = order
            self.say(PrintStarted(order.job_id))

    def _finish(self, order: PrintOrder) -> None:
        if self._doubts:
            self.say(PrintUncertain(order.job_id, self._doubts.pop(0)))
        else:
            self.printed.append(order)
            self.say(PrintDone(order.job_id))


class Fault(enum.Enum):
    """How a printer on TCP misbehaves."""

    NONE = "NONE"
    SILENT = "SILENT"  # prints, never answers
    NO_FENCE = "NO_FENCE"  # answers DLE EOT and not GS r, like some clones
    LATE = "LATE"  # thinks for `late_seconds` before each answer
    STALLED = "STALLED"  # accepts a connection and reads nothing
    SLOW = "SLOW"  # reads 1 kB/s
    RESET = "RESET"  # cuts the line in the middle of a job
    PAPER_ENDS = "PAPER_ENDS"  # paper out in the middle of a job
    GARBAGE = "GARBAGE"  # answers noise
    ECHO = "ECHO"  # adds to each answer a byte that looks like the fence's
    UNASKED = "UNASKED"  # sends its automatic status between the answers


class CapturePrinter:
    """A printer on a loopback port. It serves one client at a time, as port 9100 does."""

    def __init__(self, *, width: int = 48, fault: Fault = Fault.NONE) -> None:
        self.fault = fault
        self.paper = True
        self.cover_open = False
        self.near_end = False
        self.fence = b"\x00"
        """Its answer to GS r 1."""
        self.late_seconds = 0.0
        self.reader = PaperReader(width, self._reached)
        self.received = bytearray()
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._held: list[bytes] = []
        self._client: socket.socket | None = None
        self._server = socket.create_server(("127.0.0.1", 0))
        self.host, self.port = self._server.getsockname()[:2]
        self._server.settimeout(0.02)
        self._thread = threading.Thread(target=self._serve, name="capture-printer", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()
        self._server.close()

    @property
    def papers(self) -> list[str]:
        """The cut papers as text."""
        return self.reader.papers()

    def wait_for(self, is_true: Callable[[CapturePrinter], bool]) -> None:
        """Wait until something is true of the printer."""
        with self._changed:
            assert self._changed.wait_for(lambda: is_true(self), WAIT_SECONDS), self.papers

    def load_paper(self) -> None:
        """Put paper in: held answers leave."""
        with self._changed:
            self.paper = True
            self.fault = Fault.NONE
            held, self._held = self._held, []
        for command in held:
            self._reached(command)

    def hang_up(self) -> None:
        """End the present connection and wait until that is done."""
        with self._changed:
            client = self._client
            if client is not None:
                client.shutdown(socket.SHUT_RDWR)
        self.wait_for(lambda it: it._client is not client)

    def _serve(self) -> None:
        while not self._stopping.is_set():
            try:
                client, _ = self._server.accept()
            except TimeoutError:
                continue
            with client, contextlib.suppress(OSError):
                client.settimeout(0.02)
                self._client = client
                self._talk(client)
            with self._changed:
                self._client = None
                self._changed.notify_all()

    def _talk(self, client: socket.socket) -> None:
        job = 0
        for data in self._pieces(client):
            self.received += data
            job += len(data)
            if self.fault is Fault.RESET and job > RESET_AFTER_BYTES:
                # Linger 0: the close sends a reset.
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            if self.fault is Fault.PAPER_ENDS and job > RESET_AFTER_BYTES:
                self.paper = False
            with self._changed:
                self.reader.feed(data)
                self._changed.notify_all()

    def _pieces(self, client: socket.socket) -> Iterator[bytes]:
        while not self._stopping.is_set():
            if self.fault is Fault.STALLED:
                self._stopping.wait(0.02)
                continue
            if self.fault is Fault.SLOW:
                self._stopping.wait(0.05)
            with contextlib.suppress(TimeoutError):
                data = client.recv(50 if self.fault is Fault.SLOW else 4096)
                if not data:
                    return
                yield data

    def _reached(self, command: bytes) -> None:
        """Answer a question when the reader comes to it."""
        if command[:2] == b"\x1dr":
            if not self.paper:
                self._held.append(command)
                return
            self._answer(self.fence if self.fault is not Fault.NO_FENCE else b"")
            return
        self._answer(bytes((self._status(command[2]),)))

    def _status(self, n: int) -> int:
        base = 0x12
        is_stopped = self.cover_open or not self.paper
        match n:
            case 1:
                return base | (0x08 if is_stopped else 0)
            case 2:
                return base | (0x04 if self.cover_open else 0) | (0 if self.paper else 0x20)
            case 4:
                return base | (0 if self.paper else 0x60) | (0x0C if self.near_end else 0)
            case _:
                return base

    def _answer(self, data: bytes) -> None:
        match self.fault:
            case Fault.SILENT:
                return
            case Fault.GARBAGE:
                data = b"\xff\x91\x80\xfe"
            case Fault.LATE:
                self._stopping.wait(self.late_seconds)
            case Fault.ECHO:
                data += self.fence
            case Fault.UNASKED:
                data = b"\x14\x00\x00\x00" + data + b"\x10\x00\x00\x00"
            case _:
                pass
        if self._client is not None and data:
            with contextlib.suppress(OSError):
                self._client.sendall(data)


RESET_AFTER_BYTES = 300
"""Into a connection: past the questions, inside a receipt."""


def wait_until(is_true: Callable[[], bool]) -> None:
    """Wait for a condition nobody signals. Raises `AssertionError` when it stays false."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not is_true():
        assert time.monotonic() < deadline, "still not true"
        time.sleep(0.005)
