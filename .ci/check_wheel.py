"""Check that a wheel holds every file of the five packages, and nothing else.

Usage: check_wheel.py FILE.whl      (from the root of the checkout)
"""

from __future__ import annotations

import sys
from pathlib import Path
from zipfile import ZipFile

PACKAGES = ("app", "ui", "printing", "hardware", "resources")


def expected() -> set[str]:
    """Name what the checkout has: a kind of data file that pyproject.toml forgot shows here."""
    return {
        path.as_posix()
        for package in PACKAGES
        for path in Path(package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def main() -> int:
    """Print the differences and return 1 if there are any."""
    with ZipFile(sys.argv[1]) as wheel:
        names = set(wheel.namelist())
    held = {name for name in names if not name.split("/")[0].endswith(".dist-info")}
    faults = [f"not in the wheel: {name}" for name in sorted(expected() - held)]
    faults += [f"only in the wheel: {name}" for name in sorted(held - expected())]
    print("\n".join(faults) or f"{len(held)} files, all of the checkout's and no others")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
