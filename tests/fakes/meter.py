"""Booth meters for tests.

`FakeMeter` stands at the port and keeps every reading. `PtyMeter` is a display on a true terminal
line: it reads the DM-D commands into a screen of 2 x 20 cells, and can be unplugged.
"""

from __future__ import annotations

import contextlib
import os
import pty
import select
import threading
import tty
from collections.abc import Callable
from pathlib import Path
from typing import Self

from app.messages.devices import DeviceNews, DeviceState, MeterReading, MeterStatus


class FakeMeter:
    """A `BoothMeter` without a line: `readings` are all it was shown, `latest` the last one."""

    def __init__(self, booth: int) -> None:
        self._booth = booth
        self.readings: list[MeterReading] = []
        self.stopped = False
        self._post: Callable[[DeviceNews], bool] | None = None

    @property
    def booth(self) -> int:
        return self._booth

    @property
    def latest(self) -> MeterReading | None:
        """What the customer sees."""
        return self.readings[-1] if self.readings else None

    def start(self, post: Callable[[DeviceNews], bool]) -> None:
        self._post = post
        post(MeterStatus(self._booth, DeviceState.READY))

    def unplug(self) -> None:
        """Say that the line is gone; readings are still taken."""
        assert self._post is not None, "not started"
        self._post(MeterStatus(self._booth, DeviceState.LOST, "unplugged"))

    def plug_in(self) -> None:
        """Say that the line is back."""
        assert self._post is not None, "not started"
        self._post(MeterStatus(self._booth, DeviceState.READY))

    def show(self, reading: MeterReading) -> None:
        self.readings.append(reading)

    def stop(self, deadline_s: float) -> bool:
        self.stopped = True
        return True


WAIT_SECONDS = 30.0
"""For a condition in a test; far more than it takes, for a busy machine."""

LENGTHS = {b"\x1b@": 2, b"\x1bt": 3, b"\x1f\x01": 2, b"\x1fC": 3, b"\x1f$": 4, b"\x1fX": 3}
"""DM-D commands by their first two bytes, with the length of the whole."""


class DmdScreen:
    """Reads DM-D bytes as the display does: from its command table, not from our encoder."""

    def __init__(self) -> None:
        self.cells = [[" "] * 20, [" "] * 20]
        self.unknown: list[bytes] = []
        self._rest = b""
        self._cursor = 0
        self._page = "cp437"

    @property
    def rows(self) -> tuple[str, str]:
        """What the customer sees."""
        return "".join(self.cells[0]), "".join(self.cells[1])

    def feed(self, data: bytes) -> None:
        self._rest += data
        while self._rest:
            if self._rest[0] in (0x1B, 0x1F):
                if len(self._rest) < 2:
                    return
                length = LENGTHS.get(self._rest[:2], 0)
                if not length:
                    self.unknown.append(self._rest[:2])
                    length = 2
                if len(self._rest) < length:
                    return
                self._command(self._rest[:length])
            else:
                length = 1
                self._character(self._rest[:1])
            self._rest = self._rest[length:]

    def _character(self, byte: bytes) -> None:
        if byte == b"\x0c":
            self.cells = [[" "] * 20, [" "] * 20]
            self._cursor = 0
        elif byte[0] < 0x20:
            self.unknown.append(byte)
        else:
            self.cells[self._cursor // 20][self._cursor % 20] = byte.decode(self._page)
            self._cursor = (self._cursor + 1) % 40

    def _command(self, command: bytes) -> None:
        match command[:2]:
            case b"\x1b@":
                self.cells = [[" "] * 20, [" "] * 20]
                self._page, self._cursor = "cp437", 0
            case b"\x1bt":
                self._page = {0: "cp437", 19: "cp858"}[command[2]]
            case b"\x1f$":
                column, row = command[2], command[3]
                assert 1 <= column <= 20, command
                assert 1 <= row <= 2, command
                self._cursor = (row - 1) * 20 + column - 1
            case _:
                pass  # known and without a trace on the screen


class PtyMeter:
    """A display behind the terminal line `url`; `screen` is what it shows."""

    def __init__(self, folder: Path, *, reads: bool = True) -> None:
        self.url = str(folder / "display")
        self.screen = DmdScreen()
        self.received = bytearray()
        self._reads = reads
        self._changed = threading.Condition()
        self._master = -1
        self._slave = -1
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.plug_in()
        return self

    def __exit__(self, *_: object) -> None:
        self.unplug()

    def plug_in(self) -> None:
        """Appear at `url`, dark and in the state of a display that was just switched on."""
        self._master, self._slave = pty.openpty()
        # Without this the line would echo and turn line ends into others until we are opened.
        tty.setraw(self._slave)
        self.screen = DmdScreen()
        link = Path(self.url)
        link.unlink(missing_ok=True)
        link.symlink_to(os.ttyname(self._slave))
        self._thread = threading.Thread(target=self._read, name="pty-meter", daemon=True)
        self._wake, self._woken = os.pipe()
        self._thread.start()

    def unplug(self) -> None:
        """Be gone: the line ends and its name leads nowhere."""
        if self._thread is None:
            return
        os.write(self._woken, b"x")
        self._thread.join()
        self._thread = None
        Path(self.url).unlink()
        for descriptor in (self._master, self._slave, self._wake, self._woken):
            os.close(descriptor)

    def say(self, data: bytes) -> None:
        """Send bytes to the computer."""
        os.write(self._master, data)

    def wait_for(self, is_true: Callable[[DmdScreen], bool]) -> None:
        """Wait until something is true of the screen."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: is_true(self.screen), WAIT_SECONDS)
        assert arrived, self.screen.rows

    def wait_rows(self, first: str, second: str) -> None:
        """Wait until the screen shows exactly this."""
        self.wait_for(lambda screen: screen.rows == (first.ljust(20), second.ljust(20)))

    def _read(self) -> None:
        sources = [self._wake, self._master] if self._reads else [self._wake]
        while self._wake not in (ready := select.select(sources, [], [])[0]):
            if self._master in ready:
                with self._changed, contextlib.suppress(OSError):
                    data = os.read(self._master, 4096)
                    self.received += data
                    self.screen.feed(data)
                    self._changed.notify_all()
