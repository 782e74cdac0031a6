"""A whole shop around a real desk and a real SQLite file, with fakes at the ports.

The desk runs in the test's own thread: `pump` carries out what waits.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypedDict
from uuid import uuid4

from sqlalchemy import Engine

from app.config import BoothConfig, Config, ExchangeConfig
from app.desk.loop import Desk
from app.desk.peers import Peers
from app.desk.pricing import Pricing
from app.desk.work import Shop
from app.domain.calls import CallAnswered, CallEnded, CallRinging, CallStarted, CallStored
from app.domain.money import Money, Price
from app.domain.receipts import Tender
from app.domain.tariff import Entry, Rate, Tariff
from app.messages import commands as cmd
from app.messages.views import (
    BoardUpdate,
    BoothView,
    CommandDone,
    CommandFailed,
    Crash,
    StatusUpdate,
    View,
)
from app.store import checks
from app.store.db import DATABASE_FILE, open_writer
from tests.fakes.clock import FakeClock
from tests.fakes.link import FakeLink
from tests.fakes.meter import FakeMeter
from tests.fakes.printer import FakePrinter

UK = "00442079460001"
SENEGAL = "00221775121234"
UNPRICED = "0088123456789"
PIN = "2468"

ENTRIES = (
    Entry("44", Rate("United Kingdom", Price(60_000), country="GB")),
    Entry("221", Rate("Senegal", Price(290_000), Price(50_000), 60, 60, "SN")),
    Entry("33", Rate("France", Price(50_000), first_increment=30, next_increment=6, country="FR")),
)


def config(booths: int = 4, **changes: object) -> Config:
    """Settings of a small shop."""
    values: dict[str, object] = {
        "name": "Test shop",
        "booths": tuple(BoothConfig(n, str(100 + n)) for n in range(1, booths + 1)),
        "exchanges": (ExchangeConfig(),),
        "operator_name": "Awa",
        **changes,
    }
    return Config(**values)  # type: ignore[arg-type]  # the names are checked at run time


@cache
def _empty_shop() -> Path:
    """A migrated, empty database of this process, to copy instead of migrating each time."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    open_writer(folder).dispose()
    return folder / DATABASE_FILE


class Who(TypedDict):
    """What every command carries."""

    command_id: str
    operator: str
    till: str


