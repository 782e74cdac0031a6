"""What a deck changes, row by row, and the entries that will then hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.medians import median
from app.domain.money import Price
from app.domain.tariff import Access, Entry, Rate, Tariff
from app.domain.tariff_diff import (
    Change,
    Diff,
    DiffRow,
    Mark,
    compare,
    is_absurd,
    marked,
    merge,
)

AT = 1_000

SENEGAL = Rate("Senegal", Price(170_000), first_increment=60, next_increment=60)
MALI = Rate("Mali", Price(200_000))
OLD = (Entry("221", SENEGAL), Entry("223", MALI), Entry("22377", MALI))


def priced(rate: Rate, micro: int) -> Rate:
    return replace(rate, price_per_minute=Price(micro))


def diff(*new: Entry, old: tuple[Entry, ...] = OLD, is_full: bool = False) -> Diff:
    return compare(old, new, range(2, len(new) + 2), at=AT, is_full=is_full)


def row(*new: Entry, old: tuple[Entry, ...] = OLD) -> DiffRow:
    (found,) = diff(*new, old=old).rows
    return found


def test_rows_come_in_file_order_and_then_what_is_dropped() -> None:
    found = compare(
        OLD,
        (
            Entry("225", Rate("Ivory Coast", Price(1))),
            Entry("223", MALI),
            Entry("221", priced(SENEGAL, 165_000)),
        ),
        (5, 6, 9),
        at=AT,
        is_full=True,
    )
    assert [(one.prefix, one.change, one.line) for one in found.rows] == [
        ("225", Change.NEW, 5),
        ("221", Change.CHEAPER, 9),
        ("22377", Change.DROPPED, 0),
    ]
    assert found.same == 1
    assert found.counts == {
        Change.NEW: 1,
        Change.DROPPED: 1,
        Change.DEARER: 0,
        Change.CHEAPER: 1,
        Change.CHANGED: 0,
        Change.SAME: 1,
    }


def test_in_changes_only_what_the_deck_does_not_name_stays() -> None:
    found = diff(Entry("221", priced(SENEGAL, 180_000)))
    assert [one.change for one in found.rows] == [Change.DEARER]


def test_changes_only_drops_what_is_named_and_known() -> None:
    found = compare(OLD, (OLD[0],), (2,), at=AT, is_full=False, deleted=("223", "999", "223"))
    assert [(one.prefix, one.change, one.old) for one in found.rows] == [
        ("223", Change.DROPPED, OLD[1])
    ]


def test_a_row_of_the_deck_outweighs_its_deletion() -> None:
    found = compare(OLD, (OLD[0],), (2,), at=AT, is_full=False, deleted=("221",))
    assert (found.rows, found.same) == ((), 1)
    assert merge(OLD, (OLD[0],), at=AT, is_full=False, deleted=("221",)) == OLD


@pytest.mark.parametrize(
    ("before", "after", "permille"),
    [
        (340_000, 372_500, 96),
        (170_000, 165_000, -29),
        (335_000, 349_000, 42),
        (210_000, 21_000_000, 99_000),
        (2_000, 1_999, -1),  # half away from zero
    ],
)
def test_the_change_of_price_is_told_in_permille(before: int, after: int, permille: int) -> None:
    found = row(Entry("4470", priced(MALI, after)), old=(Entry("4470", priced(MALI, before)),))
    assert found.permille == permille


def test_there_is_no_permille_without_two_prices() -> None:
    assert row(Entry("225", MALI)).permille is None
    assert row(Entry("225", MALI), old=(Entry("225", priced(MALI, 0)),)).permille is None
    (dropped,) = compare(OLD[:1], (), (), at=AT, is_full=True).rows
    assert dropped.permille is None


def test_other_terms_are_named() -> None:
    changed = Entry("223", replace(MALI, next_increment=6, country="ML"), 0, 9_000)
    found = row(changed)
    assert found.change is Change.CHANGED
    assert found.terms == ("next_increment", "country", "ends_at")
    assert row(Entry("223", replace(MALI, country="ML"))).terms == ("country",)
    assert row(Entry("225", MALI)).terms == ()


def test_equal_rates_need_not_be_the_same_object() -> None:
    twin = replace(MALI)
    assert diff(Entry("223", twin), Entry("22377", twin)) == Diff((), 2)
    assert diff(*OLD) == Diff((), 3)


def test_the_first_day_of_an_unchanged_row_is_no_change() -> None:
    assert diff(Entry("223", MALI, AT + 500)) == Diff((), 1)
    assert diff(Entry("223", MALI, AT - 500)) == Diff((), 1)


def test_another_last_day_is_a_change() -> None:
    # The first row is settled, and with it the pair of rates; the second differs all the same.
    found = diff(Entry("22377", MALI), Entry("223", MALI, 0, 9_000))
    assert [(one.prefix, one.change) for one in found.rows] == [("223", Change.CHANGED)]


def test_a_rate_that_begins_sooner_is_a_change() -> None:
    old = (Entry("223", MALI, AT + 500),)
    assert row(Entry("223", MALI), old=old).change is Change.CHANGED
    assert row(Entry("223", priced(MALI, 1), AT), old=old).old is old[0]
    found = diff(Entry("22377", MALI), Entry("223", MALI), old=(OLD[2], *old))
    assert [(one.prefix, one.change) for one in found.rows] == [("223", Change.CHANGED)]


def test_a_later_row_is_compared_with_what_holds_when_it_begins() -> None:
    dearer = priced(MALI, 300_000)
    old = (Entry("223", dearer, 5_000), Entry("223", MALI, 0, 5_000))
    assert row(Entry("223", MALI, 4_000), old=old).change is Change.CHANGED  # the last day
    assert row(Entry("223", MALI, 6_000), old=old).change is Change.CHEAPER
    assert diff(*old, old=old) == Diff((), 2)


def test_what_ended_before_is_not_there() -> None:
    old = (Entry("223", MALI, 0, AT),)
    assert row(Entry("223", MALI), old=old).change is Change.NEW
    assert compare(old, (), (), at=AT, is_full=True).rows == ()


def test_a_hundredfold_price_is_absurd() -> None:
    assert row(Entry("223", priced(MALI, 20_000_000))).marks == {Mark.ABSURD}
    assert row(Entry("223", priced(MALI, 19_999_999))).marks == frozenset()
    assert row(Entry("223", priced(MALI, 2_000))).marks == {Mark.ABSURD}
    assert row(Entry("223", priced(MALI, 2_001))).marks == frozenset()


def test_a_price_of_nothing_is_marked() -> None:
    assert row(Entry("223", priced(MALI, 0))).marks == {Mark.FREE, Mark.ABSURD}
    free = (Entry("223", priced(MALI, 0)),)
    assert row(Entry("223", MALI), old=free).marks == frozenset()
    assert not is_absurd(5, 0)


def test_a_new_prefix_is_measured_by_its_destination() -> None:
    found = diff(Entry("22378", priced(MALI, 20_000_000)), Entry("22379", priced(MALI, 190_000)))
    assert [one.marks for one in found.rows] == [{Mark.ABSURD}, frozenset()]


def test_what_a_destination_cost_outweighs_a_deck_that_is_all_wrong() -> None:
    wrong = priced(MALI, 20_000_000)
    found = diff(*(Entry(f"2238{digit}", wrong) for digit in range(5)))
    assert [one.marks for one in found.rows] == [{Mark.ABSURD}] * 5


def test_in_a_first_deck_a_destination_is_measured_by_itself() -> None:
    kingdom = Rate("United Kingdom personal", Price(210_000))
    found = diff(
        Entry("4470", priced(kingdom, 21_000_000)),
        Entry("44701", kingdom),
        Entry("33", Rate("France", Price(5))),
        old=(),
    )
    assert [one.marks for one in found.rows] == [{Mark.ABSURD}, frozenset(), frozenset()]


def test_a_forbidden_destination_is_marked_and_its_price_is_not_looked_at() -> None:
    forbidden = replace(MALI, price_per_minute=Price(0), access=Access.FORBIDDEN)
    assert row(Entry("223", forbidden)).marks == {Mark.FORBIDDEN}


def test_a_new_prefix_of_no_country_is_marked() -> None:
    found = diff(
        Entry("999", MALI), Entry("9991", MALI), Entry("2", MALI), Entry("99", MALI), old=()
    )
    assert [one.marks for one in found.rows] == [
        {Mark.UNKNOWN_COUNTRY},
        {Mark.UNKNOWN_COUNTRY},
        frozenset(),
        frozenset(),
    ]
    assert found.marks[Mark.UNKNOWN_COUNTRY] == 2
    known = (Entry("999", MALI),)
    assert row(Entry("999", priced(MALI, 1_000_000)), old=known).marks == frozenset()


def test_an_open_row_ends_where_the_next_one_begins() -> None:
    dearer = priced(MALI, 300_000)
    new = (Entry("223", dearer, 5_000), Entry("223", MALI))
    found = diff(*new)
    assert [(one.change, one.new) for one in found.rows] == [
        (Change.DEARER, Entry("223", dearer, 5_000)),
        (Change.CHANGED, Entry("223", MALI, 0, 5_000)),
    ]
    assert merge(OLD, new, at=AT, is_full=True) == (
        Entry("223", dearer, 5_000),
        Entry("223", MALI, 0, 5_000),
    )


def test_of_two_past_rows_the_later_one_is_today_s() -> None:
    new = (Entry("223", MALI, 100), Entry("223", priced(MALI, 1), 200))
    assert [(one.change, one.marks) for one in diff(*new).rows] == [
        (Change.SAME, frozenset({Mark.ENDED})),
        (Change.CHEAPER, frozenset({Mark.ABSURD})),
    ]
    assert merge((), new, at=AT, is_full=True) == new[1:]


def test_a_row_replaced_at_that_very_instant_has_ended() -> None:
    new = (Entry("223", MALI), Entry("223", priced(MALI, 1), AT))
    assert [one.marks for one in diff(*new).rows] == [{Mark.ENDED}, {Mark.ABSURD}]
    assert merge(OLD[1:2], new, at=AT, is_full=False) == new[1:]


def test_a_row_for_some_time_is_no_end_for_an_open_one() -> None:
    new = (Entry("223", MALI), Entry("223", priced(MALI, 1), 5_000, 6_000))
    assert [one.marks for one in diff(*new).rows] == [{Mark.DUPLICATE}]
    assert merge((), new, at=AT, is_full=True) == new[:1]


def test_rows_with_both_dates_follow_each_other() -> None:
    new = (
        Entry("223", MALI),
        Entry("223", priced(MALI, 1), 5_000, 6_000),
        Entry("223", MALI, 6_000),
    )
    assert merge((), new, at=AT, is_full=True) == (Entry("223", MALI, 0, 5_000), *new[1:])


def test_of_duplicates_the_first_is_taken() -> None:
    new = (
        Entry("225", SENEGAL),
        Entry("223", priced(MALI, 1_000_000)),
        Entry("223", priced(MALI, 2_000_000)),
    )
    found = diff(*new)
    assert [(one.line, one.change, one.marks) for one in found.rows] == [
        (2, Change.NEW, frozenset()),
        (3, Change.DEARER, frozenset()),
        (4, Change.SAME, {Mark.DUPLICATE}),
    ]
    assert found.counts[Change.SAME] == 1
    assert merge(OLD, new, at=AT, is_full=True) == new[:2]


def test_a_row_that_ended_takes_the_prefix_away_once() -> None:
    new = (Entry("223", MALI, 0, 500), Entry("223", MALI, 500, AT), Entry("229", MALI, 0, 9))
    found = diff(*new)
    assert [(one.line, one.change, one.new, one.marks) for one in found.rows] == [
        (2, Change.DROPPED, None, frozenset({Mark.ENDED})),
        (3, Change.SAME, None, frozenset({Mark.ENDED})),
        (4, Change.SAME, None, frozenset({Mark.ENDED})),
    ]
    assert merge(OLD, new, at=AT, is_full=False) == (OLD[0], OLD[2])


def test_marks_can_be_added() -> None:
    found = diff(Entry("223", priced(MALI, 0)), Entry("225", MALI))
    below = marked(found, {"223": [Mark.BELOW_COST], "777": [Mark.NO_COST]})
    assert [one.marks for one in below.rows] == [
        {Mark.FREE, Mark.ABSURD, Mark.BELOW_COST},
        frozenset(),
    ]
    assert (below.marks[Mark.BELOW_COST], below.same) == (1, found.same)


def test_the_deck_comes_first_and_what_stays_after_it() -> None:
    new = (Entry("225", MALI), Entry("223", priced(MALI, 1)))
    assert merge(OLD, new, at=AT, is_full=False) == (*new, OLD[0], OLD[2])
    assert merge(OLD, new, at=AT, is_full=False, deleted=("221",)) == (*new, OLD[2])
    assert merge(OLD, new, at=AT, is_full=True) == new


def test_what_is_left_out_stays_as_it_was() -> None:
    new = (Entry("225", MALI), Entry("223", priced(MALI, 1)))
    left_out = frozenset(("223", "225", "221"))
    assert merge(OLD, new, at=AT, is_full=True, left_out=left_out) == OLD[:2]


def test_the_old_price_holds_until_the_new_one_begins() -> None:
    new = (Entry("223", priced(MALI, 1), 5_000),)
    assert merge(OLD, new, at=AT, is_full=True) == (*new, Entry("223", MALI, 0, 5_000))


def test_of_old_dated_entries_only_what_is_needed_until_then_stays() -> None:
    old = (
        Entry("223", MALI, 0, 500),
        Entry("223", MALI, 500, 2_000),
        Entry("223", MALI, 2_000, 7_000),
        Entry("223", MALI, 7_000),
        Entry("221", SENEGAL, 0, AT),
        Entry("224", SENEGAL, 0, 400),
    )
    new = (Entry("223", priced(MALI, 1), 9_000), Entry("223", priced(MALI, 2), 5_000, 9_000))
    merged = merge(old, new, at=AT, is_full=False, left_out=frozenset(("224",)))
    assert merged == (*new, Entry("223", MALI, 500, 2_000), Entry("223", MALI, 2_000, 5_000))
    Tariff("next", merged)


def test_the_middle_is_the_lower_of_two() -> None:
    assert median([(30, 1), (10, 1)]) == 10
    assert median([(30, 1), (10, 1), (20, 1)]) == 20
    assert median([(30, 5), (10, 1)]) == 30
    for empty in ([], [(1, 0)]):
        with pytest.raises(ValueError, match="nothing"):
            median(empty)
