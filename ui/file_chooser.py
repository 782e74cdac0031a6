"""The one way in which a file is chosen: beside the window, never over the whole program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget


class FileChooser(QFileDialog):
    """A file dialog that is not modal, in the language of the window."""

    def __init__(self, parent: QWidget, title: str, folder: str) -> None:
        super().__init__(parent, title, folder)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # The platform's own dialog would be modal to the whole program.
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setModal(False)
        # Qt's own translations leave these in English.
        self.setLabelText(QFileDialog.DialogLabel.LookIn, self.tr("Folder:"))
        self.setLabelText(QFileDialog.DialogLabel.FileName, self.tr("File name:"))
        self.setLabelText(QFileDialog.DialogLabel.FileType, self.tr("Kind of file:"))
        self.setLabelText(QFileDialog.DialogLabel.Reject, self.tr("Cancel"))

    def save_as(self, name: str, suffix: str) -> None:
        """Ask where a new file of this name goes."""
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Save"))
        self.setNameFilter(f"{suffix.upper()} (*.{suffix})")
        self.setDefaultSuffix(suffix)
        self.selectFile(f"{name}.{suffix}")

    def open_one(self, filters: list[str]) -> None:
        """Ask for one file that exists."""
        self.setFileMode(QFileDialog.FileMode.ExistingFile)
        self.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Open"))
        self.setNameFilters(filters)


def usual_folder(place: QStandardPaths.StandardLocation) -> str:
    """Return a folder of the user's, his home where he has no such folder."""
    # Of a folder that is not there Qt would make a file's name.
    folder = QStandardPaths.writableLocation(place)
    return folder if Path(folder).is_dir() else str(Path.home())
