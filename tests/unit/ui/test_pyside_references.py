"""PySide6 6.12.0 on CPython 3.11 loses references to True and None until the process aborts.

The bound in pyproject.toml keeps it out; these tests say so if the bound, or Qt, changes.
From CPython 3.12 on True and None are immortal: their counts stand still and nothing can be lost.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import version

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

REPEATS = 20
# Whatever else runs may take or drop a few in between; the fault drops one with each call.
TOLERANCE = REPEATS // 4


def lost_by(act: Callable[[], object], constant: object) -> int:
    """Count the references to a constant that are gone after some repeats of one call."""
    act()
    # The collector would drop references of its own, those of whatever ran before.
    gc.collect()
    gc.disable()
    try:
        before = sys.getrefcount(constant)
        for _ in range(REPEATS):
            act()
        return before - sys.getrefcount(constant)
    finally:
        gc.enable()


class Sender(QObject):
    sent = Signal(object)


class Reticent(QAbstractListModel):
    """Answers None to every question about its one row, as a model does for unknown roles."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 1

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        return None


def test_the_installed_qt_is_within_the_bound() -> None:
    major, minor = version("PySide6-Essentials").split(".")[:2]
    assert (6, 8) <= (int(major), int(minor)) < (6, 12)


def test_emitting_keeps_the_references_to_true(qtbot: QtBot) -> None:
    sender = Sender()
    received: list[object] = []
    sender.sent.connect(received.append)
    assert lost_by(lambda: sender.sent.emit("news"), True) <= TOLERANCE
    assert len(received) == REPEATS + 1


def test_void_calls_keep_the_references_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    assert lost_by(lambda: label.setText("0.00"), None) <= TOLERANCE


def test_painting_keeps_the_references_to_none(qtbot: QtBot) -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    with QPainter(image) as painter:
        assert lost_by(lambda: painter.setPen(QColor("black")), None) <= TOLERANCE
        fill = partial(painter.fillRect, 0, 0, 4, 4, QColor("white"))
        assert lost_by(fill, None) <= TOLERANCE


def test_asking_a_model_keeps_the_references_to_none(qtbot: QtBot) -> None:
    model = Reticent()
    ask = partial(model.index(0).data, Qt.ItemDataRole.ToolTipRole)
    assert ask() is None
    assert lost_by(ask, None) <= TOLERANCE
