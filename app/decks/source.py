"""The bytes of a deck's file: never too many, and the same from the first look to the last."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from app.decks.deck import DeckError

SIZE_MAX = 64 * 1024 * 1024
"""Bytes of the largest file read: more than a million rows."""

_SLICE = 1024 * 1024


class Source:
    """A file's content as it was at one moment. Raises `DeckError`."""

    def __init__(self, path: Path) -> None:
        """Read the file: `unreadable`, `too_large` before anything is read."""
        self._path = path
        try:
            known = path.stat()
            if not stat.S_ISREG(known.st_mode):
                raise DeckError("unreadable", detail="")
            if known.st_size > SIZE_MAX:
                raise DeckError("too_large", limit=SIZE_MAX)
            with path.open("rb") as stream:
                self.content = stream.read(SIZE_MAX + 1)
        except OSError as error:
            raise DeckError("unreadable", detail=error.strerror or "") from error
        if len(self.content) > SIZE_MAX:
            raise DeckError("too_large", limit=SIZE_MAX)
        self._identity = _identity(known)
        self._digest = hashlib.blake2b(self.content).digest()
        self.check_unchanged()

    def check_unchanged(self) -> None:
        """Look at the file again: `changed_while_read` where it is another one now."""
        digest = hashlib.blake2b()
        try:
            same = _identity(self._path.stat()) == self._identity
            with self._path.open("rb") as stream:
                while part := stream.read(_SLICE):
                    digest.update(part)
        except OSError as error:
            raise DeckError("changed_while_read") from error
        if not same or digest.digest() != self._digest:
            raise DeckError("changed_while_read")


def _identity(known: object) -> tuple[object, ...]:
    return tuple(getattr(known, name) for name in ("st_size", "st_mtime_ns", "st_ino", "st_dev"))
