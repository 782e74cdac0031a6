"""One job with one printer: ask how it is, send, and learn whether the paper is there.

Runs on the printer thread. The questions before (`DLE EOT 1..4`) tell what stops the printer
while nothing is lost yet; `GS r 1` after the job is answered only when all before it is
processed, and not while the paper is out. A printer that never answers is written to blindly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from printing.status import (
    FENCE,
    QUESTIONS,
    Condition,
    Kind,
    Reply,
    ReplyReader,
    fence_shows_paper,
    question,
)
from printing.transports import Broken, Connection, Deadline

PRINTED = "printed"
SENT = "sent"

_PAPER = 4
_COVER = 2


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the printer thread waits for what, in seconds."""

    connect: float = 3.0
    answer: float = 2.0
    stall: float = 5.0
    proof: float = 20.0
    paper: float = 60.0
    """For the proof while the printer says that its paper is out or its cover open."""
    go_on: float = 10.0
    poll: float = 30.0
    poll_again: float = 5.0
    """Between questions to a printer in trouble."""


class Conversation:
    """Questions and answers over one connection."""

    def __init__(self, connection: Connection, patience: Patience) -> None:
        self._connection = connection
        self._patience = patience
        self._reader = ReplyReader()
        self._unread: list[Reply] = []

    def condition(self) -> Condition | None:
        """Ask the printer how it is; None when it does not answer.

        Raises `Broken` when it hangs up.
        """
        found = Condition()
        if not self._connection.can_answer:
            return None
        for n in QUESTIONS:
            byte = self._ask(question(n), Kind.STATUS, Deadline.after(self._patience.answer))
            if byte is None:
                return None
            found = found.with_reply(n, byte)
        return found

    def has_fence(self) -> bool:
        """Tell whether this printer answers `GS r 1`; asked while it has nothing to print."""
        deadline = Deadline.after(self._patience.answer)
        return self._ask(FENCE, Kind.FENCE, deadline) is not None

    def send(self, data: bytes) -> None:
        """Send the job. Raises `NotSent` or `Broken`."""
        self._connection.send(data, self._patience.stall)

    def wait_until_printed(self, say: Callable[[Condition], None]) -> None:
        """Wait for the fence, watching the printer meanwhile; each condition seen goes to `say`.

        Raises `Broken` with what is wrong when no proof comes.
        """
        self._forget_unread()
        self._connection.send(FENCE, self._patience.stall)
        deadline = Deadline.after(self._patience.proof)
        latest = Deadline.after(self._patience.paper)
        condition = Condition()
        while deadline.left:
            turn = Deadline.after(self._patience.answer).earlier(deadline)
            byte = self._receive(Kind.FENCE, turn)
            if byte is not None:
                if not fence_shows_paper(byte):
                    raise Broken("paper_out")
                return
            condition = self._look(condition)
            say(condition)
            if condition.trouble:
                deadline = latest
        raise Broken(condition.trouble or "no_proof")

    def still_answers(self) -> None:
        """Ask once more after the job; raises `Broken` when there is no answer or a trouble."""
        condition = self.condition()
        if condition is None:
            raise Broken("no_answer")
        if condition.trouble:
            raise Broken(condition.trouble)

    def _look(self, before: Condition) -> Condition:
        # The fence may come while we ask for the paper; then it is found in the next turn.
        found = Condition()
        for n in (_COVER, _PAPER):
            byte = self._ask(question(n), Kind.STATUS, Deadline.after(self._patience.answer))
            if byte is None:
                return before
            found = found.with_reply(n, byte)
        return found

    def _forget_unread(self) -> None:
        # Noise that came before the fence was sent must not pass for its answer.
        while data := self._connection.receive(Deadline.after(0.0)):
            self._reader.feed(data)
        self._unread.clear()

    def _ask(self, request: bytes, kind: Kind, deadline: Deadline) -> int | None:
        # Whatever of this kind came before the question does not answer it.
        self._unread = [reply for reply in self._unread if reply.kind is not kind]
        self._connection.send(request, self._patience.stall)
        return self._receive(kind, deadline)

    def _receive(self, kind: Kind, deadline: Deadline) -> int | None:
        """Return the next reply of this kind, None at the deadline; others are kept."""
        while True:
            for index, reply in enumerate(self._unread):
                if reply.kind is kind:
                    return self._unread.pop(index).byte
            if not deadline.left:
                return None
            self._unread += self._reader.feed(self._connection.receive(deadline))
