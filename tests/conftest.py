"""House rules for every test: Qt without a display, no stray log record, no thread left behind.

Fixtures of one subject live in that subject's own conftest.py.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, settings

# Before anything imports Qt. A developer may still set another platform to watch the windows.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# One locale wherever the tests run; and Qt would warn about one that is not UTF-8.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)
# The developer's own keyring is no place for the passwords of tests, and a till without one is a
# case that must work anyway. Children inherit it.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

PROJECT_LOGGERS = ("app", "ui", "printing", "hardware")
# Threads of the architecture page; they may be daemons and must still end with their test.
PROJECT_THREADS = ("desk", "pbx-", "printer", "device-", "reports", "tariffs")
THREAD_GRACE_SECONDS = 2.0

# Repeatable: the same examples in each run, so that a red test is red for everybody. The search
# for new examples is the long profile's: pytest --hypothesis-profile=long.
settings.register_profile(
    "repeatable",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "long",
    deadline=None,
    max_examples=5000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")


class LogGuard(logging.Handler):
    """Holds every warning of the project against what the test said it would provoke."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._seen: list[logging.LogRecord] = []
        self._expected: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._seen.append(record)

    def expect(self, logger: str, text: str) -> None:
        """Ask for at least one record of `logger` (or below it) whose message contains `text`."""
        self._expected.append((logger, text))

    def findings(self) -> list[str]:
        """Name what was logged unasked and what was asked for and never logged."""
        missing = set(self._expected)
        found = []
        for record in self._seen:
            matches = {ask for ask in self._expected if _is_asked(record, *ask)}
            missing -= matches
            if not matches:
                found.append(f"unasked {record.levelname} {record.name}: {record.getMessage()}")
        return found + [f"never logged by {logger}: {text!r}" for logger, text in sorted(missing)]


def _is_asked(record: logging.LogRecord, logger: str, text: str) -> bool:
    return f"{record.name}.".startswith(f"{logger}.") and text in record.getMessage()


@pytest.fixture(autouse=True)
def log_guard() -> Iterator[LogGuard]:
    """Fail a test that leaves a warning or an error unexplained in the project's log."""
    guard = LogGuard()
    loggers = [logging.getLogger(name) for name in PROJECT_LOGGERS]
    for logger in loggers:
        logger.addHandler(guard)
    try:
        yield guard
    finally:
        for logger in loggers:
            logger.removeHandler(guard)
    if found := guard.findings():
        pytest.fail("log guard:\n" + "\n".join(found), pytrace=False)


@pytest.fixture
def expected_logs(log_guard: LogGuard) -> Callable[[str, str], None]:
    """Announce a warning or error that the test provokes: `expected_logs("app.pbx", "refused")`."""
    return log_guard.expect


@pytest.fixture(autouse=True)
def thread_guard(log_guard: LogGuard) -> Iterator[None]:
    """Fail a test that leaves a thread running; ends before the log guard looks."""
    before = set(threading.enumerate())
    yield
    late = [thread for thread in threading.enumerate() if thread not in before and _counts(thread)]
    deadline = time.monotonic() + THREAD_GRACE_SECONDS
    for thread in late:
        thread.join(max(0.0, deadline - time.monotonic()))
    if left := sorted(thread.name for thread in late if thread.is_alive()):
        pytest.fail(f"threads still running: {', '.join(left)}", pytrace=False)


def _counts(thread: threading.Thread) -> bool:
    return not thread.daemon or thread.name.startswith(PROJECT_THREADS)


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the developer's own shop and settings out of reach, also of child processes."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        # Not the cache: fontconfig would read all fonts anew.
        for name in ("CONFIG", "DATA", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        yield
