"""The list model: Qt's own tester watches it; rows are updated and never reset."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.domain.money import EUR
from app.domain.sessions import BoothState
from tests.ui.fake_desk import NOW, SECOND, belleville, booth, many, talking
from ui.application import Look
from ui.booth_model import BoothModel
from ui.call_list import CallListModel
from ui.formatting import Formatter
from ui.row_list import Row, RowModel

WATCH = QAbstractItemModelTester.FailureReportingMode.Fatal


def english() -> Formatter:
    return Formatter("en", EUR, "Europe/Paris")


def test_rows_come_in_the_order_of_their_numbers(look: Look) -> None:
    model = BoothModel(english())
    tester = QAbstractItemModelTester(model, WATCH)
    model.apply([booth(3), booth(1)], NOW)
    model.apply([booth(2)], NOW)
    assert [view.booth for view in model.booths()] == [1, 2, 3]
    assert tester.model() is model


def test_only_changed_rows_are_announced_and_nothing_is_reset(look: Look) -> None:
    model = BoothModel(english())
    tester = QAbstractItemModelTester(model, WATCH)
    model.apply(many(40), NOW)
    resets: list[None] = []
    ranges: list[tuple[int, int]] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.dataChanged.connect(lambda first, last: ranges.append((first.row(), last.row())))
    model.apply([booth(3), talking(5, 1, 9), talking(6, 1, 9), booth(40)], NOW)
    assert ranges == [(4, 5), (39, 39)]  # booth 3 is what it was
    assert resets == []
    assert tester.model() is model


def test_time_alone_changes_only_the_tiles_that_show_it(look: Look) -> None:
    model = BoothModel(english())
    model.apply(belleville(), NOW)
    ranges: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: ranges.append((first.row(), last.row())))
    model.advance(NOW + SECOND)
    assert ranges == [(4, 5)]  # unlocked and ringing count seconds; the others do not move


def test_a_screen_reader_hears_the_whole_tile(look: Look) -> None:
    model = BoothModel(english())
    model.apply(belleville(), NOW)
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        "Booth 1, On a call, +221 77 512 •• ••, Sénégal mobile, €0.29/min, 07:42, €2.24"
    )


def test_the_last_four_digits_are_nowhere_in_the_model(look: Look) -> None:
    model = BoothModel(english())
    model.apply([talking(1, 0, 10)], NOW)
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        assert "3456" not in str(model.data(model.index(0), role)).replace(" ", "")


def test_an_unknown_state_keeps_its_last_figures(look: Look) -> None:
    model = BoothModel(english())
    model.apply([talking(1, 0, 462)], NOW)
    model.apply([talking(1, 0, 462, state=BoothState.UNKNOWN, is_stale=True)], NOW)
    tile = model.tile(0)
    assert tile.face.is_faded
    assert (tile.clock, tile.amount) == ("07:42", "€2.24")


def test_the_lists_at_the_side_grow_and_shrink(look: Look) -> None:
    calls = CallListModel()
    calls_tester = QAbstractItemModelTester(calls, WATCH)
    for view in (belleville()[1], belleville()[0], booth(1), belleville()[1]):
        calls.show(view.session, view.live, english())
    assert calls.rowCount() == 4
    assert calls_tester.model() is calls
    rows = RowModel()
    rows_tester = QAbstractItemModelTester(rows, WATCH)
    for count in (3, 1, 5, 0):
        rows.show([Row(number, f"row {count} {number}", "") for number in range(count)])
    assert rows.rowCount() == 0
    assert rows.data(QModelIndex()) is None
    assert rows_tester.model() is rows
