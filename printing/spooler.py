"""The printer's thread: one paper at a time, in the order asked, each with a told outcome.

`Spooler` is a `ReceiptPrinter`. For each paper it connects, asks the printer how it is, posts
`PrintStarted`, waits until the desk has committed that (`go_on`), sends, and waits for the proof.
Exactly one of these follows: `PrintFailed` (nothing left this computer), `PrintDone`,
`PrintUncertain` (bytes left, no proof). Between papers it asks the printer how it is from time to
time, so that the counter knows before the sale that the paper is out. PDF files are made here,
too.

Codes of failures and of the status: unreachable, refused, unknown_host, reset, stalled, busy,
offline, cover_open, paper_out, cutter, overheated, error, not_confirmed, no_proof, no_answer,
bad_document, internal_error, no_printer, stopped. With READY: near_end, or no_status for a printer
that never answers and is written to blindly.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

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
from printing import escpos_encoder, pdf_file
from printing.conversation import PRINTED, SENT, Conversation, Patience
from printing.layout import receipt_document
from printing.status import Condition
from printing.transports import (
    Connection,
    Deadline,
    FileTransport,
    NotSent,
    TcpTransport,
    Transport,
    TransportError,
)

log = logging.getLogger(__name__)

_ABORT_SECONDS = 0.5
"""Of the time to stop, kept for a line that had to be cut."""

_NOT_THE_PRINTERS = frozenset({"stopped", "not_confirmed"})
"""Failures that say nothing about the printer."""

_INBOX_PAUSE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """One receipt printer: a host, or with `path` a file or device node instead.

    `columns` of font A (48, 42 or 32), `profile` a name of python-escpos' list, `has_cutter`
    False where the paper is torn off.
    """

    host: str = ""
    port: int = 9100
    columns: int = 48
    profile: str = escpos_encoder.DEFAULT_PROFILE
    has_cutter: bool = True
    path: str = ""
    patience: Patience = field(default_factory=Patience)

    def transport(self) -> Transport:
        """Return the way to this printer."""
        return FileTransport(Path(self.path)) if self.path else TcpTransport(self.host, self.port)


class Spooler:
    """A `ReceiptPrinter` with one printer, or with none: then only PDF files are made."""

    def __init__(self, settings: PrinterSettings | None) -> None:
        self._settings = settings
        self._patience = settings.patience if settings else Patience()
        self._orders: queue.SimpleQueue[PrintOrder | PdfOrder | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)
        self._is_stopping = threading.Event()
        # Guards what the desk's thread and ours both touch: the next three.
        self._lock = threading.Condition()
        self._is_aborting = False
        self._may_send: set[int] = set()
        self._connection: Connection | None = None
        self._post: Callable[[DeviceNews], bool] = lambda _: True
        self._status: PrinterStatus | None = None
        self._has_answered = False
        self._has_left = False

    # -- called by the desk

    def start(self, post: Callable[[DeviceNews], bool]) -> None:
        """Start the thread; it asks the printer how it is at once."""
        self._post = post
        self._thread.start()

    def submit(self, order: PrintOrder | PdfOrder) -> None:
        """Queue an order; the outcome comes as news."""
        if isinstance(order, PrintOrder):
            with self._lock:
                # A permission of an earlier try of the same job permits nothing now.
                self._may_send.discard(order.job_id)
        self._orders.put(order)

    def go_on(self, job_id: int) -> None:
        """Let the bytes of this job leave."""
        with self._lock:
            self._may_send.add(job_id)
            self._lock.notify_all()

    def stop(self, deadline_s: float) -> bool:
        """End after the current job, cut short at the deadline; True when the thread ended."""
        self._is_stopping.set()
        self._orders.put(None)
        if self._thread.ident is None:
            return True
        self._thread.join(max(0.0, deadline_s - _ABORT_SECONDS))
        if self._thread.is_alive():
            with self._lock:
                self._is_aborting = True
                if self._connection is not None:
                    self._connection.abort()
                self._lock.notify_all()
            self._thread.join(_ABORT_SECONDS)
        if self._thread.is_alive():
            log.warning("printer thread late deadline_s=%s", deadline_s)
        return not self._thread.is_alive()

    # -- the thread

    def _run(self) -> None:
        order: PrintOrder | PdfOrder | None = None
        while not self._is_stopping.is_set():
            try:
                self._serve(order)
            except Exception:  # the thread's outermost loop: the next paper must still come
                log.exception("printer order failed order=%s", _name(order))
                self._give_up(order)
            try:
                order = self._orders.get(timeout=self._pause())
            except queue.Empty:
                order = None

    def _pause(self) -> float:
        is_well = self._status is None or self._status.state is not DeviceState.LOST
        return self._patience.poll if is_well else self._patience.poll_again

    def _serve(self, order: PrintOrder | PdfOrder | None) -> None:
        self._has_left = False
        match order:
            case None:
                self._ask_printer()
            case PdfOrder():
                self._tell(pdf_file.write(order))
            case PrintOrder(job_id=job_id) if self._settings is None:
                self._tell(PrintFailed(job_id, "no_printer"))
            case PrintOrder():
                self._print(order, self._settings)

    def _give_up(self, order: PrintOrder | PdfOrder | None) -> None:
        match order:
            case PrintOrder(job_id=job_id) if self._has_left:
                self._tell(PrintUncertain(job_id, "internal_error"))
            case PrintOrder(job_id=job_id):
                self._tell(PrintFailed(job_id, "internal_error"))
            case PdfOrder(command_id=command_id):
                self._tell(PdfFailed(command_id, "internal_error"))
            case None:
                self._show(DeviceState.LOST, "internal_error")

    def _print(self, order: PrintOrder, settings: PrinterSettings) -> None:
        job_id = order.job_id
        try:
            data = _encoded(order, settings)
        except (ValueError, KeyError) as error:  # KeyError: a time zone this computer lacks
            log.warning("receipt not printable job=%s error=%s", job_id, error)
            self._tell(PrintFailed(job_id, "bad_document"))
            return
        try:
            with self._connected(settings) as conversation:
                self._tell(PrintDone(job_id, self._sent_and_proved(job_id, data, conversation)))
        except TransportError as error:
            self._tell((PrintUncertain if self._has_left else PrintFailed)(job_id, error.code))
            if error.code not in _NOT_THE_PRINTERS:
                self._show(DeviceState.LOST, error.code)

    def _sent_and_proved(self, job_id: int, data: bytes, conversation: Conversation) -> str:
        """Send a job with the desk's leave and return its proof. Raises `TransportError`."""
        condition = conversation.condition()
        self._show_condition(condition)
        if condition is None and self._has_answered:
            # It does answer, but not us: another till is printing.
            raise NotSent("busy")
        if condition is not None and condition.trouble:
            raise NotSent(condition.trouble)
        has_fence = condition is not None and conversation.has_fence()
        self._begin(job_id)
        self._has_left = True
        try:
            conversation.send(data)
        except NotSent:
            self._has_left = False
            raise
        if has_fence:
            conversation.wait_until_printed(self._show_condition)
            self._show_condition(condition)  # whatever stopped it meanwhile is put right
            return PRINTED
        if condition is not None:
            conversation.still_answers()
        return SENT

    def _begin(self, job_id: int) -> None:
        """Announce the job and wait for `go_on`. Raises `NotSent`."""
        self._tell(PrintStarted(job_id))
        with self._lock:
            is_allowed = self._lock.wait_for(
                lambda: self._is_aborting or job_id in self._may_send, self._patience.go_on
            )
            if self._is_aborting:
                raise NotSent("stopped")
            if not is_allowed:
                raise NotSent("not_confirmed")
            self._may_send.discard(job_id)

    def _ask_printer(self) -> None:
        if self._settings is None:
            self._show(DeviceState.ABSENT)
            return
        try:
            with self._connected(self._settings) as conversation:
                self._show_condition(conversation.condition())
        except TransportError as error:
            self._show(DeviceState.LOST, error.code)

    @contextlib.contextmanager
    def _connected(self, settings: PrinterSettings) -> Iterator[Conversation]:
        connection = settings.transport().open(Deadline.after(self._patience.connect))
        try:
            with self._lock:
                if self._is_aborting:
                    raise NotSent("stopped")
                self._connection = connection
            yield Conversation(connection, self._patience)
        finally:
            with self._lock:
                self._connection = None
            connection.close()

    # -- news

    def _show_condition(self, condition: Condition | None) -> None:
        if condition is None:
            if self._has_answered:
                self._show(DeviceState.BUSY, "busy")
            else:
                self._show(DeviceState.READY, "no_status")
            return
        self._has_answered = True
        if condition.trouble:
            self._show(DeviceState.LOST, condition.trouble)
        else:
            self._show(DeviceState.READY, condition.warning)

    def _show(self, state: DeviceState, code: str = "") -> None:
        status = PrinterStatus(state, code)
        if status != self._status:
            self._status = status
            log.info("printer status state=%s code=%s", state.name, code)
            self._tell(status)

    def _tell(self, news: DeviceNews) -> None:
        # A full inbox empties again; an outcome must not be lost for it.
        while not self._post(news):
            if self._is_stopping.wait(_INBOX_PAUSE_SECONDS):
                log.warning("printer news not taken news=%s", news)
                return


def _encoded(order: PrintOrder, settings: PrinterSettings) -> bytes:
    document = receipt_document(
        order.receipt,
        width=settings.columns,
        copy_number=order.copy_number,
        is_explained=order.is_explained,
        adapt=escpos_encoder.adapt,
    )
    return escpos_encoder.encode(document, profile=settings.profile, cut=settings.has_cutter)


def _name(order: PrintOrder | PdfOrder | None) -> str:
    match order:
        case PrintOrder(job_id=job_id):
            return f"job {job_id}"
        case PdfOrder():
            return "pdf"
        case None:
            return "status"
