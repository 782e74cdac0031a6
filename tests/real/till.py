"""The whole program without its window, on a real exchange; also as a process of its own.

    python -m tests.real.till FOLDER AMI_PORT [LEASE_MINUTES]

reads `unlock N` and `lock N` from its standard input and writes a line for each answer and for
each change of a booth. It is made to be killed.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypedDict
from uuid import uuid4

from sqlalchemy import select

from app.assembly import OpenShop, open_shop
from app.config import BoothConfig, Config, ExchangeConfig
from app.domain.money import Money, Price
from app.domain.receipts import Tender
from app.domain.sessions import BoothState, SessionState
from app.domain.tariff import Access, Entry, Rate
from app.main import Answers
from app.messages import commands as cmd
from app.messages.pbx import LinkState
from app.messages.views import (
    BoardUpdate,
    BoothView,
    CommandDone,
    CommandFailed,
    Crash,
    LockProof,
    PaymentDone,
    StatusUpdate,
    View,
)
from app.opening_prices import FirstTariff
from app.store import checks
from app.store.db import DATABASE_FILE, reader_engine
from app.store.tables import audit, call, posting, session
from tests.real.exchange import EXTENSIONS, PASSWORD
from tests.real.process import PATIENCE_S

UK = "00442079460001"
UK_BY_THE_SECOND_CARRIER = "00442079460201"
UK_RINGING_OUT = "00442079460301"
UK_FORBIDDEN = "00449"
UK_WITH_A_KEY = "00448"

ENTRIES = (
    Entry("44", Rate("United Kingdom", Price(6_000_000), country="GB")),
    Entry("449", Rate("UK premium", Price(9_000_000), country="GB", access=Access.FORBIDDEN)),
    Entry("448", Rate("UK special", Price(6_000_000), country="GB", access=Access.KEY)),
)
CENTS_A_SECOND = 10
"""Dear, so that each second shows."""


class Who(TypedDict):
    command_id: str
    operator: str
    till: str


class Till:
    """One running shop."""

    def __init__(self, folder: Path, ami_port: int, lease_minutes: int = 30) -> None:
        self.folder = folder
        self.config = Config(
            name="Real shop",
            language="en",
            lease_minutes=lease_minutes,
            booths=tuple(BoothConfig(int(name) - 100, name) for name in EXTENSIONS),
            exchanges=(ExchangeConfig(port=ami_port),),
        )
        self.opened: OpenShop
        self.answers = Answers()
        self.views: list[View] = []
        self.listeners: list[Callable[[View], None]] = []
        self._booths: dict[int, BoothView] = {}
        self._status: StatusUpdate | None = None
        self._changed = threading.Condition()

    @contextmanager
    def open(self) -> Iterator[Till]:
        """Open the shop and wait until every lock is confirmed; close it at the end."""
        with ExitStack() as stack:
            self.opened = open_shop(
                stack,
                self.folder,
                self.config,
                publish=self._take,
                password_of=lambda _: PASSWORD,
                first=(FirstTariff(ENTRIES),),
            )
            self.until(self._is_ready, "locks that are confirmed")
            yield self
        assert not self.opened.late
        assert not [view for view in self.views if isinstance(view, Crash)]
        assert self.findings() == []

    def _take(self, view: View) -> None:
        self.answers.take(view)
        with self._changed:
            self.views.append(view)
            if isinstance(view, BoardUpdate):
                self._booths.update({booth.booth: booth for booth in view.booths})
            elif isinstance(view, StatusUpdate):
                self._status = view
            self._changed.notify_all()
        for listener in self.listeners:
            listener(view)

    def _is_ready(self) -> bool:
        return self.link is LinkState.UP and all(
            booth.lock_proof is LockProof.CONFIRMED for booth in self._booths.values()
        )

    # ---- looking ----------------------------------------------------------------------------

    def until(self, condition: Callable[[], bool], what: str = "") -> None:
        """Wait for a condition on what the desk has published."""
        end = time.monotonic() + PATIENCE_S
        with self._changed:
            while not condition():
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"waited in vain for {what or condition}: {self._booths}")
                self._changed.wait(min(left, 0.1))

    @property
    def link(self) -> LinkState:
        return LinkState.DOWN if self._status is None else self._status.links[0].state

    def booth(self, number: int) -> BoothView:
        return self._booths[number]

    def wait_state(self, number: int, state: BoothState) -> None:
        self.until(lambda: self._booths[number].state is state, f"booth {number} {state.name}")

    def wait_lock(self, number: int, *, unlocked: bool) -> None:
        """Wait until the exchange has confirmed that a booth is (un)locked."""

        def is_so() -> bool:
            view = self._booths[number]
            return view.lock_proof is LockProof.CONFIRMED and view.wants_unlocked is unlocked

        self.until(is_so, f"booth {number} unlocked={unlocked} confirmed")

    # ---- asking -----------------------------------------------------------------------------

    def answer(self, command: cmd.Command) -> CommandDone | CommandFailed:
        found: list[CommandDone | CommandFailed] = []
        seen = len(self.views)
        assert self.opened.desk.post(command)

        def is_answered() -> bool:
            found.extend(
                view
                for view in self.views[seen:]
                if isinstance(view, CommandDone | CommandFailed)
                and view.command_id == command.command_id
            )
            return bool(found)

        self.until(is_answered, f"an answer to {command}")
        return found[0]

    def ask(self, command: cmd.Command) -> object:
        answer = self.answer(command)
        assert isinstance(answer, CommandDone), answer
        return answer.result

    def refusal(self, command: cmd.Command) -> str:
        answer = self.answer(command)
        assert isinstance(answer, CommandFailed), answer
        return answer.code

    def unlock(self, booth: int) -> str:
        """Open a session; returns its id once the exchange has confirmed."""
        session_id = self.ask(cmd.UnlockBooth(booth=booth, **who()))
        self.wait_lock(booth, unlocked=True)
        return str(session_id)

    def lock(self, booth: int) -> None:
        """End the session; returns once the exchange has confirmed."""
        self.ask(cmd.LockBooth(booth=booth, **who()))
        self.wait_lock(booth, unlocked=False)

    def payment(self, session_id: str, due: int) -> cmd.TakePayment:
        return cmd.TakePayment(
            session_id=session_id,
            tender=Tender.CASH,
            due=Money(due),
            received=Money(due),
            wants_receipt=False,
            **who(),
        )

    def pay(self, session_id: str, due: int) -> PaymentDone:
        result = self.ask(self.payment(session_id, due))
        assert isinstance(result, PaymentDone)
        return result

    # ---- the database -----------------------------------------------------------------------

    def calls(self) -> list[dict[str, Any]]:
        """The calls as they are written down, oldest first."""
        return self.rows(select(call).order_by(call.c.started_at))

    def wait_call(self, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until the newest call in the database is as it should be."""
        self.until(lambda: bool(rows := self.calls()) and condition(rows[-1]), "the call")
        return self.calls()[-1]

    def wait_stored(self) -> dict[str, Any]:
        """Wait until the newest call is confirmed by the exchange's own store."""
        return self.wait_call(lambda row: bool(row["is_stored"]))

    def sessions(self) -> dict[str, str]:
        """State by session."""
        return {row["id"]: row["state"] for row in self.rows(select(session))}

    def wait_session(self, session_id: str, state: SessionState) -> None:
        """Wait until a session is written down as being in this state."""
        what = f"session {state.name}"
        self.until(lambda: self.sessions().get(session_id) == state.name, what)

    def audit(self) -> list[str]:
        """Codes on the audit list, oldest first."""
        return [row["code"] for row in self.rows(select(audit).order_by(audit.c.id))]

    def owed(self, session_id: str) -> int:
        """What the ledger says that a session owes, in cents."""
        rows = self.rows(
            select(posting.c.amount_minor).where(posting.c.account == f"RECEIVABLE/{session_id}")
        )
        return sum(row["amount_minor"] for row in rows)

    def findings(self) -> list[str]:
        """What the program's own CHECKS find."""
        engine = reader_engine(self.folder / DATABASE_FILE)
        with engine.connect() as db:
            found = [f"{item.check}: {item.detail}" for item in checks.run(db, "shop")]
        engine.dispose()
        return found

    def rows(self, query: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any select
        engine = reader_engine(self.folder / DATABASE_FILE)
        with engine.connect() as db:
            rows = [dict(row) for row in db.execute(query).mappings()]
        engine.dispose()
        return rows


def who() -> Who:
    return {"command_id": uuid4().hex, "operator": "1", "till": "1"}


def is_answered(row: dict[str, Any]) -> bool:
    """Tell whether a call's answer is written down: the tile may show it a moment earlier."""
    return row["answered_at"] is not None


def price_of(row: dict[str, Any]) -> int:
    """What a call must cost by its own stamps: each begun second ten cents."""
    if row["answered_at"] is None:
        return 0
    milliseconds = (row["ended_at"] - row["answered_at"] + 500) // 1000
    return int(-(-milliseconds // 1000) * CENTS_A_SECOND)


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main(folder: Path, ami_port: int, lease_minutes: int) -> None:
    till = Till(folder, ami_port, lease_minutes)

    def tell(view: View) -> None:
        if isinstance(view, BoardUpdate):
            for booth in view.booths:
                _say(booth=booth.booth, state=booth.state.name)

    till.listeners.append(tell)
    with till.open():
        _say(ready=True)
        for line in sys.stdin:
            act, _, number = line.strip().partition(" ")
            if act == "unlock":
                _say(unlocked=till.unlock(int(number)))
            else:
                till.lock(int(number))
                _say(locked=int(number))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
