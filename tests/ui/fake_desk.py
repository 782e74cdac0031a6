"""A scripted desk at the bridge's door: answers every command from a table of booth views.

It keeps the contract (one answer per command, a board update after each change) and
can be told to refuse the next command of a kind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.clock import Clock
from app.domain.calls import CallState
from app.domain.money import EUR, ZERO, Money, Price, Rounding, divide, total
from app.domain.sessions import BoothState, SessionState
from app.messages import commands as c
from app.messages.devices import DeviceState
from app.messages.pbx import LinkState
from app.messages.views import (
    AuditRow,
    Bill,
    BoardUpdate,
    BoothView,
    CallLine,
    CommandDone,
    CommandFailed,
    Explanation,
    ExtraLine,
    LinkView,
    LockProof,
    MemberView,
    PaymentDone,
    PrintJobView,
    QuitReport,
    QuoteRow,
    ReceiptRow,
    SessionView,
    StatusUpdate,
    View,
)
from tests.fakes.reasons import REASONS

NOW = 1_795_354_620_000_000  # 2026-11-22 13:37 UTC, 14:37 in Paris
SECOND = 1_000_000
MINUTE = 60 * SECOND
PIN = "271828"


class FixedClock(Clock):
    """A clock that stands until it is moved."""

    def __init__(self, now: int = NOW) -> None:
        self.now = now

    def now_us(self) -> int:
        return self.now

    def monotonic(self) -> float:
        return self.now / SECOND


PLACES = (
    ("SN", "Sénégal mobile", "+221775123456", 290_000),
    ("DZ", "Algérie mobile", "+213661203040", 450_000),
    ("FR", "France fixe", "+33145678899", 50_000),
    ("MA", "Maroc mobile", "+212661223344", 350_000),
    ("ML", "Mali mobile", "+22376123456", 390_000),
    ("GB", "Royaume-Uni fixe", "+442079460000", 60_000),
)


def call(
    key: int,
    place: int,
    seconds: int,
    *,
    at: int = NOW - 20 * MINUTE,
    state: CallState = CallState.CHARGED,
    amount: Money | None = None,
    is_unpriced: bool = False,
) -> CallLine:
    """Make a call line to one of the places; the amount follows from the price by default."""
    country, destination, number, micro = PLACES[place % len(PLACES)]
    price = None if is_unpriced else Price(micro)
    if amount is None and not is_unpriced:
        amount = Money(divide(micro * seconds, 60 * EUR.micro_per_minor, Rounding.UP))
    return CallLine(
        key, state, number, country, destination, price, at, seconds, amount, is_unpriced
    )


def session(
    name: str,
    state: SessionState,
    calls: tuple[CallLine, ...],
    extras: tuple[ExtraLine, ...] = (),
    deposit: Money | None = None,
) -> SessionView:
    """Make a session with the bill that follows from its lines."""
    sums = total([line.amount for line in calls if line.amount is not None])
    goods = total([line.amount for line in extras])
    due = sums + goods
    bill = Bill(
        calls=sums,
        extras=goods,
        due=due,
        tax=Money(divide(due.minor * 2000, 12000, Rounding.HALF_UP)),
        tax_rate_bp=2000,
        unanswered=sum(1 for line in calls if not line.seconds and not line.is_unpriced),
        unpriced=sum(1 for line in calls if line.is_unpriced and line.amount is None),
    )
    closed = NOW - MINUTE if state is SessionState.DUE else None
    talked = sum(line.seconds for line in calls)
    return SessionView(name, state, NOW - 25 * MINUTE, closed, calls, extras, bill, deposit, talked)


def booth(number: int, state: BoothState = BoothState.LOCKED, **facts: object) -> BoothView:
    """Make a booth in a state; anything else by name."""
    view = BoothView(
        number,
        "",
        str(600 + number),
        state,
        NOW - 12 * MINUTE,
        LockProof.CONFIRMED,
        lock_confirmed_at=NOW - 12 * MINUTE,
        meter=DeviceState.READY,
    )
    return replace(view, **facts)  # type: ignore[arg-type]  # names and types are the caller's


def talking(number: int, place: int, seconds: int, **facts: object) -> BoothView:
    """Make a booth with a call up."""
    live = call(9000 + number, place, seconds, at=NOW - seconds * SECOND, state=CallState.ANSWERED)
    visit = session(f"s{number}", SessionState.OPEN, (live,))
    given: dict[str, object] = {
        "live": live,
        "session": visit,
        "total": visit.bill.due,
        "wants_unlocked": True,
        "since": NOW - seconds * SECOND,
    }
    return replace(booth(number, BoothState.TALKING), **(given | facts))  # type: ignore[arg-type]  # as above


def due(number: int, *lines: CallLine, extras: tuple[ExtraLine, ...] = ()) -> BoothView:
    """Make a booth that is to be paid."""
    visit = session(f"s{number}", SessionState.DUE, lines, extras)
    return booth(
        number, BoothState.DUE, session=visit, total=visit.bill.due, since=NOW - 6 * MINUTE
    )


def belleville() -> list[BoothView]:
    """The eight booths of the drawing."""
    bill = (
        call(1, 5, 724, at=NOW - 24 * MINUTE, amount=Money(157)),
        call(2, 3, 511, at=NOW - 11 * MINUTE, amount=Money(298)),
        call(3, 2, 30, at=NOW - 2 * MINUTE, amount=Money(17)),
        call(4, 2, 0, at=NOW - 2 * MINUTE, amount=ZERO),
    )
    deposit = session("s3", SessionState.OPEN, (), deposit=Money(500))
    third = talking(3, 1, 131, session=deposit, total=Money(98))
    ringing = call(6, 2, 0, state=CallState.RINGING, at=NOW - 9 * SECOND)
    earlier = session("s6", SessionState.OPEN, (call(60, 0, 155, amount=Money(75)),))
    return [
        talking(1, 0, 462),
        due(2, *bill, extras=(ExtraLine(1, "Photocopie", 7, Money(70)),)),
        third,
        booth(4),
        booth(
            5,
            BoothState.UNLOCKED,
            session=session("s5", SessionState.OPEN, ()),
            since=NOW - 18 * SECOND,
            wants_unlocked=True,
        ),
        booth(
            6,
            BoothState.RINGING,
            live=ringing,
            session=earlier,
            total=Money(75),
            since=NOW - 9 * SECOND,
            wants_unlocked=True,
        ),
        booth(7, since=NOW - 63 * MINUTE),
        booth(
            8,
            BoothState.OUT_OF_SERVICE,
            out_reason="Téléphone non enregistré",
            since=NOW - 16 * MINUTE,
        ),
    ]


def status(**facts: object) -> StatusUpdate:
    """Make a quiet status; anything else by name."""
    made = StatusUpdate(
        shop="Téléboutique Belleville",
        till="1",
        operator="2",
        operator_name="Amina",
        links=(LinkView("asterisk", LinkState.UP, since=NOW - 60 * MINUTE),),
        printer=DeviceState.READY,
        printer_code="",
        print_jobs=(),
        meters_ready=8,
        meters_total=8,
        talking=3,
        due_count=1,
        takings=Money(18420),
        open_audit=0,
        is_practice=False,
        has_manager_pin=True,
    )
    return replace(made, **facts)  # type: ignore[arg-type]  # names and types are the caller's


class FakeDesk:
    """Answers commands. `commands` keeps all it was asked; `refuse` maps a kind to a code."""

    def __init__(self, booths: list[BoothView] | None = None) -> None:
        views = belleville() if booths is None else booths
        self.booths = {view.booth: view for view in views}
        self.status = status()
        self.commands: list[c.Command] = []
        self.refuse: dict[type[c.Command], tuple[str, tuple[tuple[str, str | int], ...]]] = {}
        self.is_full = False
        self.is_silent = False
        self.is_slow_to_lock = False
        self.publish: Callable[[View], None] = lambda _view: None
        self.members = [MemberView("M-12", "Awa Diop", 1000), MemberView("7", "Zoé Ba-Sow", 550)]
        self.quotes: tuple[QuoteRow, ...] | None = None  # what every price question finds
        self._receipts = 0

    def start(self, publish: Callable[[View], None]) -> None:
        """Publish the first board and status."""
        self.publish = publish
        publish(BoardUpdate(tuple(self.booths.values()), NOW))
        publish(self.status)

    def post(self, command: c.Command) -> bool:
        """Take a command as the desk's inbox would."""
        if self.is_full:
            return False
        self.commands.append(command)
        if self.is_silent:
            return True
        refusal = self.refuse.pop(type(command), None)
        if refusal is not None:
            self.publish(CommandFailed(command.command_id, refusal[0], refusal[1]))
            return True
        acts: dict[type[c.Command], Callable[[c.Command], object]] = {
            c.UnlockBooth: self._unlock,
            c.LockBooth: self._lock,
            c.HangUpCall: self._hang_up,
            c.ReopenSession: self._reopen,
            c.AddExtra: self._add_extra,
            c.RemoveExtra: self._remove_extra,
            c.SetOutOfService: self._out,
            c.TakePayment: self._pay,
            c.AskQuote: self._quote,
            c.AskReceipts: self._list,
            c.AskAudit: self._audit,
            c.PrepareQuit: self._quit,
            c.PriceCall: self._price,
            c.AskExplanation: self._explain,
            c.AskMembers: lambda _command: tuple(self.members),
            c.SaveMember: self._save_member,
            c.SetMember: self._set_member,
            c.AllowKeyed: self._allow,
        }
        act = acts.get(type(command))
        self.publish(CommandDone(command.command_id, act(command) if act else None))
        return True

    def of(self, kind: type[c.Command]) -> list[c.Command]:
        """Return the commands of one kind."""
        return [command for command in self.commands if isinstance(command, kind)]

    def change(self, number: int, **facts: object) -> None:
        """Change a booth and publish it."""
        self.booths[number] = replace(self.booths[number], **facts)  # type: ignore[arg-type]  # as above
        self.publish(BoardUpdate((self.booths[number],), NOW))

    def tell(self, **facts: object) -> None:
        """Change the status and publish it."""
        self.status = replace(self.status, **facts)  # type: ignore[arg-type]  # as above
        self.publish(self.status)

    def _unlock(self, command: c.Command) -> None:
        assert isinstance(command, c.UnlockBooth)
        self.change(
            command.booth,
            state=BoothState.UNLOCKED,
            since=NOW,
            wants_unlocked=True,
            session=session(f"s{command.booth}", SessionState.OPEN, ()),
        )

    def _lock(self, command: c.Command) -> None:
        assert isinstance(command, c.LockBooth)
        visit = self.booths[command.booth].session
        if visit is None or not visit.bill.due:
            self._free(command.booth)
            return
        self.change(
            command.booth,
            state=BoothState.DUE,
            since=NOW,
            live=None,
            session=replace(visit, state=SessionState.DUE),
            total=visit.bill.due,
        )

    def _end_visit(self, view: BoothView) -> None:
        """Lock for new calls; a call that is up goes on, and its session becomes due."""
        live = view.live
        self._lock(c.LockBooth(command_id="", operator="", till="", booth=view.booth))
        if live is not None:
            self.change(view.booth, live=live, state=view.state)
        if self.is_slow_to_lock:
            self.change(view.booth, lock_proof=LockProof.PENDING)

    def _free(self, number: int) -> None:
        self.change(
            number,
            state=BoothState.LOCKED,
            since=NOW,
            session=None,
            live=None,
            total=ZERO,
            wants_unlocked=False,
        )

    def _hang_up(self, command: c.Command) -> None:
        assert isinstance(command, c.HangUpCall)
        view = self.booths[command.booth]
        assert view.live is not None
        visit = session(
            f"s{command.booth}", SessionState.OPEN, (replace(view.live, state=CallState.CHARGED),)
        )
        self.change(
            command.booth, state=BoothState.UNLOCKED, live=None, session=visit, total=visit.bill.due
        )

    def _find(self, session_id: str) -> BoothView:
        return next(
            view
            for view in self.booths.values()
            if view.session is not None and view.session.session_id == session_id
        )

    def _reopen(self, command: c.Command) -> None:
        assert isinstance(command, c.ReopenSession)
        view = self._find(command.session_id)
        assert view.session is not None
        self.change(
            view.booth,
            state=BoothState.UNLOCKED,
            session=replace(view.session, state=SessionState.OPEN),
        )

    def _rebill(self, view: BoothView, extras: tuple[ExtraLine, ...]) -> None:
        assert view.session is not None
        visit = session(view.session.session_id, view.session.state, view.session.calls, extras)
        self.change(view.booth, session=visit, total=visit.bill.due)

    def _add_extra(self, command: c.Command) -> None:
        assert isinstance(command, c.AddExtra)
        view = self._find(command.session_id)
        assert view.session is not None
        line = ExtraLine(
            len(view.session.extras) + 1, command.text, command.quantity, command.amount
        )
        self._rebill(view, (*view.session.extras, line))

    def _remove_extra(self, command: c.Command) -> None:
        assert isinstance(command, c.RemoveExtra)
        view = self._find(command.session_id)
        assert view.session is not None
        kept = tuple(line for line in view.session.extras if line.key != command.extra_id)
        self._rebill(view, kept)

    def _out(self, command: c.Command) -> None:
        assert isinstance(command, c.SetOutOfService)
        state = BoothState.OUT_OF_SERVICE if command.is_out else BoothState.LOCKED
        self.change(command.booth, state=state, since=NOW, out_reason=command.reason)

    def _pay(self, command: c.Command) -> PaymentDone:
        assert isinstance(command, c.TakePayment)
        self._receipts += 1
        self._free(self._find(command.session_id).booth)
        return PaymentDone(
            f"2026-{self._receipts:06d}",
            command.due,
            command.received,
            command.received - command.due,
            command.wants_receipt,
        )

    def _price(self, command: c.Command) -> None:
        assert isinstance(command, c.PriceCall)
        for view in list(self.booths.values()):
            lines = view.session.calls if view.session is not None else ()
            if view.session is not None and any(line.key == command.call_key for line in lines):
                priced = tuple(
                    replace(
                        line,
                        is_unpriced=False,
                        price_per_minute=command.price_per_minute,
                        amount=Money(100),
                    )
                    if line.key == command.call_key
                    else line
                    for line in lines
                )
                visit = session(view.session.session_id, view.session.state, priced)
                self.change(view.booth, session=visit, total=visit.bill.due)

    def _quote(self, command: c.Command) -> tuple[QuoteRow, ...]:
        assert isinstance(command, c.AskQuote)
        if self.quotes is not None:
            return self.quotes
        wanted = command.text.lower().lstrip("+")
        return tuple(
            QuoteRow(
                destination,
                country,
                number[1:4],
                Price(micro),
                Price(0),
                1,
                1,
                tuple((n, Money(divide(micro * n, 10_000, Rounding.UP))) for n in (1, 5, 10)),
                lasts=None if command.amount is None else command.amount.minor * 600_000 // micro,
            )
            for country, destination, number, micro in PLACES
            if wanted in destination.lower() or number[1:].startswith(wanted)
        )

    def _explain(self, command: c.Command) -> Explanation:
        assert isinstance(command, c.AskExplanation)
        lines = [
            line
            for view in self.booths.values()
            if view.session is not None
            for line in view.session.calls
        ]
        line = next(line for line in lines if line.key == command.call_key)
        return Explanation(line, REASONS, f'{{"call": {line.key}}}')

    def _save_member(self, command: c.Command) -> None:
        assert isinstance(command, c.SaveMember)
        others = [one for one in self.members if one.member_id != command.member_id]
        kept = MemberView(command.member_id, command.name, command.discount_bp)
        self.members = [*others, kept] if command.is_active else others

    def _set_member(self, command: c.Command) -> None:
        assert isinstance(command, c.SetMember)
        view = self._find(command.session_id)
        assert view.session is not None
        nobody = MemberView("", "", 0)
        found = (one for one in self.members if one.member_id == command.member_id)
        chosen = next(found, nobody)
        visit = replace(
            view.session,
            member_id=chosen.member_id,
            member_name=chosen.name,
            discount_bp=chosen.discount_bp,
        )
        self.change(view.booth, session=visit)

    def _allow(self, command: c.Command) -> None:
        assert isinstance(command, c.AllowKeyed)
        view = self._find(command.session_id)
        assert view.session is not None
        self.change(view.booth, barred=None, session=replace(view.session, has_key=True))

    def _list(self, command: c.Command) -> tuple[ReceiptRow, ...]:
        return (
            ReceiptRow("2026-004127", NOW - 5 * MINUTE, 2, Money(542), "CASH", 0),
            ReceiptRow("2026-004126", NOW - 44 * MINUTE, 7, Money(1210), "CARD", 1),
        )

    def _audit(self, command: c.Command) -> tuple[AuditRow, ...]:
        return (
            AuditRow(7, NOW - 9 * MINUTE, "emergency_call", 4, "112", is_open=True),
            AuditRow(6, NOW - 99 * MINUTE, "call_estimated", 1, "", is_open=False),
        )

    def _quit(self, command: c.Command) -> QuitReport:
        assert isinstance(command, c.PrepareQuit)
        views = list(self.booths.values())
        if command.close_sessions:
            for view in views:
                is_open = view.session is not None and view.session.state is SessionState.OPEN
                if is_open:
                    self._end_visit(view)
        views = list(self.booths.values())
        return QuitReport(
            open_booths=tuple(
                v.booth
                for v in views
                if v.session is not None and v.session.state is SessionState.OPEN
            ),
            live_booths=tuple(v.booth for v in views if v.live is not None),
            due_booths=tuple(v.booth for v in views if v.state is BoothState.DUE),
            unconfirmed_booths=tuple(
                v.booth for v in views if v.lock_proof is not LockProof.CONFIRMED
            ),
        )


def many(count: int) -> list[BoothView]:
    """A shop of many booths in every state."""
    made = []
    for number in range(1, count + 1):
        kind = number % 5
        if kind in (0, 1):
            made.append(talking(number, number, 40 * number))
        elif kind == 2:
            made.append(due(number, call(number, number, 200)))
        elif kind == 3:
            made.append(booth(number))
        else:
            made.append(
                booth(
                    number,
                    BoothState.UNLOCKED,
                    wants_unlocked=True,
                    session=session(f"s{number}", SessionState.OPEN, ()),
                )
            )
    return made


def waiting_papers() -> tuple[PrintJobView, ...]:
    """Two papers in trouble."""
    return (
        PrintJobView(11, "2026-004127", "FAILED", "paper_out"),
        PrintJobView(12, "2026-004126", "UNCERTAIN", "connection_lost"),
    )
