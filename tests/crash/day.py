"""A scripted day in a child process that is killed, and what must be true afterwards.

Run as a program, this is a server that has everything imported and forks a child a
round: the child opens the shop as after a crash, works, says on a pipe what was
acknowledged, and is killed by SIGKILL between two statements, at a commit, or by the
parent at any moment. The exchange outlives it: what it keeps lies in a file of its own.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy import select as query

from app.domain.calls import CallStored
from app.domain.money import Money
from app.messages import commands as cmd
from app.messages.views import CommandDone, PaymentDone
from app.store import checks
from app.store.tables import call, receipt
from tests.fakes.shop import SENEGAL, UK, FakeShop, config

BOOTHS = 4
EXCHANGE_FILE = "exchange.json"


class Exchange:
    """What a real exchange would keep: finished calls until they are dropped, and all of them."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / EXCHANGE_FILE
        self.kept: dict[str, CallStored] = {}
        self.all: dict[str, CallStored] = {}
        if self.path.exists():
            held = json.loads(self.path.read_text())
            self.kept = {key: CallStored(*row) for key, row in held["kept"].items()}
            self.all = {key: CallStored(*row) for key, row in held["all"].items()}

    def save(self) -> None:
        held = {
            name: {key: _row(stored) for key, stored in calls.items()}
            for name, calls in (("kept", self.kept), ("all", self.all))
        }
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(held))
        fresh.replace(self.path)


def _row(stored: CallStored) -> list[object]:
    return [getattr(stored, name) for name in CallStored.__slots__]


class Day:
    """Random work at the counter; what was acknowledged is written to `acknowledge`."""

    def __init__(self, folder: Path, seed: int, acknowledge: int) -> None:
        self.random = random.Random(seed)
        self.exchange = Exchange(folder)
        self.acknowledge = acknowledge
        self.shop = FakeShop(folder, config(BOOTHS))
        # Calls must not repeat an earlier life's ids.
        self.shop.clock.us += seed * 3_600_000_000
        self.sync()

    def sync(self) -> None:
        """The exchange hands over what it keeps; what was dropped is forgotten."""
        self.shop.link.stored = dict(self.exchange.kept)
        self.shop.link.come_up()
        self.shop.pump()
        self.exchange.kept = dict(self.shop.link.stored)
        self.exchange.save()

    def say(self, **what: object) -> None:
        os.write(self.acknowledge, (json.dumps(what) + "\n").encode())

    def work(self, acts: int) -> None:
        for _ in range(acts):
            booth = self.random.randint(1, BOOTHS)
            act = self.random.choice([self.serve, self.serve, self.call, self.call, self.extra])
            act(booth)

    def serve(self, booth: int) -> None:
        """Whatever comes next at a booth: unlock, lock or pay."""
        view = self.shop.view(booth)
        if view.session is None:
            answer = self.shop.answer(cmd.UnlockBooth(booth=booth, **self.shop.who()))
        elif view.session.state.name == "OPEN":
            answer = self.shop.answer(cmd.LockBooth(booth=booth, **self.shop.who()))
        else:
            due = view.session.bill.due.minor
            payment = self.shop.payment(view.session.session_id, due, due + 100)
            answer = self.shop.answer(payment)
            if isinstance(answer, CommandDone) and isinstance(answer.result, PaymentDone):
                result = answer.result
                self.say(
                    session=payment.session_id, number=result.receipt_number, due=result.due.minor
                )
                again = self.shop.answer(payment)
                assert isinstance(again, CommandDone)
                assert again.result == result
                return
        assert isinstance(answer, CommandDone), answer

    def call(self, booth: int) -> None:
        view = self.shop.view(booth)
        if view.session is None or view.session.state.name != "OPEN":
            return
        number = self.random.choice([UK, SENEGAL])
        call_id = self.shop.dial(booth, number)
        self.shop.advance(2)
        self.shop.take_up(call_id)
        seconds = self.random.randint(1, 300)
        self.shop.advance(seconds)
        record = self.shop.stored(
            call_id, booth, view.session.session_id, seconds=seconds, number=number
        )
        self.exchange.kept[call_id] = self.exchange.all[call_id] = record
        self.exchange.save()
        self.shop.end(call_id)
        self.shop.tell(record)
        self.exchange.kept = dict(self.shop.link.stored)
        self.exchange.save()

    def extra(self, booth: int) -> None:
        view = self.shop.view(booth)
        if view.session is None:
            return
        amount = Money(self.random.randint(1, 300))
        session = view.session.session_id
        self.shop.ask(
            cmd.AddExtra(session_id=session, text="copies", amount=amount, **self.shop.who())
        )


