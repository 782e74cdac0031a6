"""Large imports beside a working shop: payments go on, a kill leaves the old tariff."""

from __future__ import annotations

import os
import queue
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from app.clock import SystemClock
from app.config import Config
from app.decks.export import write_deck
from app.domain.money import Price
from app.domain.tariff import Entry, Rate
from app.domain.tariff_kinds import SHOP
from app.messages.views import CommandDone, PaymentDone
from app.opening_prices import DRAFTS_KEPT_US, open_pricing
from app.store import tariffs
from app.store.db import DATABASE_FILE, open_writer
from app.tariffs import jobs
from app.tariffs.acts import Acts
from app.tariffs.worker import TariffWorker
from tests.fakes.shop import FakeShop

PATIENCE_S = 100.0
ROOT = Path(__file__).parents[2]
HEAD = "prefix,destination,price_per_minute\n"
PREFIXES = 250_000


def large(count: int = PREFIXES) -> str:
    rates = [Rate(f"Place {number}", Price(10_000 + number)) for number in range(5_000)]
    return write_deck(Entry(str(1_000_000 + n), rates[n % 5_000]) for n in range(count))


def counts(folder: Path) -> dict[str, int]:
    with sqlite3.connect(folder / DATABASE_FILE) as db:
        found = {
            name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 - ours
            for name in ("tariff_version", "rate", "rate_prefix")
        }
    db.close()
    return found


class Watched:
    """Counts the rows that each transaction of an engine writes."""

    def __init__(self, engine: Engine) -> None:
        self.transactions: list[int] = []
        self._rows = 0
        event.listen(engine, "after_cursor_execute", self._executed)
        event.listen(engine, "commit", self._committed)

    def _executed(self, *args: object) -> None:
        statement, parameters, is_many = args[2], args[3], args[5]
        if str(statement).startswith("INSERT") and is_many:
            assert isinstance(parameters, list)
            self._rows += len(parameters)

    def _committed(self, *_args: object) -> None:
        self.transactions.append(self._rows)
        self._rows = 0


