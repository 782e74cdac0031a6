"""What an operator asks of the desk: imperative, frozen, each with its own key.

`command_id` is made where the hand is (one per click), so that a repeat of the
same command finds the first one's answer and changes nothing. Every command is
answered by exactly one `CommandDone` or `CommandFailed`.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.money import Money, Price
from app.domain.receipts import Tender
from app.domain.tariff import Tariff


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Who asks, at which till. `manager_pin` is given where the act needs a manager."""

    command_id: str
    operator: str
    till: str
    manager_pin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockBooth(Command):
    """Open a session on a free booth and let its phone dial."""

    booth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LockBooth(Command):
    """End the session: no further call; it becomes due (or is closed when nothing was used)."""

    booth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenSession(Command):
    """Let the customer of a due session dial again."""

    session_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUpCall(Command):
    """Cut the live call of a booth."""

    booth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOutOfService(Command):
    """Take a free booth out of service, or back."""

    booth: int
    is_out: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddExtra(Command):
    """Add a line of goods or services to the session's bill; `amount` is for all of them."""

    session_id: str
    text: str
    amount: Money
    quantity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveExtra(Command):
    """Take such a line off again, before payment."""

    session_id: str
    extra_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceCall(Command):
    """A manager prices a call that no rate covers, by minute price; zero makes it free."""

    call_key: int
    price_per_minute: Price
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePayment(Command):
    """Settle the session. `due` is what the operator saw: refused when it has changed.

    `received` is the cash handed over (for a card it equals `due`). `is_explained`: the paper
    says why each call costs what it costs. The answer's result is a `PaymentDone`.
    """

    session_id: str
    tender: Tender
    due: Money
    received: Money
    wants_receipt: bool
    is_explained: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReprintReceipt(Command):
    """Print a stored receipt: the original if none was printed yet, else marked COPY n."""

    receipt_number: str
    is_explained: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePdf(Command):
    """Write a stored receipt as PDF to `path`."""

    receipt_number: str
    path: str
    is_explained: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPrint(Command):
    """Queue a print job again: a failed one as the original, an uncertain one as COPY."""

    job_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPrint(Command):
    """Give a print job up."""

    job_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReceipts(Command):
    """List the newest receipts; the result is a tuple of `ReceiptRow`."""

    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AskQuote(Command):
    """Look a price up by country, destination or number; the result is a tuple of `QuoteRow`."""

    text: str
    limit: int = 8
    booth: int = 0  # whose tariff; 0 the shop's
    amount: Money | None = None  # how long does it last?


@dataclass(frozen=True, slots=True, kw_only=True)
class AskExplanation(Command):
    """Say why a call costs what it costs; the result is an `Explanation`."""

    call_key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOwner(Command):
    """Prove the manager's right before costs are shown; the result is who the manager is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskTariffs(Command):
    """List the versions of every tariff; the result is a tuple of `TariffRow`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivateTariff(Command):
    """Let a draft be in force from `starts_at` (microseconds UTC) on, None: from now on.

    `tariff` is what the draft holds, read by whoever wrote it: the desk need not read it again.
    `replaces` is the version that the draft was compared with (0 none): refused when another
    one holds by then; None does not ask.
    """

    version: int
    tariff: Tariff
    starts_at: int | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoTariff(Command):
    """Take a version back: the one before it holds again."""

    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowKeyed(Command):
    """A manager allows the destinations that need his key, for the rest of this session."""

    session_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskMembers(Command):
    """List the members; the result is a tuple of `MemberView`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveMember(Command):
    """Add a member or change the one with this number; `is_active` False: no longer served."""

    member_id: str
    name: str
    discount_bp: int
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMember(Command):
    """Say whose session this is ("" nobody's): its calls are priced with his discount."""

    session_id: str
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetManagerPin(Command):
    """Set the manager's PIN: freely while there is none, afterwards with `manager_pin`."""

    new_pin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryLink(Command):
    """Try to reach an exchange now."""

    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAudit(Command):
    """List calls and news that need somebody's eye; the result is a tuple of `AuditRow`."""

    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveAudit(Command):
    """Mark an audit row as seen, with a remark."""

    audit_id: int
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareQuit(Command):
    """Lock every booth without a live session and say what is open; the result is `QuitReport`.

    With `close_sessions` the open sessions are locked and become due; a call that is up goes on.
    """

    close_sessions: bool = False


AnyCommand = (
    UnlockBooth
    | LockBooth
    | ReopenSession
    | HangUpCall
    | SetOutOfService
    | AddExtra
    | RemoveExtra
    | PriceCall
    | TakePayment
    | ReprintReceipt
    | SavePdf
    | RetryPrint
    | DropPrint
    | AskReceipts
    | AskQuote
    | AskExplanation
    | AskOwner
    | AskTariffs
    | ActivateTariff
    | UndoTariff
    | AllowKeyed
    | AskMembers
    | SaveMember
    | SetMember
    | SetManagerPin
    | RetryLink
    | AskAudit
    | ResolveAudit
    | PrepareQuit
)
