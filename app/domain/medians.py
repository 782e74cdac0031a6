"""The middle of values that come many times each."""

from __future__ import annotations

from collections.abc import Iterable


def median(counted: Iterable[tuple[int, int]]) -> int:
    """Return the middle of (value, times) pairs, the lower of two middles.

    Raises `ValueError` where nothing comes even once.
    """
    ordered = sorted(counted)
    total = sum(times for _, times in ordered)
    seen = 0
    for value, times in ordered:
        seen += times
        if total and 2 * seen >= total:
            return value
    raise ValueError("nothing has no middle")
