"""Simulated customers of the practice exchange: they walk in when a booth is unlocked, and call.

Driven by `PracticeExchange.run_with`, in its thread; a seed makes the same customers again.
"""

from __future__ import annotations

import enum
import random
from collections.abc import Sequence
from dataclasses import dataclass

from app.pbx.practice import PracticeExchange

CHECK_EVERY_S = 0.25
"""How often a free booth is looked at."""

# Ways a call shop's customers dial home, X any digit: Senegal, Mali, Ivory Coast, Morocco, Algeria,
# France (mobile and fixed), India, Philippines, Romania, United Kingdom, Cameroon.
NUMBERS = (
    "0022177XXXXXXX",
    "0022178XXXXXXX",
    "002237XXXXXXX",
    "0022507XXXXXXXX",
    "002126XXXXXXXX",
    "0021355XXXXXXX",
    "06XXXXXXXX",
    "01XXXXXXXX",
    "0091981XXXXXXX",
    "0063917XXXXXXX",
    "0040722XXXXXX",
    "00442079460XXX",
    "002376XXXXXXXX",
)
WRONG_NUMBER = "002210XXXX"


class Outcome(enum.Enum):
    """How an attempt goes; the value is its share in a hundred."""

    ANSWERED = 76
    BUSY = 8
    NO_ANSWER = 7
    GIVES_UP = 4
    WRONG_NUMBER = 5


class _Phase(enum.Enum):
    AWAY = "AWAY"  # nobody in the booth
    ABOUT_TO_DIAL = "ABOUT_TO_DIAL"
    DIALLED = "DIALLED"
    RINGING = "RINGING"
    TALKING = "TALKING"
    DONE = "DONE"  # waits outside to pay; the booth must be locked before the next one comes


@dataclass(slots=True)
class _Booth:
    extension: str
    chance: random.Random
    phase: _Phase = _Phase.AWAY
    next_at: float = 0.0
    call_id: str = ""
    outcome: Outcome = Outcome.ANSWERED
    calls_left: int = 0


class PracticeCustomers:
    """Customers for these extensions. At `speed` 10 they ring, talk and think ten times as fast."""

    def __init__(
        self,
        exchange: PracticeExchange,
        extensions: Sequence[str],
        *,
        seed: int = 1,
        speed: float = 1.0,
    ) -> None:
        self._exchange = exchange
        self._speed = speed
        self._booths = [_Booth(ext, random.Random(f"{seed}/{ext}")) for ext in extensions]

    def start(self) -> None:
        """Let the exchange's thread move the customers."""
        self._exchange.run_with(self.step)

    def step(self, now: float) -> float:
        """Do what is due at this monotonic time; return when to be called again."""
        for booth in self._booths:
            if booth.next_at <= now:
                booth.next_at = now + self._move(booth)
        return min((booth.next_at for booth in self._booths), default=now + CHECK_EVERY_S)

    def _move(self, booth: _Booth) -> float:
        """Take a booth's next step; return the seconds until the one after."""
        if booth.phase in {_Phase.DIALLED, _Phase.RINGING, _Phase.TALKING}:
            if booth.call_id not in self._exchange.live_calls():
                return self._after_call(booth)  # somebody else ended it
            return self._go_on(booth)
        if not self._exchange.is_unlocked(booth.extension):
            booth.phase = _Phase.AWAY
            return CHECK_EVERY_S
        if booth.phase is _Phase.AWAY:
            booth.phase = _Phase.ABOUT_TO_DIAL
            booth.calls_left = booth.chance.choice((1, 1, 2, 3))
            return self._pause(booth, 4, 12)
        if booth.phase is _Phase.ABOUT_TO_DIAL:
            return self._dial(booth)
        return CHECK_EVERY_S

    def _dial(self, booth: _Booth) -> float:
        outcomes = list(Outcome)
        weights = [outcome.value for outcome in outcomes]
        booth.outcome = booth.chance.choices(outcomes, weights)[0]
        is_wrong = booth.outcome is Outcome.WRONG_NUMBER
        pattern = WRONG_NUMBER if is_wrong else booth.chance.choice(NUMBERS)
        digits = [booth.chance.choice("0123456789") if c == "X" else c for c in pattern]
        booth.calls_left -= 1
        booth.phase = _Phase.DIALLED
        booth.call_id = self._exchange.dial(booth.extension, "".join(digits))
        return self._pause(booth, 0.5, 2)

    def _go_on(self, booth: _Booth) -> float:
        if booth.phase is _Phase.DIALLED:
            if booth.outcome is Outcome.WRONG_NUMBER:
                return self._end(booth, "exchange", 1)
            if booth.outcome is Outcome.BUSY:
                return self._end(booth, "far_end", 17)
            self._exchange.ring(booth.call_id)
            booth.phase = _Phase.RINGING
            is_answered = booth.outcome is Outcome.ANSWERED
            return self._pause(booth, 3, 9) if is_answered else self._pause(booth, 15, 30)
        if booth.phase is _Phase.RINGING:
            if booth.outcome is Outcome.GIVES_UP:
                return self._end(booth, "customer", 16)
            if booth.outcome is Outcome.NO_ANSWER:
                return self._end(booth, "exchange", 0)
            self._exchange.answer(booth.call_id)
            booth.phase = _Phase.TALKING
            # Many short calls, few long ones.
            return (20 + 340 * booth.chance.random() ** 2) / self._speed
        return self._end(booth, booth.chance.choice(("customer", "customer", "far_end")), 16)

    def _end(self, booth: _Booth, by: str, cause: int) -> float:
        self._exchange.hang_up(booth.call_id, by, cause)
        return self._after_call(booth)

    def _after_call(self, booth: _Booth) -> float:
        booth.call_id = ""
        booth.phase = _Phase.ABOUT_TO_DIAL if booth.calls_left > 0 else _Phase.DONE
        return self._pause(booth, 3, 15)

    def _pause(self, booth: _Booth, least: float, most: float) -> float:
        return booth.chance.uniform(least, most) / self._speed
