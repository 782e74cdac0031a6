"""The counter as a process of its own: it leaves in order, and says why where it cannot start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app.errors import Unavailable
from app.store.db import folder_lock

START_SECONDS = 30.0
LEAVE_SECONDS = 30.0
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start the program: `start("demo", "--data", folder)`; killed at the end if need be."""
    started: list[subprocess.Popen[str]] = []
    temporary = tmp_path / "tmp"
    temporary.mkdir()

    def run(*arguments: str | Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", *map(str, arguments)],
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"TMPDIR": str(temporary), "QT_QPA_PLATFORM": "offscreen"},
        )
        started.append(process)
        return process

    yield run
    for process in started:
        with suppress(ProcessLookupError):
            process.kill()
        process.communicate()


def wait(condition: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + START_SECONDS
    while not condition():
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < end
        time.sleep(0.05)


def is_locked(folder: Path) -> bool:
    if not (folder / "desk.lock").exists():
        return False
    try:
        with folder_lock(folder):
            return False
    except Unavailable:
        return True


def is_open(folder: Path) -> bool:
    log = folder / "logs" / "callshop.log"
    return log.exists() and "shop opened" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_ends_the_running_counter_in_order(
    number: signal.Signals, start: Start, tmp_path: Path
) -> None:
    folder = tmp_path / "shop"
    process = start("demo", "--data", folder)
    wait(lambda: is_locked(folder) and is_open(folder), process)
    process.send_signal(number)
    errors = process.communicate(timeout=LEAVE_SECONDS)[1]
    assert process.returncode == 128 + number
    assert "Traceback" not in errors
    assert not is_locked(folder)
    # The last connection has closed the database, and with it the write-ahead log.
    assert not (folder / "shop.sqlite3-wal").exists()


def test_the_practice_folder_is_removed(start: Start, tmp_path: Path) -> None:
    def folders() -> list[Path]:
        return list((tmp_path / "tmp").glob("callshop-practice-*"))

    process = start("demo")
    wait(lambda: bool(folders()) and is_locked(folders()[0]), process)
    process.send_signal(signal.SIGINT)
    errors = process.communicate(timeout=LEAVE_SECONDS)[1]
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert folders() == []


def test_a_signal_while_the_shop_opens(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    process = start("demo", "--data", folder)
    wait((folder / "logs").exists, process)
    process.send_signal(signal.SIGTERM)
    errors = process.communicate(timeout=LEAVE_SECONDS)[1]
    assert process.returncode == 143
    assert "Traceback" not in errors
    assert not is_locked(folder)


SHOWN = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import ui.start_failed as start_failed

class Shown(start_failed.StartFailed):
    def __init__(self, code, params):
        super().__init__(code, params)
        print(code, dict(params))
        QTimer.singleShot(0, self.close)

start_failed.StartFailed = Shown
from app.commandline import main
sys.exit(main(sys.argv[1:]))
"""


def run_shown(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program; the window that says why it does not start closes at once."""
    return subprocess.run(
        [sys.executable, "-c", SHOWN, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )


@pytest.mark.parametrize("command", [["demo"], []], ids=["demo", "shop"])
@pytest.mark.parametrize("where", ["file", "file/below"])
def test_a_folder_that_is_none_is_said_in_a_window(
    command: list[str], where: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    found = run_shown("--data", tmp_path / where, *command)
    assert found.returncode == 1
    assert found.stdout.startswith("folder_not_writable {'folder': ")
    assert "Traceback" not in found.stderr


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_only_be_read_is_said_in_a_window(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    found = run_shown("--data", tmp_path, "demo")
    tmp_path.chmod(0o700)
    assert found.returncode == 1
    assert found.stdout.startswith("folder_not_writable {'folder': ")


def test_wrong_settings_are_said_in_a_window_and_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text('[shop]\nname = "x"\ncolour = "red"\n', encoding="utf-8")
    found = run_shown("--data", tmp_path)
    assert found.returncode == 1
    assert found.stdout.startswith(
        "config {'where': 'shop.colour', 'reason': 'unknown_setting', 'value': 'red'}"
    )
    assert found.stderr.startswith("shop.colour: there is no such setting (red)")
    assert "Traceback" not in found.stderr
