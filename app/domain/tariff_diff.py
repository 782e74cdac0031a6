"""A new deck against the entries it will replace: what changes, and what will then hold.

`compare` tells a person what would happen, `merge` makes the entries of the next version. Both
take `at`, the instant (microseconds UTC) from which that version is to hold, and both read the
deck's dates alike (`deck_dates.resolved`). The old entries are those of a `Tariff`.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import NamedTuple

from app.domain.deck_dates import resolved
from app.domain.medians import median
from app.domain.money import Rounding, divide
from app.domain.numbering import has_calling_code
from app.domain.tariff import Access, Entry, Rate

ABSURD_RATIO = 100
"""A price so many times the old one, or so small a part of it, is a slipped decimal comma."""

_PERMILLE = 1000
_AREA_DIGITS = 3
"""No calling code is longer: the first digits tell whether a prefix has one."""


class Change(enum.Enum):
    """What a deck does to a prefix; stored by name."""

    NEW = "NEW"  # had no rate
    DROPPED = "DROPPED"  # will have none of its own
    DEARER = "DEARER"  # by the price per minute
    CHEAPER = "CHEAPER"
    CHANGED = "CHANGED"  # the same price per minute on other terms
    SAME = "SAME"  # nothing will be different


class Mark(enum.Enum):
    """What a person should look at before accepting a row; stored by name."""

    ABSURD = "ABSURD"  # see `ABSURD_RATIO`
    UNKNOWN_COUNTRY = "UNKNOWN_COUNTRY"  # the prefix belongs to no calling code
    FORBIDDEN = "FORBIDDEN"  # will not be callable
    FREE = "FREE"  # a price of nothing: often an empty cell
    DUPLICATE = "DUPLICATE"  # an earlier row of the prefix holds at the same time: not taken
    ENDED = "ENDED"  # its dates are over before the version holds: not taken
    BELOW_COST = "BELOW_COST"  # this and the next two: see `margins`
    BELOW_GUARD = "BELOW_GUARD"
    NO_COST = "NO_COST"


NO_MARKS: frozenset[Mark] = frozenset()


# A named tuple and not a frozen data class: a first deck has a row for each of its prefixes.
class DiffRow(NamedTuple):
    """One row of the deck, or a dropped prefix (`line` 0, unless the deck's dates dropped it).

    `new` bears the dates for which it will hold; it is None for a row that is not taken.
    """

    prefix: str
    change: Change
    old: Entry | None
    new: Entry | None
    line: int
    marks: frozenset[Mark] = NO_MARKS

    @property
    def permille(self) -> int | None:
        """The change of the price per minute in thousandths; None where there is no measure."""
        if self.old is None or self.new is None or not self.old.rate.price_per_minute:
            return None
        before = self.old.rate.price_per_minute.micro
        after = self.new.rate.price_per_minute.micro
        return divide((after - before) * _PERMILLE, before, Rounding.HALF_UP)

    @property
    def terms(self) -> tuple[str, ...]:
        """The names of the fields of `Rate`, and `ends_at`, that differ from the old entry."""
        if self.old is None or self.new is None:
            return ()
        old, new = self.old, self.new
        names = [
            term.name
            for term in fields(Rate)
            if getattr(old.rate, term.name) != getattr(new.rate, term.name)
        ]
        return (*names, "ends_at") if old.ends_at != new.ends_at else tuple(names)


@dataclass(frozen=True, slots=True)
class Diff:
    """What a deck changes: its `rows` in file order, then what it drops.

    Rows that change nothing and bear no mark are only counted: they are most of a deck.
    """

    rows: tuple[DiffRow, ...]
    same: int
    counts: Mapping[Change, int] = field(init=False)  # every row of the deck, and the dropped
    marks: Mapping[Mark, int] = field(init=False)

    def __post_init__(self) -> None:
        """Count."""
        changes = Counter(row.change for row in self.rows)
        changes[Change.SAME] += self.same
        marks = Counter(mark for row in self.rows for mark in row.marks)
        object.__setattr__(self, "counts", {change: changes[change] for change in Change})
        object.__setattr__(self, "marks", {mark: marks[mark] for mark in Mark})


def marked(diff: Diff, found: Mapping[str, Iterable[Mark]]) -> Diff:
    """Return the diff with more marks on the rows of some prefixes."""
    rows = tuple(
        row._replace(marks=row.marks.union(found[row.prefix])) if row.prefix in found else row
        for row in diff.rows
    )
    return Diff(rows, diff.same)


def compare(
    old: tuple[Entry, ...],
    new: tuple[Entry, ...],
    lines: Sequence[int],
    *,
    at: int,
    is_full: bool,
    deleted: tuple[str, ...] = (),
) -> Diff:
    """Compare a deck with the entries that hold now.

    `lines` are the deck's line numbers, one for each of `new`. Old prefixes that the deck does
    not name are dropped where it `is_full` or names them in `deleted`, else they stay.
    """
    comparison = _Comparison(old, new, at)
    rows = list(comparison.rows(new, lines))
    same = len(new) - len(rows)
    rows.extend(comparison.dropped(None if is_full else deleted))
    return Diff(tuple(rows), same)


class _Comparison:
    """The look-ups and the memory of one comparison."""

    def __init__(self, old: tuple[Entry, ...], new: tuple[Entry, ...], at: int) -> None:
        self._at = at
        self._deck = resolved(new, at)
        self._single = {entry.prefix: entry for entry in old}
        self._several = _several(old, self._single)
        self._usual_prices: dict[str, int] | None = None
        self._old, self._new = old, new
        self._changes: dict[tuple[int, int], Change] = {}
        self._has_code: dict[str, bool] = {}
        # Filled for the few decks that have rows which are not taken.
        self._live = (
            {entry.prefix for entry in self._deck.taken(new)} if self._deck.exceptions else set()
        )

    def rows(self, new: tuple[Entry, ...], lines: Sequence[int]) -> Iterator[DiffRow]:
        """Yield a row for each of the deck's that changes anything or bears a mark."""
        exceptions = self._deck.exceptions
        single, several, at = self._single, self._several, self._at
        same_as: dict[int, int] = {}  # id of a new rate -> id of the old rate that equals it
        for index, entry in enumerate(new):
            prefix = entry.prefix
            if index not in exceptions and prefix not in several:
                old = single.get(prefix)
                if old is entry:
                    continue
                # Equal rates are one object on each side, so that two ids settle most rows.
                if (
                    old is not None
                    and same_as.get(id(entry.rate)) == id(old.rate)
                    and old.ends_at == entry.ends_at
                    and old.starts_at <= at
                ):
                    continue
            row = self._row(index, entry, lines[index])
            if row.change is not Change.SAME or row.marks:
                yield row
            else:
                assert row.old is not None
                same_as[id(entry.rate)] = id(row.old.rate)

    def dropped(self, prefixes: tuple[str, ...] | None) -> Iterator[DiffRow]:
        """Yield a row for each old prefix, of all (None) or of some, that the deck leaves out."""
        named = {entry.prefix for entry in self._new}
        candidates = self._single if prefixes is None else dict.fromkeys(prefixes)
        if candidates.keys() <= named:
            return
        for prefix in candidates:
            if prefix not in named:
                entry = self._old_of(prefix, self._at)
                if entry is not None:
                    yield DiffRow(prefix, Change.DROPPED, entry, None, 0)

    def _old_of(self, prefix: str, when: int) -> Entry | None:
        """Return the old entry that holds at an instant, or the first that begins later."""
        entry = self._single.get(prefix)
        if entry is None:
            return None
        for known in self._several.get(prefix, (entry,)):
            if known.ends_at is None or when < known.ends_at:
                return known
        return None

    def _row(self, index: int, entry: Entry, line: int) -> DiffRow:
        if index in self._deck.exceptions:
            dated = self._deck.exceptions[index]
            if dated is None:
                return self._untaken(index, entry.prefix, line)
            entry = dated
        when = max(self._at, entry.starts_at)
        old = self._old_of(entry.prefix, when)
        change = Change.NEW if old is None else self._change(old, entry, when)
        marks = NO_MARKS if change is Change.SAME else self._marks(old, entry)
        return DiffRow(entry.prefix, change, old, entry, line, marks)

    def _untaken(self, index: int, prefix: str, line: int) -> DiffRow:
        """Return the row of a prefix that the deck ended, or that stands there twice."""
        if index in self._deck.duplicates:
            return DiffRow(prefix, Change.SAME, None, None, line, frozenset((Mark.DUPLICATE,)))
        old = None if prefix in self._live else self._old_of(prefix, self._at)
        self._live.add(prefix)  # told once
        change = Change.SAME if old is None else Change.DROPPED
        return DiffRow(prefix, change, old, None, line, frozenset((Mark.ENDED,)))

    def _change(self, old: Entry, new: Entry, when: int) -> Change:
        key = (id(old.rate), id(new.rate))
        change = self._changes.get(key)
        if change is None:
            change = self._changes[key] = _change_of(old.rate, new.rate)
        if change is Change.SAME and (old.ends_at != new.ends_at or old.starts_at > when):
            return Change.CHANGED
        return change

    def _marks(self, old: Entry | None, new: Entry) -> frozenset[Mark]:
        marks = set()
        if old is None and not self._is_in_a_country(new.prefix):
            marks.add(Mark.UNKNOWN_COUNTRY)
        if new.rate.access is Access.FORBIDDEN:
            marks.add(Mark.FORBIDDEN)
            return frozenset(marks)
        price = new.rate.price_per_minute.micro
        if not price:
            marks.add(Mark.FREE)
        if is_absurd(price, self._usual(new.rate) if old is None else _micro(old.rate)):
            marks.add(Mark.ABSURD)
        return frozenset(marks) if marks else NO_MARKS

    def _is_in_a_country(self, prefix: str) -> bool:
        area = prefix[:_AREA_DIGITS]
        has_code = self._has_code.get(area)
        if has_code is None:
            has_code = self._has_code[area] = has_calling_code(area)
        return has_code

    def _usual(self, rate: Rate) -> int:
        """Return what the destination of a new prefix usually costs, by the old entries if any."""
        if self._usual_prices is None:
            self._usual_prices = _usual_prices(self._new) | _usual_prices(self._old)
        return self._usual_prices[rate.destination]


def is_absurd(price: int, usual: int) -> bool:
    """Tell whether a price is far from what is usual; nothing is far from a price of nothing."""
    return usual > 0 and (price >= usual * ABSURD_RATIO or price * ABSURD_RATIO <= usual)


def _micro(rate: Rate) -> int:
    return rate.price_per_minute.micro


def _change_of(old: Rate, new: Rate) -> Change:
    before, after = old.price_per_minute, new.price_per_minute
    if before != after:
        return Change.DEARER if after > before else Change.CHEAPER
    return Change.SAME if old == new else Change.CHANGED


def _several(
    entries: tuple[Entry, ...], single: Mapping[str, Entry]
) -> dict[str, tuple[Entry, ...]]:
    """Return the entries, by date, of the prefixes that have more than one."""
    if len(single) == len(entries):
        return {}
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.prefix, []).append(entry)
    return {
        prefix: tuple(sorted(group, key=lambda entry: entry.starts_at))
        for prefix, group in groups.items()
        if len(group) > 1
    }


