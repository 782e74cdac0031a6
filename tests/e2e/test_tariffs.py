"""The owner's window over a real shop: files in, prices out, nothing without agreement."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.messages import commands as cmd
from app.tariffs.jobs import JobDone, JobNews, ReadFile
from tests.fakes.owner import COSTS, PIN, PRICES, OwnersShop, deck
from ui.tariff_rows import Choice, Column

DAKAR = "+221775121234"
OpenShopFor = Callable[..., OwnersShop]
HEAD = "prefix,destination,price_per_minute"


@pytest.fixture
def open_owner(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenShopFor]:
    """Open a shop for its owner: `open_owner(language="fr")`."""
    with ExitStack() as stack:
        folder = tmp_path / "shop"
        folder.mkdir()
        yield lambda **how: OwnersShop(qtbot, stack, folder, **how)


@pytest.fixture
def shop(open_owner: OpenShopFor) -> OwnersShop:
    return open_owner()


def test_a_file_becomes_the_prices_and_one_click_takes_it_back(
    shop: OwnersShop, tmp_path: Path
) -> None:
    window = shop.enter()
    assert window.versions.stack.currentIndex() == 1  # the empty shop's first step
    shop.read(window, deck(tmp_path / "first.csv", *PRICES))
    assert shop.versions() == ()
    shop.activate(window)
    assert shop.price(DAKAR) == 350_000
    shop.clock.advance(60)
    dearer = deck(tmp_path / "dearer.csv", "22177,Senegal mobile,0.40,60,60")
    shop.read(window, dearer, is_full=False)
    model = window.imports.dry_run.model
    assert model is not None
    assert model.rowCount() == 1
    assert model.text(0, Column.DIFFERENCE) == "+14.3%"
    shop.activate(window)
    assert shop.price(DAKAR) == 400_000
    shop.until(lambda: len(window.owner.versions) == 2)
    window.undo.click()
    assert "first.csv" in window.owner.strip.words.text()
    window.owner.strip.accept.click()
    shop.give_pin(window)
    shop.until(lambda: any(row.is_undone for row in window.owner.versions))
    assert shop.price(DAKAR) == 350_000
    assert window.versions.table.hasFocus()


def test_versions_of_one_day_are_told_apart_by_the_hour(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    model = window.versions.table.model

    def states() -> list[object]:
        return [model().index(line, 1).data() for line in range(model().rowCount())]

    shop.read(window, deck(tmp_path / "first.csv", *PRICES))
    shop.activate(window)
    assert states() == ["● in force since 22 November"]
    shop.clock.advance(60)
    shop.read(window, deck(tmp_path / "second.csv", *PRICES[:3]))
    shop.activate(window)
    shop.until(lambda: len(window.owner.versions) == 2)
    assert states() == ["● in force since 22 November 20:16", "before, from 22 November 20:15"]


def test_a_double_click_makes_one_version(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    shop.read(window, deck(tmp_path / "first.csv", *PRICES))
    button = window.imports.dry_run.activate
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    button.click()
    assert len(window.owner.jobs._waiting) == 1
    shop.give_pin(window)
    shop.until(lambda: window.pages.currentWidget() is window.versions)
    window.owner.strip.accept.click()
    assert len(shop.versions()) == 1
    assert not window.imports.is_busy


def test_a_double_click_does_not_go_through_the_question(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    shop.read(window, deck(tmp_path / "carrier.csv", *COSTS), carrier="voip")
    shop.activate(window)
    shop.clock.advance(60)
    shop.read(window, deck(tmp_path / "prices.csv", "243,Congo,0.20,60,60", *PRICES[:3]))
    strip = window.owner.strip
    QTest.mouseClick(window.imports.dry_run.activate, Qt.MouseButton.LeftButton)
    assert strip.is_open
    # The second press of the same hand, and the one after it.
    QTest.mouseDClick(strip.accept, Qt.MouseButton.LeftButton)
    assert strip.is_open
    assert not window.imports.is_busy
    shop.clock.advance(1)
    QTest.mouseClick(strip.accept, Qt.MouseButton.LeftButton)
    assert strip.isHidden()
    shop.give_pin(window)
    shop.until(lambda: window.pages.currentWidget() is window.versions)
    assert len(shop.versions()) == 2


def rows(shop: OwnersShop) -> int:
    """How many versions the database holds, drafts also."""
    with closing(sqlite3.connect(shop.folder / "shop.sqlite3")) as db:
        return int(db.execute("SELECT count(*) FROM tariff_version").fetchone()[0])


def test_an_activation_left_or_refused_leaves_no_draft(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    shop.read(window, deck(tmp_path / "first.csv", *PRICES))
    strip = window.owner.strip
    window.imports.dry_run.activate.click()
    shop.until(strip.pin.isVisible)
    assert rows(shop) == 1
    QTest.keyClick(strip.pin, Qt.Key.Key_Escape)
    shop.until(lambda: rows(shop) == 0)
    shop.activate(window)
    assert rows(shop) == 1
    # Closed while the PIN is asked for.
    shop.clock.advance(60)
    shop.read(window, deck(tmp_path / "second.csv", *PRICES[:3]))
    window.imports.dry_run.activate.click()
    shop.until(strip.pin.isVisible)
    assert rows(shop) == 2
    window.close()
    shop.until(lambda: rows(shop) == 1)
    assert shop.price(DAKAR) == 350_000


def test_a_stale_proposal_is_said_and_changes_nothing(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    shop.read(window, deck(tmp_path / "first.csv", *PRICES))
    shop.activate(window)
    shop.clock.advance(60)
    shop.read(window, deck(tmp_path / "second.csv", *PRICES[:2]))
    # Another hand takes back what the proposal was compared with.
    shop.ask(cmd.UndoTariff, version=shop.versions()[0].version, manager_pin=PIN)
    dry_run = window.imports.dry_run
    dry_run.activate.click()
    if window.owner.strip.is_open:
        window.owner.strip.accept.click()
    shop.until(dry_run.error.isVisible)
    assert "tariff_changed" in dry_run.error.text()
    assert "Another version came into force" in dry_run.error.text()
    assert len(shop.versions()) == 1


def test_prices_below_cost_are_named_once_more(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    shop.read(window, deck(tmp_path / "carrier.csv", *COSTS), carrier="voip")
    shop.activate(window)
    shop.clock.advance(60)
    shop.read(window, deck(tmp_path / "prices.csv", "243,Congo,0.20,60,60", *PRICES[:3]))
    dry_run = window.imports.dry_run
    model = dry_run.model
    assert model is not None
    assert model.rows.counts[Choice.BELOW_COST] == 1
    dry_run.activate.click()
    strip = window.owner.strip
    asked = "1 prefix would be sold below cost by this import. Activate all the same?"
    assert strip.words.text() == asked
    strip.see.click()
    assert len(shop.versions()) == 1
    assert not strip.is_open
    assert [model.text(line, Column.PREFIX) for line in range(model.rowCount())] == ["243"]
    assert dry_run.table.hasFocus()
    # Left out, the row sells nothing below cost, and nobody is asked.
    dry_run.table.selectRow(0)
    QTest.keyClick(dry_run.table, Qt.Key.Key_Space)
    assert window.imports.agreement.losses() == (0, 0)
    dry_run.activate.click()
    shop.give_pin(window)
    shop.until(lambda: window.pages.currentWidget() is window.versions)
    assert shop.price("+243811234567") is None
    assert shop.price(DAKAR) == 350_000


def test_what_is_sold_below_cost_already_is_told_from_what_an_import_does(
    shop: OwnersShop, tmp_path: Path
) -> None:
    window = shop.enter()
    shop.read(window, deck(tmp_path / "carrier.csv", *COSTS), carrier="voip")
    shop.activate(window)
    shop.clock.advance(60)
    lossy = deck(tmp_path / "prices.csv", "243,Congo,0.20,60,60", *PRICES[:3])
    shop.read(window, lossy)
    shop.activate(window)
    shop.clock.advance(60)
    worse = deck(tmp_path / "worse.csv", "221,Senegal,0.05,60,60")
    shop.read(window, worse, is_full=False)
    dry_run, strip = window.imports.dry_run, window.owner.strip
    dry_run.activate.click()
    assert strip.words.text() == (
        "1 prefix would be sold below cost by this import, 1 is so already. Activate all the same?"
    )
    strip.cancel.click()
    # An import that has no part in it: told, not asked.
    better = deck(tmp_path / "better.csv", "221,Senegal,0.31,60,60")
    shop.read(window, better, is_full=False)
    told = "1 prefix is sold below cost already, without this import."
    assert dry_run.promise.text().startswith(told)
    dry_run.activate.click()
    assert not strip.is_open
    shop.give_pin(window)
    shop.until(lambda: window.pages.currentWidget() is window.versions)


def test_prices_are_made_of_costs_in_an_empty_shop(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    shop.read(window, deck(tmp_path / "carrier.csv", *COSTS), carrier="voip")
    shop.activate(window)
    window.versions.prices.click()
    markup = window.imports.markup
    markup.factor.setText("2")
    markup.make.click()
    shop.until(lambda: window.imports.currentWidget() is window.imports.dry_run)
    shop.activate(window)
    # 0.27 x 2 and 20 % tax, rounded up to the cent
    assert shop.price(DAKAR) == 650_000
    window.versions.margins.click()
    shop.until(lambda: window.margins.report is not None)
    report = window.margins.report
    assert report is not None
    assert report.rows == ()
    assert window.margins.table.model().rowCount() == 4


def test_a_proposal_of_costs_leads_to_prices_and_back(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    shop.read(window, deck(tmp_path / "prices.csv", *PRICES))
    shop.activate(window)
    shop.clock.advance(60)
    shop.read(window, deck(tmp_path / "carrier.csv", *COSTS), carrier="voip")
    imports = window.imports
    model = imports.dry_run.model
    assert model is not None
    remarks = [model.text(line, Column.REMARK) for line in range(model.rowCount())]
    assert any("sold at a loss · propose 0.72" in remark for remark in remarks)
    imports.dry_run.prices.click()
    imports.markup.alarms.click()
    imports.markup.make.click()
    shop.until(lambda: imports.currentWidget() is imports.dry_run)
    assert imports.dry_run.title.text() == "New prices for “Shop”"
    assert imports.dry_run.model is not None
    assert imports.dry_run.model.rowCount() < 4
    QTest.keyClick(imports.dry_run.table, Qt.Key.Key_Escape)
    assert imports.dry_run.title.text() == "Import “carrier.csv”"


def test_reading_is_cancelled_half_way(shop: OwnersShop, tmp_path: Path) -> None:
    rows = [
        f"{2210000000 + at},Senegal {at % 997},0.{at % 9000 + 1000},60,1" for at in range(250_000)
    ]
    path = deck(tmp_path / "large.csv", *rows)
    window = shop.enter()
    shop.wish(window, path)
    imports = window.imports
    assert imports.currentWidget() is imports.progress
    shop.until(lambda: imports.progress.bar.maximum() > 0)
    QTest.keyClick(imports.progress.cancel, Qt.Key.Key_Escape)
    shop.until(lambda: imports.currentWidget() is imports.form)
    assert not imports.is_busy
    assert imports.form.error.isHidden()
    assert shop.versions() == ()


def test_writing_is_cancelled_half_way(shop: OwnersShop, tmp_path: Path) -> None:
    rows = [f"{2210000000 + at},Senegal,0.25,60,1" for at in range(100_000)]
    window = shop.enter()
    shop.read(window, deck(tmp_path / "large.csv", *rows))
    imports = window.imports
    # Progress is told again once time has gone on.
    shop.clock.advance(1)
    imports.dry_run.activate.click()
    shop.until(lambda: imports.progress.bar.maximum() > 0)
    imports.progress.cancel.click()
    shop.until(lambda: imports.currentWidget() is imports.dry_run)
    assert not window.owner.strip.is_open
    assert shop.versions() == ()
    assert shop.price(DAKAR) is None


def test_closing_the_counter_ends_a_job_under_way(shop: OwnersShop, tmp_path: Path) -> None:
    rows = [
        f"{2210000000 + at},Senegal {at % 997},0.{at % 9000 + 1000},60,1" for at in range(100_000)
    ]
    path = deck(tmp_path / "large.csv", *rows)
    window = shop.enter()
    shop.wish(window, path)
    shop.until(lambda: window.imports.progress.bar.maximum() > 0)
    shop.main.agree_to_close()
    assert shop.opened.tariffs.stop(10.0)
    assert all(thread.name != "tariffs" for thread in threading.enumerate())
    assert not window.isVisible()


def test_the_worker_publishes_into_the_void_after_the_window(
    shop: OwnersShop, tmp_path: Path
) -> None:
    window = shop.enter()
    heard: list[JobNews] = []
    jobs = window.owner.jobs
    path = deck(tmp_path / "first.csv", *PRICES)
    shop.main.agree_to_close()
    jobs.publish(JobDone("nobody", ""))
    job = ReadFile(job_id="late", path=path, tariff="shop", is_cost=False, is_full=True)
    jobs.publish(JobDone(job.job_id, ""))
    assert heard == []


@pytest.mark.parametrize(
    ("content", "code", "can_map"),
    [
        (b"", "empty", False),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\xff\xfe\x00\x01", "", False),
        (b"one,two\nthree,four\n", "no_header", True),
        (b"prefix,destination\n221,Senegal\n", "missing_column", True),
        (b"prefix,destination,price_per_minute\n", "no_rows", True),
    ],
)
def test_a_file_that_is_none_is_refused_in_place(
    shop: OwnersShop, tmp_path: Path, content: bytes, code: str, can_map: bool
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    window = shop.enter()
    shop.wish(window, str(path))
    form = window.imports.form
    shop.until(lambda: window.imports.currentWidget() is form and not form.error.isHidden())
    assert code in form.error.text()
    if code:
        assert form.columns.isHidden() is not can_map
    assert shop.versions() == ()


def test_another_currency_is_asked_for(shop: OwnersShop, tmp_path: Path) -> None:
    path = deck(
        tmp_path / "dollars.csv",
        "221,Senegal,0.20,USD",
        header="prefix,destination,price_per_minute,currency",
    )
    window = shop.enter()
    shop.wish(window, path)
    form = window.imports.form
    shop.until(form.is_foreign.isChecked)
    assert "USD" in form.error.text()
    assert form.rate.hasFocus()
    form.rate.setText("0.5")
    QTest.keyClick(form.rate, Qt.Key.Key_Return)
    shop.until(lambda: window.imports.currentWidget() is window.imports.dry_run)
    model = window.imports.dry_run.model
    assert model is not None
    assert model.text(0, Column.NEW) == "0.1000"


def test_columns_are_mapped_by_hand_and_kept_as_a_template(
    shop: OwnersShop, tmp_path: Path
) -> None:
    rows = ("x;221;Senegal;0,29", "y;44;United Kingdom;0,05")
    path = deck(tmp_path / "plain.csv", *rows, header="")
    window = shop.enter()
    shop.wish(window, path)
    imports = window.imports
    shop.until(lambda: not imports.form.error.isHidden())
    imports.form.columns.click()
    columns = imports.columns
    shop.until(lambda: len(columns.fields) == 4)
    shop.until(lambda: columns.template.count() > 1)
    columns.header.setChecked(False)
    for column, field in ((1, "prefix"), (2, "destination"), (3, "price_per_minute")):
        box = columns.fields[column]
        box.setCurrentIndex(box.findData(field))
    columns.save_name.setText("plain")
    columns.read.click()
    shop.until(lambda: imports.currentWidget() is imports.dry_run)
    assert imports.dry_run.model is not None
    assert imports.dry_run.model.rowCount() == 2
    shop.until(lambda: "plain" in window.notice_words.text())
    imports.dry_run.columns.click()
    shop.until(lambda: columns.template.findText("plain") > 0)
    assert [box.currentData() for box in columns.fields] == [
        *("", "prefix", "destination", "price_per_minute")
    ]


def test_a_version_is_exported_and_tried_on_last_month(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    path = deck(tmp_path / "first.csv", *PRICES)
    shop.read(window, path)
    shop.activate(window)
    out = tmp_path / "again.csv"
    window.versions.export_to(window.owner.versions[0].version, str(out))
    shop.until(out.exists)
    assert out.read_text(encoding="utf-8").splitlines()[0].startswith(HEAD)
    assert len(out.read_text(encoding="utf-8").splitlines()) == 5
    window.versions.what_if.click()
    shop.until(lambda: not window.what_if.runner.is_busy)
    assert window.what_if.unpriced.text() == "No calls in these days."
    QTest.keyClick(window.what_if.table, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.versions


def test_the_price_list_is_written(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    shop.read(window, deck(tmp_path / "first.csv", *PRICES))
    shop.activate(window)
    window.versions.price_list.click()
    out = tmp_path / "prices.pdf"
    window.price_list.save_to(str(out))
    shop.until(window.price_list.show_pdf.isVisible)
    assert out.read_bytes().startswith(b"%PDF")
    window.price_list.save_to(str(tmp_path / "nowhere" / "prices.pdf"))
    shop.until(window.price_list.error.isVisible)


def test_the_margins_are_exported(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    for name, rows, carrier in (("costs.csv", COSTS, "voip"), ("prices.csv", PRICES, "")):
        shop.read(window, deck(tmp_path / name, *rows), carrier=carrier)
        shop.activate(window)
        shop.clock.advance(60)
    window.versions.margins.click()
    shop.until(lambda: window.margins.report is not None)
    out = tmp_path / "margins.csv"
    window.margins.export_to(str(out))
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[1:] == [
        "22177,Senegal mobile,0.35,0.291666,0.27,7.4,below_guard,,",
        "243,Congo,0.50,0.416666,0.45,-8.1,below_cost,,",
    ]


def test_everything_by_keyboard(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    key = QTest.keyClick
    window.begin_import(deck(tmp_path / "first.csv", *PRICES))
    form = window.imports.form
    form.shop.setFocus()
    key(form.shop, Qt.Key.Key_Space)
    form.full.setFocus()
    key(form.full, Qt.Key.Key_Space)
    key(form.full, Qt.Key.Key_Return)
    dry_run = window.imports.dry_run
    shop.until(lambda: window.imports.currentWidget() is dry_run)
    assert dry_run.table.hasFocus()
    key(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert dry_run.search.hasFocus()
    QTest.keyClicks(dry_run.search, "seneg")
    key(dry_run.search, Qt.Key.Key_Return)
    assert dry_run.model is not None
    assert dry_run.model.rowCount() == 2
    key(dry_run.search, Qt.Key.Key_Escape)
    assert dry_run.table.hasFocus()
    shop.until(lambda: dry_run.model is not None and dry_run.model.rowCount() == 4)
    key(dry_run.table, Qt.Key.Key_Space)
    assert dry_run.model.rows.taken() == 3
    dry_run.activate.setFocus()
    key(dry_run.activate, Qt.Key.Key_Return)
    shop.until(window.owner.strip.pin.hasFocus)
    QTest.keyClicks(window.owner.strip.pin, PIN)
    key(window.owner.strip.pin, Qt.Key.Key_Return)
    shop.until(lambda: window.pages.currentWidget() is window.versions)
    assert shop.versions()[0].prefixes == 3
    shop.until(lambda: bool(window.owner.versions))
    key(window.versions.table, Qt.Key.Key_Escape)
    assert not window.isVisible()
