"""Printers for tests: `FakePrinter` stands at the port, without a thread, paper or time."""

from __future__ import annotations

import threading
from collections.abc import Callable

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
