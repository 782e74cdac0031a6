"""Ways to a printer: TCP port 9100, or a file (a device node, a capture).

A connection lives for one job: port 9100 serves one client at a time and drops an idle one after
some minutes. Every wait has a deadline. Errors say whether a byte may have left: only
`NotSent` makes it safe to try the same paper again.
"""

from __future__ import annotations

import errno
import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_CHUNK = 1024
"""Bytes handed over at a time, so that a slow printer shows progress."""

_DRAIN_SECONDS = 0.2


class TransportError(Exception):
    """A printer that does not do what it should; `code` says what."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotSent(TransportError):
    """No byte of the job has left."""


class Broken(TransportError):
    """Bytes may have left, and the line is gone or stands still."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A point on the monotonic clock."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """Return the deadline so many seconds from now."""
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds to go; 0 when it has passed."""
        return max(0.0, self.at - time.monotonic())

    def earlier(self, other: Deadline) -> Deadline:
        """Return the one that comes first."""
        return self if self.at <= other.at else other


class Connection(Protocol):
    """One job's way to the printer. Only `abort` may be called from another thread."""

    @property
    def can_answer(self) -> bool:
        """Whether this way leads back, too."""

    def send(self, data: bytes, stall_seconds: float) -> None:
        """Hand all bytes over; raises `NotSent` or `Broken`, also after a pause that long."""

    def receive(self, deadline: Deadline) -> bytes:
        """Return what came, or nothing at the deadline. Raises `Broken` when the peer is gone."""

    def abort(self) -> None:
        """Make a waiting `send` or `receive` fail now."""

    def close(self) -> None:
        """Close, gently where nothing failed."""


class Transport(Protocol):
    """Where a printer is."""

    def open(self, deadline: Deadline) -> Connection:
        """Connect. Raises `NotSent` with the reason."""


class TcpTransport:
    """A printer on the network."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port

    def open(self, deadline: Deadline) -> Connection:
        """Try each address of the host in turn. Raises `NotSent`."""
        try:
            addresses = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise NotSent("unknown_host") from error
        code = "unreachable"
        for family, kind, protocol, _, address in addresses:
            line = socket.socket(family, kind, protocol)
            try:
                line.settimeout(deadline.left or 0.001)
                line.connect(address)
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as error:
                line.close()
                code = "refused" if error.errno == errno.ECONNREFUSED else "unreachable"
            else:
                return TcpConnection(line)
        raise NotSent(code)


class TcpConnection:
    """A socket with deadlines."""

    can_answer = True

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._is_broken = False

    def send(self, data: bytes, stall_seconds: float) -> None:
        """Hand the bytes over in pieces; each must be taken within `stall_seconds`."""
        self._check_open()
        rest = memoryview(data)
        while rest:
            try:
                self._line.settimeout(stall_seconds)
                rest = rest[self._line.send(rest[:_CHUNK]) :]
            except OSError as error:
                self._is_broken = True
                code = "stalled" if isinstance(error, TimeoutError) else "reset"
                # A refused first piece never left this computer.
                raise (NotSent if len(rest) == len(data) else Broken)(code) from error

    def _check_open(self) -> None:
        # A printer that hung up while we waited takes the first bytes and loses them.
        try:
            self._line.settimeout(0.0)
            if self._line.recv(1, socket.MSG_PEEK) == b"":
                raise NotSent("reset")
        except BlockingIOError:
            return
        except OSError as error:
            self._is_broken = True
            raise NotSent("reset") from error

    def receive(self, deadline: Deadline) -> bytes:
        """Return up to 256 bytes; an end of the stream or an error raises `Broken`."""
        try:
            self._line.settimeout(deadline.left or 0.001)
            data = self._line.recv(256)
        except TimeoutError:
            return b""
        except OSError as error:
            self._is_broken = True
            raise Broken("reset") from error
        if not data:
            raise Broken("reset")
        return data

    def abort(self) -> None:
        self._is_broken = True
        try:
            self._line.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it was gone already

    def close(self) -> None:
        """End our side, read what is left and close.

        A socket closed with unread bytes sends a reset, and a reset may throw away
        what the printer has not yet taken from its own buffer.
        """
        try:
            if not self._is_broken:
                self._line.shutdown(socket.SHUT_WR)
                deadline = Deadline.after(_DRAIN_SECONDS)
                while deadline.left and self.receive(deadline):
                    pass
        except (OSError, Broken):
            pass  # closing is all that was left to do
        finally:
            self._line.close()


class FileTransport:
    """A file that takes bytes, such as a device node or a capture for the shop's support."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self, deadline: Deadline) -> Connection:
        """Open for adding, without waiting. Raises `NotSent`."""
        del deadline  # nothing here waits
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0)
        try:
            return FileConnection(os.open(self._path, flags | getattr(os, "O_BINARY", 0), 0o600))
        except OSError as error:
            raise NotSent("unreachable") from error


class FileConnection:
    """An open file. Nothing comes back."""

    can_answer = False

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._is_aborted = False

    def send(self, data: bytes, stall_seconds: float) -> None:
        rest = memoryview(data)
        deadline = Deadline.after(stall_seconds)
        while rest:
            try:
                rest = rest[os.write(self._descriptor, rest[:_CHUNK]) :]
                deadline = Deadline.after(stall_seconds)
            except BlockingIOError as error:
                if not deadline.left or self._is_aborted:
                    raise (NotSent if len(rest) == len(data) else Broken)("stalled") from error
                time.sleep(0.02)
            except OSError as error:
                raise (NotSent if len(rest) == len(data) else Broken)("reset") from error

    def receive(self, deadline: Deadline) -> bytes:
        del deadline
        return b""

    def abort(self) -> None:
        self._is_aborted = True

    def close(self) -> None:
        os.close(self._descriptor)