def _usual_prices(entries: tuple[Entry, ...]) -> dict[str, int]:
    """Return destination -> its middle price over all prefixes, the lower of two middles."""
    counts = Counter(id(entry.rate) for entry in entries)
    rates = {id(entry.rate): entry.rate for entry in entries}
    by_destination: dict[str, list[tuple[int, int]]] = {}
    for key, count in counts.items():
        rate = rates[key]
        by_destination.setdefault(rate.destination, []).append((_micro(rate), count))
    return {name: median(prices) for name, prices in by_destination.items()}


def merge(
    old: tuple[Entry, ...],
    new: tuple[Entry, ...],
    *,
    at: int,
    is_full: bool,
    deleted: tuple[str, ...] = (),
    left_out: frozenset[str] = frozenset(),
) -> tuple[Entry, ...]:
    """Return the entries of the version that holds from `at`: the deck's, then old ones that stay.

    Prefixes `left_out` stay as they were. An old entry holds until the first new one of its
    prefix begins, also in a full deck. The result makes a `Tariff` wherever `old` does and each
    entry of the deck is without fault.
    """
    merged = list(resolved(new, at).taken(new))
    if is_full and not left_out and all(entry.starts_at <= at for entry in merged):
        return tuple(merged)  # nothing old outlives this
    if left_out:
        merged = [entry for entry in merged if entry.prefix not in left_out]
    begins: dict[str, int] = {}
    for entry in merged:
        if begins.setdefault(entry.prefix, entry.starts_at) > entry.starts_at:
            begins[entry.prefix] = entry.starts_at
    gone = None if is_full else {entry.prefix for entry in new}.union(deleted)
    for entry in old:
        prefix = entry.prefix
        if prefix in left_out:
            stays = _until(entry, None, at)
        elif prefix in begins:
            stays = _until(entry, begins[prefix], at)
        elif gone is None or prefix in gone:
            continue
        else:
            stays = _until(entry, None, at)
        if stays is not None:
            merged.append(stays)
    return tuple(merged)


def _until(entry: Entry, end: int | None, at: int) -> Entry | None:
    """Return what is left of an old entry from `at` on until `end`, None where nothing is."""
    if entry.ends_at is not None and entry.ends_at <= at:
        return None
    if end is None or (entry.ends_at is not None and entry.ends_at <= end):
        return entry
    if end <= at or end <= entry.starts_at:
        return None
    return Entry(entry.prefix, entry.rate, entry.starts_at, end)
