"""Carries jobs to the tariff worker and its news to the owner's window.

GUI thread, but `publish`.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.tariffs.jobs import (
    AnyJob,
    JobCancelled,
    JobDone,
    JobFailed,
    JobNews,
    JobProgress,
    Result,
)


class Worker(Protocol):
    """What the window needs of the worker."""

    def post(self, job: AnyJob) -> None:
        """Hand a job over."""

    def cancel(self, job_id: str) -> None:
        """End a job."""


OpenWorker = Callable[[Callable[[JobNews], None]], Worker | None]
"""Starts the worker, which tells the function given; None while the shop is not open yet."""


def _ignore(_news: object) -> None:
    """Care for nothing."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Who is told of a job. Exactly one of `done`, `failed` and `cancelled` is called."""

    done: Callable[[Result], None]
    failed: Callable[[JobFailed], None]
    progress: Callable[[JobProgress], None] = _ignore
    cancelled: Callable[[], None] = lambda: None


class TariffJobs(QObject):
    """Posts jobs and gives each its own answer. Lives as long as the counter's window."""

    _news = Signal(object)

    def __init__(self, open_worker: OpenWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._is_closed = False
        self._waiting: dict[str, Heard] = {}
        self._news.connect(self._on_news, Qt.ConnectionType.QueuedConnection)
        self._worker = open_worker(self.publish)

    @property
    def is_open(self) -> bool:
        """Whether there is a worker; there is none before the shop is open."""
        return self._worker is not None

    def publish(self, news: JobNews) -> None:
        """Take news in the worker's thread; drops them once the window is closed."""
        with self._lock:
            # Under the lock, so that `close` cannot come in between.
            if not self._is_closed:
                self._news.emit(news)

    @staticmethod
    def new_id() -> str:
        """Return a key for a job."""
        return uuid.uuid4().hex

    def start(self, job: AnyJob, heard: Heard) -> str:
        """Post a job; returns its key."""
        assert self._worker is not None, "asked before the shop was open"
        self._waiting[job.job_id] = heard
        self._worker.post(job)
        return job.job_id

    def leave(self, job: AnyJob) -> None:
        """Post a job that nobody waits for: it is done even where the window closes."""
        if self._worker is not None:
            self._worker.post(job)

    def cancel(self, job_id: str) -> None:
        """Ask the worker to end a job; its answer still comes."""
        if self._worker is not None and job_id in self._waiting:
            self._worker.cancel(job_id)

    def forget_all(self) -> None:
        """End every job and tell nobody: the window is gone."""
        for job_id in tuple(self._waiting):
            self.cancel(job_id)
        self._waiting.clear()

    def close(self) -> None:
        """Take no more news; the worker may go on publishing into the void."""
        with self._lock:
            self._is_closed = True
        self.forget_all()

    @Slot(object)
    def _on_news(self, news: JobNews) -> None:
        if isinstance(news, JobProgress):
            heard = self._waiting.get(news.job_id)
            if heard is not None:
                heard.progress(news)
            return
        heard = self._waiting.pop(news.job_id, None)
        if heard is None:
            return
        match news:
            case JobDone():
                heard.done(news.result)
            case JobFailed():
                heard.failed(news)
            case JobCancelled():
                heard.cancelled()
