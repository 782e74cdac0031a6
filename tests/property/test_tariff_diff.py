"""Any deck over any tariff makes a tariff, and does what a naive model says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Price
from app.domain.tariff import Entry, Rate, Tariff
from app.domain.tariff_diff import Change, Mark, compare, merge

INSTANTS = range(13)

prefixes = st.sampled_from(["2", "22", "221", "223", "33", "999"])
rates = st.builds(
    Rate, st.sampled_from(["Mali", "Senegal"]), st.sampled_from([Price(0), Price(5), Price(900)])
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    start = draw(st.integers(0, 9))
    length = draw(st.none() | st.integers(1, 6))
    return Entry(draw(prefixes), draw(rates), start, None if length is None else start + length)


decks = st.lists(entries(), max_size=8).map(tuple)
# Not `builds`: it would give a named tuple dates as well.
undated = st.tuples(prefixes, rates).map(lambda pair: Entry(*pair))
single_decks = st.lists(undated, max_size=6, unique_by=lambda entry: entry.prefix).map(tuple)
instants = st.integers(0, 10)


@st.composite
def held(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Entries of a tariff: several by date for some prefixes."""
    found: list[Entry] = []
    for prefix in draw(st.lists(prefixes, unique=True)):
        borders = sorted(draw(st.sets(st.integers(0, 12), min_size=1, max_size=4)))
        ends = [*borders[1:], draw(st.none() | st.integers(13, 15))]
        for start, end in zip(borders, ends, strict=True):
            if draw(st.integers(0, 3)):
                found.append(Entry(prefix, draw(rates), start, end))
    return tuple(draw(st.permutations(found)))


def own(tariff: Tariff, prefix: str, at: int) -> Rate | None:
    found = [entry.rate for entry in tariff.all_of(prefix) if entry.holds_at(at)]
    return found[0] if found else None


@given(held(), decks, instants, st.booleans(), st.sets(prefixes), st.sets(prefixes))
def test_what_is_merged_always_makes_a_tariff(
    old: tuple[Entry, ...],
    new: tuple[Entry, ...],
    at: int,
    is_full: bool,
    deleted: set[str],
    left_out: set[str],
) -> None:
    before = Tariff("old", old)
    gone = tuple(deleted)
    merged = merge(old, new, at=at, is_full=is_full, deleted=gone, left_out=frozenset(left_out))
    after = Tariff("new", merged)
    assert all(entry.ends_at is None or entry.ends_at > at for entry in merged)
    named = {entry.prefix for entry in new}
    for prefix in {entry.prefix for entry in old} | named | left_out:
        for instant in range(at, 16):
            if prefix in left_out or (
                prefix not in named and not is_full and prefix not in deleted
            ):
                assert own(after, prefix, instant) == own(before, prefix, instant)
            elif prefix not in named:
                assert own(after, prefix, instant) is None


@given(held(), single_decks, st.integers(0, 6), instants, st.booleans())
def test_a_deck_with_one_first_day_holds_from_then_and_the_old_prices_until_then(
    old: tuple[Entry, ...], deck: tuple[Entry, ...], delay: int, at: int, is_full: bool
) -> None:
    new = tuple(Entry(entry.prefix, entry.rate, at + delay) for entry in deck)
    before = Tariff("old", old)
    after = Tariff("new", merge(old, new, at=at, is_full=is_full))
    for entry in new:
        for instant in range(at, 20):
            expected = entry.rate if instant >= at + delay else own(before, entry.prefix, instant)
            assert own(after, entry.prefix, instant) == expected


@given(held(), decks, instants, st.booleans(), st.sets(prefixes))
def test_the_rows_say_what_the_merge_does(
    old: tuple[Entry, ...], new: tuple[Entry, ...], at: int, is_full: bool, deleted: set[str]
) -> None:
    gone = tuple(sorted(deleted))
    diff = compare(old, new, range(len(new)), at=at, is_full=is_full, deleted=gone)
    merged = merge(old, new, at=at, is_full=is_full, deleted=gone)
    before, after = Tariff("old", old), Tariff("new", merged)
    assert sum(diff.counts.values()) == diff.same + len(diff.rows)
    for row in diff.rows:
        if row.new is not None:
            assert row.new in merged
            instant = max(at, row.new.starts_at)
            assert own(after, row.prefix, instant) == row.new.rate
        if row.change is Change.DROPPED:
            assert after.all_of(row.prefix) == ()
            assert row.old in before.all_of(row.prefix)
        if row.change is Change.NEW:
            assert all(known.ends_at is not None for known in before.all_of(row.prefix))
        if row.new is None and row.change is Change.SAME:
            assert row.marks & {Mark.DUPLICATE, Mark.ENDED}
    changed = {row.prefix for row in diff.rows}
    for prefix in {entry.prefix for entry in old} - changed:
        for instant in range(at, 16):
            if own(before, prefix, instant) != own(after, prefix, instant):
                # Only a later old price can vanish unsaid: the deck's row replaces all of them.
                assert any(entry.prefix == prefix for entry in new)
                assert len(before.all_of(prefix)) > 1


@given(single_decks, single_decks, st.booleans())
def test_without_dates_the_rows_are_those_of_a_naive_comparison(
    old: tuple[Entry, ...], new: tuple[Entry, ...], is_full: bool
) -> None:
    diff = compare(old, new, range(len(new)), at=5, is_full=is_full)
    before = {entry.prefix: entry.rate for entry in old}
    after = {entry.prefix: entry.rate for entry in new}
    expected = {}
    for prefix, rate in after.items():
        known = before.get(prefix)
        if known is None:
            expected[prefix] = Change.NEW
        elif rate.price_per_minute != known.price_per_minute:
            is_dearer = rate.price_per_minute > known.price_per_minute
            expected[prefix] = Change.DEARER if is_dearer else Change.CHEAPER
        elif rate != known:
            expected[prefix] = Change.CHANGED
    if is_full:
        expected |= dict.fromkeys(before.keys() - after.keys(), Change.DROPPED)
    assert {row.prefix: row.change for row in diff.rows} == expected


@given(held(), instants)
def test_a_tariff_against_itself_changes_nothing(old: tuple[Entry, ...], at: int) -> None:
    twin = tuple(Entry(one.prefix, one.rate, one.starts_at, one.ends_at) for one in old)
    diff = compare(old, twin, range(len(twin)), at=at, is_full=True)
    assert all(row.marks == {Mark.ENDED} for row in diff.rows)
    assert merge(old, twin, at=at, is_full=True) == tuple(
        entry for entry in old if entry.ends_at is None or entry.ends_at > at
    )