def test_payments_go_on_while_a_large_deck_is_written(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    shop = FakeShop(tmp_path)
    path = tmp_path / "large.csv"
    path.write_text(large(), encoding="utf-8")
    told: queue.SimpleQueue[jobs.JobNews] = queue.SimpleQueue()
    worker = TariffWorker(tmp_path, shop.config, SystemClock(), told.put)
    watched = Watched(worker._acts._writer)
    worker.start()
    worker.post(jobs.ReadFile(job_id="a", path=str(path), tariff=SHOP, is_cost=False, is_full=True))
    worker.post(
        jobs.AcceptProposal(job_id="b", proposal_id="a", left_out=frozenset(), operator="1")
    )
    waits: list[float] = []
    answers: list[jobs.JobNews] = []
    while not any(isinstance(one, jobs.JobDone) and one.job_id == "b" for one in answers):
        shop.unlock(1)
        shop.talk(1, 60)
        shop.lock(1)
        session = shop.view(1).session
        assert session is not None
        payment = shop.payment(session.session_id, session.bill.due.minor)
        begun = time.monotonic()
        answer = shop.answer(payment)
        waits.append(time.monotonic() - begun)
        assert isinstance(answer, CommandDone)
        assert isinstance(answer.result, PaymentDone)
        while not told.empty():
            answers.append(told.get())
        assert not [one for one in answers if isinstance(one, jobs.JobFailed)]
    assert worker.stop(PATIENCE_S)
    record_property("payments", len(waits))
    record_property("longest_wait_ms", round(max(waits) * 1000))
    sys.stdout.write(f"{len(waits)} payments, the longest waited {max(waits) * 1000:.0f} ms\n")
    assert max(watched.transactions) <= tariffs.SLICE
    assert sum(watched.transactions) == PREFIXES + 5_000
    assert shop.findings() == []
    shop.close()


CHILD = """
    import sys
    from pathlib import Path
    from app.clock import SystemClock
    from app.config import Config
    from app.decks.read import read_deck
    from app.domain.tariff_kinds import Kind
    from app.tariffs.acts import Acts
    from app.tariffs.proposal import Wish

    folder, stop_at = Path(sys.argv[1]), int(sys.argv[2])
    clock = SystemClock()
    acts = Acts(folder, Config(), clock)
    wish = Wish("shop", Kind.SELL, clock.now_us(), True)
    proposal = acts.propose(read_deck(folder / "large.csv"), wish)

    def progress(done, of):
        if done >= stop_at:
            print("here", flush=True)
            sys.stdin.read()  # until the kill

    acts.accept(proposal, frozenset(), "1", progress=progress)
"""


@pytest.mark.parametrize("stop_at", [1, 12_000, 24_999])
def test_a_kill_in_the_middle_leaves_the_old_tariff(tmp_path: Path, stop_at: int) -> None:
    open_writer(tmp_path).dispose()
    (tmp_path / "large.csv").write_text(large(20_000), encoding="utf-8")
    acts = Acts(tmp_path, Config(), SystemClock())
    first = tmp_path / "first.csv"
    first.write_text(f"{HEAD}221,Senegal,0.29\n", encoding="utf-8")
    job = jobs.ReadFile(job_id="1", path=str(first), tariff=SHOP, is_cost=False, is_full=True)
    proposal = acts.read_file(job, lambda _done, _of: None, lambda: False)
    acts.make_ready(acts.accept(proposal, frozenset(), "1"))
    acts.close()
    before = counts(tmp_path)
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(CHILD), str(tmp_path), str(stop_at)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"here\n"
    os.kill(child.pid, signal.SIGKILL)
    child.communicate(timeout=PATIENCE_S)
    assert counts(tmp_path)["rate"] > before["rate"]
    engine = open_writer(tmp_path)
    now = SystemClock().now_us()
    with engine.begin() as db:
        pricing = open_pricing(db, tmp_path, Config(), now)
        assert [entry.prefix for entry in pricing.tariff(SHOP, now).entries] == ["221"]
        assert len(tariffs.versions(db, "shop")) == 1
    with engine.begin() as db:
        open_pricing(db, tmp_path, Config(), now + DRAFTS_KEPT_US + 60_000_000)
    engine.dispose()
    assert counts(tmp_path) == before


def test_a_database_that_may_only_be_read(
    tmp_path: Path, expected_logs: Callable[[str, str], None]
) -> None:
    expected_logs("app.tariffs.worker", "database failed job=AcceptProposal")
    open_writer(tmp_path).dispose()
    (tmp_path / "deck.csv").write_text(f"{HEAD}221,Senegal,0.29\n", encoding="utf-8")
    told: queue.SimpleQueue[jobs.JobNews] = queue.SimpleQueue()
    worker = TariffWorker(tmp_path, Config(), SystemClock(), told.put)
    with worker._acts._writer.connect() as db:
        # As on a disk that the system has taken to read-only; root may write any file.
        db.exec_driver_sql("PRAGMA query_only=ON")
    worker.start()
    path = str(tmp_path / "deck.csv")
    worker.post(jobs.ReadFile(job_id="a", path=path, tariff=SHOP, is_cost=False, is_full=True))
    worker.post(
        jobs.AcceptProposal(job_id="b", proposal_id="a", left_out=frozenset(), operator="1")
    )
    answers: list[jobs.JobNews] = []
    while len(answers) < 2:
        news = told.get(timeout=PATIENCE_S)
        if not isinstance(news, jobs.JobProgress):
            answers.append(news)
    assert worker.stop(PATIENCE_S)
    assert isinstance(answers[0], jobs.JobDone)
    assert isinstance(answers[1], jobs.JobFailed)
    assert answers[1].code == "database_failed"
    assert counts(tmp_path) == {"tariff_version": 0, "rate": 0, "rate_prefix": 0}
