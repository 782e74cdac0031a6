"""Date fields: their inner field is what has the focus, so that it must bear the name too."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QDateTimeEdit, QLineEdit

DATE_SHOWN = "d MMM yyyy"
"""Months in letters: nobody takes the day for them."""


def name_dates(fields: Iterable[QDateTimeEdit], names: Iterable[str]) -> None:
    """Give date fields their accessible names."""
    for field, name in zip(fields, names, strict=True):
        field.setAccessibleName(name)
        inner = field.findChild(QLineEdit)
        if inner is not None:
            inner.setAccessibleName(name)
