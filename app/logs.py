"""Logging: a rotating file in the data folder, numbers shortened, and no thread dies unseen."""

from __future__ import annotations

import logging
import logging.handlers
import re
import sys
import threading
from pathlib import Path
from types import TracebackType

LOG_FILE = "callshop.log"
MAX_BYTES = 2_000_000
KEPT_FILES = 5

_LONG_NUMBER = re.compile(r"(?<![\w.])(\+?\d{3,}?)\d{4}(?![\w.])")


def shorten_numbers(text: str) -> str:
    """Replace the last four digits of anything that may be a subscriber's number."""
    return _LONG_NUMBER.sub(r"\1····", text)


class _Shortening(logging.Formatter):
    """Formats a record and then shortens every number in it, also in a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        return shorten_numbers(super().format(record))


def set_up(folder: Path) -> logging.Handler:
    """Log the project's loggers into the folder; returns the handler, to be closed at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / LOG_FILE, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
    )
    handler.setFormatter(
        _Shortening("%(asctime)s %(levelname)s %(threadName)s %(name)s %(message)s")
    )
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    return handler


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        logging.getLogger(__name__).critical("uncaught", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)


def _uncaught_in_thread(what: threading.ExceptHookArgs) -> None:
    name = what.thread.name if what.thread is not None else "?"
    logging.getLogger(__name__).critical(
        "uncaught in thread thread=%s", name, exc_info=what.exc_value
    )
