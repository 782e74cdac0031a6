"""The moment after a sheet changed in which the hand is still on its way: a late press is none.

The button that pays, the one that dismisses the change and the one that unlocks the
empty booth stand in the same place. GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable

REST_S = 0.5
"""Longer than the last presses of a double or triple click take."""


class HandRest:
    """Tells whether a press may still have been meant for what stood there before."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._since: float | None = None

    def begin(self) -> None:
        """Start to rest: another thing stands below the hand now."""
        self._since = self._monotonic()

    def end(self) -> None:
        """Stop resting: what was pressed in between shows that the hand has moved on."""
        self._since = None

    @property
    def is_on(self) -> bool:
        """Whether a press is to be ignored."""
        return self._since is not None and self._monotonic() - self._since < REST_S
