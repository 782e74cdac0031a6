"""The menu of the top bar: language, theme, lists, PIN, about, quit. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app import __version__
from ui.tokens import THEMES
from ui.ui_settings import LANGUAGES

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_OWN_NAMES = {"en": "English", "fr": "Français"}
"""Every language in its own words, so that it can be found from any other."""


class Menu(QMenu):
    """The entries, made when the menu is opened; thrown away when it is closed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Menu"))
        self._add_choices()
        self.addSeparator()
        peers = window.peers
        for words, act in (
            (self.tr("Receipts…") + "\tCtrl+R", peers.show_receipts),
            (self.tr("Print queue…"), peers.show_print_queue),
            (self.tr("Members…"), window.counter.show_members),
            (self.tr("To check…"), peers.show_audit),
            (self.tr("Tariffs…"), self._show_tariffs),
            (self.tr("Manager's PIN…"), self._set_pin),
        ):
            self.addAction(words).triggered.connect(act)
        self.addSeparator()
        self.addAction(self.tr("About")).triggered.connect(self._about)
        self.addAction(self.tr("Quit") + "\tCtrl+Q").triggered.connect(window.close)

    def _add_choices(self) -> None:
        languages = QActionGroup(self)
        for code in LANGUAGES:
            self._add_choice(languages, code, _OWN_NAMES[code], self._window.language)
        languages.triggered.connect(self._use_language)
        self.addSeparator()
        names = {"light": self.tr("Light"), "dark": self.tr("Dark")}
        themes = QActionGroup(self)
        for name in THEMES:
            self._add_choice(themes, name, names.get(name, name), self._window.theme)
        themes.triggered.connect(self._use_theme)
        self.addSeparator()
        papers = QActionGroup(self)
        for value, words in (
            ("ask", self.tr("Receipt when asked for")),
            ("always", self.tr("Always a receipt")),
            ("never", self.tr("No receipts on paper")),
        ):
            self._add_choice(papers, value, words, self._window.counter.receipts)
        papers.triggered.connect(self._use_receipts)

    def _add_choice(self, group: QActionGroup, value: str, words: str, current: str) -> None:
        action = self.addAction(words)
        action.setData(value)
        action.setCheckable(True)
        action.setChecked(value == current)
        group.addAction(action)

    @Slot(QAction)
    def _use_language(self, action: QAction) -> None:
        self._window.use_language(str(action.data()))

    @Slot(QAction)
    def _use_theme(self, action: QAction) -> None:
        self._window.use_theme(str(action.data()))

    @Slot(QAction)
    def _use_receipts(self, action: QAction) -> None:
        self._window.use_receipts(str(action.data()))

    @Slot()
    def _show_tariffs(self) -> None:
        from ui.tariff_door import show_tariffs  # noqa: PLC0415 - the owner's, rare

        show_tariffs(self._window)

    @Slot()
    def _set_pin(self) -> None:
        from ui.pin_dialog import SetPinDialog  # noqa: PLC0415 - rare

        self._window.counter.open(SetPinDialog(self._window.counter))

    @Slot()
    def _about(self) -> None:
        text = self.tr("CallShop Cashier %1. Free software under the MIT licence.")
        self._window.notices.say(text.replace("%1", __version__))


def open_menu(window: MainWindow, button: QWidget) -> Menu:
    """Show the menu below its button."""
    menu = Menu(window)
    corner = QPoint(button.width(), button.height())
    if not menu.isRightToLeft():
        corner.setX(button.width() - menu.sizeHint().width())
    menu.popup(button.mapToGlobal(corner))
    menu.setActiveAction(menu.actions()[0])
    return menu
