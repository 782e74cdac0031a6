"""Records a live exchange's stream into a trace file, to be sent when something is wrong."""

from __future__ import annotations

import json
import math
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from app.clock import Clock, SystemClock
from app.errors import Unavailable, UserError
from app.pbx.ami_messages import encode_action, login_key
from app.pbx.ami_settings import AmiSettings
from app.pbx.framing import AmiFraming, Packet
from app.pbx.trace_privacy import Privacy

READ_BYTES = 65536
LOOK_EVERY_S = 0.2
"""How soon a wish to stop is noticed."""


def record(
    settings: AmiSettings,
    path: Path,
    seconds: float | None = None,
    *,
    stopping: threading.Event | None = None,
    clock: Clock | None = None,
) -> int:
    """Write what the exchange says into a new file; returns how many packets were written.

    Secrets are blanked, names left out, subscribers' numbers made up. It ends after `seconds`,
    with `stopping` or with Ctrl-C. Raises `UserError` (file_exists, file_unwritable) and
    `Unavailable` (unreachable, refused_login, not_an_exchange, line_lost, silent).
    """
    try:
        stream = path.open("x", buffering=1, encoding="utf-8")
    except FileExistsError as error:
        raise UserError("file_exists", path=str(path)) from error
    except OSError as error:
        raise UserError("file_unwritable", path=str(path), detail=str(error)) from error
    with stream:
        recorder = _Recorder(settings, stream, clock or SystemClock())
        # Ctrl-C says that enough was recorded; each line is in the file already.
        with suppress(KeyboardInterrupt):
            recorder.run(seconds, stopping or threading.Event())
        return recorder.written


class _Recorder:
    def __init__(self, settings: AmiSettings, stream: TextIO, clock: Clock) -> None:
        self._settings = settings
        self._stream = stream
        self._clock = clock
        self._framing = AmiFraming()
        self._privacy = Privacy()
        self._begun = 0.0
        self.written = 0

    def run(self, seconds: float | None, stopping: threading.Event) -> None:
        address = (self._settings.host, self._settings.port)
        try:
            with socket.create_connection(address, self._settings.times.connect_s) as line:
                line.settimeout(LOOK_EVERY_S)
                self._log_in(line)
                until = math.inf if seconds is None else self._clock.monotonic() + seconds
                while self._clock.monotonic() < until and not stopping.is_set():
                    for packet in self._read(line):
                        self._write("exchange", packet)
        except OSError as error:
            raise Unavailable("unreachable", detail=str(error)) from error

    def _log_in(self, line: socket.socket) -> None:
        until = self._clock.monotonic() + self._settings.times.login_s
        answers = self._answers(line, until)
        line.sendall(encode_action("Challenge", "record-1", {"AuthType": "MD5"}))
        challenge = next(answers).text("Challenge")
        login = {
            "AuthType": "MD5",
            "Username": self._settings.username,
            "Key": login_key(challenge, self._settings.secret),
            "Events": "on",
        }
        line.sendall(encode_action("Login", "record-2", login))
        if next(answers).text("Response") != "Success":
            raise Unavailable("refused_login")
        self._begun = self._clock.monotonic()

    def _answers(self, line: socket.socket, until: float) -> Iterator[Packet]:
        while self._clock.monotonic() < until:
            for packet in self._read(line):
                if packet.event:
                    self._write("exchange", packet)
                else:
                    yield packet
            if self._framing.take_faults():
                raise Unavailable("not_an_exchange")
        raise Unavailable("silent")

    def _read(self, line: socket.socket) -> list[Packet]:
        try:
            data = line.recv(READ_BYTES)
        except TimeoutError:
            return []
        if not data:
            raise Unavailable("line_lost")
        return self._framing.feed(data)

    def _write(self, sender: str, packet: Packet) -> None:
        if self.written == 0:
            self._begun = self._clock.monotonic()
        lines = packet.raw.decode("utf-8", "replace").split("\n")
        at = round(self._clock.monotonic() - self._begun, 6)
        found = {"at": at, "from": sender, "lines": self._privacy.clean(lines)}
        self._stream.write(json.dumps(found, ensure_ascii=False) + "\n")
        self.written += 1
