"""Frozen pictures for the screen, and the answers to commands."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from app.domain.calls import CallState
from app.domain.credit import Unlimited
from app.domain.explain import Reason
from app.domain.money import Money, Price
from app.domain.rating import ChargeLine
from app.domain.sessions import BoothState, SessionState
from app.domain.tariff import Access
from app.messages.devices import DeviceState
from app.messages.pbx import LinkState


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call of a session, or the live one of a booth. `amount` None: not priced."""

    key: int
    state: CallState
    number: str  # in international form where known, else as dialled; not masked
    country: str
    destination: str
    price_per_minute: Price | None
    started_at: int
    seconds: int
    amount: Money | None
    is_unpriced: bool = False
    is_estimated: bool = False
    awaits_record: bool = False
    is_emergency: bool = False
    is_below_cost: bool = False  # sold for less than the carrier asks
    lines: tuple[ChargeLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtraLine:
    """One extra on the bill."""

    key: int
    text: str
    quantity: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Bill:
    """What a session costs now."""

    calls: Money = Money(0)
    extras: Money = Money(0)
    rounding: Money = Money(0)
    due: Money = Money(0)
    tax: Money = Money(0)  # contained in `due`
    tax_rate_bp: int = 0
    unanswered: int = 0
    unpriced: int = 0


@dataclass(frozen=True, slots=True)
class SessionView:
    """One customer's visit."""

    session_id: str
    state: SessionState
    opened_at: int
    closed_at: int | None
    calls: tuple[CallLine, ...]
    extras: tuple[ExtraLine, ...]
    bill: Bill
    deposit: Money | None = None
    talked_seconds: int = 0
    booth: int = 0
    member_id: str = ""
    member_name: str = ""
    discount_bp: int = 0
    has_key: bool = False  # a manager has allowed destinations that need his key


@dataclass(frozen=True, slots=True)
class Barred:
    """A call that was cut because its destination may not be called; `code` is an `Access` name."""

    code: str
    number: str
    destination: str
    at: int


class LockProof(enum.Enum):
    """How far the exchange agrees with what was asked."""

    CONFIRMED = "CONFIRMED"
    PENDING = "PENDING"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class BoothView:
    """One tile and its panel. `since` is when the state began, microseconds UTC."""

    booth: int
    name: str
    extension: str
    state: BoothState
    since: int
    lock_proof: LockProof
    lock_code: str = ""
    lock_confirmed_at: int | None = None
    wants_unlocked: bool = False
    live: CallLine | None = None
    session: SessionView | None = None
    total: Money = Money(0)
    out_reason: str = ""
    is_stale: bool = False  # the exchange is away; figures are the last known
    meter: DeviceState = DeviceState.ABSENT
    refused_at: int | None = None  # somebody tried to dial on the locked booth
    barred: Barred | None = None  # the last call cut, until the next one or a manager's key


@dataclass(frozen=True, slots=True)
class BoardUpdate:
    """Tiles that changed, in one batch; the first one carries all."""

    booths: tuple[BoothView, ...]
    at: int


@dataclass(frozen=True, slots=True)
class LinkView:
    """One exchange's chip."""

    link: str
    state: LinkState
    code: str = ""
    params: tuple[tuple[str, str], ...] = ()
    since: int = 0
    clock_offset_us: int = 0


@dataclass(frozen=True, slots=True)
class PrintJobView:
    """A paper that is waiting or in trouble."""

    job_id: int
    receipt_number: str
    state: str  # PrintJobState name
    code: str = ""
    copy_number: int = 0


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """Everything in the top and bottom bars."""

    shop: str
    till: str
    operator: str
    operator_name: str
    links: tuple[LinkView, ...]
    printer: DeviceState
    printer_code: str
    print_jobs: tuple[PrintJobView, ...]
    meters_ready: int
    meters_total: int
    talking: int
    due_count: int
    takings: Money
    open_audit: int
    is_practice: bool
    has_manager_pin: bool
    money_stopped: str = ""  # code: why no money can be taken (disk full …)
    receipts_wanted: str = "ask"  # ask, always, never


@dataclass(frozen=True, slots=True)
class CommandDone:
    """The command was carried out and is committed; `result` depends on the command."""

    command_id: str
    result: object = None


@dataclass(frozen=True, slots=True)
class CommandFailed:
    """Nothing was changed; `code` and `params` say why."""

    command_id: str
    code: str
    params: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class PaymentDone:
    """Result of a payment: the receipt exists, the change is to be given."""

    receipt_number: str
    due: Money
    received: Money
    change: Money
    prints: bool


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One line of the list of receipts."""

    number: str
    issued_at: int
    booth: int
    total: Money
    tender: str
    copies: int


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """One answer of the price look-up."""

    destination: str
    country: str
    prefix: str
    price_per_minute: Price
    connection_fee: Price
    first_increment: int
    next_increment: int
    examples: tuple[tuple[int, Money], ...] = ()  # minutes -> what they cost
    lasts: int | Unlimited | None = None  # seconds for the amount that was asked about
    band: str = ""  # time band that holds now
    later: LaterPrice | None = None
    access: Access = Access.OPEN
    free_seconds: int = 0
    minimum_charge: Price = Price(0)


@dataclass(frozen=True, slots=True)
class LaterPrice:
    """What the same destination costs once the next time band begins."""

    starts_at: int
    band: str
    price_per_minute: Price
    connection_fee: Price
    examples: tuple[tuple[int, Money], ...] = ()
    lasts: int | Unlimited | None = None


@dataclass(frozen=True, slots=True)
class TariffRow:
    """One version of a tariff in the owner's list."""

    version: int
    tariff: str
    is_cost: bool
    name: str
    currency: str
    created_at: int
    created_by: str
    starts_at: int
    prefixes: int
    is_undone: bool
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class MemberView:
    """A customer who is known, and his discount in basis points."""

    member_id: str
    name: str
    discount_bp: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one call costs what it costs; `body` is the same as JSON for whoever asks."""

    line: CallLine
    reasons: tuple[Reason, ...]
    body: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One thing that needs somebody's eye."""

    audit_id: int
    at: int
    code: str
    booth: int | None
    detail: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class QuitReport:
    """What stands open when the operator wants to leave."""

    open_booths: tuple[int, ...]  # a session is open on these
    live_booths: tuple[int, ...]  # a call is up on these
    due_booths: tuple[int, ...]
    unconfirmed_booths: tuple[int, ...]  # locked, but the exchange has not agreed


@dataclass(frozen=True, slots=True)
class Crash:
    """A bug was caught; nothing of the message it happened in was kept."""

    incident: str
    where: str


View = BoardUpdate | StatusUpdate | CommandDone | CommandFailed | Crash
