"""Two hundred kills over a working day: no acknowledged sale lost, none doubled, no gap."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

KILLS = 200
SALES_AT_LEAST = 100
"""Fewer would mean that the children are killed before they do anything."""


def test_two_hundred_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash.day", str(tmp_path), str(KILLS), "1"],
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    figures = json.loads(done.stdout)
    assert figures["kills"] == KILLS
    assert figures["acknowledged"] >= SALES_AT_LEAST
