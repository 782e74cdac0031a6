"""The rows of a dry run: which are shown in which order, and which are taken. No Qt.

The rows stay the worker's own objects: a deck may have a quarter of a million of them.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence

from app.decks.deck import RefusedRow
from app.domain.quotes import folded
from app.domain.tariff_diff import Change, Mark
from app.tariffs.proposal import Proposal, ProposalRow

AnyRow = ProposalRow | RefusedRow
Key = tuple[int, int, str]
_TO_CHECK = frozenset((Mark.ABSURD, Mark.UNKNOWN_COUNTRY, Mark.FREE, Mark.DUPLICATE, Mark.ENDED))
_LOWEST = -(10**18)


class Column(enum.IntEnum):
    """The columns, from the beginning of a line."""

    TICK = 0
    PREFIX = 1
    DESTINATION = 2
    OLD = 3
    NEW = 4
    DIFFERENCE = 5
    OTHER = 6
    MARGIN = 7
    REMARK = 8


class Choice(enum.Enum):
    """Which rows are shown."""

    ALL = "ALL"
    DEARER = "DEARER"
    CHEAPER = "CHEAPER"
    NEW = "NEW"
    DROPPED = "DROPPED"
    CHANGED = "CHANGED"
    BELOW_COST = "BELOW_COST"
    BELOW_GUARD = "BELOW_GUARD"
    TO_CHECK = "TO_CHECK"
    REFUSED = "REFUSED"


_OF_CHANGE = {
    Choice.DEARER: Change.DEARER,
    Choice.CHEAPER: Change.CHEAPER,
    Choice.NEW: Change.NEW,
    Choice.DROPPED: Change.DROPPED,
    Choice.CHANGED: Change.CHANGED,
}
_OF_MARK = {Choice.BELOW_COST: Mark.BELOW_COST, Choice.BELOW_GUARD: Mark.BELOW_GUARD}


class Rows:
    """The rows of a proposal and those that were refused. All are taken but the doubtful."""

    def __init__(self, proposal: Proposal) -> None:
        """Show all, in the file's order."""
        self.proposal = proposal
        self.left_out = set(proposal.doubtful)
        self._suspect = {
            note.line for note in proposal.deck.notes if note.code == "zero_perhaps_lost"
        } - {0}
        self._rows: list[AnyRow] = [*proposal.rows, *proposal.deck.refused]
        self._shown: Sequence[int] = range(len(self._rows))
        self._texts: dict[int, str] = {}
        self.counts = self._count()

    def __len__(self) -> int:
        """Return how many rows are shown."""
        return len(self._shown)

    def row(self, line: int) -> AnyRow:
        """Return a row by its place."""
        return self._rows[self._shown[line]]

    def can_take(self, line: int) -> bool:
        """Tell whether a row may be ticked."""
        row = self.row(line)
        return isinstance(row, ProposalRow) and row.can_take

    def taken(self) -> int:
        """Return how many rows are ticked."""
        rows = self.proposal.rows
        return sum(row.can_take for row in rows) - sum(
            rows[number].can_take for number in self.left_out
        )

    def show(self, choice: Choice, search: str, column: int, *, is_descending: bool) -> None:
        """Show the rows of a kind that contain what is searched for; `column` -1: unsorted."""
        shown: Iterable[int] = range(len(self._rows))
        if choice is not Choice.ALL:
            shown = [at for at in shown if self._is_chosen(self._rows[at], choice)]
        if search.strip():
            shown = self._found(shown, search)
        places = list(shown)
        if column >= 0:
            key = self._key_of(Column(column))
            places.sort(key=lambda at: key(self._rows[at]), reverse=is_descending)
        self._shown = places

    def _count(self) -> dict[Choice, int]:
        counts = dict.fromkeys(Choice, 0)
        of_change = {change: choice for choice, change in _OF_CHANGE.items()}
        of_mark = {mark: choice for choice, mark in _OF_MARK.items()}
        for row in self.proposal.rows:
            if row.change in of_change:
                counts[of_change[row.change]] += 1
            for mark in row.marks:
                if mark in of_mark:
                    counts[of_mark[mark]] += 1
            counts[Choice.TO_CHECK] += self._wants_a_look(row)
        counts[Choice.ALL] = len(self._rows)
        counts[Choice.REFUSED] = len(self.proposal.deck.refused)
        return counts

    def _wants_a_look(self, row: ProposalRow) -> bool:
        return bool(row.marks & _TO_CHECK) or row.line in self._suspect

    def _is_chosen(self, row: AnyRow, choice: Choice) -> bool:
        if isinstance(row, RefusedRow):
            return choice is Choice.REFUSED
        if choice in _OF_CHANGE:
            return row.change is _OF_CHANGE[choice]
        if choice in _OF_MARK:
            return _OF_MARK[choice] in row.marks
        return choice is Choice.TO_CHECK and self._wants_a_look(row)

    def _found(self, shown: Iterable[int], search: str) -> list[int]:
        digits = "".join(filter(str.isdigit, search))
        wanted = folded(search)
        if digits and not any(sign.isalpha() for sign in search):
            return [at for at in shown if _has_prefix(self._rows[at], digits)]
        return [at for at in shown if all(word in self._text_of(at) for word in wanted)]

    def _text_of(self, at: int) -> str:
        text = self._texts.get(at)
        if text is None:
            row = self._rows[at]
            plain = row.value if isinstance(row, RefusedRow) else row.destination
            text = self._texts[at] = " ".join(folded(plain))
        return text

    def _key_of(self, column: Column) -> Callable[[AnyRow], Key]:
        """Return what rows are sorted by; what has no figure stands below all that have."""
        keys: dict[Column, Callable[[ProposalRow], Key]] = {
            Column.TICK: lambda row: (0, row.number in self.left_out, ""),
            Column.PREFIX: lambda row: (0, 0, row.prefixes[0]),
            Column.DESTINATION: lambda row: (0, 0, row.destination.casefold()),
            Column.OLD: lambda row: _figure(row.old.price_per_minute.micro if row.old else None),
            Column.NEW: lambda row: _figure(row.new.price_per_minute.micro if row.new else None),
            Column.DIFFERENCE: lambda row: _figure(row.permille),
            Column.OTHER: lambda row: _figure(row.other.micro if row.other else None),
            Column.MARGIN: lambda row: _figure(row.margin_permille),
            Column.REMARK: lambda row: (0, -_gravity(row), ""),
        }
        of_row = keys[column]
        return lambda row: (-1, row.line, row.value) if isinstance(row, RefusedRow) else of_row(row)


def _has_prefix(row: AnyRow, digits: str) -> bool:
    if isinstance(row, RefusedRow):
        return digits in row.value or digits == str(row.line)
    return any(one.startswith(digits) or digits.startswith(one) for one in row.prefixes)


def _figure(value: int | None) -> Key:
    return (0, _LOWEST if value is None else value, "")


def _gravity(row: ProposalRow) -> int:
    """Return how much a row wants a look."""
    weights = {Mark.ABSURD: 8, Mark.BELOW_COST: 6, Mark.BELOW_GUARD: 4}
    heaviest = max((weights.get(mark, 5) for mark in row.marks), default=0)
    return heaviest or bool(row.terms)
