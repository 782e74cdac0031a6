"""The dates of a deck's rows, where it has several of one prefix or ended ones.

Carriers give today's price and the next one as two rows with a first day each and no last one:
an open row ends where a later one of its prefix begins, if an open one follows at all. Any other
overlap cannot be decided: the row that stands first in the file is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.tariff import Entry


@dataclass(frozen=True, slots=True)
class Resolved:
    """Which rows are not taken as they are, by their index in the deck.

    `exceptions` gives the row with another end, or None where it is not taken: because it is
    one of the `duplicates`, or ended before the version holds.
    """

    exceptions: dict[int, Entry | None]
    duplicates: frozenset[int]

    def taken(self, entries: tuple[Entry, ...]) -> Iterator[Entry]:
        """Yield the rows that are taken, with the dates for which they hold."""
        if not self.exceptions:
            yield from entries
            return
        for index, entry in enumerate(entries):
            dated = self.exceptions.get(index, entry)
            if dated is not None:
                yield dated


def resolved(entries: tuple[Entry, ...], at: int) -> Resolved:
    """Settle the dates of a deck whose version holds from `at` (microseconds UTC)."""
    exceptions: dict[int, Entry | None] = {
        index: None
        for index, entry in enumerate(entries)
        if entry.ends_at is not None and entry.ends_at <= at
    }
    duplicates: set[int] = set()
    if len({entry.prefix for entry in entries}) < len(entries):
        for group in _groups(entries, exceptions):
            _settle(group, at, exceptions, duplicates)
    return Resolved(exceptions, frozenset(duplicates))


def _groups(
    entries: tuple[Entry, ...], ended: dict[int, Entry | None]
) -> list[list[tuple[int, Entry]]]:
    """Return the rows, not ended ones, of each prefix that has several."""
    groups: dict[str, list[tuple[int, Entry]]] = {}
    for index, entry in enumerate(entries):
        if index not in ended:
            groups.setdefault(entry.prefix, []).append((index, entry))
    return [group for group in groups.values() if len(group) > 1]


def _settle(
    group: list[tuple[int, Entry]],
    at: int,
    exceptions: dict[int, Entry | None],
    duplicates: set[int],
) -> None:
    """Settle the rows of one prefix, given in file order."""
    accepted: list[Entry] = []
    for index, entry in group:
        dated = _ended_by_later(entry, group)
        if dated.ends_at is not None and dated.ends_at <= at:
            exceptions[index] = None
        elif any(_overlap(dated, other) for other in accepted):
            exceptions[index] = None
            duplicates.add(index)
        else:
            accepted.append(dated)
            if dated is not entry:
                exceptions[index] = dated


def _ended_by_later(entry: Entry, group: list[tuple[int, Entry]]) -> Entry:
    if entry.ends_at is not None:
        return entry
    later = [other for _, other in group if other.starts_at > entry.starts_at]
    if all(other.ends_at is not None for other in later):
        return entry
    return entry._replace(ends_at=min(other.starts_at for other in later))


def _overlap(one: Entry, other: Entry) -> bool:
    return (one.ends_at is None or other.starts_at < one.ends_at) and (
        other.ends_at is None or one.starts_at < other.ends_at
    )