@contextmanager
def killed_at(engine: Engine, statement: int) -> Iterator[None]:
    """Kill this process by SIGKILL before the n-th statement or commit."""
    count = 0

    def step(*_args: object) -> None:
        nonlocal count
        count += 1
        if count == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", step)
    event.listen(engine, "commit", step)
    yield


def child(folder: Path, seed: int, acknowledge: int) -> None:
    day = Day(folder, seed, acknowledge)
    rng = random.Random(seed)
    # Half of the rounds end between two statements, the others when the parent says so.
    statement = rng.randint(1, 400) if seed % 2 else 0
    with killed_at(day.shop.engine, statement):
        while True:
            day.work(10)


def one_round(folder: Path, seed: int) -> list[dict[str, object]]:
    """Fork a child, let it be killed, and return what it had acknowledged."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            child(folder, seed, writing)
        except BaseException:  # noqa: BLE001 - shown in the parent's error output, then the end
            traceback.print_exc()
        finally:
            os._exit(3)  # only a kill may end the child
    os.close(writing)
    patience = random.Random(seed).uniform(0.02, 0.35) if seed % 2 == 0 else 20.0
    said = _read(reading, patience)
    os.kill(pid, signal.SIGKILL)
    said += _read(reading, 5.0)
    os.close(reading)
    _, status = os.waitpid(pid, 0)
    if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
        raise AssertionError(f"round {seed}: the child ended by itself, status {status}")
    lines = said.split(b"\n")
    return [json.loads(line) for line in lines[:-1]]


def _read(descriptor: int, seconds: float) -> bytes:
    said = b""
    end = time.monotonic() + seconds
    while select.select([descriptor], [], [], max(0.0, end - time.monotonic()))[0]:
        piece = os.read(descriptor, 65_536)
        if not piece or time.monotonic() >= end:
            return said + piece
        said += piece
    return said


def verify(folder: Path, acknowledged: list[dict[str, object]], seed: int) -> None:
    """Open the shop as after a crash: books in order, every acknowledged sale there, once."""
    reading, writing = os.pipe()
    day = Day(folder, seed, writing)
    with day.shop.engine.connect() as db:
        found = [f"{item.check}: {item.detail}" for item in checks.run(db, "shop")]
        rows = db.execute(query(receipt.c.session_id, receipt.c.number, receipt.c.total_minor))
        held = {session: (number, total) for session, number, total in rows}
        charged = {
            row.call_id: row.state for row in db.execute(query(call.c.call_id, call.c.state))
        }
    day.shop.close()
    os.close(reading)
    os.close(writing)
    assert not found, found
    for sale in acknowledged:
        assert held.get(str(sale["session"])) == (sale["number"], sale["due"]), sale
    for call_id in day.exchange.all:
        assert charged.get(call_id) in {"CHARGED", "ENDED"}, call_id
    assert not day.exchange.kept, "the exchange still keeps what the desk has committed"


def main(folder: Path, kills: int, first_seed: int) -> None:
    acknowledged: list[dict[str, object]] = []
    for seed in range(first_seed, first_seed + kills):
        acknowledged += one_round(folder, seed)
        if seed % 20 == 0:
            verify(folder, acknowledged, seed)
    verify(folder, acknowledged, first_seed + kills)
    sys.stdout.write(json.dumps({"kills": kills, "acknowledged": len(acknowledged)}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
