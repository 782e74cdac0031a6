"""Texts of the owner's window with a number in them: each language has its own plurals.

`written` is the number as the language groups it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject


class TariffCounted(QObject):
    """Writes numbers of things."""

    def lines_read(self, count: int, written: str) -> str:
        """Write how many lines a file has."""
        return self.tr("%1 line(s) read", "", count).replace("%1", written)

    def prefixes(self, count: int, written: str) -> str:
        """Write a number of prefixes."""
        return self.tr("%1 prefix(es)", "", count).replace("%1", written)

    def calls(self, count: int, written: str) -> str:
        """Write a number of calls."""
        return self.tr("%1 call(s)", "", count).replace("%1", written)

    def new_losses(self, count: int, written: str) -> str:
        """Say how many prefixes an import would sell below what they cost."""
        text = self.tr("%1 prefix(es) would be sold below cost by this import", "", count)
        return text.replace("%1", written)

    def so_already(self, count: int, written: str) -> str:
        """Go on with how many prefixes are sold below cost without it."""
        return self.tr("%1 are so already", "prefixes sold below cost", count).replace(
            "%1", written
        )

    def old_losses(self, count: int, written: str) -> str:
        """Say how many prefixes are sold below what they cost, whatever is imported."""
        text = self.tr("%1 prefix(es) are sold below cost already, without this import.", "", count)
        return text.replace("%1", written)

    def unpriced(self, count: int, written: str) -> str:
        """Say how many calls have no price in a tariff."""
        text = self.tr("%1 call(s) have no price in it and are in no sum.", "", count)
        return text.replace("%1", written)

    def talking(self, count: int) -> str:
        """Write how many customers are talking."""
        return self.tr("%n talking", "", count)

    def due(self, count: int) -> str:
        """Write how many customers wait to pay."""
        return self.tr("%n to be paid", "", count)


COUNTED = TariffCounted()
