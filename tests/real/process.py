"""A program beside the tests: started, waited for by what it writes, and always ended."""

from __future__ import annotations

import re
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

PATIENCE_S = 40.0
"""For everything that only a broken program or a frozen machine makes one wait for."""
_ENDING_S = 10.0


class Process:
    """One child process; what it writes is kept line by line."""

    def __init__(
        self,
        words: Sequence[str | Path],
        *,
        folder: Path,
        ready: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """`ready` is the pattern of the line after which it may be used; "" for none."""
        self._words = [str(word) for word in words]
        self._folder = folder
        self._ready = ready
        self._environment = environment
        self._lines: list[str] = []
        self._changed = threading.Condition()
        self._child: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    def start(self) -> None:
        """Start it and wait for its ready line."""
        with self._changed:
            self._lines.clear()
        self._child = subprocess.Popen(
            self._words,
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, args=(self._child,), name="process")
        self._reader.start()
        if self._ready:
            self.wait_for(self._ready)

    @property
    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    @property
    def output(self) -> str:
        """Everything it has written since it was started."""
        with self._changed:
            return "\n".join(self._lines)

    def say(self, line: str) -> None:
        """Write a line to its standard input."""
        assert self._child is not None
        assert self._child.stdin is not None
        self._child.stdin.write(f"{line}\n")
        self._child.stdin.flush()

    def wait_for(self, pattern: str, *, count: int = 1) -> str:
        """Wait until `count` lines have matched; returns the last of them."""
        wanted = re.compile(pattern)
        end = time.monotonic() + PATIENCE_S
        with self._changed:
            while True:
                found = [line for line in self._lines if wanted.search(line)]
                if len(found) >= count:
                    return found[count - 1]
                left = end - time.monotonic()
                gone = self._reader is None or not self._reader.is_alive()
                if left <= 0 or gone:
                    raise AssertionError(
                        f"{self._words[0]}: {'ended' if gone else 'waited'} without {pattern!r}:\n"
                        + "\n".join(self._lines[-40:])
                    )
                self._changed.wait(min(left, 0.2))

    def wait_end(self) -> int:
        """Wait until it has ended by itself; returns its status."""
        assert self._child is not None
        status = self._child.wait(PATIENCE_S)
        self._join()
        return status

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal, and nothing to anything else."""
        if self._child is not None and self._child.poll() is None:
            self._child.send_signal(number)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.signal(signal.SIGKILL)
        self._join()

    def stop(self) -> None:
        """Ask it to end; make it, when it does not."""
        self.signal(signal.SIGTERM)
        if self._child is not None:
            try:
                self._child.wait(_ENDING_S)
            except subprocess.TimeoutExpired:
                self.signal(signal.SIGKILL)
        self._join()

    def _join(self) -> None:
        if self._child is None or self._reader is None:
            return
        self._child.wait(_ENDING_S)
        self._reader.join(_ENDING_S)
        assert self._child.stdin is not None
        self._child.stdin.close()

    def _read(self, child: subprocess.Popen[str]) -> None:
        assert child.stdout is not None
        with child.stdout:
            for line in child.stdout:
                with self._changed:
                    self._lines.append(line.rstrip("\r\n"))
                    self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()
