r"""The digit patterns of numbering plans, walked digit by digit.

Plan data describes numbers by small regular expressions (digits, `\d`, sets, groups, choices,
`?` and `{n,m}`). `re` only answers for whole numbers; which numbers *can begin* with some digits
decides where mobile and fixed part and which short numbers exist, and is asked here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

DIGITS = "0123456789"

States = frozenset[int]
"""Where a walk stands; empty when no number of the pattern begins so."""


@dataclass(frozen=True, slots=True)
class _State:
    """One state: `digits` lead to `follow`; without digits every state of `follow` is free."""

    digits: str
    follow: tuple[int, ...]


class DigitPattern:
    """One pattern. Raises `ValueError` for anything but the small language above."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._states: list[_State] = [_State("", ())]
        nodes = self._choice()
        if self._at != len(text):
            raise ValueError(f"not a digit pattern: {text!r}")
        self.start: States = self._closure({nodes.build(self._states, 0)})

    def step(self, states: States, digit: str) -> States:
        """Go on by one digit."""
        reached = {
            state.follow[0]
            for state in map(self._states.__getitem__, states)
            if digit in state.digits
        }
        return self._closure(reached) if reached else frozenset()

    def walk(self, digits: str) -> States:
        """Go from the start along `digits`."""
        states = self.start
        for digit in digits:
            states = self.step(states, digit)
        return states

    @staticmethod
    def accepts(states: States) -> bool:
        """Tell whether the digits so far are a whole number of the pattern."""
        return 0 in states

    def numbers(self) -> Iterator[str]:
        """Yield every number of the pattern; only for the short ones (emergency numbers)."""
        waiting = [("", self.start)]
        while waiting:
            digits, states = waiting.pop()
            if self.accepts(states):
                yield digits
            for digit in DIGITS:
                following = self.step(states, digit)
                if following:
                    waiting.append((digits + digit, following))

    def prefixes(self, depth: int) -> Iterator[str]:
        """Yield beginnings of at most `depth` digits under which only such numbers can lie.

        A beginning holds when every further digit is open to the pattern, up to its length.
        What parts deeper than `depth` is left out: these prefixes open a locked phone, so a
        number too few is the smaller fault.
        """
        waiting = [("", self.start)]
        while waiting:
            digits, states = waiting.pop()
            if self._is_open(states):
                yield digits
            elif len(digits) < depth:
                waiting.extend(
                    (digits + digit, self.step(states, digit))
                    for digit in DIGITS
                    if self.step(states, digit)
                )

    def _is_open(self, states: States) -> bool:
        while not self.accepts(states):
            following = {self.step(states, digit) for digit in DIGITS}
            if len(following) != 1:
                return False
            (states,) = following
            assert states, "every state leads to the end of some number"
        return True

    def _closure(self, states: set[int]) -> States:
        waiting, closed = list(states), set(states)
        while waiting:
            state = self._states[waiting.pop()]
            if not state.digits:
                fresh = set(state.follow) - closed
                closed |= fresh
                waiting.extend(fresh)
        return frozenset(closed)

    def _choice(self) -> _Node:
        ways = [self._sequence()]
        while self._take("|"):
            ways.append(self._sequence())
        return ways[0] if len(ways) == 1 else _Choice(tuple(ways))

    def _sequence(self) -> _Node:
        parts: list[_Node] = []
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            parts.append(self._repeated(self._atom()))
        return _Sequence(tuple(parts))

    def _atom(self) -> _Node:
        if self._take("(?:"):
            inside = self._choice()
            self._expect(")")
            return inside
        if self._take("\\d"):
            return _Digit(DIGITS)
        if self._take("["):
            end = self._text.find("]", self._at)
            inside_set, self._at = self._text[self._at : end], end
            self._expect("]")
            return _Digit(_expanded(inside_set))
        digit = self._text[self._at]
        if digit not in DIGITS:
            raise ValueError(f"not a digit pattern: {self._text!r}")
        self._at += 1
        return _Digit(digit)

    def _repeated(self, node: _Node) -> _Node:
        if self._take("?"):
            return _Repeat(node, 0, 1)
        if self._take("{"):
            end = self._text.find("}", self._at)
            least, _, most = self._text[self._at : end].partition(",")
            self._at = end
            self._expect("}")
            return _Repeat(node, int(least), int(most or least))
        return node

    def _take(self, token: str) -> bool:
        if self._text.startswith(token, self._at):
            self._at += len(token)
            return True
        return False

    def _expect(self, token: str) -> None:
        if not self._take(token):
            raise ValueError(f"not a digit pattern: {self._text!r}")


def _expanded(inside: str) -> str:
    digits = ""
    for part in inside.replace("\\d", "0-9").split("-"):
        if digits and part:
            digits += DIGITS[int(digits[-1]) + 1 : int(part[0])]
        digits += part
    return digits


@dataclass(frozen=True, slots=True)
class _Digit:
    digits: str

    def build(self, states: list[_State], follow: int) -> int:
        states.append(_State(self.digits, (follow,)))
        return len(states) - 1


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: tuple[_Node, ...]

    def build(self, states: list[_State], follow: int) -> int:
        for part in reversed(self.parts):
            follow = part.build(states, follow)
        return follow


@dataclass(frozen=True, slots=True)
class _Choice:
    ways: tuple[_Node, ...]

    def build(self, states: list[_State], follow: int) -> int:
        starts = tuple(way.build(states, follow) for way in self.ways)
        states.append(_State("", starts))
        return len(states) - 1


@dataclass(frozen=True, slots=True)
class _Repeat:
    node: _Node
    least: int
    most: int

    def build(self, states: list[_State], follow: int) -> int:
        start = follow
        for _ in range(self.most - self.least):
            states.append(_State("", (self.node.build(states, start), follow)))
            start = len(states) - 1
        for _ in range(self.least):
            start = self.node.build(states, start)
        return start


_Node = _Digit | _Sequence | _Choice | _Repeat
