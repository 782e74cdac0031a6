"""The owner's pages: a sound model, nothing cut, everything named, both languages and themes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.messages import commands as cmd
from tests.fakes.owner import COSTS, PIN, PRICES, OwnersShop, deck
from ui.application import Look
from ui.controls import KeyButton
from ui.menu import open_menu
from ui.tariff_chips import Chips
from ui.tariff_door import TariffDoor, show_tariffs
from ui.tariff_model import ProposalModel
from ui.tariff_plain import Cell, Heading, PlainModel
from ui.tariff_room import room_on
from ui.tariff_rows import Choice, Column
from ui.tariff_window import TariffWindow

NASTY = (
    "22177,Senegal mobile,35.00,60,1",
    '"2,43E+11",Congo,0.36,60,60',
    '"1204,1226-1228",Canada,0.004,60,60',
    "44,United Kingdom,0.06,1,1",
    "999123,Nowhere,0.50,60,60",
)
INSET = 10
"""Least room at each side of a cell."""

OpenShopFor = Callable[..., OwnersShop]


@pytest.fixture
def open_owner(qtbot: QtBot, look: Look, tmp_path: Path) -> Iterator[OpenShopFor]:
    with ExitStack() as stack:
        folder = tmp_path / "shop"
        folder.mkdir()
        yield lambda **how: OwnersShop(qtbot, stack, folder, **how)


@pytest.fixture
def shop(open_owner: OpenShopFor) -> OwnersShop:
    return open_owner()


def dry_run(shop: OwnersShop, folder: Path) -> tuple[TariffWindow, ProposalModel]:
    """The dry run of a carrier's second deck, with everything that can be wrong in it."""
    window = shop.enter()
    shop.read(window, deck(folder / "prices.csv", *PRICES))
    shop.activate(window)
    shop.clock.advance(60)
    shop.read(window, deck(folder / "carrier.csv", *COSTS), carrier="voip")
    shop.activate(window)
    shop.clock.advance(60)
    shop.read(window, deck(folder / "nasty.csv", *NASTY), carrier="voip")
    model = window.imports.dry_run.model
    assert model is not None
    return window, model


def test_the_model_is_sound(shop: OwnersShop, tmp_path: Path) -> None:
    window, model = dry_run(shop, tmp_path)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for choice in Choice:
        model.show_only(choice, "")
        model.show_only(choice, "sen")
    model.show_only(Choice.ALL, "")
    for column in Column:
        model.sort(column, Qt.SortOrder.DescendingOrder)
        model.sort(column, Qt.SortOrder.AscendingOrder)
    model.sort(-1)
    model.tick(range(model.rowCount()), is_on=False)
    assert model.rows.taken() == 0
    assert not window.imports.dry_run.activate.isEnabled()
    index = model.index(0, Column.TICK)
    assert model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert model.rows.taken() == 1
    assert tester.model() is model


def test_a_plain_model_is_sound() -> None:
    headings = [Heading("Name"), Heading("Figure", is_figure=True)]
    rows: list[tuple[object, tuple[Cell, ...]]] = [
        (key, (Cell(name), Cell(str(figure), figure)))
        for key, name, figure in ((1, "b", 20), (2, "a", 3), (3, "C", 100))
    ]
    model = PlainModel(headings, rows)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert [model.key(line) for line in range(3)] == [2, 1, 3]
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert [model.key(line) for line in range(3)] == [3, 1, 2]
    model.sort(-1)
    assert [model.key(line) for line in range(3)] == [1, 2, 3]


def test_doubtful_rows_are_not_ticked_and_refused_ones_cannot_be(
    shop: OwnersShop, tmp_path: Path
) -> None:
    window, model = dry_run(shop, tmp_path)
    page = window.imports.dry_run
    by_prefix = {model.text(line, Column.PREFIX): line for line in range(model.rowCount())}
    absurd, refused = by_prefix["221 77"], by_prefix["2,43E+11"]
    assert model.check_state(absurd) is Qt.CheckState.Unchecked
    assert model.text(absurd, Column.DIFFERENCE) == "×129"
    assert "decimal sign forgotten? line 2" in model.text(absurd, Column.REMARK)
    assert model.check_state(refused) is None
    assert model.text(refused, Column.REMARK).startswith("line 3, refused")
    page.table.setCurrentIndex(model.index(refused, Column.PREFIX))
    before = model.rows.taken()
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert model.rows.taken() == before
    ranged = next(line for prefix, line in by_prefix.items() if prefix.startswith("1 204"))
    assert model.text(ranged, Column.REMARK) == "range expanded into 4 prefixes"
    assert by_prefix["1 204, 226–228"] == ranged


