"""The key that the database gave to a row just written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult


def inserted_key(result: CursorResult[Any]) -> int:
    """Return the single integer key of an insert."""
    key = result.inserted_primary_key
    assert key is not None, "an insert of one row always has a key"
    return int(key[0])
