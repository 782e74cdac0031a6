"""Light news waits a moment for company, so that a burst of it costs one commit."""

from __future__ import annotations

from app.desk.news import News

LIGHT_S = 0.25
"""How long news that no money depends on yet may wait."""


class LightNews:
    """What was shown already and is still to be written down, in order."""

    def __init__(self) -> None:
        """Begin with nothing waiting."""
        self._news: list[News] = []
        self._until = 0.0

    def __bool__(self) -> bool:
        """Tell whether anything waits."""
        return bool(self._news)

    def seconds_left(self, now: float) -> float:
        """Return how long it may still wait; `now` in monotonic seconds."""
        return max(0.0, self._until - now)

    def add(self, batch: list[News], now: float) -> bool:
        """Let a batch wait too; False when the time is over and all must be written."""
        if not self._news:
            self._until = now + LIGHT_S
        self._news += batch
        return now < self._until

    def take(self) -> list[News]:
        """Return everything, to be written now."""
        news, self._news = self._news, []
        return news
