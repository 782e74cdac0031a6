"""Jobs and their news across the thread: each answered once, Cancel wins, closed is closed."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from app.domain.money import EUR
from app.tariffs.jobs import (
    AnyJob,
    AskTemplates,
    JobCancelled,
    JobDone,
    JobFailed,
    JobNews,
    JobProgress,
)
from tests.ui.fake_desk import FixedClock
from ui.application import Look
from ui.bridge import Bridge
from ui.formatting import Formatter
from ui.tariff_jobs import Heard, TariffJobs
from ui.tariff_owner import Owner
from ui.tariff_progress import ProgressCard, Runner
from ui.ui_settings import UiSettings

PATIENCE_MS = 5000


class ScriptedWorker:
    """Keeps what it is asked; a test answers in another thread, as the worker does."""

    def __init__(self, publish: Callable[[JobNews], None]) -> None:
        self._publish = publish
        self.posted: list[AnyJob] = []
        self.cancelled: list[str] = []

    def post(self, job: AnyJob) -> None:
        self.posted.append(job)

    def cancel(self, job_id: str) -> None:
        self.cancelled.append(job_id)

    def tell(self, *news: JobNews) -> None:
        def run() -> None:
            for one in news:
                self._publish(one)

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()


class Desk:
    """The jobs of a window over a scripted worker, and what was heard."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.workers: list[ScriptedWorker] = []
        self.jobs = TariffJobs(self._open)
        self.heard: list[str] = []

    def _open(self, publish: Callable[[JobNews], None]) -> ScriptedWorker:
        self.workers.append(ScriptedWorker(publish))
        return self.workers[0]

    @property
    def worker(self) -> ScriptedWorker:
        return self.workers[0]

    def ask(self, job_id: str) -> None:
        self.jobs.start(
            AskTemplates(job_id=job_id),
            Heard(
                lambda result: self.heard.append(f"{job_id} done {result}"),
                lambda failure: self.heard.append(f"{job_id} failed {failure.code}"),
                lambda news: self.heard.append(f"{job_id} {news.done}/{news.of}"),
                lambda: self.heard.append(f"{job_id} cancelled"),
            ),
        )

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE_MS)


@pytest.fixture
def desk(qtbot: QtBot, look: Look) -> Desk:
    return Desk(qtbot)


def test_each_job_gets_its_own_answer_once(desk: Desk) -> None:
    for name in ("one", "two", "three"):
        desk.ask(name)
    desk.worker.tell(
        JobProgress("two", 1, 4),
        JobDone("one", "x"),
        JobFailed("two", "empty"),
        JobDone("one", "again"),
        JobCancelled("three"),
        JobProgress("three", 4, 4),
        JobDone("nobody", "x"),
    )
    desk.until(lambda: len(desk.heard) == 4)
    assert desk.heard == ["two 1/4", "one done x", "two failed empty", "three cancelled"]


def test_a_closed_window_hears_nothing_and_cancels_everything(desk: Desk) -> None:
    desk.ask("one")
    desk.jobs.forget_all()
    desk.ask("two")
    desk.worker.tell(JobDone("one", "x"), JobDone("two", "y"))
    desk.until(lambda: bool(desk.heard))
    assert desk.heard == ["two done y"]
    assert desk.worker.cancelled == ["one"]
    desk.ask("three")
    desk.jobs.close()
    desk.worker.tell(JobDone("three", "z"))
    assert desk.worker.cancelled == ["one", "three"]
    assert desk.heard == ["two done y"]


def test_cancel_wins_over_an_answer_on_its_way(desk: Desk) -> None:
    stack, card, page = QStackedWidget(), ProgressCard(), QWidget()
    desk.qtbot.addWidget(stack)
    stack.addWidget(page)
    stack.addWidget(card)
    owner = Owner(
        Bridge(lambda _command: True),
        desk.jobs,
        UiSettings(),
        Formatter("en", EUR, "UTC"),
        FixedClock(),
    )
    desk.qtbot.addWidget(owner.strip)
    runner = Runner(owner, stack, card)

    def run(job_id: str) -> None:
        runner.run(
            AskTemplates(job_id=job_id),
            "Reading",
            lambda _result: desk.heard.append(f"{job_id} done"),
            lambda failure: desk.heard.append(f"{job_id} {failure.code}"),
            page,
        )

    run("one")
    assert stack.currentWidget() is card
    card.cancel.click()
    card.cancel.click()
    desk.worker.tell(JobDone("one", "x"))
    desk.until(lambda: not runner.is_busy)
    assert stack.currentWidget() is page
    assert desk.heard == []
    assert desk.worker.cancelled == ["one"]
    run("two")
    desk.worker.tell(JobDone("two", "x"))
    desk.until(lambda: not runner.is_busy)
    assert desk.heard == ["two done"]
    assert runner.last == "two"
