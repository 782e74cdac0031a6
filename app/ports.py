"""The doors of the desk: what a link, a printer and a booth meter look like from inside.

Each has a real implementation and a fake that passes the same contract test.
None of these methods may block: they hand over and return.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.messages.devices import DeviceNews, MeterReading, PdfOrder, PrintOrder
from app.messages.pbx import Capabilities, LinkAction, LinkNews


class PbxLink(Protocol):
    """The line to one exchange; owns one thread from `start` to `stop`."""

    @property
    def name(self) -> str:
        """Name of the link in the shop's settings, unique."""

    @property
    def capabilities(self) -> Capabilities:
        """What this kind of exchange can do."""

    def start(self, post: Callable[[LinkNews], bool]) -> None:
        """Begin connecting. `post` returns False when the inbox is full: then resynchronise."""

    def send(self, action: LinkAction) -> None:
        """Queue an action; the outcome comes as news."""

    def stop(self, deadline_s: float) -> bool:
        """Close and join the thread; True when it ended in time."""


class ReceiptPrinter(Protocol):
    """A queue in front of one printer; owns one thread from `start` to `stop`."""

    def start(self, post: Callable[[DeviceNews], bool]) -> None:
        """Begin working."""

    def submit(self, order: PrintOrder | PdfOrder) -> None:
        """Queue an order; the outcome comes as news."""

    def go_on(self, job_id: int) -> None:
        """`PrintStarted` of this job is committed: bytes may leave now."""

    def stop(self, deadline_s: float) -> bool:
        """Finish the current job or give up at the deadline; True when the thread ended."""


class BoothMeter(Protocol):
    """The display in one booth; owns one thread from `start` to `stop`."""

    @property
    def booth(self) -> int:
        """Number of the booth."""

    def start(self, post: Callable[[DeviceNews], bool]) -> None:
        """Begin writing."""

    def show(self, reading: MeterReading) -> None:
        """Replace what is to be shown; an older reading not yet written is forgotten."""

    def stop(self, deadline_s: float) -> bool:
        """Clear and close the port; True when the thread ended."""
