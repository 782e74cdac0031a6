"""The thread beside the desk that reads, compares and writes tariffs: one job at a time.

It reads the database beside the desk and writes drafts in slices; what is in force is changed
by the desk alone. A job can be cancelled; the worker itself ends with the program.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from sqlalchemy.exc import DBAPIError

from app.clock import Clock
from app.config import Config
from app.domain.tariff import TariffError
from app.errors import Cancelled, CodedError
from app.tariffs.acts import Acts
from app.tariffs.jobs import (
    AnyJob,
    JobCancelled,
    JobDone,
    JobFailed,
    JobNews,
    JobProgress,
)

log = logging.getLogger(__name__)

PROGRESS_S = 0.1
"""Progress is told at most so often: the window has other things to paint."""


class TariffWorker:
    """Carries jobs out in a thread of its own and tells `publish` (called in that thread)."""

    def __init__(
        self, folder: Path, config: Config, clock: Clock, publish: Callable[[JobNews], None]
    ) -> None:
        """Nothing is read before the first job."""
        self._acts = Acts(folder, config, clock)
        self._clock = clock
        self._publish = publish
        self._jobs: queue.SimpleQueue[AnyJob | None] = queue.SimpleQueue()
        self._cancelled: set[str] = set()
        self._is_ending = False
        self._told_at = 0.0
        self._thread = threading.Thread(target=self._run, name="tariffs", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def post(self, job: AnyJob) -> None:
        """Hand a job over."""
        self._jobs.put(job)

    def cancel(self, job_id: str) -> None:
        """End a job, whether it waits or runs; one that is done stays done."""
        self._cancelled.add(job_id)

    def stop(self, deadline_s: float) -> bool:
        """Cancel what runs and end the thread; True when it ended in time."""
        self._is_ending = True
        self._jobs.put(None)
        self._thread.join(deadline_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            if not self._is_ending:
                self._publish(self._answer(job))
        self._acts.close()

    def _answer(self, job: AnyJob) -> JobNews:
        def is_cancelled() -> bool:
            return self._is_ending or job.job_id in self._cancelled

        try:
            if is_cancelled():
                raise Cancelled
            result = self._acts.carry_out(job, self._progress(job.job_id), is_cancelled)
        except Cancelled:
            return JobCancelled(job.job_id)
        except CodedError as error:
            return JobFailed(job.job_id, error.code, tuple(error.params.items()))
        except TariffError as error:
            return JobFailed(job.job_id, f"rate_{error.code}", (("prefix", error.prefix),))
        except DBAPIError as error:
            log.exception("database failed job=%s", type(job).__name__)
            return JobFailed(job.job_id, "database_failed", (("detail", str(error.orig)),))
        except Exception:
            incident = uuid4().hex[:8]
            log.exception("bug incident=%s job=%s", incident, type(job).__name__)
            return JobFailed(job.job_id, "internal", (("incident", incident),))
        return JobDone(job.job_id, result)

    def _progress(self, job_id: str) -> Callable[[int, int], None]:
        def tell(done: int, of: int) -> None:
            now = self._clock.monotonic()
            if now - self._told_at >= PROGRESS_S or done >= of:
                self._told_at = now
                self._publish(JobProgress(job_id, done, of))

        return tell
