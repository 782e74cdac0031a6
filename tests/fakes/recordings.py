"""The recorded streams of a real Asterisk, as bytes of its socket and as what they must mean."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.pbx.trace import read_trace

FOLDER = Path(__file__).parent.parent / "data" / "asterisk"
RECORDINGS = sorted(path.stem for path in FOLDER.glob("*.jsonl"))


def recorded_bytes(name: str) -> bytes:
    """Return what the exchange sent, as it was on the wire."""
    with (FOLDER / f"{name}.jsonl").open() as lines:
        return b"".join(p.encode() for p in read_trace(lines) if p.is_from_exchange)


def expected_calls(name: str) -> list[dict[str, Any]]:
    """Return the calls a cashier must conclude; how many CDRs there were is left out."""
    calls: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.expected.json").read_text())
    return [{key: value for key, value in call.items() if key != "cdrs"} for call in calls]
