"""One connection to an Asterisk, from the greeting to its end: pure, no socket, no thread.

Bytes, time and actions go in; `take_output` and `take_news` come out. `SessionEnded` is raised
when the line is to be given up. Order of a connection: challenge and login, then the whole
picture (clock, live calls, kept calls, locks), then UP. Events that arrive meanwhile are held
and follow the snapshot in order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator

from app.clock import Clock
from app.domain.calls import CallEnded, CallRecord, CallRefused
from app.messages.pbx import (
    CallNews,
    ClockMeasured,
    DropStored,
    HangUp,
    HangUpFailed,
    LinkAction,
    LinkNews,
    LinkSnapshot,
    LinkState,
    LinkStateChanged,
    LockConfirmed,
    LockFailed,
    Resync,
    SetLock,
    StreamFault,
)
from app.pbx.ami_calls import CallFollower
from app.pbx.ami_locks import code_of, is_writable, write_lock
from app.pbx.ami_messages import (
    LOCK_FAMILY,
    MAX_ID,
    SESSION_FAMILY,
    STORED_FAMILY,
    UNTIL_FAMILY,
    login_key,
    parse_instant,
    parse_stored,
)
from app.pbx.ami_settings import AmiSettings
from app.pbx.ami_snapshot import (
    STATUS_VARIABLES,
    TreeEntry,
    read_live,
    read_stored,
    read_tree,
    read_unlocked,
)
from app.pbx.conversation import Answer, Ask, Conversation, SessionEnded, Task, Wait
from app.pbx.framing import AmiFraming, Packet, header_key
from app.pbx.link import unsent

MAX_HELD = 20_000
"""Events held while the picture is read; more of them and it is read again."""
MAX_FAULTS = 20
"""Unreadable pieces on one connection before it is given up."""
MAX_REFUSED = 1024
SKIPPING_PAUSE_S = 0.05

_TIMESTAMP = header_key("Timestamp")
_VAL = header_key("Val")
_EVENTS = "system,call,cdr,user"

_Listing = Generator[Ask | Wait, Answer, tuple[Packet, ...]]
_Reading = Generator[Ask | Wait, Answer, list[TreeEntry]]


class AmiSession:
    """One connection's state; `follower` outlives it, to know the calls of before an outage."""

    def __init__(self, settings: AmiSettings, follower: CallFollower, clock: Clock) -> None:
        self.state = LinkState.CONNECTING
        self._settings = settings
        self._follower = follower
        self._clock = clock
        self._framing = AmiFraming()
        self._conversation = Conversation(clock.monotonic, settings.times.answer_s)
        self._news: list[LinkNews] = []
        self._held: deque[tuple[Packet, int]] = deque()
        self._must_repeat = False
        self._waiting: list[LinkAction] = []
        self._locks: dict[str, deque[SetLock]] = {}
        self._cuts: set[str] = set()
        self._refused: dict[str, None] = {}
        self._told: frozenset[str] = frozenset()
        self._faults = 0
        self._login_until = clock.monotonic() + settings.times.login_s
        # The exchange's clock is told by the monotonic one: ours may jump in mid-call.
        self._anchor = (clock.now_us(), clock.monotonic())

    def begin(self) -> None:
        """Start to log in; the greeting is not waited for, it proves nothing."""
        self._conversation.start(self._log_in())

    def receive(self, data: bytes) -> None:
        """Take bytes of the exchange."""
        for packet in self._framing.feed(data):
            self._take(packet)
        for code, detail in self._framing.take_faults():
            self._take_fault(code, detail)

    def on_time(self) -> None:
        """Do what is due; raises `SessionEnded` when a deadline has passed."""
        if self.state is LinkState.CONNECTING and self._clock.monotonic() >= self._login_until:
            code = "silent" if self._framing.greeting is None else "not_an_exchange"
            raise SessionEnded(code)
        self._conversation.on_time()

    def next_at(self) -> float | None:
        """Return the monotonic time at which `on_time` has something to do."""
        if self.state is LinkState.CONNECTING:
            return self._login_until
        return self._conversation.next_at()

    def take_output(self) -> bytes:
        """Return the bytes to send."""
        output = bytes(self._conversation.out)
        self._conversation.out.clear()
        return output

    def take_news(self) -> list[LinkNews]:
        """Return the news for the desk, in order."""
        news, self._news = self._news, []
        return news

    def do(self, action: LinkAction) -> None:
        """Carry out an action of the desk, or keep it until the picture is read."""
        if isinstance(action, Resync):
            self.lose_news("asked")
        elif self.state is not LinkState.UP:
            self._waiting.append(action)
        elif isinstance(action, SetLock):
            self._set_lock(action)
        elif isinstance(action, HangUp):
            self._cuts.add(action.call_id)
            self._conversation.start(self._hang_up(action.call_id))
        elif isinstance(action, DropStored):
            self._conversation.start(self._drop(action.call_ids))

    def lose_news(self, code: str, *, pause_s: float = 0.0) -> None:
        """Read the whole picture again, because news was lost on the way."""
        if self.state is LinkState.UP:
            self._set_state(LinkState.SYNCING, code)
            self._conversation.start(self._synchronise(pause_s))
        else:
            self._must_repeat = True

    def close(self) -> None:
        """Say of every action without an answer that the line is gone."""
        self._conversation.close()
        locks = [lock for queue in self._locks.values() for lock in queue]
        locks += [action for action in self._waiting if isinstance(action, SetLock)]
        self._news += [unsent(self._settings.name, lock) for lock in locks]
        cuts = [HangUp(call_id) for call_id in self._cuts]
        cuts += [action for action in self._waiting if isinstance(action, HangUp)]
        self._news += [unsent(self._settings.name, cut) for cut in cuts]

    # -- what comes in

    def _take(self, packet: Packet) -> None:
        if b"ActionID:" in packet.raw and self._conversation.take(packet):
            return
        if self.state is LinkState.UP:
            self._follow(packet, self._exchange_now_us())
        elif packet.event:
            self._held.append((packet, self._exchange_now_us()))
            if len(self._held) > MAX_HELD:
                self._held.clear()
                self._must_repeat = True

    def _follow(self, packet: Packet, now_us: int) -> None:
        for event in self._follower.follow(packet, now_us):
            self._news.append(CallNews(self._settings.name, event))
            if isinstance(event, CallRefused):
                self._refused[event.call_id] = None
                if len(self._refused) > MAX_REFUSED:
                    del self._refused[next(iter(self._refused))]
            elif isinstance(event, CallRecord) and self._follower.channel_of(event.call_id):
                self._conversation.start(self._doubt(event.call_id))
            elif isinstance(event, CallEnded) and event.call_id not in self._refused:
                self._conversation.start(self._fetch_stored(event.call_id))
        if self.state is LinkState.UP and (
            self._follower.is_lost or packet.event == b"FullyBooted"
        ):
            self._follower.is_lost = False
            self.lose_news("news_lost")

    def _take_fault(self, code: str, detail: str) -> None:
        self._faults += 1
        if self.state is LinkState.CONNECTING:
            raise SessionEnded("not_an_exchange", detail=detail)
        if self._faults > MAX_FAULTS:
            raise SessionEnded("garbage", detail=detail)
        self._news.append(StreamFault(self._settings.name, code, detail))
        # What was thrown away may have been news.
        self.lose_news("news_lost")

    # -- logging in and reading the picture

    def _log_in(self) -> Task:
        answer = yield Ask("Challenge", {"AuthType": "MD5"})
        challenge = answer.response.text("Challenge")
        if not answer.is_ok or not challenge:
            raise SessionEnded("not_an_exchange", detail=answer.message[:80])
        answer = yield Ask(
            "Login",
            {
                "AuthType": "MD5",
                "Username": self._settings.username,
                "Key": login_key(challenge, self._settings.secret),
                "Events": _EVENTS,
            },
        )
        if not answer.is_ok:
            message = answer.message.lower()
            if "authentication" in message:
                raise SessionEnded("refused_login", is_refused=True)
            code = "login_in_use" if "in use" in message else "login_failed"
            raise SessionEnded(code, detail=answer.message[:80])
        self._set_state(LinkState.SYNCING)
        self._conversation.start(self._keep_alive())
        yield from self._synchronise()

    def _synchronise(self, pause_s: float = 0.0) -> Task:
        while pause_s or self._framing.is_skipping:
            # While bytes are thrown away an answer would go with them.
            yield Wait(pause_s or SKIPPING_PAUSE_S)
            pause_s = 0.0
        while True:
            self._must_repeat = False
            yield from self._measure_clock()
            yield from self._prove_right()
            channels = yield from self._list("CoreShowChannels", {}, b"CoreShowChannelsComplete")
            variables = {"Variables": ",".join(STATUS_VARIABLES)}
            statuses = yield from self._list("Status", variables, b"StatusComplete")
            stored = yield from self._read_family(STORED_FAMILY)
            locks: list[TreeEntry] = []
            for family in (SESSION_FAMILY, UNTIL_FAMILY, LOCK_FAMILY):
                locks += yield from self._read_family(family)
            if not self._must_repeat:
                break
        live = read_live((*channels, *statuses), self._follower.extension_of)
        self._follower.adopt(live)
        finished = read_stored(stored)
        self._told = frozenset(call.call_id for call in finished)
        name, now_us = self._settings.name, self._exchange_now_us()
        unlocked = tuple(sorted(read_unlocked(locks, now_us).items()))
        offset = now_us - self._clock.now_us()
        self._news.append(LinkSnapshot(name, tuple(live.values()), finished, unlocked, offset))
        self._set_state(LinkState.UP)
        self._catch_up()

    def _catch_up(self) -> None:
        """Follow what was said while the picture was read, then do what was asked meanwhile."""
        held, self._held = self._held, deque()
        for packet, now_us in held:
            if packet.event != b"FullyBooted":
                self._follow(packet, now_us)
        waiting, self._waiting = self._waiting, []
        for action in waiting:
            self.do(action)

    def _list(self, action: str, headers: dict[str, str], ends_with: bytes) -> _Listing:
        answer = yield Ask(action, headers, ends_with)
        if not answer.is_ok:
            self._refuse(action, answer)
        return answer.events

    def _read_family(self, family: str) -> _Reading:
        """Read one family of AstDB; exchanges before 2022 cannot list it: each booth is asked."""
        answer = yield Ask("DBGetTree", {"Family": family}, b"DBGetTreeComplete")
        if answer.is_ok:
            return [entry for entry in read_tree(answer.events) if entry.family == family]
        if code_of(answer) == "permission_denied":
            self._refuse("DBGetTree", answer)
        entries = []
        keys = () if family == STORED_FAMILY else sorted(set(self._settings.endpoints.values()))
        for key in keys:
            answer = yield Ask("DBGet", {"Family": family, "Key": key}, b"DBGetResponse")
            if answer.is_ok:
                entries.append(TreeEntry(family, key, answer.events[-1].value(_VAL)))
        return entries

    def _prove_right(self) -> Task:
        """Write a key of our own: only so a missing right shows before a customer waits."""
        entry = {"Family": "callshop_link", "Key": "desk", "Val": str(self._exchange_now_us())}
        answer = yield Ask("DBPut", entry)
        if not answer.is_ok:
            self._refuse("DBPut", answer)

    def _refuse(self, action: str, answer: Answer) -> None:
        if code_of(answer) == "permission_denied":
            raise SessionEnded("missing_right", is_refused=True, action=action)
        raise SessionEnded("exchange_error", action=action, detail=answer.message[:80])

    def _keep_alive(self) -> Task:
        while True:
            yield Wait(self._settings.times.ping_every_s)
            yield from self._measure_clock()
            offset = self._exchange_now_us() - self._clock.now_us()
            self._news.append(ClockMeasured(self._settings.name, offset))

    def _measure_clock(self) -> Task:
        asked_at = self._clock.monotonic()
        answer = yield Ask("Ping")
        told = parse_instant(answer.response.value(_TIMESTAMP))
        if told is not None:
            self._anchor = (told, (asked_at + self._clock.monotonic()) / 2)

    def _exchange_now_us(self) -> int:
        told, at = self._anchor
        return told + round((self._clock.monotonic() - at) * 1_000_000)

    # -- what the desk asks

    def _set_lock(self, action: SetLock) -> None:
        name = self._settings.name
        if not is_writable(action):
            failed = LockFailed(name, action.extension, action.request_id, "bad_value")
            self._news.append(failed)
            return
        queue = self._locks.setdefault(action.extension, deque())
        queue.append(action)
        if len(queue) == 1:
            self._conversation.start(self._write_locks(action.extension, queue))

    def _write_locks(self, extension: str, queue: deque[SetLock]) -> Task:
        """Write a booth's locks one after the other, so that the last one asked for stands."""
        name = self._settings.name
        while queue:
            action = queue[0]
            code = yield from write_lock(action, self._exchange_now_us)
            queue.popleft()
            if code:
                self._news.append(LockFailed(name, extension, action.request_id, code))
                continue
            at = self._exchange_now_us()
            self._news.append(
                LockConfirmed(name, extension, action.request_id, action.session_id, at)
            )
        del self._locks[extension]

    def _hang_up(self, call_id: str) -> Task:
        channel = self._follower.channel_of(call_id)
        if channel is not None:
            answer = yield Ask("Hangup", {"Channel": channel, "Cause": "16"})
            if not answer.is_ok and "no such channel" not in answer.message.lower():
                failed = HangUpFailed(self._settings.name, call_id, code_of(answer))
                self._news.append(failed)
        self._cuts.discard(call_id)

    def _drop(self, call_ids: tuple[str, ...]) -> Task:
        for call_id in call_ids:
            if call_id.isprintable() and 0 < len(call_id) <= MAX_ID:
                yield Ask("DBDel", {"Family": STORED_FAMILY, "Key": call_id})

    def _fetch_stored(self, call_id: str) -> Task:
        """Fetch what the hangup handler kept of a call; it may be a moment behind the event."""
        if call_id in self._told:
            return
        for pause_s in (0.0, *self._settings.times.stored_retries_s):
            if pause_s:
                yield Wait(pause_s)
            entry = {"Family": STORED_FAMILY, "Key": call_id}
            answer = yield Ask("DBGet", entry, b"DBGetResponse")
            if answer.is_ok:
                stored = parse_stored(call_id, answer.events[-1].value(_VAL))
                if stored is not None:
                    self._news.append(CallNews(self._settings.name, stored))
                return

    def _doubt(self, call_id: str) -> Task:
        """Look whether a call that has its record is still up: its end may have been missed."""
        yield Wait(self._settings.times.doubt_s)
        if self._follower.channel_of(call_id) is not None:
            self.lose_news("news_lost")

    def _set_state(self, state: LinkState, code: str = "") -> None:
        self.state = state
        self._news.append(LinkStateChanged(self._settings.name, state, code))
