"""The thread beside the desk: jobs in turn, told about, cancelled, failed, stopped."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.clock import SystemClock
from app.config import Config
from app.decks.export import write_deck
from app.domain.markup import Markup
from app.domain.money import Price
from app.domain.tariff import Entry, Rate
from app.domain.tariff_kinds import SHOP
from app.store.db import open_writer
from app.tariffs import jobs
from app.tariffs.acts import Acts
from app.tariffs.proposal import Proposal
from app.tariffs.worker import TariffWorker

PATIENCE_S = 60.0
HEAD = "prefix,destination,price_per_minute\n"


class Bench:
    """A worker, and what it has told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: queue.SimpleQueue[jobs.JobNews] = queue.SimpleQueue()
        self.worker = TariffWorker(folder, Config(), SystemClock(), self.told.put)
        self.progress: list[jobs.JobProgress] = []

    def file(self, text: str, name: str = "deck.csv") -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def answer(self) -> jobs.JobNews:
        while True:
            news = self.told.get(timeout=PATIENCE_S)
            if not isinstance(news, jobs.JobProgress):
                return news
            self.progress.append(news)

    def result(self) -> jobs.Result:
        news = self.answer()
        assert isinstance(news, jobs.JobDone), news
        return news.result

    def failure(self) -> tuple[str, dict[str, str | int]]:
        news = self.answer()
        assert isinstance(news, jobs.JobFailed), news
        return news.code, dict(news.params)

    def read(self, job_id: str, path: str, *, is_cost: bool = False, tariff: str = SHOP) -> None:
        job = jobs.ReadFile(job_id=job_id, path=path, tariff=tariff, is_cost=is_cost, is_full=True)
        self.worker.post(job)

    def accept(self, job_id: str, proposal_id: str) -> None:
        job = jobs.AcceptProposal(
            job_id=job_id, proposal_id=proposal_id, left_out=frozenset(), operator="1"
        )
        self.worker.post(job)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    open_writer(tmp_path).dispose()
    made = Bench(tmp_path)
    made.worker.start()
    yield made
    assert made.worker.stop(PATIENCE_S)


def large(count: int = 60_000) -> str:
    rates = [Rate(f"Place {number}", Price(number)) for number in range(100)]
    return write_deck(Entry(str(1_000_000 + n), rates[n % 100]) for n in range(count))


def test_a_file_is_read_accepted_and_told_about(bench: Bench) -> None:
    bench.read("a", bench.file(large()))
    proposal = bench.result()
    assert isinstance(proposal, Proposal)
    assert len(proposal.entries()) == 60_000
    bench.accept("b", "a")
    ready = bench.result()
    assert isinstance(ready, jobs.DraftReady)
    assert ready.is_from_now
    assert ready.tariff.version == ready.version
    by_job = {name: [one for one in bench.progress if one.job_id == name] for name in "ab"}
    for told in by_job.values():
        assert [one.done for one in told] == sorted(one.done for one in told)
    assert by_job["b"][-1].done == by_job["b"][-1].of
    target = bench.folder / "out.csv"
    bench.worker.post(jobs.ExportVersion(job_id="c", version=ready.version, path=str(target)))
    assert bench.failure() == ("tariff_unknown", {"tariff": str(ready.version)})
    assert not target.exists()


def test_a_job_that_waits_is_cancelled(bench: Bench) -> None:
    path = bench.file(f"{HEAD}221,Senegal,0.29\n")
    bench.worker.cancel("b")
    bench.read("a", path)
    bench.read("b", path)
    bench.read("c", path)
    assert isinstance(bench.answer(), jobs.JobDone)
    assert bench.answer() == jobs.JobCancelled("b")
    assert isinstance(bench.answer(), jobs.JobDone)


def test_a_job_that_runs_is_cancelled_and_leaves_nothing(bench: Bench) -> None:
    bench.read("a", bench.file(large()))
    assert isinstance(bench.result(), Proposal)
    stop_at = threading.Event()

    def cancel_in_the_middle(news: jobs.JobNews) -> None:
        if isinstance(news, jobs.JobProgress) and news.job_id == "b":
            bench.worker.cancel("b")
            stop_at.set()
        bench.told.put(news)

    bench.worker._publish = cancel_in_the_middle
    bench.accept("b", "a")
    assert bench.answer() == jobs.JobCancelled("b")
    assert stop_at.is_set()
    engine = open_writer(bench.folder)
    with engine.connect() as db:
        for table in ("tariff_version", "rate", "rate_prefix"):
            assert db.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0  # noqa: S608
    engine.dispose()
    bench.accept("c", "a")
    assert isinstance(bench.result(), jobs.DraftReady)


