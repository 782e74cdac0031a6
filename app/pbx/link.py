"""The thread of a link to one exchange: connect, feed a session, try again, hand over news.

What the bytes mean is the session's business. News leaves through `post`, which may refuse
when the desk's inbox is full: outcomes and states then wait, all else is dropped, and the
session reads the whole picture again.
"""

from __future__ import annotations

import errno
import logging
import os
import queue
import random
import selectors
import socket
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.clock import Clock
from app.messages.pbx import (
    DropStored,
    HangUp,
    HangUpFailed,
    LinkAction,
    LinkNews,
    LinkState,
    LinkStateChanged,
    LockConfirmed,
    LockFailed,
    Reconnect,
    Resync,
    SetLock,
)
from app.pbx.conversation import SessionEnded

_log = logging.getLogger(__name__)

READ_BYTES = 65536
MAX_UNSENT_BYTES = 1_000_000
FULL_INBOX_PAUSE_S = 0.1
"""How long a desk that took nothing more is left alone."""
_ALWAYS_TOLD = (LockConfirmed, LockFailed, HangUpFailed)


class Session(Protocol):
    """What the thread needs of one connection's protocol; raises `SessionEnded` anywhere."""

    state: LinkState

    def begin(self) -> None: ...
    def receive(self, data: bytes) -> None: ...
    def on_time(self) -> None: ...
    def next_at(self) -> float | None: ...
    def take_output(self) -> bytes: ...
    def take_news(self) -> list[LinkNews]: ...
    def do(self, action: LinkAction) -> None: ...
    def lose_news(self, code: str, *, pause_s: float = 0.0) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Peer:
    """Where the exchange is, and how long to wait for it and between attempts, in seconds."""

    name: str
    host: str
    port: int
    connect_s: float
    first_retry_s: float
    longest_retry_s: float


def unsent(name: str, action: SetLock | HangUp) -> LockFailed | HangUpFailed:
    """Return the news that an action could not be carried out because the line is down."""
    if isinstance(action, SetLock):
        return LockFailed(name, action.extension, action.request_id, "link_down")
    return HangUpFailed(name, action.call_id, "link_down")


