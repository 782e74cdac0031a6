"""The choices of the import form: named tariffs, one of several, rows of both. GUI thread."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

_NAME_MAX = 40


def name_box() -> QComboBox:
    """Make a box for the name of a tariff, old or new."""
    box = QComboBox()
    box.setEditable(True)
    box.setMinimumWidth(190)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    field = box.lineEdit()
    if field is not None:
        field.setMaxLength(_NAME_MAX)
    return box


def group_of(parent: QWidget, *buttons: QRadioButton) -> QButtonGroup:
    """Let one of these be chosen."""
    group = QButtonGroup(parent)
    for number, button in enumerate(buttons):
        group.addButton(button, number)
    return group


def untell(group: QButtonGroup) -> None:
    """Take every choice of a group back."""
    group.setExclusive(False)
    for button in group.buttons():
        button.setChecked(False)
    group.setExclusive(True)


def rows_of(*rows: tuple[QWidget, ...]) -> QVBoxLayout:
    """Put widgets into rows that begin at the same side."""
    column = QVBoxLayout()
    column.setSpacing(6)
    for widgets in rows:
        line = QHBoxLayout()
        line.setSpacing(10)
        for widget in widgets:
            line.addWidget(widget)
        line.addStretch(1)
        column.addLayout(line)
    return column