@pytest.mark.parametrize(
    ("job", "code"),
    [
        (jobs.ReadFile(job_id="1", path="none.csv", tariff=SHOP, is_cost=False, is_full=True),
         "unreadable"),
        (jobs.AcceptProposal(job_id="1", proposal_id="x", left_out=frozenset(), operator="1"),
         "proposal_gone"),
        (jobs.CheckMargins(job_id="1", tariff=SHOP), "tariff_unknown"),
        (jobs.TryTariff(job_id="1", start=0, end=1, version=7), "tariff_unknown"),
        (jobs.TryTariff(job_id="1", start=0, end=1, proposal_id="x"), "proposal_gone"),
        (jobs.SuggestPrices(job_id="1", cost="x", tariff=SHOP, markup=Markup(1)), "tariff_unknown"),
        (jobs.WritePriceList(job_id="1", path="x.pdf", language="en"), "tariff_unknown"),
        (jobs.KeepTemplate(job_id="1", proposal_id="x", name="acme"), "proposal_gone"),
    ],
)  # fmt: skip
def test_a_job_that_fails_says_why_and_the_next_is_done(
    job: jobs.AnyJob, code: str, bench: Bench
) -> None:
    bench.worker.post(job)
    assert bench.failure()[0] == code
    bench.worker.post(jobs.AskTemplates(job_id="2"))
    assert isinstance(bench.result(), tuple)


def test_a_kept_template_reads_the_next_file(bench: Bench) -> None:
    bench.read("a", bench.file(f"{HEAD}221,Senegal,0.29\n"))
    assert isinstance(bench.result(), Proposal)
    bench.worker.post(jobs.KeepTemplate(job_id="b", proposal_id="a", name="mine"))
    assert bench.result() == "mine"
    bench.worker.post(jobs.AskTemplates(job_id="c"))
    templates = bench.result()
    assert isinstance(templates, tuple)
    assert getattr(templates[-1], "name", "") == "mine"
    bench.worker.post(jobs.AskFirstRows(job_id="d", path=bench.file(f"{HEAD}1,x,1\n")))
    rows = bench.result()
    assert isinstance(rows, jobs.FirstRows)
    assert rows.rows[1] == ("1", "x", "1")


def test_old_proposals_are_forgotten(bench: Bench) -> None:
    path = bench.file(f"{HEAD}221,Senegal,0.29\n")
    for job_id in "abcd":
        bench.read(job_id, path)
        assert isinstance(bench.result(), Proposal)
    bench.accept("e", "a")
    assert bench.failure()[0] == "proposal_gone"
    bench.accept("f", "d")
    assert isinstance(bench.result(), jobs.DraftReady)


def test_a_bug_is_told_and_the_worker_goes_on(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, expected_logs: Callable[[str, str], None]
) -> None:
    expected_logs("app.tariffs.worker", "bug incident=")

    def broken(_acts: Acts) -> tuple[object, ...]:
        raise ZeroDivisionError

    monkeypatch.setattr(Acts, "all_templates", broken)
    bench.worker.post(jobs.AskTemplates(job_id="1"))
    code, params = bench.failure()
    assert (code, list(params)) == ("internal", ["incident"])
    bench.read("2", bench.file(f"{HEAD}221,Senegal,0.29\n"))
    assert isinstance(bench.result(), Proposal)


def test_a_database_that_cannot_be_written_fails_the_job(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, expected_logs: Callable[[str, str], None]
) -> None:
    expected_logs("app.tariffs.worker", "database failed job=AcceptProposal")
    bench.read("a", bench.file(large(20_000)))
    assert isinstance(bench.result(), Proposal)
    engine = bench.worker._acts._writer
    # As a full disk: the file may not become larger than it is.
    with engine.connect() as db:
        pages = db.exec_driver_sql("PRAGMA page_count").scalar_one()
        db.exec_driver_sql(f"PRAGMA max_page_count={pages + 20}")
    bench.accept("b", "a")
    code, params = bench.failure()
    assert code == "database_failed"
    assert "full" in str(params["detail"])
    with engine.connect() as db:
        assert db.exec_driver_sql("SELECT count(*) FROM rate_prefix").scalar() == 0
        assert db.exec_driver_sql("SELECT count(*) FROM tariff_version").scalar() == 0
        db.exec_driver_sql("PRAGMA max_page_count=1000000")
    bench.accept("c", "a")
    assert isinstance(bench.result(), jobs.DraftReady)


def test_stopping_ends_what_runs_and_what_waits(tmp_path: Path) -> None:
    open_writer(tmp_path).dispose()
    bench = Bench(tmp_path)
    begun, go_on = threading.Event(), threading.Event()

    def hold(news: jobs.JobNews) -> None:
        if isinstance(news, jobs.JobProgress) and not begun.is_set():
            begun.set()
            go_on.wait(PATIENCE_S)
        bench.told.put(news)

    bench.worker._publish = hold
    bench.worker.start()
    path = bench.file(large())
    bench.read("a", path)
    bench.read("b", path)
    assert begun.wait(PATIENCE_S)
    assert not bench.worker.stop(0.0)
    go_on.set()
    assert bench.worker.stop(PATIENCE_S)
    assert bench.answer() == jobs.JobCancelled("a")
    assert bench.told.empty()
