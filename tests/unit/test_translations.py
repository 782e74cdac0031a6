"""Both catalogues hold every text of the code, translated, and are compiled from their sources."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_catalogues_are_complete_and_fresh() -> None:
    done = subprocess.run(
        [sys.executable, ".ci/translations.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
