"""Errors that cross module borders, by stable code and parameters, never by sentence.

`ui` and the printed documents translate the codes; see ARCHITECTURE.md, "Errors".
"""

from __future__ import annotations

from collections.abc import Mapping

Params = Mapping[str, str | int]
"""Parameters of a code: plain text and whole numbers only."""


class CodedError(Exception):
    """An error with a stable `code` and the `params` its translation needs."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: dict[str, str | int] = params

    def __str__(self) -> str:
        return f"{self.code} {self.params}" if self.params else self.code


class UserError(CodedError):
    """Something the operator can put right: a wrong amount, a busy booth, a missing right."""


class Unavailable(CodedError):
    """A peer (exchange, printer, display, database) is away; it may come back by itself."""


class Cancelled(Exception):
    """A person ended a long task; silent: nothing was changed and nobody needs telling."""