class FakeShop:
    """One shop; `restart` makes a new desk over the same file, as after a crash."""

    def __init__(
        self,
        folder: Path,
        settings: Config | None = None,
        entries: tuple[Entry, ...] = ENTRIES,
    ) -> None:
        self.entries = entries
        self.folder = folder
        if not (folder / DATABASE_FILE).exists():
            shutil.copy(_empty_shop(), folder / DATABASE_FILE)
        self.clock = FakeClock()
        self.config = settings or config()
        self.link = FakeLink(now=lambda: self.clock.us)
        self.printer = FakePrinter()
        self.views: list[View] = []
        self.engine: Engine
        self.desk: Desk
        self.calls = 0
        self._open()

    def _open(self) -> None:
        self.engine = open_writer(self.folder)
        self.meters = {
            booth.number: FakeMeter(booth.number) for booth in self.config.booths if booth.meter
        }
        self.shop = Shop(
            self.config,
            Pricing.of(Tariff("test", self.entries, version=1, rules=self.config.rules)),
            self.clock,
            has_printer=True,
        )
        peers = Peers(self.views.append, {"main": self.link}, self.printer, self.meters)
        self.desk = Desk(self.engine, self.shop, peers)
        self.printer.start(self.desk.post_news)
        for meter in self.meters.values():
            meter.start(self.desk.post_news)
        self.desk.recover()
        self.link.start(self.desk.post_news)
        self.pump()

    def restart(self) -> None:
        """Throw the desk away without a word, as a crash does, and start anew."""
        self.engine.dispose()
        live, stored, unlocked = self.link.live, self.link.stored, self.link.unlocked
        self.link = FakeLink(now=lambda: self.clock.us)
        self.link.live, self.link.stored, self.link.unlocked = live, stored, unlocked
        self.printer = FakePrinter()
        self.views.clear()
        self._open()

    def close(self) -> None:
        self.engine.dispose()

    def pump(self) -> None:
        self.desk.pump()

    def advance(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.pump()

    # ---- asking -------------------------------------------------------------------------

    def who(self, command_id: str | None = None) -> Who:
        return {"command_id": command_id or uuid4().hex, "operator": "1", "till": "1"}

    def ask(self, command: cmd.Command) -> object:
        """Give a command; returns its result or raises AssertionError with its code."""
        answer = self.answer(command)
        assert isinstance(answer, CommandDone), answer
        return answer.result

    def refusal(self, command: cmd.Command) -> str:
        """Give a command that is to be refused; returns the code."""
        answer = self.answer(command)
        assert isinstance(answer, CommandFailed), answer
        return answer.code

    def answer(self, command: cmd.Command) -> CommandDone | CommandFailed:
        seen = len(self.views)
        assert self.desk.post(command)
        self.pump()
        answers = [
            view
            for view in self.views[seen:]
            if isinstance(view, CommandDone | CommandFailed)
            and view.command_id == command.command_id
        ]
        assert len(answers) == 1, answers
        return answers[0]

    def unlock(self, booth: int) -> str:
        result = self.ask(cmd.UnlockBooth(booth=booth, **self.who()))
        assert isinstance(result, str)
        return result

    def lock(self, booth: int) -> None:
        self.ask(cmd.LockBooth(booth=booth, **self.who()))

    def pay(self, session_id: str, due: int, received: int | None = None) -> object:
        return self.ask(self.payment(session_id, due, received))

    def payment(self, session_id: str, due: int, received: int | None = None) -> cmd.TakePayment:
        return cmd.TakePayment(
            session_id=session_id,
            tender=Tender.CASH,
            due=Money(due),
            received=Money(due if received is None else received),
            wants_receipt=True,
            **self.who(),
        )

    # ---- calls --------------------------------------------------------------------------

    def dial(self, booth: int, number: str = UK) -> str:
        self.calls += 1
        call_id = f"{self.clock.us // 1_000_000}.{self.calls}"
        self.tell(CallStarted(call_id, str(100 + booth), number, self.clock.us))
        return call_id

    def ring(self, call_id: str) -> None:
        self.tell(CallRinging(call_id, self.clock.us))

    def take_up(self, call_id: str) -> None:
        self.tell(CallAnswered(call_id, self.clock.us))

    def end(self, call_id: str, cause: int = 16) -> None:
        self.tell(CallEnded(call_id, self.clock.us, cause))

    def tell(self, *events: object) -> None:
        self.link.tell(*events)  # type: ignore[arg-type]  # only call events are given
        self.pump()

    def talk(self, booth: int, seconds: float, number: str = UK) -> str:
        """A whole answered call."""
        call_id = self.dial(booth, number)
        self.advance(2)
        self.take_up(call_id)
        self.advance(seconds)
        self.end(call_id)
        return call_id

    def stored(
        self, call_id: str, booth: int, session_id: str, *, seconds: float, number: str = UK
    ) -> CallStored:
        """The record that the exchange kept of a call that ended now."""
        ended = self.clock.us
        answered = ended - round(seconds * 1_000_000)
        return CallStored(
            call_id, session_id, str(100 + booth), number, answered - 2_000_000, answered, ended, 16
        )

    # ---- looking ------------------------------------------------------------------------

    def view(self, booth: int) -> BoothView:
        return self.desk.floor.view(booth, self.clock.us)

    @property
    def status(self) -> StatusUpdate:
        return next(view for view in reversed(self.views) if isinstance(view, StatusUpdate))

    def boards(self) -> Iterable[BoardUpdate]:
        return (view for view in self.views if isinstance(view, BoardUpdate))

    def crashes(self) -> list[Crash]:
        return [view for view in self.views if isinstance(view, Crash)]

    def findings(self) -> list[str]:
        """What the CHECKS find."""
        with self.engine.connect() as db:
            return [f"{found.check}: {found.detail}" for found in checks.run(db, "shop")]

    def audit(self) -> list[str]:
        """Codes on the audit list."""
        rows = self.ask(cmd.AskAudit(**self.who()))
        assert isinstance(rows, tuple)
        return [row.code for row in rows]

    def set_pin(self) -> None:
        self.ask(cmd.SetManagerPin(new_pin=PIN, **self.who()))
