"""Everything the desk speaks to, and how a transaction's consequences are handed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.desk.floor import Floor
from app.desk.work import Work
from app.messages.devices import MeterReading
from app.messages.pbx import LinkState
from app.messages.views import View
from app.ports import BoothMeter, PbxLink, ReceiptPrinter


@dataclass(frozen=True)
class Peers:
    """The ports. `publish` is called on the desk's thread."""

    publish: Callable[[View], None]
    links: Mapping[str, PbxLink] = field(default_factory=dict)
    printer: ReceiptPrinter | None = None
    meters: Mapping[int, BoothMeter] = field(default_factory=dict)

    def hand_over(self, work: Work) -> None:
        """Send what a committed transaction asked for."""
        for link, action in work.actions:
            if link in self.links:
                self.links[link].send(action)
        if self.printer is not None:
            for order in work.orders:
                self.printer.submit(order)
            for job_id in work.go_on:
                self.printer.go_on(job_id)

    def push_locks(self, floor: Floor, now: float) -> None:
        """Ask the exchanges that are up for every lock that is due; `now` in monotonic seconds."""
        for name, link in self.links.items():
            if floor.links[name].state is LinkState.UP:
                for action in floor.locks.due(name, now):
                    link.send(action)

    def show(self, reading: MeterReading) -> None:
        """Hand a booth's display what it is to show."""
        self.meters[reading.booth].show(reading)
