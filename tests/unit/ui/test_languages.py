"""A translation stays readable whatever happens to its file while the program runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
ENDS_S = 60

SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
import ui.languages
copy = Path(sys.argv[1])
ui.languages.files = lambda package: copy
application = QApplication([])
ui.languages.Language(application).use("fr")
(copy / "translations" / "callshop_fr.qm").write_bytes(b"")
print(QCoreApplication.translate("Tile", "Unlocked"))
"""


def test_an_update_that_empties_the_file_does_not_end_the_program(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "resources" / "translations", tmp_path / "translations")
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=ENDS_S,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert ended.stdout == "Déverrouillée\n", ended.stderr
    assert ended.returncode == 0
