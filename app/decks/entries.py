"""Gathered rows become entries: codes expanded, repeats and contradictions told apart."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, field

from app.decks.cells import NUL, NUMBER, shown
from app.decks.codes import EXPANDED_MAX, LOST_ZERO, is_damaged_whole, prefixes_of
from app.decks.deck import DeckError, Note, RowError
from app.decks.gather import SLICE, Cells, Gathered
from app.decks.rates import Made
from app.decks.table import Watch
from app.domain.money import Price
from app.domain.tariff import PREFIX_MAX, Entry, Rate, fault_of_entry

DATES_MAX = 50
"""Entries of one prefix, by date; a deck with more is no deck."""

_NO_RATE = Made(None)
_CHECKED = Rate("-", Price(0))  # the rate of an entry of which only the prefix is looked at


@dataclass(slots=True)
class Found:
    """What the rows gave. `lines` are parallel to `entries`."""

    entries: list[Entry] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    refused: list[tuple[int, RowError, int]] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    expanded: int = 0
    counted: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    first_line: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def count(self, line: int, note: tuple[str, str, str]) -> None:
        """Count a note that many rows share."""
        self.counted[note] += 1
        self.first_line.setdefault(note, line)


def entries_of(gathered: Gathered, watch: Watch) -> Found:
    """Make the entries of all rows whose cells were read.

    Raises `DeckError`: `too_many_prefixes`; `Cancelled`.
    """
    found = Found()
    found.refused.extend((line, error, 0) for line, error in gathered.refused)
    add, add_line = found.entries.append, found.lines.append
    total = len(gathered.lines)
    for count, (line, code, cells) in enumerate(gathered.rows()):
        if not count % SLICE:
            watch.at(count, total, half=1)
        made = cells.made or _NO_RATE
        # The common row: a rate, and a code of digits alone. As `fault_of_entry` would say it.
        if (
            made.rate is not None
            and made.country_code is None
            and code.isdecimal()
            and code.isascii()
            and code[0] != "0"
            and len(code) <= PREFIX_MAX
        ):
            add(Entry(code, made.rate, made.starts_at, made.ends_at))
            add_line(line)
        else:
            _take_uncommon(found, line, code, cells)
    _count_notes(found, gathered)
    if len({entry.prefix for entry in found.entries}) < len(found.entries):
        _settle_repeats(found)
    _note_lost_zeros(found)
    found.notes.extend(
        Note(found.first_line[note], *note, count) for note, count in found.counted.items()
    )
    return found


def _take_uncommon(found: Found, line: int, code: str, cells: Cells) -> None:
    if not shown(code) and not any(shown(value) for value in cells.values):
        return  # nothing in the columns that are used
    made = cells.made
    try:
        if made is None:
            assert cells.error is not None, "cells are read or refused"
            raise cells.error
        prefixes = prefixes_of(code, made.country_code)
        _check(prefixes, code)
    except RowError as error:
        found.refused.append((line, error, 0))
        return
    _note_code(found, line, code, len(prefixes))
    if made.rate is None:
        found.deleted.extend(prefixes)
        return
    for prefix in prefixes:
        found.entries.append(Entry(prefix, made.rate, made.starts_at, made.ends_at))
        found.lines.append(line)


def _check(prefixes: list[str], code: str) -> None:
    for prefix in prefixes:
        fault = fault_of_entry(Entry(prefix, _CHECKED))
        if fault:
            raise RowError("prefix", fault, shown(code))


def _note_code(found: Found, line: int, code: str, count: int) -> None:
    if count > 1:
        found.notes.append(Note(line, "range_expanded", "prefix", shown(code)[:60], count))
        found.expanded += count
        if found.expanded > EXPANDED_MAX:
            raise DeckError("too_many_prefixes", limit=EXPANDED_MAX)
    if code.startswith(NUMBER + "0"):
        found.count(line, ("leading_zeros", "prefix", ""))
    if not code.startswith(NUL) and is_damaged_whole(code):
        found.count(line, ("excel_number", "prefix", ""))


def _count_notes(found: Found, gathered: Gathered) -> None:
    """Count what the cells beside the codes gave to say, once for all rows that share them."""
    noted = {id(cells) for cells in gathered.different.values() if cells.made and cells.made.notes}
    if not noted:
        return
    for line, _, cells in gathered.rows():
        if id(cells) in noted and cells.made is not None:
            for note in cells.made.notes:
                found.count(line, note)


def _note_lost_zeros(found: Found) -> None:
    found.notes.extend(
        Note(line, "zero_perhaps_lost", "prefix", entry.prefix)
        for entry, line in zip(found.entries, found.lines, strict=True)
        if entry.prefix.startswith(LOST_ZERO)
    )


def _settle_repeats(found: Found) -> None:
    """Drop what is said twice, refuse what contradicts, end what a later date replaces."""
    places: dict[str, list[int]] = {}
    for place, entry in enumerate(found.entries):
        places.setdefault(entry.prefix, []).append(place)
    dropped: set[int] = set()
    refused_lines: set[int] = set()
    for same in places.values():
        if len(same) > 1:
            _settle_one(found, same, dropped, refused_lines)
    keep = [place for place in range(len(found.entries)) if place not in dropped]
    found.entries = [found.entries[place] for place in keep]
    found.lines = [found.lines[place] for place in keep]


def _settle_one(found: Found, same: list[int], dropped: set[int], refused_lines: set[int]) -> None:
    entries, lines = found.entries, found.lines
    taken: list[int] = []
    # In the file's order: what came first stands, what contradicts it is refused.
    for place in same:
        entry = entries[place]
        other = next((known for known in taken if _contradict(entries[known], entry)), None)
        if other is None and len(taken) < DATES_MAX:
            taken.append(place)
            continue
        if other is None:
            other = taken[-1]
        dropped.add(place)
        if entries[other] == entry:
            if lines[place] not in found.repeated[-1:]:
                found.repeated.append(lines[place])
        elif lines[place] not in refused_lines:
            refused_lines.add(lines[place])
            error = RowError("prefix", "duplicate_prefix", entry.prefix)
            found.refused.append((lines[place], error, lines[other]))
    taken.sort(key=lambda place: entries[place].starts_at)
    for earlier, later in itertools.pairwise(taken):
        if entries[earlier].ends_at is None:
            entries[earlier] = entries[earlier]._replace(ends_at=entries[later].starts_at)
            found.count(lines[earlier], ("earlier_ended", "effective_from", ""))


def _contradict(one: Entry, other: Entry) -> bool:
    """Tell whether two entries of a prefix cannot both hold.

    An entry without an end of its own ends where a later one begins: carriers mean it so.
    """
    early, late = (one, other) if one.starts_at <= other.starts_at else (other, one)
    if early.starts_at == late.starts_at:
        return True
    return early.ends_at is not None and early.ends_at > late.starts_at
