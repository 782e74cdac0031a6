"""The whole desk under random acts, beside a naive model of what each customer owes."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.calls import CallSeen, CallState, CallStored, CallTagged
from app.domain.money import Money
from app.domain.sessions import BoothState
from app.messages import commands as cmd
from app.messages.views import CommandDone, CommandFailed
from app.store import members
from tests.fakes.shop import SENEGAL, UK, FakeShop, config

BOOTHS = 2
booths = st.integers(1, BOOTHS)


class NaiveShop:
    """What everybody owes, the obvious way: one number a booth, one list of receipts."""

    def __init__(self) -> None:
        self.open: dict[int, str] = {}
        self.due: dict[int, str] = {}
        self.owes: dict[int, int] = {}
        self.till = 0
        self.is_line_up = True
        self.receipts = 0

    def price(self, number: str, seconds: int) -> int:
        if number == UK:
            return -(-6 * seconds // 60)
        return 0 if not seconds else 5 + 29 * -(-seconds // 60)

    def lock(self, booth: int, *, has_call: bool) -> None:
        self.due[booth] = self.open.pop(booth)
        self.tidy(booth, has_call=has_call)

    def tidy(self, booth: int, *, has_call: bool) -> None:
        """A locked visit without use is over once the exchange agrees."""
        if not self.is_line_up:
            return
        if booth in self.due and not self.owes.get(booth) and not has_call:
            del self.due[booth]
            self.owes.pop(booth, None)

    def pay(self, booth: int) -> None:
        self.till += self.owes.pop(booth)
        self.receipts += 1
        del self.due[booth]


class DeskMachine(RuleBasedStateMachine):
    """Unlock, dial, answer, end, lose the link, restart, pay, click twice, add and take off."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.shop = FakeShop(self.folder, config(BOOTHS))
        self.model = NaiveShop()
        self.live: dict[int, tuple[str, str, int | None, int]] = {}
        self.paid: list[cmd.TakePayment] = []
        self.settled: list[tuple[int, str]] = []
        self.kept: dict[int, tuple[str, str, int, int]] = {}
        self.late = 0
        self.ended_id = ""

    def teardown(self) -> None:
        self.shop.close()
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        assert self.shop.view(1).state is BoothState.LOCKED
        with self.shop.engine.begin() as db:
            members.save(db, "shop", members.MemberRow("7", "Awa Diop", 5000))

    def unlock(self, booth: int) -> None:
        answer = self.shop.answer(cmd.UnlockBooth(booth=booth, **self.shop.who()))
        is_free = booth not in self.model.open and booth not in self.model.due
        assert isinstance(answer, CommandDone) == is_free
        if isinstance(answer, CommandDone):
            self.model.open[booth] = str(answer.result)
            self.model.owes[booth] = 0

    def lock(self, booth: int) -> None:
        answer = self.shop.answer(cmd.LockBooth(booth=booth, **self.shop.who()))
        assert isinstance(answer, CommandDone) == (booth in self.model.open)
        if isinstance(answer, CommandDone):
            self.model.lock(booth, has_call=booth in self.live)

    @rule(booth=booths, over=st.integers(0, 5000), steps=st.integers(1, 2))
    def serve(self, booth: int, over: int, steps: int) -> None:
        """Whatever comes next at the counter: unlock, lock or take the money."""
        for _ in range(steps):
            if booth in self.model.due:
                self.pay(booth, over)
            elif booth not in self.model.open:
                self.unlock(booth)
            elif self.model.owes[booth] or booth in self.live:
                self.lock(booth)

    @rule(
        booth=booths,
        number=st.sampled_from([UK, SENEGAL]),
        seconds=st.integers(0, 200),
        steps=st.integers(1, 3),
    )
    def phone(self, booth: int, number: str, seconds: int, steps: int) -> None:
        """Whatever comes next in the booth, in one go: dial, answer, talk and end."""
        for _ in range(steps):
            if booth not in self.live:
                self.dial(booth, number)
            elif self.live[booth][2] is None:
                self.answer(booth)
            else:
                self.shop.advance(seconds)
                self.end(booth)

    @rule(booth=booths, is_unlock=st.booleans())
    def click_wrong(self, booth: int, is_unlock: bool) -> None:
        """Ask for what may not be allowed now."""
        if is_unlock:
            self.unlock(booth)
        else:
            self.lock(booth)

    @rule(booth=booths)
    def give_up(self, booth: int) -> None:
        """Put the handset down, answered or not."""
        self.end(booth)

    @rule(booth=booths)
    def reopen(self, booth: int) -> None:
        if booth in self.model.due:
            session = self.model.due.pop(booth)
            self.shop.ask(cmd.ReopenSession(session_id=session, **self.shop.who()))
            self.model.open[booth] = session

    def dial(self, booth: int, number: str) -> None:
        if (
            booth in self.model.open
            and booth not in self.live
            and self.shop.link.state.name == "UP"
        ):
            call_id = self.shop.dial(booth, number)
            self.shop.tell(CallTagged(call_id, self.model.open[booth]))
            self.live[booth] = (call_id, number, None, self.shop.clock.us)

    def answer(self, booth: int) -> None:
        if booth in self.live and self.live[booth][2] is None and self.link_is_up:
            call_id, number, _, started = self.live[booth]
            self.shop.take_up(call_id)
            self.shop.take_up(call_id)  # an exchange may say it twice
            self.live[booth] = (call_id, number, self.shop.clock.us, started)

    def end(self, booth: int) -> None:
        if booth in self.live and self.link_is_up:
            call_id, number, answered, _ = self.live.pop(booth)
            self.ended_id = call_id
            self.shop.end(call_id)
            self.shop.end(call_id)
            self.owe(booth, number, answered)

    @rule(booth=booths)
    def a_better_record_comes(self, booth: int) -> None:
        """The exchange kept another talked time than was measured: it holds until checkout."""
        view = self.shop.view(booth)
        if view.session is None or booth in self.live or not self.link_is_up:
            return
        for line in view.session.calls:
            if line.key in self.kept:
                call_id, number, seconds, ended = self.kept.pop(line.key)
                answered = ended - (seconds + 30) * 1_000_000
                session = view.session.session_id
                extension = str(100 + booth)
                record = CallStored(
                    call_id, session, extension, number, answered - 1, answered, ended, 16
                )
                self.shop.tell(record)
                before = self.model.price(number, seconds)
                self.model.owes[booth] += self.model.price(number, seconds + 30) - before
                return

    @rule()
    def a_record_comes_after_checkout(self) -> None:
        """A call of a visit that is paid long since: nobody on a booth owes more for it."""
        if self.settled and self.link_is_up:
            self.late += 1
            booth, session = self.settled[-1]
            record = self.shop.stored(f"1.{self.late}", booth, session, seconds=600)
            self.shop.tell(record)

    def owe(self, booth: int, number: str, answered: int | None) -> None:
        seconds = 0 if answered is None else -(-(self.shop.clock.us - answered) // 1_000_000)
        if answered is not None:
            self.keep(booth, number, seconds)
        self.model.owes[booth] += self.model.price(number, seconds)
        self.model.tidy(booth, has_call=False)

    @rule(booth=booths)
    def end_while_nobody_listens(self, booth: int) -> None:
        if booth in self.live:
            call_id, number, answered, _ = self.live.pop(booth)
            self.ended_id = call_id
            session = self.model.open.get(booth) or self.model.due[booth]
            self.lose_link()
            self.shop.advance(3)
            if answered is not None:
                seconds = (self.shop.clock.us - answered) / 1_000_000
                record = self.shop.stored(call_id, booth, session, seconds=seconds, number=number)
                self.shop.link.stored[call_id] = record
            whole = 0 if answered is None else -(-(self.shop.clock.us - answered) // 1_000_000)
            self.model.owes[booth] += self.model.price(number, whole)
            self.find_link()
            if answered is not None:
                self.keep(booth, number, whole)

    def keep(self, booth: int, number: str, seconds: int) -> None:
        """Remember what the exchange could still correct: the newest call of the visit."""
        view = self.shop.view(booth)
        if view.session is not None and view.session.calls:
            key = view.session.calls[-1].key
            self.kept[key] = (self.ended_id, number, seconds, self.shop.clock.us)

    @property
    def link_is_up(self) -> bool:
        return self.shop.link.state.name == "UP"

    @rule()
    def lose_link(self) -> None:
        if self.link_is_up:
            self.shop.link.go_down()
            self.shop.pump()
            self.model.is_line_up = False

    @rule()
    def find_link(self) -> None:
        if not self.link_is_up:
            self.shop.link.live = self.seen()
            self.shop.link.come_up()
            self.shop.pump()
            self.tidy_all()

    def tidy_all(self) -> None:
        self.model.is_line_up = True
        for booth in tuple(self.model.due):
            self.model.tidy(booth, has_call=booth in self.live)

    def seen(self) -> list[CallSeen]:
        return [
            CallSeen(
                call_id,
                str(100 + booth),
                number,
                CallState.DIALING if answered is None else CallState.ANSWERED,
                started,
                answered,
            )
            for booth, (call_id, number, answered, started) in self.live.items()
        ]

    @rule()
    def restart(self) -> None:
        self.shop.link.live = self.seen()
        self.shop.restart()
        self.tidy_all()

    @rule(seconds=st.integers(1, 200))
    def wait(self, seconds: int) -> None:
        self.shop.advance(seconds)

    @rule(booth=booths, cents=st.integers(1, 500))
    def add_extra(self, booth: int, cents: int) -> None:
        session = self.model.open.get(booth) or self.model.due.get(booth)
        if session is not None:
            extra = cmd.AddExtra(
                session_id=session, text="photocopy", amount=Money(cents), **self.shop.who()
            )
            assert self.shop.ask(extra) == self.shop.ask(extra)  # a double click
            self.model.owes[booth] += cents

    @rule(booth=booths)
    def a_member_comes_and_goes(self, booth: int) -> None:
        session = self.model.open.get(booth) or self.model.due.get(booth)
        for member in ("7", "") if session is not None else ():
            assert session is not None
            self.shop.ask(cmd.SetMember(session_id=session, member_id=member, **self.shop.who()))
            assert self.shop.findings() == []

    @rule(booth=booths)
    def remove_extra(self, booth: int) -> None:
        view = self.shop.view(booth)
        if view.session is not None and view.session.extras:
            line = view.session.extras[-1]
            self.shop.ask(
                cmd.RemoveExtra(
                    session_id=view.session.session_id, extra_id=line.key, **self.shop.who()
                )
            )
            self.model.owes[booth] -= line.amount.minor
            self.model.tidy(booth, has_call=booth in self.live)

    def pay(self, booth: int, over: int) -> None:
        if booth not in self.model.due:
            return
        due = self.model.owes[booth]
        payment = self.shop.payment(self.model.due[booth], due, due + over)
        answer = self.shop.answer(payment)
        may_pay = booth not in self.live and due > 0
        assert isinstance(answer, CommandDone) == may_pay, answer
        if isinstance(answer, CommandDone):
            self.paid.append(payment)
            self.settled.append((booth, payment.session_id))
            self.model.pay(booth)

    @precondition(lambda self: self.paid)
    @rule()
    def pay_again(self) -> None:
        again = self.shop.answer(self.paid[-1])
        assert isinstance(again, CommandDone | CommandFailed)

    @invariant()
    def the_books_are_in_order(self) -> None:
        assert self.shop.findings() == []
        assert self.shop.crashes() == []

    @invariant()
    def everybody_owes_what_the_model_says(self) -> None:
        for booth in range(1, BOOTHS + 1):
            view = self.shop.view(booth)
            is_there = booth in self.model.open or booth in self.model.due
            assert (view.session is not None) == is_there
            if view.session is not None and booth not in self.live:
                assert view.total == Money(self.model.owes[booth])

    @invariant()
    def the_till_holds_what_the_model_says(self) -> None:
        rows = self.shop.ask(cmd.AskReceipts(limit=1000, **self.shop.who()))
        assert isinstance(rows, tuple)
        assert sum(row.total.minor for row in rows) == self.model.till
        assert len(rows) == self.model.receipts


TestDesk = DeskMachine.TestCase
TestDesk.settings = settings(
    # A failure is told as it was found: making it smaller takes minutes here.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    max_examples=60,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
