"""One port: a serial device, a serial server or a test's pty, by pyserial's URL.

Used by one thread. `/dev/ttyUSB0`, `COM7`, `socket://host:port`, `rfc2217://host:port` and the
other URLs of `serial.serial_for_url` all go. An unplugged device shows in four unrelated ways
(seen with pyserial 3.5 on ptys): SerialException from read and write, plain OSError from
`in_waiting`, termios.error from the flushes, TypeError once the port is closed; here each becomes
`LineLost` and the port is closed, because `is_open` would stay true.
"""

from __future__ import annotations

import contextlib
import errno

import serial

try:
    import termios

    _TERMINAL_ERROR: type[Exception] = termios.error
except ImportError:  # Windows
    _TERMINAL_ERROR = OSError

LINE_ERRORS = (serial.SerialException, OSError, _TERMINAL_ERROR, TypeError)
"""Everything a port that goes away may raise."""

_CODES = {
    errno.ENOENT: "missing",
    errno.ENXIO: "missing",
    errno.ENODEV: "missing",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EBUSY: "in_use",
    errno.EAGAIN: "in_use",
}


class LineLost(Exception):
    """The port is not there or no longer; `code` says how it showed.

    missing, no_permission, in_use, bad_port (no such kind of URL), unplugged, stalled.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SerialLine:
    """A port that is either open and working or closed."""

    def __init__(self, url: str, *, baud: int = 9600, write_seconds: float = 1.0) -> None:
        self._url = url
        self._baud = baud
        self._write_seconds = write_seconds
        self._port: serial.Serial | None = None

    @property
    def is_open(self) -> bool:
        """Whether the last thing done with the port worked."""
        return self._port is not None

    def open(self) -> None:
        """Open the port, for us alone where the system can. Raises `LineLost`."""
        self.close()
        try:
            port = serial.serial_for_url(
                self._url,
                do_not_open=True,
                baudrate=self._baud,
                timeout=0,
                write_timeout=self._write_seconds,
            )
        except ValueError as error:
            raise LineLost("bad_port") from error
        except LINE_ERRORS as error:
            raise LineLost("missing") from error
        try:
            if "://" not in self._url:
                # A second program without this would mix its bytes with ours and nobody would know.
                port.exclusive = True
            port.open()
        except (ValueError, *LINE_ERRORS) as error:
            with contextlib.suppress(*LINE_ERRORS):
                port.close()
            raise LineLost(_opening_code(error)) from error
        self._port = port

    def write(self, data: bytes) -> None:
        """Write all bytes within the time given. Raises `LineLost`, and the port is closed."""
        try:
            self._working().write(data)
        except serial.SerialTimeoutException as error:
            self._drop()
            raise LineLost("stalled") from error
        except LINE_ERRORS as error:
            self._drop()
            raise LineLost("unplugged") from error

    def read(self) -> bytes:
        """Return what has come, without waiting. Raises `LineLost` when the device is gone."""
        port = self._working()
        try:
            waiting = port.in_waiting
            data: bytes = port.read(waiting) if waiting else b""
        except LINE_ERRORS as error:
            self._drop()
            raise LineLost("unplugged") from error
        return data

    def close(self) -> None:
        """Close the port after what was written; does nothing when it is closed."""
        port, self._port = self._port, None
        if port is not None:
            with contextlib.suppress(*LINE_ERRORS):
                port.close()

    def _drop(self) -> None:
        """Close a port that failed: what its device did not take must not hold the close."""
        if self._port is not None:
            with contextlib.suppress(*LINE_ERRORS):
                self._port.reset_output_buffer()
        self.close()

    def _working(self) -> serial.Serial:
        if self._port is None:
            raise LineLost("unplugged")
        return self._port


def _opening_code(error: Exception) -> str:
    if isinstance(error, ValueError):
        return "bad_port"
    number = getattr(error, "errno", None)
    # pyserial puts the lock's error into its text alone.
    if number is None and "exclusively lock" in str(error):
        return "in_use"
    return _CODES.get(number or 0, "missing")
