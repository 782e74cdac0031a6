"""What the practice exchange can do wrong on purpose, one fault at a time or together."""

from __future__ import annotations

from collections.abc import Callable

from app.pbx.practice_actions import Lines

Order = Callable[[list[Lines]], list[Lines]]


class Faults:
    """Switches of misbehaviour; `event_name` is that of the manager interface, `Hangup` say.

    `is_stalled`: reads nothing and writes nothing. `is_mute`: reads, but answers no action.
    `chunk_bytes`: sends so many bytes at a time, 0 all at once. `packets_left`: cuts the line
    once after so many more packets, None never. `unstamped`: events without a Timestamp.
    """

    def __init__(self) -> None:
        self.is_stalled = False
        self.is_mute = False
        self.mute_actions: frozenset[str] = frozenset()
        self.chunk_bytes = 0
        self.packets_left: int | None = None
        self.unstamped = False
        self._dropped: dict[str, int] = {}
        self._repeats = 1
        self._held: list[Lines] | None = None

    def drop(self, event_name: str, times: int = 1) -> None:
        """Do not send the next so many events of a name."""
        self._dropped[event_name] = times

    def repeat(self, times: int = 2) -> None:
        """Send every event so many times."""
        self._repeats = times

    def hold(self) -> None:
        """Keep events back until `release`."""
        self._held = []

    def release(self, order: Order = list) -> list[Lines]:
        """Return the events kept back, in the order that `order` makes of them."""
        held, self._held = self._held or [], None
        return order(held)

    def on_event(self, lines: Lines) -> list[Lines]:
        """Return what is sent now of an event."""
        name = lines[0].removeprefix("Event: ")
        if self._dropped.get(name, 0) > 0:
            self._dropped[name] -= 1
            return []
        if self.unstamped:
            lines = [line for line in lines if not line.startswith("Timestamp:")]
        if self._held is not None:
            self._held += [lines] * self._repeats
            return []
        return [lines] * self._repeats
