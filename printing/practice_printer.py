"""The printer of the practice shop: a small ESC/POS printer on loopback whose paper is a text file.

It answers as a real one does, so that the counter shows a printer that is ready, and what it
prints can be looked at. One thread; it serves one client at a time, as port 9100 does.
"""

from __future__ import annotations

import logging
import socket
import threading
from pathlib import Path

log = logging.getLogger(__name__)

WIDTH = 48
"""Characters of font A on 80 mm paper."""

_TURN_SECONDS = 0.2
"""How soon a wish to stop is noticed."""

_READY = b"\x12"
_PAPER_THERE = b"\x00"
_CODE_PAGES = {0: "cp437", 2: "cp850", 16: "cp1252", 19: "cp858"}
_FIRST_VISIBLE = 0x20

# Source: Epson's ESC/POS reference; of the commands that the counter sends all others have three.
_TWO_BYTES = (b"\x1b@", b"\x1c.")
_LEADS = b"\x1b\x1d\x1c\x10"


class PracticePrinter:
    """Listens at once on `port`, answers from `start` on; each cut ends a file in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(_TURN_SECONDS)
        self.port = int(self._listener.getsockname()[1])
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="practice printer", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and close the port."""
        self._is_stopping.set()
        if self._thread.is_alive():
            self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while not self._is_stopping.is_set():
            try:
                line, _ = self._listener.accept()
            except TimeoutError:
                continue
            with line:
                try:
                    self._print(line)
                except OSError:
                    log.warning("practice printer lost its line or its folder", exc_info=True)

    def _print(self, line: socket.socket) -> None:
        line.settimeout(_TURN_SECONDS)
        paper = _Paper()
        while not self._is_stopping.is_set():
            try:
                data = line.recv(4096)
            except TimeoutError:
                continue
            if not data:
                return
            line.sendall(paper.feed(data))
            for text in paper.take_cut():
                self._keep(text)

    def _keep(self, text: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        number = len(list(self._folder.glob("*.txt"))) + 1
        (self._folder / f"{number:05}.txt").write_text(text, encoding="utf-8")


class _Paper:
    """What one connection's bytes put on paper."""

    def __init__(self) -> None:
        self._rest = b""
        self._line = b""
        self._rows: list[str] = []
        self._cut: list[str] = []
        self._reset()

    def _reset(self) -> None:
        self._page, self._align, self._scale = "cp437", 0, 1

    def take_cut(self) -> list[str]:
        """Return the papers cut since the last time."""
        cut, self._cut = self._cut, []
        return cut

    def feed(self, data: bytes) -> bytes:
        """Print these bytes, in any pieces; returns the answers to the questions among them."""
        answers = b""
        self._rest += data
        while self._rest:
            length = 2 if self._rest[:2] in _TWO_BYTES else 3
            if self._rest[0] not in _LEADS:
                length = 1
            if len(self._rest) < length:
                break
            piece, self._rest = self._rest[:length], self._rest[length:]
            answers += self._character(piece) if length == 1 else self._command(piece)
        return answers

    def _character(self, byte: bytes) -> bytes:
        if byte == b"\n":
            text = (" " * (self._scale - 1)).join(self._line.decode(self._page, "replace"))
            indent = (WIDTH - len(text)) * self._align // 2
            self._rows.append((" " * indent + text).rstrip())
            self._line = b""
        elif byte[0] >= _FIRST_VISIBLE:
            self._line += byte
        return b""

    def _command(self, command: bytes) -> bytes:
        value = command[-1]
        match command[:2]:
            case b"\x10\x04":
                return _READY
            case b"\x1dr":
                return _PAPER_THERE
            case b"\x1b@":
                self._reset()
            case b"\x1bt":
                self._page = _CODE_PAGES.get(value, "cp437")
            case b"\x1ba":
                self._align = value
            case b"\x1d!":
                self._scale = (value >> 4) + 1
            case b"\x1bd":
                self._rows += [""] * value
            case b"\x1dV":
                self._cut.append("\n".join(self._rows).strip("\n") + "\n")
                self._rows = []
        return b""
