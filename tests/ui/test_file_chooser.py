"""The file dialog speaks the language of the window and begins in a folder that is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.file_chooser import FileChooser, usual_folder

LABELS = QFileDialog.DialogLabel
DOWNLOADS = QStandardPaths.StandardLocation.DownloadLocation


def test_every_label_is_ours(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    for chooser, accept in (
        (FileChooser(parent, "Open", str(tmp_path)), "Open"),
        (FileChooser(parent, "Save", str(tmp_path)), "Save"),
    ):
        if accept == "Save":
            chooser.save_as("prices", "csv")
            assert chooser.selectedFiles() == [str(tmp_path / "prices.csv")]
        else:
            chooser.open_one(["CSV (*.csv)"])
            assert chooser.selectedFiles() in ([], [str(tmp_path)])
        assert [chooser.labelText(one) for one in LABELS] == [
            "Folder:",
            "File name:",
            "Kind of file:",
            accept,
            "Cancel",
        ]
        assert not chooser.isModal()


def test_a_folder_that_is_not_there_is_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert usual_folder(DOWNLOADS) == str(tmp_path)
    (tmp_path / "Downloads").mkdir()
    assert usual_folder(DOWNLOADS) == str(tmp_path / "Downloads")
