"""One line a figure: what was measured, the limit measured beside it, and whether it holds."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def percentile(values: Sequence[float], percent: float) -> float:
    """Return a percentile by nearest rank."""
    ordered = sorted(values)
    rank = max(0, min(len(ordered) - 1, round(percent / 100 * len(ordered) + 0.5) - 1))
    return ordered[rank]


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def row(name: str, measured: float, limit: float, unit: str, *, at_least: bool = False) -> bool:
    """Print one figure beside its limit; returns whether it holds."""
    holds = measured >= limit if at_least else measured <= limit
    sign = ">=" if at_least else "<="
    print(
        f"{name:<58} {measured:>12,.2f} {sign} {limit:>12,.2f} {unit:<10}"
        f" ratio {measured / limit if limit else 0:5.2f}  {'ok' if holds else 'MISSED'}",
        flush=True,
    )
    return holds


def note(text: str) -> None:
    """Print a remark between the figures."""
    print(f"  {text}", flush=True)
