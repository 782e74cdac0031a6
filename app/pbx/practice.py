"""The practice exchange: a server that speaks AMI on a loopback socket, with simulated calls.

`callshop demo` runs it with simulated customers; tests run it as a stand-in that can also
misbehave (`faults`). Methods may be called from any thread; one thread serves the sockets.
"""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Callable
from typing import TypeVar

from app.clock import Clock, SystemClock
from app.pbx.practice_actions import Account, Lines, ManagerSession
from app.pbx.practice_calls import Switchboard
from app.pbx.practice_faults import Faults

GREETING = "Asterisk Call Manager/9.0.0"
IDLE_S = 1.0
MAX_REQUEST_BYTES = 65536
READ_BYTES = 65536
MAX_UNREAD_BYTES = 16_000_000

T = TypeVar("T")


class _Line:
    """One client's connection."""

    def __init__(self, connection: socket.socket, session: ManagerSession) -> None:
        self.connection = connection
        self.session = session
        self.unread = b""
        self.out = bytearray()


class PracticeExchange:
    """A practice exchange on `host`, port `port` (0: a free one, known after `start`).

    `account` and `faults` may be changed while it runs. `clock_offset_us` sets its clock apart.
    """

    def __init__(
        self, account: Account | None = None, clock: Clock | None = None, *, port: int = 0
    ) -> None:
        self.account = account or Account()
        self.faults = Faults()
        self.greeting = GREETING
        self.clock_offset_us = 0
        self.host = "127.0.0.1"
        self.port = port
        self.logins = 0
        self._clock = clock or SystemClock()
        self._lock = threading.RLock()
        self._last_us = 0
        self._board = Switchboard(self._say, self.now_us)
        self._lines: list[_Line] = []
        self._listener: socket.socket | None = None
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_reader.settimeout(0)
        self._wake_writer.settimeout(0)
        self._is_stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._ticker: Callable[[float], float] | None = None

    # -- running

    def start(self) -> None:
        """Listen and serve."""
        self.come_back()
        self._thread = threading.Thread(target=self._serve, name="practice", daemon=True)
        self._thread.start()

    def stop(self, deadline_s: float = 5.0) -> bool:
        """Close everything and join the thread; True when it ended in time."""
        self._is_stopping.set()
        self._wake()
        if self._thread is not None:
            self._thread.join(deadline_s)
            if self._thread.is_alive():
                return False
        self.go_away()
        self._wake_reader.close()
        self._wake_writer.close()
        return True

    def run_with(self, ticker: Callable[[float], float]) -> None:
        """Call this in the serving thread with the monotonic time; it says when to call again."""
        self._ticker = ticker
        self._wake()

    def now_us(self) -> int:
        """Return the exchange's clock; never twice the same, as no two events are."""
        with self._lock:
            now = self._clock.now_us() + self.clock_offset_us
            self._last_us = max(now, self._last_us + 1)
            return self._last_us

    # -- telephony

    def dial(self, extension: str, number: str) -> str:
        """Let a booth dial; returns the call's id."""
        return self._do(lambda: self._board.dial(extension, number))

    def ring(self, call_id: str) -> None:
        """Let the far phone ring."""
        self._do(lambda: self._board.ring(call_id))

    def answer(self, call_id: str) -> None:
        """Let the far end answer."""
        self._do(lambda: self._board.answer(call_id))

    def hang_up(self, call_id: str, by: str = "customer", cause: int = 16) -> None:
        """End a call, by customer, far_end or exchange."""
        self._do(lambda: self._board.hang_up(call_id, by, cause))

    def live_calls(self) -> list[str]:
        """Return the ids of the calls that are up."""
        with self._lock:
            return list(self._board.calls)

    def database(self) -> dict[str, str]:
        """Return a copy of AstDB: `/family/key` to value."""
        with self._lock:
            return dict(self._board.database)

    def put(self, family: str, key: str, value: str) -> None:
        """Write AstDB from inside the exchange."""
        with self._lock:
            self._board.database[f"/{family}/{key}"] = value

    def keep_calls(self, *, is_on: bool) -> None:
        """Install the dialplan's hangup handler, or take it out."""
        with self._lock:
            self._board.keeps_calls = is_on

    def is_unlocked(self, extension: str) -> bool:
        """Tell whether the dialplan would let this booth dial a paid number now."""
        with self._lock:
            return self._board.may_dial(extension)

    # -- faults

    def send_raw(self, data: bytes) -> None:
        """Send bytes to every client, as they are."""
        with self._lock:
            for line in self._lines:
                line.out += data
        self._wake()

    def release(self, order: Callable[[list[Lines]], list[Lines]] = list) -> None:
        """Send the events that `faults.hold` kept back."""
        with self._lock:
            for lines in self.faults.release(order):
                self._send_event(lines)
        self._wake()

    def cut(self) -> None:
        """Close every client's line."""
        with self._lock:
            for line in list(self._lines):
                self._close(line)
        self._wake()

    def resume(self) -> None:
        """End a stall."""
        self.faults.is_stalled = False
        self._wake()

    def go_away(self) -> None:
        """Listen no more and close all lines."""
        with self._lock:
            if self._listener is not None:
                self._listener.close()
                self._listener = None
        self.cut()

    def come_back(self) -> None:
        """Listen again, on the same port."""
        listener = socket.create_server((self.host, self.port))
        listener.settimeout(0)
        with self._lock:
            self._listener = listener
            self.port = listener.getsockname()[1]
        self._wake()

    def restart(self, *, is_killed: bool = False) -> None:
        """Restart: calls end and say so, or, when killed, are simply gone."""
        with self._lock:
            for call_id in [] if is_killed else list(self._board.calls):
                self._board.hang_up(call_id, "exchange")
            if not is_killed:
                self._say(["Event: Shutdown", "Shutdown: Cleanly", "Restart: True"])
                for line in self._lines:
                    self._write(line)
            self._board.restart()
        self.cut()

    # -- inside

    def _do(self, step: Callable[[], T]) -> T:
        with self._lock:
            result = step()
        self._wake()
        return result

    def _say(self, lines: Lines) -> None:
        for sent in self.faults.on_event(lines):
            self._send_event(sent)

    def _send_event(self, lines: Lines) -> None:
        for line in list(self._lines):
            if line.session.wants_events:
                self._put(line, lines)

    def _put(self, line: _Line, lines: Lines) -> None:
        left = self.faults.packets_left
        if left is not None:
            if left <= 0:
                self.faults.packets_left = None
                self._write(line)
                self._close(line)
                return
            self.faults.packets_left = left - 1
        line.out += ("\r\n".join(lines) + "\r\n\r\n").encode()

    def _wake(self) -> None:
        try:
            self._wake_writer.send(b"!")
        except OSError:
            return  # woken often enough already, or stopped meanwhile

    def _serve(self) -> None:
        while not self._is_stopping.is_set():
            ready = self._wait(self._tick())
            with self._lock:
                if self._listener is not None and self._listener in ready:
                    self._accept(self._listener)
                for line in list(self._lines):
                    if line.connection in ready and not self.faults.is_stalled:
                        self._read(line)
                for line in list(self._lines):
                    if not self.faults.is_stalled:
                        self._write(line)

    def _tick(self) -> float:
        ticker = self._ticker
        if ticker is None:
            return IDLE_S
        with self._lock:
            now = self._clock.monotonic()
            return min(IDLE_S, max(0.0, ticker(now) - now))

    def _wait(self, patience: float) -> set[object]:
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake_reader, selectors.EVENT_READ)
            with self._lock:
                if self._listener is not None:
                    selector.register(self._listener, selectors.EVENT_READ)
                for line in [] if self.faults.is_stalled else self._lines:
                    writes = selectors.EVENT_WRITE if line.out else 0
                    selector.register(line.connection, selectors.EVENT_READ | writes)
            ready: set[object] = {key.fileobj for key, _ in selector.select(patience)}
        if self._wake_reader in ready:
            self._wake_reader.recv(READ_BYTES)
        return ready

    def _accept(self, listener: socket.socket) -> None:
        try:
            connection, _ = listener.accept()
        except OSError:
            return  # gone again
        connection.settimeout(0)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line = _Line(connection, ManagerSession(self.account, self._board, self.now_us))
        line.out += f"{self.greeting}\r\n".encode()
        self._lines.append(line)

    def _read(self, line: _Line) -> None:
        try:
            data = line.connection.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data or len(line.unread) > MAX_REQUEST_BYTES:
            self._close(line)
            return
        *requests, line.unread = (line.unread + data).replace(b"\r\n", b"\n").split(b"\n\n")
        for request in requests:
            self._answer(line, request.decode("utf-8", "replace"))

    def _answer(self, line: _Line, request: str) -> None:
        pairs = [text.partition(":") for text in request.splitlines()]
        action = {key.strip().lower(): value.strip() for key, colon, value in pairs if colon}
        was_logged_in = line.session.is_logged_in
        answer = line.session.answer(action)
        afterwards, line.session.afterwards = line.session.afterwards, []
        if self.faults.is_mute or action.get("action", "") in self.faults.mute_actions:
            return
        for lines in answer:
            self._put(line, lines)
        if line.session.is_logged_in and not was_logged_in:
            self.logins += 1
            self._put(line, ["Event: FullyBooted", "Privilege: system,all", "Status: Fully Booted"])
        for step in afterwards:
            step()
        if line.session.is_closing:
            self._write(line)
            self._close(line)

    def _write(self, line: _Line) -> None:
        size = self.faults.chunk_bytes or len(line.out)
        try:
            while line.out:
                sent = line.connection.send(line.out[:size])
                del line.out[:sent]
        except BlockingIOError:
            if len(line.out) > MAX_UNREAD_BYTES:
                self._close(line)
        except OSError:
            self._close(line)

    def _close(self, line: _Line) -> None:
        if line in self._lines:
            self._lines.remove(line)
            line.connection.close()
