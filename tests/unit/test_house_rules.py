"""The guards of tests/conftest.py are tried on planted offenders, in a pytest of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN_SECONDS = 60

OFFENDERS = """
import logging
import threading
import warnings

from PySide6.QtCore import qWarning

log = logging.getLogger("app.pbx.planted")


def test_logs_unasked():
    log.warning("link lost name=%s", "main")


def test_asks_and_never_logs(expected_logs):
    expected_logs("app.pbx", "link lost")


def test_asks_another_logger(expected_logs):
    expected_logs("app.pb", "link lost")
    log.warning("link lost")


def test_leaves_a_project_daemon():
    threading.Thread(target=threading.Event().wait, name="pbx-main", daemon=True).start()


def test_loses_a_thread_to_an_exception():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()


def test_warns():
    warnings.warn("old", DeprecationWarning)


def test_qt_warns(qtbot):
    qWarning("QObject::connect: no such slot")
"""

WELL_BEHAVED = """
import logging
import threading

log = logging.getLogger("app.pbx.planted")


def test_logs_what_it_announced(expected_logs):
    expected_logs("app.pbx", "link lost")
    log.warning("link lost name=%s", "main")


def test_logs_below_warning():
    log.info("link up")


def test_joins_its_thread():
    thread = threading.Thread(target=log.debug, args=("hello",), name="desk")
    thread.start()
    thread.join()
"""


def run_planted(folder: Path, source: str) -> str:
    planted = folder / "test_planted.py"
    planted.write_text(source, encoding="utf-8")
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "tests.conftest"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), *options, planted],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=RUN_SECONDS,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def verdict_on_offenders(tmp_path_factory: pytest.TempPathFactory) -> str:
    return run_planted(tmp_path_factory.mktemp("planted"), OFFENDERS)


@pytest.mark.parametrize(
    "offender",
    [
        "ERROR {}::test_logs_unasked - Failed: log guard",
        "ERROR {}::test_asks_and_never_logs - Failed: log guard",
        "ERROR {}::test_asks_another_logger - Failed: log guard",
        "ERROR {}::test_leaves_a_project_daemon - Failed: threads still running: pbx-main",
        "FAILED {}::test_loses_a_thread_to_an_exception",
        "FAILED {}::test_warns - DeprecationWarning",
        "FAILED {}::test_qt_warns",
    ],
)
def test_each_offender_is_found(verdict_on_offenders: str, offender: str) -> None:
    kind, _, rest = offender.partition(" {}")
    lines = [line for line in verdict_on_offenders.splitlines() if line.startswith(kind)]
    assert any(rest in line for line in lines), verdict_on_offenders


def test_well_behaved_tests_pass(tmp_path: Path) -> None:
    assert "3 passed" in run_planted(tmp_path, WELL_BEHAVED)