def test_a_click_on_the_heading_sorts_up_down_and_back(shop: OwnersShop, tmp_path: Path) -> None:
    window, model = dry_run(shop, tmp_path)
    table = window.imports.dry_run.table
    head = table.horizontalHeader()

    def names() -> list[str]:
        return [model.text(line, Column.DESTINATION) for line in range(model.rowCount())]

    first = names()
    place = QPoint(head.sectionViewportPosition(Column.NEW) + 20, head.height() // 2)
    for _ in range(2):
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names()[0] == "Senegal mobile"
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names() == first
    tick = QPoint(head.sectionViewportPosition(Column.TICK) + 20, head.height() // 2)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=tick)
    assert model.rows.left_out == set()


def test_a_dropped_file_is_taken_after_the_gate_only(shop: OwnersShop, tmp_path: Path) -> None:
    path = deck(tmp_path / "prices.csv", *PRICES)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path)])
    window = shop.enter()
    event = QDropEvent(
        QPoint(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window.imports.form.zone, event)
    window.dropEvent(event)
    assert window.imports.form.path == path
    assert window.pages.currentWidget() is window.imports


def test_nothing_is_read_before_everything_is_told(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    window.begin_import()
    form = window.imports.form
    said = []
    tells: tuple[Callable[[], object], ...] = (
        lambda: form.take_file(deck(tmp_path / "prices.csv", *PRICES)),
        form.other.click,
        lambda: form.other_name.setEditText("vip"),
        form.changes.click,
    )
    for tell in tells:
        form.read.click()
        said.append(form.error.text())
        tell()
    assert said == [
        "Choose a file first.",
        "Say what the file is.",
        "Name it.",
        "Say whether it names everything, or only what changes.",
    ]
    assert not form.full.isChecked()
    form.later.click()
    form.date.setDateTime(form.date.dateTime().addYears(-5))
    form.read.click()
    assert form.error.text() == "This date has passed."


def test_nothing_told_of_one_file_holds_for_the_next(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    shop.read(window, deck(tmp_path / "first.csv", *PRICES))
    window.imports.leave()
    form = window.imports.form
    assert (form.path.endswith("first.csv"), form.full.isChecked()) == (True, True)
    form.take_file(deck(tmp_path / "second.csv", *PRICES))
    assert (form.shop.isChecked(), form.full.isChecked()) == (True, False)
    window.begin_import()
    assert (form.path, form.shop.isChecked()) == ("", False)
    assert form.missing() is not None


def test_a_date_is_said_in_words_and_kept_in_the_shops_zone(
    open_owner: OpenShopFor, tmp_path: Path
) -> None:
    shop = open_owner(language="fr")
    window = shop.enter()
    window.begin_import(deck(tmp_path / "prices.csv", *PRICES))
    form = window.imports.form
    for button in (form.shop, form.full, form.later):
        button.click()
    form.read.click()
    page = window.imports.dry_run
    shop.until(lambda: window.imports.currentWidget() is page)
    assert page.activate.accessibleName() == "Activer le 1er décembre à 00:00"
    assert page.proposal is not None
    # Midnight in Paris is 23:00 of the day before.
    assert page.proposal.wish.at == 1_796_079_600_000_000
    shop.activate(window)
    row = shop.versions()[0]
    assert (row.starts_at, row.is_in_force) == (1_796_079_600_000_000, False)


def test_languages_and_themes_change_at_run_time(shop: OwnersShop, tmp_path: Path) -> None:
    window, model = dry_run(shop, tmp_path)
    page = window.imports.dry_run
    shop.main.use_language("fr")
    shop.until(lambda: page.title.text() == "Importer «\u00a0nasty.csv\u00a0»")
    assert page.chips.chip(Choice.ALL).text().startswith("Tout ")
    # Qt writes the program's name behind it.
    assert window.windowTitle() == "Tarifs"
    # Another word than on the button that leaves the question.
    assert window.versions.undo.text() == "Revenir à la version d’avant"
    assert model.headerData(Column.NEW, Qt.Orientation.Horizontal) == "Nouveau coût"
    before = window.grab().toImage()
    shop.main.use_theme("dark")
    assert window.grab().toImage() != before
    assert window.owner.palette.name == "dark"


def test_the_counter_stays_in_sight_and_in_use(shop: OwnersShop) -> None:
    window = shop.enter()
    assert not window.isModal()
    assert window.parent() is None
    assert window.live.text() == "Counter: 0 talking · 0 to be paid"
    window.to_counter.click()
    shop.until(shop.main.board.hasFocus)
    assert show_tariffs(shop.main) is window


@pytest.mark.parametrize(
    ("available", "size"),
    [
        (QRect(0, 0, 1024, 768), (1008, 720)),
        (QRect(0, 0, 1024, 728), (1008, 688)),
        (QRect(1920, 30, 1366, 738), (1240, 698)),
        (QRect(0, 0, 1920, 1080), (1240, 720)),
    ],
)
def test_all_of_the_window_stands_on_the_screen(available: QRect, size: tuple[int, int]) -> None:
    place = room_on(available)
    assert place.size().toTuple() == size
    with_frame = place.adjusted(-8, -32, 8, 8)
    assert available.contains(with_frame)


def test_the_window_is_no_taller_than_its_screen(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    available = window.screen().availableGeometry()
    shop.read(window, deck(tmp_path / "prices.csv", *PRICES))
    assert window.size() == room_on(available).size()
    assert window.width() < 1240
    # Every page in turn may be as low as the least screen with its bars.
    assert window.minimumSizeHint().height() <= 620


def test_the_menu_opens_the_window_and_the_pin_is_asked_each_time(shop: OwnersShop) -> None:
    first = shop.enter()
    first.close()
    menu = open_menu(shop.main, shop.main.top_bar.menu_button)
    next(one for one in menu.actions() if one.text() == "Tariffs…").trigger()
    door = shop.main.findChild(TariffDoor)
    assert door is not None
    again = door.window
    assert again is not None
    assert again is not first
    shop.until(lambda: not again.gate.is_asked)
    assert not again.is_open


def test_undo_is_about_what_was_activated(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    for name in ("first.csv", "second.csv"):
        shop.read(window, deck(tmp_path / name, *PRICES[: 3 + (name == "first.csv")]))
        shop.activate(window)
        shop.clock.advance(60)
    shop.until(lambda: len(window.owner.versions) == 2)
    window.versions.table.selectRow(1)
    chosen = window.versions.chosen()
    assert chosen is not None
    assert chosen.name == "first.csv"
    window.undo.click()
    assert window.owner.strip.words.text().startswith("“second.csv”")
    assert "“first.csv”" in window.owner.strip.words.text()


def test_nothing_of_it_is_loaded_before_the_owner_opens_it() -> None:
    code = (
        "import sys, app.main, app.assembly, ui.main_window, ui.menu;"
        "heavy = ('ui.tariff_', 'app.tariffs.worker', 'app.tariffs.acts', 'app.decks', 'openpyxl');"
        "print([name for name in sys.modules if name.startswith(heavy)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_chip_that_would_show_nothing_is_hidden(qtbot: QtBot) -> None:
    chips = Chips()
    qtbot.addWidget(chips)
    for key in ("all", "few", "none"):
        chips.add(key)
    chosen: list[object] = []
    chips.chosen.connect(chosen.append)
    chips.label("all", "All 3", is_shown=True)
    chips.label("few", "Few 1", is_shown=True)
    chips.label("none", "None 0", is_shown=False)
    chips.show()
    assert [chips.chip(key).isVisible() for key in ("all", "few", "none")] == [True, True, False]
    chips.chip("few").click()
    chips.chip("few").click()
    assert chosen == ["few"]
    narrow = chips.heightForWidth(100)
    assert narrow > chips.heightForWidth(1000)


def cut(widget: QWidget) -> str:
    """Return what is wrong with the room a widget has for its text; empty when nothing is."""
    if isinstance(widget, QLabel) and widget.text() and not widget.wordWrap():
        needed = widget.sizeHint().width()
        return f"{widget.text()!r} {widget.width()}<{needed}" if widget.width() < needed else ""
    if isinstance(widget, QLabel) and widget.text():
        tall = widget.heightForWidth(widget.width())
        return f"{widget.text()!r} {widget.height()}<{tall}" if widget.height() < tall else ""
    if isinstance(widget, KeyButton) and widget.width() < widget.minimumSizeHint().width():
        return f"{widget.text()!r} {widget.width()}"
    return ""


def visit(shop: OwnersShop, window: TariffWindow) -> Iterator[str]:
    """Go to every page from the dry run on; yields its name when it is in sight."""
    imports = window.imports
    yield "dry run"
    imports.dry_run.columns.click()
    shop.until(lambda: bool(imports.columns.fields))
    yield "columns"
    imports.leave()
    imports.dry_run.prices.click()
    yield "markup"
    imports.leave()
    imports.dry_run.left.emit()
    yield "file"
    imports.left.emit()
    yield "versions"
    window.versions.undo.click()
    yield "strip"
    window.owner.strip.leave()
    window.versions.margins.click()
    shop.until(lambda: window.margins.report is not None)
    yield "margins"
    window.margins.left.emit()
    window.versions.what_if.click()
    shop.until(lambda: not window.what_if.runner.is_busy)
    yield "what if"
    window.what_if.left.emit()
    window.versions.price_list.click()
    yield "price list"


def test_the_hour_of_a_version_is_in_sight_on_a_small_screen(
    open_owner: OpenShopFor, tmp_path: Path
) -> None:
    shop = open_owner(language="fr")
    window = shop.enter()
    window.resize(1008, 688)
    for name, rows in (("first.csv", PRICES), ("second.csv", PRICES[:3])):
        shop.read(window, deck(tmp_path / name, *rows))
        shop.activate(window)
        shop.clock.advance(60)
    shop.until(lambda: len(window.owner.versions) == 2)
    QApplication.processEvents()
    table = window.versions.table
    text = table.model().index(0, 1).data()
    assert text == "● en vigueur depuis le 22 novembre 20:16"
    assert table.columnWidth(1) >= table.fontMetrics().horizontalAdvance(text) + 2 * INSET


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_empty_shop_says_what_to_do_first(open_owner: OpenShopFor, language: str) -> None:
    window = open_owner(language=language).enter()
    window.resize(1024, 768)
    QApplication.processEvents()
    assert window.versions.empty_text.isVisible()
    visible = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    assert [wrong for widget in visible if (wrong := cut(widget))] == []
    assert window.versions.first_import.hasFocus()


def cards(shop: OwnersShop) -> Iterator[tuple[str, TariffWindow]]:
    """Go to every card of a fixed width, with all the words it can have."""
    window = shop.open_window()
    shop.until(lambda: not window.gate.is_asked)
    yield "gate without a PIN", window
    shop.ask(cmd.SetManagerPin, new_pin=PIN)
    shop.until(window.gate.pin.isVisible)
    yield "gate", window
    QTest.keyClicks(window.gate.pin, "1357")
    window.gate.accept.click()
    shop.until(window.gate.error.isVisible)
    yield "gate with an error", window
    QTest.keyClicks(window.gate.pin, PIN)
    window.gate.accept.click()
    shop.until(lambda: window.is_open)
    imports, text = window.imports, "“A name as long as carriers give to their decks of 2026.csv”"
    window.pages.setCurrentWidget(imports)
    for writes in (False, True):
        imports.progress.begin(text, writes=writes)
        imports.setCurrentWidget(imports.progress)
        yield f"progress {writes}", window
    imports.begin_markup("voip")
    imports.markup.show_error(f"{text} {text}")
    yield "markup", window
    window.pages.setCurrentWidget(window.price_list)
    window.price_list.begin()
    window.price_list.saved.setText(f"{text} {text}")
    yield "price list", window


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(1366, 768), (1008, 688)])
def test_no_card_cuts_its_words(
    open_owner: OpenShopFor, language: str, size: tuple[int, int]
) -> None:
    found, names = [], []
    for name, window in cards(open_owner(language=language)):
        names.append(name)
        window.resize(*size)
        for _ in range(3):  # a card is laid out after its words, the page after its card
            QApplication.processEvents()
        labels = [one for one in window.findChildren(QLabel) if one.isVisible()]
        found += [f"{name}: {wrong}" for one in labels if (wrong := cut(one))]
    assert len(names) == 7
    assert found == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
def test_no_text_is_cut_and_every_control_has_a_name(
    open_owner: OpenShopFor, tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    shop = open_owner(language=language)
    window, _ = dry_run(shop, tmp_path)
    window.resize(*size)
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView, QComboBox)
    pages, found = [], []
    for name in visit(shop, window):
        pages.append(name)
        QApplication.processEvents()
        assert window.size().toTuple() == size, name
        for widget in window.findChildren(QWidget):
            if not widget.isVisible():
                continue
            if wrong := cut(widget):
                found.append(f"{name}: {wrong}")
            is_own = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
            spoken = widget.accessibleName() or (
                widget.text() if isinstance(widget, QAbstractButton) else ""
            )
            if isinstance(widget, kinds) and is_own and not spoken:
                found.append(f"{name}: nameless {type(widget).__name__} {widget.objectName()}")
    assert len(pages) == 9
    assert found == []
