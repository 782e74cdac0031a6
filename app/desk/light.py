"""Light news waits a moment for company, so that a burst of it costs one commit.

News of different calls may be written in any order; news of one call keeps its own.
"""

from __future__ import annotations

from app.desk.news import News, is_light
from app.messages.pbx import CallNews

LIGHT_S = 0.5
"""How long news that no money depends on yet may wait."""

MOST = 12
"""Pieces written at once when only light news is due: what comes meanwhile waits less."""

CallKey = tuple[str, str]


def call_of(news: News) -> CallKey | None:
    """Return which call a piece of news is about, None for other news."""
    return (news.link, news.event.call_id) if isinstance(news, CallNews) else None


def split(batch: list[News]) -> tuple[list[News], list[News]]:
    """Part a batch into what must be written now and what may wait.

    Light news of a call that has something urgent goes with it. Where other than news of
    calls is urgent (a snapshot, a paper), everything is.
    """
    urgent = {call_of(news) for news in batch if not is_light(news)}
    if None in urgent:
        return batch, []
    now = [news for news in batch if call_of(news) in urgent]
    later = [news for news in batch if call_of(news) not in urgent]
    return now, later


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

    def add(self, batch: list[News], now: float) -> None:
        """Let these wait too."""
        if batch and not self._news:
            self._until = now + LIGHT_S
        self._news += batch

    def take_for(self, calls: set[CallKey | None]) -> list[News]:
        """Return what waits of these calls; everything, when None is among them."""
        if None in calls:
            return self.take()
        taken = [news for news in self._news if call_of(news) in calls]
        self._news = [news for news in self._news if call_of(news) not in calls]
        return taken

    def take_some(self) -> list[News]:
        """Return the oldest pieces; the rest stays due."""
        some, self._news = self._news[:MOST], self._news[MOST:]
        return some

    def take(self) -> list[News]:
        """Return everything, to be written now."""
        news, self._news = self._news, []
        return news
