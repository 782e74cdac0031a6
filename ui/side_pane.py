"""The right-hand side: the session panel, and sheets that lie over it. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from ui.controls import restyle
from ui.hand_rest import HandRest
from ui.session_panel import SessionPanel
from ui.sheet import WIDTH, Sheet
from ui.tokens import LIGHT, Palette


class SidePane(QFrame):
    """Shows the topmost sheet, or the panel when there is none."""

    emptied = Signal()
    changed = Signal()  # another sheet is in sight, or none

    def __init__(self, panel: SessionPanel, rest: HandRest, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sideFrame")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rest = rest
        self._palette = LIGHT
        self._sheets: list[Sheet] = []
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 0, 0, 0)
        self._stack.addWidget(panel)
        self.has_room_for: Callable[[int], bool] = lambda width: width == WIDTH
        self.setFixedWidth(WIDTH)

    @property
    def top(self) -> Sheet | None:
        """The sheet in sight."""
        return self._sheets[-1] if self._sheets else None

    @property
    def lent(self) -> int:
        """Width beyond the usual one, taken from the board."""
        return self.minimumWidth() - WIDTH

    def sheets(self) -> tuple[Sheet, ...]:
        """Return all open sheets, the one in sight last."""
        return tuple(self._sheets)

    def open(self, sheet: Sheet) -> None:
        """Lay a sheet on top and give it the focus."""
        sheet.set_palette(self._palette)
        sheet.retranslate()
        sheet.closed.connect(self._on_closed)
        self._sheets.append(sheet)
        self._stack.addWidget(sheet)
        self._stack.setCurrentWidget(sheet)
        self.fit()
        self.changed.emit()
        sheet.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def close_where(self, is_meant: Callable[[Sheet], bool]) -> None:
        """Close every sheet that is meant."""
        for sheet in [sheet for sheet in self._sheets if is_meant(sheet)]:
            self._remove(sheet)

    def set_palette(self, palette: Palette) -> None:
        """Recolour the open sheets."""
        self._palette = palette
        for sheet in self._sheets:
            sheet.set_palette(palette)

    def fit(self) -> None:
        """Take the width the sheet in sight wants, if all tiles stay in sight beside it."""
        wanted = self.top.wanted_width if self.top is not None else WIDTH
        self.setFixedWidth(wanted if self.has_room_for(wanted) else WIDTH)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LayoutDirectionChange:
            restyle(self, "mirrored", "true" if self.isRightToLeft() else "false")
        super().changeEvent(event)

    def _on_closed(self) -> None:
        sheet = self.sender()
        if isinstance(sheet, Sheet):
            if not sheet.was_left:
                self.rest.begin()
            self._remove(sheet)

    def _remove(self, sheet: Sheet) -> None:
        if sheet not in self._sheets:
            return
        was_top = sheet is self.top
        self._sheets.remove(sheet)
        self._stack.removeWidget(sheet)
        sheet.hide()
        sheet.deleteLater()
        if was_top:
            top = self.top
            if top is not None:
                self._stack.setCurrentWidget(top)
                top.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self._stack.setCurrentIndex(0)
                self.emptied.emit()
            self.fit()
            self.changed.emit()
