"""Golden files: what was looked at once and must stay.

`CALLSHOP_GOLDEN=write pytest ...` writes them anew; the difference is then reviewed as code is.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "golden"


def check(name: str, text: str) -> None:
    """Compare with the golden file. Raises `AssertionError`."""
    file = FOLDER / name
    if os.environ.get("CALLSHOP_GOLDEN") == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text(encoding="utf-8"), name


def dump(data: bytes) -> str:
    """Write bytes for people: printable ASCII as it is, the rest in hexadecimal, a line a line."""
    rows = data.split(b"\n")
    return (
        "\n".join(
            "".join(
                chr(byte) if 0x20 <= byte < 0x7F and byte != 0x3C else f"<{byte:02X}>"
                for byte in row
            )
            for row in rows
        )
        + "\n"
    )
