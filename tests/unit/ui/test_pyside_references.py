"""PySide6 6.12.0 on CPython 3.11 loses references to True and None until the process aborts.

The bound in pyproject.toml keeps it out; these tests say so if the bound, or Qt, changes.
From CPython 3.12 on True and None are immortal: their counts stand still and nothing can be lost.
"""

from __future__ import annotations

import sys
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
    before = sys.getrefcount(True)
    for _ in range(REPEATS):
        sender.sent.emit("news")
    lost = before - sys.getrefcount(True)
    assert len(received) == REPEATS
    assert lost <= TOLERANCE


def test_void_calls_keep_the_references_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(REPEATS):
        label.setText("0.00")
    assert before - sys.getrefcount(None) <= TOLERANCE


def test_painting_keeps_the_references_to_none_and_true(qtbot: QtBot) -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    before = sys.getrefcount(None), sys.getrefcount(True)
    painter = QPainter(image)
    for _ in range(REPEATS):
        painter.setPen(QColor("black"))
        painter.fillRect(0, 0, 4, 4, QColor("white"))
    painter.end()
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert before[0] - after[0] <= TOLERANCE
    assert before[1] - after[1] <= TOLERANCE


def test_asking_a_model_keeps_the_references_to_none(qtbot: QtBot) -> None:
    model = Reticent()
    before = sys.getrefcount(None)
    for _ in range(REPEATS):
        assert model.index(0).data(Qt.ItemDataRole.ToolTipRole) is None
    assert before - sys.getrefcount(None) <= TOLERANCE
