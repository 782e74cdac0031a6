"""Run every benchmark, or those named: `python -m benchmarks [NAME ...]`."""

from __future__ import annotations

import importlib
import sys

NAMES = ("start_up", "event_to_tile", "board_tick", "ami_stream", "printing", "rating", "imports")


def main(names: list[str]) -> int:
    """Run them one after the other, each alone; returns how many limits were missed."""
    missed = 0
    for name in names or NAMES:
        print(f"== {name}", flush=True)
        missed += int(importlib.import_module(f"benchmarks.{name}").main())
    print(f"== {missed} limits missed")
    return min(missed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
