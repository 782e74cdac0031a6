"""A cashier's whole job by keyboard, down to the bytes of printer and display."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.domain.sessions import BoothState
from app.store import checks
from app.store.db import DATABASE_FILE, reader_engine
from tests.e2e.conftest import Counter, OpenCounter
from tests.fakes import golden
from tests.fakes.meter import PtyMeter
from tests.fakes.printer import CapturePrinter

SENEGAL = "00221775121234"


def serve(counter: Counter, meter: PtyMeter) -> None:
    """Unlock booth 1, let its customer call Senegal for 2:05, lock, and take the money."""
    counter.press(Qt.Key.Key_F1, Qt.Key.Key_Space)
    counter.wait_state(1, BoothState.UNLOCKED)
    counter.until(lambda: counter.exchange.is_unlocked("101"))
    call_id = counter.exchange.dial("101", SENEGAL)
    counter.wait_state(1, BoothState.DIALLING)
    counter.advance(1)
    counter.exchange.ring(call_id)
    counter.wait_state(1, BoothState.RINGING)
    meter.wait_for(lambda screen: "Sénégal" in screen.rows[0])
    counter.advance(4)
    counter.exchange.answer(call_id)
    counter.wait_state(1, BoothState.TALKING)
    counter.advance(65)
    meter.wait_for(lambda screen: "01:05" in "".join(screen.rows))
    counter.advance(60)
    counter.exchange.hang_up(call_id)
    counter.wait_state(1, BoothState.UNLOCKED)
    counter.press(Qt.Key.Key_Space)
    counter.wait_state(1, BoothState.DUE)
    counter.until(lambda: not counter.exchange.is_unlocked("101"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_unlock_to_paper(language: str, open_counter: OpenCounter, tmp_path: Path) -> None:
    with CapturePrinter(width=42) as printer, PtyMeter(tmp_path) as meter:
        counter = open_counter(printer=printer, meter=meter, language=language)
        serve(counter, meter)
        # Two lines are written one after the other.
        meter.wait_for(lambda now: "Total" in now.rows[0] and "0,61" in now.rows[1])
        golden.check("round-display-due.txt", "\n".join(meter.screen.rows) + "\n")
        counter.press(Qt.Key.Key_Return)
        counter.until(lambda: bool(counter.window.side.sheets()))
        counter.press("T", "1")
        counter.press(Qt.Key.Key_Return)
        counter.wait_state(1, BoothState.LOCKED)
        printer.wait_for(lambda found: len(found.papers) == 1)
        golden.check("round-receipt.txt", printer.papers[0])
        meter.wait_for(lambda screen: "0,61" not in "".join(screen.rows))
        engine = reader_engine(tmp_path / DATABASE_FILE)
        with engine.connect() as db:
            assert checks.run(db, "practice") == []
        engine.dispose()
        assert "Crash" not in str(counter.window.notices.said)
