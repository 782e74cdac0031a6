from __future__ import annotations

import threading
from collections.abc import Callable

from hardware.worker import LatestWorker

WAIT_SECONDS = 30.0


def test_the_latest_value_wins() -> None:
    got: list[int | None] = []
    entered, leave, done = threading.Event(), threading.Event(), threading.Event()

    def step(value: int | None) -> float:
        got.append(value)
        entered.set()
        assert leave.wait(WAIT_SECONDS)
        if value == 3:
            done.set()
        return WAIT_SECONDS

    worker: LatestWorker[int] = LatestWorker("test", step, lambda: None)
    worker.start()
    assert entered.wait(WAIT_SECONDS)
    for value in (1, 2, 3):
        worker.put(value)
    leave.set()
    assert done.wait(WAIT_SECONDS)
    assert worker.stop(WAIT_SECONDS)
    assert got == [None, 3]


def test_it_finishes_once() -> None:
    finished: list[bool] = []
    worker: LatestWorker[int] = LatestWorker("test", lambda _: 1.0, lambda: finished.append(True))
    worker.start()
    assert worker.stop(WAIT_SECONDS)
    assert worker.stop(WAIT_SECONDS)
    assert finished == [True]


def test_a_worker_never_started_is_stopped() -> None:
    assert LatestWorker("test", lambda _: 1.0, lambda: None).stop(WAIT_SECONDS)


def test_a_step_that_fails_does_not_end_it(expected_logs: Callable[[str, str], None]) -> None:
    expected_logs("hardware.worker", "device step failed")
    got = threading.Event()

    def step(value: int | None) -> float:
        if value is None:
            raise ZeroDivisionError
        got.set()
        return 1.0

    worker: LatestWorker[int] = LatestWorker("test", step, lambda: None)
    worker.start()
    worker.put(1)
    assert got.wait(WAIT_SECONDS)
    assert worker.stop(WAIT_SECONDS)


def test_one_that_hangs_is_named(expected_logs: Callable[[str, str], None]) -> None:
    expected_logs("hardware.worker", "device thread late")
    leave = threading.Event()
    worker: LatestWorker[int] = LatestWorker("test", lambda _: float(leave.wait()), lambda: None)
    worker.start()
    assert not worker.stop(0.01)
    leave.set()
    assert worker.stop(WAIT_SECONDS)