class Outbox:
    """News on its way to the desk, in order; keeps what must not be lost while the desk is full."""

    def __init__(self, post: Callable[[LinkNews], bool]) -> None:
        self._post = post
        self._news: deque[LinkNews] = deque()
        self.has_lost = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing waits."""
        return not self._news

    def put(self, news: list[LinkNews]) -> None:
        """Queue news and hand over what the desk takes."""
        self._news.extend(news)
        self.flush()

    def flush(self) -> bool:
        """Hand over; False while the desk takes nothing more."""
        while self._news:
            if not self._post(self._news[0]):
                self._shed()
                return False
            self._news.popleft()
        return True

    def _shed(self) -> None:
        """Drop what a new picture will say again; a state is only worth its latest."""
        states = [news for news in self._news if isinstance(news, LinkStateChanged)]
        kept: deque[LinkNews] = deque(n for n in self._news if isinstance(n, _ALWAYS_TOLD))
        if states and states[-1].state is not LinkState.UP:
            kept.append(states[-1])
        self.has_lost |= len(kept) < len(self._news)
        self._news = kept


class LinkThread:
    """Keeps one exchange connected until `stop`; `make_session` gives each connection its state."""

    def __init__(self, peer: Peer, make_session: Callable[[], Session], clock: Clock) -> None:
        self._peer = peer
        self._make_session = make_session
        self._clock = clock
        self._actions: queue.SimpleQueue[LinkAction] = queue.SimpleQueue()
        self._is_stopping = threading.Event()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_reader.settimeout(0)
        self._wake_writer.settimeout(0)
        self._thread: threading.Thread | None = None
        self._outbox = Outbox(lambda _: True)
        self._retry_s = peer.first_retry_s
        self._has_failed = False

    def start(self, post: Callable[[LinkNews], bool]) -> None:
        """Start the thread; it begins to connect at once."""
        self._outbox = Outbox(post)
        name = f"pbx-{self._peer.name}"
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def send(self, action: LinkAction) -> None:
        """Queue an action and wake the thread."""
        self._actions.put(action)
        self._wake()

    def stop(self, deadline_s: float) -> bool:
        """Close the line and join the thread; True when it ended in time."""
        self._is_stopping.set()
        self._wake()
        if self._thread is not None:
            self._thread.join(deadline_s)
            if self._thread.is_alive():
                return False
            self._thread = None
        self._wake_reader.close()
        self._wake_writer.close()
        return True

    def _wake(self) -> None:
        try:
            self._wake_writer.send(b"!")
        except BlockingIOError:
            pass  # woken often enough already
        except OSError:
            _log.debug("link is closed link=%s", self._peer.name)

    def _run(self) -> None:
        while not self._is_stopping.is_set():
            session = self._make_session()
            try:
                ended = self._connect_and_talk(session)
            except Exception:  # noqa: BLE001 -- the outermost loop of a thread
                _log.exception("link failed link=%s", self._peer.name)
                ended = SessionEnded("internal_error")
            self._settle(session, ended)
            if not self._is_stopping.is_set():
                self._pause(is_refused=ended.is_refused)
        self._tell(LinkState.DOWN, "stopped")

    def _settle(self, session: Session, ended: SessionEnded) -> None:
        session.close()
        self._outbox.put(session.take_news())
        if session.state is LinkState.UP:
            self._retry_s = self._peer.first_retry_s
        if self._is_stopping.is_set():
            return
        if not self._has_failed:
            self._has_failed = True
            _log.warning("link down link=%s code=%s", self._peer.name, ended.code)
        state = LinkState.REFUSED if ended.is_refused else LinkState.DOWN
        self._tell(state, ended.code, ended.params)

    def _tell(
        self, state: LinkState, code: str = "", params: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self._outbox.put([LinkStateChanged(self._peer.name, state, code, params)])

    # -- between two connections

    def _pause(self, *, is_refused: bool) -> None:
        """Wait for the next attempt: for a while, or for `Reconnect` when we were refused."""
        spread = self._retry_s * random.uniform(0.0, 0.5)
        until = self._clock.monotonic() + self._retry_s + spread
        self._retry_s = min(self._retry_s * 2, self._peer.longest_retry_s)
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake_reader, selectors.EVENT_READ)
            while not self._is_stopping.is_set():
                left = until - self._clock.monotonic()
                if left <= 0 and not is_refused:
                    return
                patience = None if is_refused else left
                if not self._outbox.flush():
                    patience = FULL_INBOX_PAUSE_S
                if selector.select(patience):
                    self._drain_wakes()
                if self._answer_while_down():
                    return

    def _answer_while_down(self) -> bool:
        """Answer what was asked without a line; True when asked to connect now."""
        is_asked = False
        while not self._actions.empty():
            action = self._actions.get()
            if isinstance(action, Reconnect):
                self._retry_s = self._peer.first_retry_s
                is_asked = True
            elif isinstance(action, SetLock | HangUp):
                self._outbox.put([unsent(self._peer.name, action)])
            else:
                assert isinstance(action, DropStored | Resync)  # the next picture says it all
        return is_asked

    def _drain_wakes(self) -> None:
        try:
            while self._wake_reader.recv(4096):
                pass
        except BlockingIOError:
            return

    # -- one connection

    def _connect_and_talk(self, session: Session) -> SessionEnded:
        self._tell(LinkState.CONNECTING)
        self._outbox.has_lost = False
        try:
            line = self._connect()
        except OSError as error:
            return SessionEnded("unreachable", detail=str(error))
        with line, selectors.DefaultSelector() as selector:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            selector.register(line, selectors.EVENT_READ)
            selector.register(self._wake_reader, selectors.EVENT_READ)
            try:
                session.begin()
                self._talk(session, line, selector)
            except SessionEnded as ended:
                return ended
            except OSError as error:
                return SessionEnded("line_lost", detail=str(error))
        return SessionEnded("stopped")

    def _connect(self) -> socket.socket:
        """Return a connected socket; `stop` and the deadline interrupt. Raises `OSError`."""
        until = self._clock.monotonic() + self._peer.connect_s
        failure: OSError = TimeoutError("no address")
        addresses = socket.getaddrinfo(self._peer.host, self._peer.port, type=socket.SOCK_STREAM)
        for family, kind, protocol, _, address in addresses:
            line = socket.socket(family, kind, protocol)
            line.settimeout(0)
            try:
                self._await_connection(line, line.connect_ex(address), until)
            except OSError as error:
                line.close()
                failure = error
            else:
                return line
        raise failure

    def _await_connection(self, line: socket.socket, progress: int, until: float) -> None:
        if progress not in {0, errno.EINPROGRESS, errno.EWOULDBLOCK}:
            raise OSError(progress, os.strerror(progress))
        with selectors.DefaultSelector() as selector:
            selector.register(line, selectors.EVENT_WRITE)
            selector.register(self._wake_reader, selectors.EVENT_READ)
            while not self._is_stopping.is_set():
                left = until - self._clock.monotonic()
                if left <= 0:
                    raise TimeoutError("no answer to connecting")
                ready = [key.fileobj for key, _ in selector.select(left)]
                if self._wake_reader in ready:
                    self._drain_wakes()
                if line in ready:
                    code = line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                    if code:
                        raise OSError(code, os.strerror(code))
                    return
        raise InterruptedError("stopped")

    def _talk(
        self, session: Session, line: socket.socket, selector: selectors.BaseSelector
    ) -> None:
        unsent_bytes = b""
        while not self._is_stopping.is_set():
            unsent_bytes = _write(line, unsent_bytes + session.take_output())
            self._hand_over(session)
            wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if unsent_bytes else 0)
            selector.modify(line, wanted)
            for key, mask in selector.select(self._patience(session)):
                if key.fileobj is self._wake_reader:
                    self._drain_wakes()
                elif mask & selectors.EVENT_READ:
                    session.receive(_read(line))
            while not self._actions.empty():
                session.do(self._actions.get())
            session.on_time()

    def _hand_over(self, session: Session) -> None:
        self._outbox.put(session.take_news())
        if session.state is LinkState.UP and not self._outbox.has_lost and self._has_failed:
            self._has_failed = False
            _log.info("link up again link=%s", self._peer.name)
        if self._outbox.has_lost:
            self._outbox.has_lost = False
            session.lose_news("inbox_full", pause_s=FULL_INBOX_PAUSE_S)
            self._outbox.put(session.take_news())

    def _patience(self, session: Session) -> float | None:
        at = session.next_at()
        patience = None if at is None else max(0.0, at - self._clock.monotonic())
        if self._outbox.is_empty:
            return patience
        return FULL_INBOX_PAUSE_S if patience is None else min(patience, FULL_INBOX_PAUSE_S)


def _read(line: socket.socket) -> bytes:
    try:
        data = line.recv(READ_BYTES)
    except BlockingIOError:
        return b""
    if not data:
        raise SessionEnded("line_lost")
    return data


def _write(line: socket.socket, data: bytes) -> bytes:
    """Send what the socket takes; return the rest."""
    if len(data) > MAX_UNSENT_BYTES:
        raise SessionEnded("no_answer", action="send")
    try:
        return data[line.send(data) :] if data else data
    except BlockingIOError:
        return data
