"""Making a great many objects at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def many_objects() -> Iterator[None]:
    """Keep the collector of cycles from looking through what is being made, again and again.

    Entries and rates hold no cycles; looking at a quarter of a million of them costs a third of
    the time that a deck takes. What else is made meanwhile, by any thread, is collected after.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
