"""Between the desk and printer or meters: jobs and readings down, outcomes up."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from app.domain.money import Currency, Money, Price
from app.domain.receipts import Receipt


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """One paper to make. `copy_number` 0 is the original, 1 the first COPY.

    `is_explained`: with the reasons of each price below its call.
    """

    job_id: int
    receipt: Receipt
    copy_number: int = 0
    is_explained: bool = False


@dataclass(frozen=True, slots=True)
class PdfOrder:
    """One PDF file to write; `command_id` names the command that waits for it."""

    command_id: str
    receipt: Receipt
    copy_number: int
    path: str
    is_explained: bool = False


@dataclass(frozen=True, slots=True)
class PrintStarted:
    """Bytes are about to leave: from here on a crash leaves the job uncertain.

    The spooler sends nothing until the desk has committed this and called `go_on`.
    """

    job_id: int


@dataclass(frozen=True, slots=True)
class PrintDone:
    """The paper is there, as far as the printer can prove (`proof`: printed, sent)."""

    job_id: int
    proof: str = "printed"


@dataclass(frozen=True, slots=True)
class PrintFailed:
    """Nothing was sent; `code` says why (unreachable, paper_out, cover_open, offline …)."""

    job_id: int
    code: str


@dataclass(frozen=True, slots=True)
class PrintUncertain:
    """Bytes left and no proof came back; never repeated by itself."""

    job_id: int
    code: str


@dataclass(frozen=True, slots=True)
class PdfWritten:
    """The PDF is on the disk."""

    command_id: str
    path: str


@dataclass(frozen=True, slots=True)
class PdfFailed:
    """The PDF could not be written."""

    command_id: str
    code: str


class DeviceState(enum.Enum):
    """State of a printer or meter."""

    ABSENT = "ABSENT"  # none is set up
    UNKNOWN = "UNKNOWN"  # set up, not yet asked
    READY = "READY"
    BUSY = "BUSY"
    LOST = "LOST"


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What is known of the printer; `code` names the trouble."""

    state: DeviceState
    code: str = ""


@dataclass(frozen=True, slots=True)
class MeterStatus:
    """What is known of the display in a booth."""

    booth: int
    state: DeviceState
    code: str = ""


DeviceNews = (
    PrintStarted
    | PrintDone
    | PrintFailed
    | PrintUncertain
    | PdfWritten
    | PdfFailed
    | PrinterStatus
    | MeterStatus
)


class MeterPhase(enum.Enum):
    """What a booth's display shows."""

    CLOSED = "CLOSED"  # locked: the clock
    READY = "READY"  # unlocked: please dial
    DIALLING = "DIALLING"  # destination and price per minute
    TALKING = "TALKING"  # running time and cost
    DUE = "DUE"  # the total to pay


@dataclass(frozen=True, slots=True)
class MeterReading:
    """What one booth's customer may see now; a newer reading replaces an older one."""

    booth: int
    phase: MeterPhase
    currency: Currency
    now: int
    zone: str
    language: str
    destination: str = ""
    price_per_minute: Price | None = None
    seconds: int = 0
    amount: Money = Money(0)
    total: Money = Money(0)
