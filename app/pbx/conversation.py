"""Questions and answers over AMI: many tasks at once on one line, without threads or sockets.

A task is a generator: it yields an `Ask` and gets the `Answer`, or yields a `Wait`. Each
question has a deadline; one that passes ends the line, for a peer that does not answer one
question cannot be trusted with the next.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field

from app.pbx.ami_messages import BadValue, encode_action
from app.pbx.framing import Packet, header_key

MAX_LISTED = 100_000
"""Entries of one list; a longer one is no list of a call shop."""

_ACTION_ID = header_key("ActionID")
_RESPONSE = header_key("Response")
_EVENT_LIST = header_key("EventList")
_ACCEPTED = frozenset({b"success", b"goodbye"})


class SessionEnded(Exception):
    """The line is to be given up: a stable `code`, and whether trying again is of no use."""

    def __init__(self, code: str, *, is_refused: bool = False, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.is_refused = is_refused
        self.params = tuple(params.items())


@dataclass(frozen=True, slots=True)
class Ask:
    """One action. `ends_with` names the event that completes the answer, "" none follows."""

    action: str
    headers: Mapping[str, str] = field(default_factory=dict)
    ends_with: bytes = b""


@dataclass(frozen=True, slots=True)
class Wait:
    """Go on after this many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The response to one action and the events that belong to it."""

    is_ok: bool
    message: str
    response: Packet
    events: tuple[Packet, ...] = ()


Task = Generator[Ask | Wait, Answer, None]
_NO_ANSWER = Answer(is_ok=True, message="", response=Packet(b""))


@dataclass(slots=True)
class _Pending:
    action_id: bytes
    task: Task
    ask: Ask
    until: float
    response: Packet | None = None
    events: list[Packet] = field(default_factory=list)


class Conversation:
    """The open questions of one connection; `out` collects the bytes to send."""

    def __init__(self, monotonic: Callable[[], float], timeout_s: float) -> None:
        self.out = bytearray()
        self._monotonic = monotonic
        self._timeout_s = timeout_s
        self._ids = itertools.count(1)
        self._pending: dict[bytes, _Pending] = {}
        self._waiting: list[tuple[float, int, Task]] = []

    def start(self, task: Task) -> None:
        """Run a task up to its first question."""
        self._go_on(task, None)

    def take(self, packet: Packet) -> bool:
        """Give a packet to the task that asked for it; False when nobody did."""
        pending = self._pending.get(packet.value(_ACTION_ID))
        if pending is None:
            return False
        if packet.is_event:
            self._take_event(pending, packet)
        elif packet.value(_RESPONSE).lower() not in _ACCEPTED:
            self._finish(pending, packet, is_ok=False)
        elif pending.ask.ends_with:
            pending.response = packet
        else:
            self._finish(pending, packet, is_ok=True)
        return True

    def on_time(self) -> None:
        """Go on with what waited long enough; raises `SessionEnded` for a missed deadline."""
        now = self._monotonic()
        while self._waiting and self._waiting[0][0] <= now:
            self._go_on(heapq.heappop(self._waiting)[2], _NO_ANSWER)
        oldest = next(iter(self._pending.values()), None)
        if oldest is not None and oldest.until <= now:
            raise SessionEnded("no_answer", action=oldest.ask.action)

    def next_at(self) -> float | None:
        """Return the monotonic time at which `on_time` has something to do."""
        times = [pending.until for pending in itertools.islice(self._pending.values(), 1)]
        times += [at for at, _, _ in self._waiting[:1]]
        return min(times, default=None)

    def close(self) -> None:
        """End all tasks."""
        tasks = [pending.task for pending in self._pending.values()]
        tasks += [task for _, _, task in self._waiting]
        self._pending.clear()
        self._waiting.clear()
        for task in tasks:
            task.close()

    def _take_event(self, pending: _Pending, packet: Packet) -> None:
        if not pending.ask.ends_with:
            return
        if len(pending.events) >= MAX_LISTED:
            raise SessionEnded("list_without_end", action=pending.ask.action)
        pending.events.append(packet)
        is_last = packet.value(_EVENT_LIST).lower() == b"complete"
        if is_last or packet.event == pending.ask.ends_with:
            self._finish(pending, pending.response or packet, is_ok=True)

    def _finish(self, pending: _Pending, packet: Packet, *, is_ok: bool) -> None:
        del self._pending[pending.action_id]
        answer = Answer(is_ok, packet.text("Message"), packet, tuple(pending.events))
        self._go_on(pending.task, answer)

    def _go_on(self, task: Task, answer: Answer | None) -> None:
        try:
            step = next(task) if answer is None else task.send(answer)
        except StopIteration:
            return
        now = self._monotonic()
        number = next(self._ids)
        if isinstance(step, Wait):
            heapq.heappush(self._waiting, (now + step.seconds, number, task))
            return
        action_id = f"callshop-{number}".encode()
        try:
            self.out += encode_action(step.action, action_id.decode(), step.headers)
        except BadValue as error:
            # Everything else is checked before: only the settings can hold such a value.
            raise SessionEnded("bad_settings", is_refused=True, header=str(error)) from error
        self._pending[action_id] = _Pending(action_id, task, step, now + self._timeout_s)
