"""Texts with a number in them, outside of widgets: each language has its own plurals.

Linguist's extractor knows plural forms only in `tr` of an object, hence the class.
"""

from __future__ import annotations

from PySide6.QtCore import QObject


class Counted(QObject):
    """Writes numbers of things."""

    def calls(self, count: int) -> str:
        """Write a number of answered calls."""
        return self.tr("%n call(s)", "", count)

    def items(self, count: int) -> str:
        """Write a number of items on the bill."""
        return self.tr("%n item(s)", "", count)

    def days(self, count: int) -> str:
        """Write a number of days."""
        return self.tr("%n day(s)", "", count)


COUNTED = Counted()
