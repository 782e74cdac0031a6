"""The owner's window: tariffs, imports, margins. Beside the counter, never over it. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QHideEvent,
    QKeySequence,
    QScreen,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.messages.views import StatusUpdate
from ui.application import Look, look_of
from ui.controls import KeyButton, label
from ui.formatting import Formatter
from ui.tariff_counted import COUNTED
from ui.tariff_dry_run import LEAST_WIDTH
from ui.tariff_gate import Gate
from ui.tariff_import import ImportPage
from ui.tariff_margins import MarginsPage
from ui.tariff_notice import Notice
from ui.tariff_owner import Owner
from ui.tariff_price_list import PriceListPage
from ui.tariff_room import room_on
from ui.tariff_versions import VersionsPage
from ui.tariff_what_if import WhatIfPage
from ui.theme import palette_of

AWAY_MS = 120_000
"""How long the owner's hands may be elsewhere before the door closes behind him."""


class TariffWindow(QWidget):
    """All pages, and a line that says what goes on at the counter meanwhile."""

    closed = Signal()
    counter_wished = Signal()
    pin_setting_wished = Signal()

    def __init__(self, owner: Owner, booths: list[tuple[int, str]]) -> None:
        super().__init__()
        self.setObjectName("ownerWindow")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.owner = owner
        owner.setParent(self)
        self.gate = Gate(owner)
        self.versions, self.imports = VersionsPage(owner), ImportPage(owner)
        self.margins, self.what_if = MarginsPage(owner), WhatIfPage(owner)
        self.price_list = PriceListPage(owner, booths)
        self._inner = (self.versions, self.imports, self.margins, self.what_if, self.price_list)
        self.pages = QStackedWidget()
        for page in (self.gate, *self._inner):
            self.pages.addWidget(page)
        self._came_from: QWidget = self.versions
        self._behind: QWidget | None = None  # the page behind the door, once it is closed again
        self._is_locked = False  # and nobody has been asked yet who is there now
        self._has_notice = False
        self._activated = 0
        self.away = QTimer(self)
        self.away.setSingleShot(True)
        self.away.setInterval(AWAY_MS)
        self.away.timeout.connect(self.lock)
        self._is_setting_pin = False  # at the counter, to come back with it
        self._arrange()
        self._connect()
        self.retranslate()
        self._show_theme()
        self.setMinimumWidth(LEAST_WIDTH)
        self.stand_on(self.screen())

    def stand_on(self, screen: QScreen) -> None:
        """Take a place on a screen, as large as there is room."""
        self.setGeometry(room_on(screen.availableGeometry()))

    def _arrange(self) -> None:
        self.bar = QFrame()
        self.bar.setObjectName("ownerBar")
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(22, 6, 14, 6)
        self.shop, self.live = label("ownerShop"), label("ownerLive")
        self.to_counter = KeyButton()
        self.to_counter.setObjectName("ownerCounter")
        row.addWidget(self.shop, 1)
        row.addWidget(self.live)
        row.addWidget(self.to_counter)
        self.to_counter.setSizePolicy(self.live.sizePolicy())
        self.notice = Notice()
        self.notice_words, self.undo = self.notice.words, self.notice.undo
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.notice)
        column.addWidget(self.pages, 1)
        column.addWidget(self.owner.strip)

    def _connect(self) -> None:
        owner = self.owner
        owner.bridge.status_changed.connect(self.show_status)
        owner.said.connect(self.say)
        owner.strip.closed.connect(self._on_strip_closed)
        owner.strip.installEventFilter(self)
        self.gate.opened.connect(self._on_opened)
        self.gate.left.connect(self.close)
        self.gate.pin_setting_wished.connect(self._on_pin_setting)
        self.to_counter.clicked.connect(self._on_to_counter)
        self.undo.clicked.connect(self._on_undo)
        versions = self.versions
        versions.left.connect(self.close)
        versions.import_wished.connect(self.begin_import)
        versions.markup_wished.connect(self._begin_markup)
        versions.margins_wished.connect(self._begin_margins)
        versions.what_if_wished.connect(self._begin_what_if)
        versions.price_list_wished.connect(self._begin_price_list)
        self.imports.left.connect(self.show_versions)
        self.imports.activated.connect(self._on_activated)
        self.imports.what_if_wished.connect(self._try_proposal)
        self.margins.left.connect(self.show_versions)
        self.margins.prices_wished.connect(self._begin_markup)
        self.what_if.left.connect(self._leave_what_if)
        self.price_list.left.connect(self.show_versions)
        for keys, slot in (
            ("Ctrl+O", self._on_open),
            ("Ctrl+F", self._on_find),
            ("Ctrl+W", self.close),
            ("Ctrl+Space", self._on_to_counter),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        look = _look()
        if look is not None:
            look.theme_changed.connect(self._show_theme)

    # ---- words and colours ------------------------------------------------------------------

    def retranslate(self) -> None:
        """Write every text of the window itself; Qt puts the program's name behind its title."""
        self.setWindowTitle(self.tr("Tariffs"))
        self.to_counter.set_words(self.tr("To the counter"), self.tr("Ctrl+Space"))
        self.undo.set_words(self.tr("Undo import"))
        status = self.owner.status
        self.shop.setText(status.shop if status is not None else "")
        if status is None:
            self.live.setText("")
            return
        parts = [COUNTED.talking(status.talking), COUNTED.due(status.due_count)]
        counter = self.tr("Counter: %1").replace("%1", " · ".join(parts))
        self.live.setText(counter)

    @Slot(object)
    def show_status(self, status: StatusUpdate) -> None:
        """Show what goes on at the counter."""
        self.owner.status = status
        self.retranslate()
        self.gate.show_status()
        if self._is_setting_pin and status.has_manager_pin:
            self._is_setting_pin = False
            self.come_forward()

    def come_forward(self) -> None:
        """Stand before the counter, for the hands to go on here."""
        self.show()
        self.raise_()
        self.activateWindow()

    @Slot()
    def _on_pin_setting(self) -> None:
        self._is_setting_pin = True
        self.pin_setting_wished.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()
        elif event.type() == QEvent.Type.ActivationChange:
            if self.isActiveWindow():
                self.away.stop()
                self.ask_again()
            else:
                self.away.start()
        super().changeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.away.start()
        super().hideEvent(event)

    def _speak(self) -> None:
        look, settings = _look(), self.owner.settings
        code = look.language if look is not None else settings.language
        self.owner.formatter = Formatter(code, settings.currency, settings.zone)
        self.notice.hide()
        self.gate.retranslate()
        for page in self._inner:
            page.speak()
        self.retranslate()

    @Slot()
    def _show_theme(self) -> None:
        look, name = _look(), self.owner.settings.theme
        palette = self.owner.palette = look.palette if look is not None else palette_of(name)
        for page in self._inner:
            page.set_palette(palette)

    @Slot(str)
    def say(self, text: str) -> None:
        """Tell that something is done."""
        self.notice_words.setText(text)
        self.undo.hide()
        self._has_notice = True
        self.notice.setVisible(self.is_open)

    # ---- the door -----------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask who is there."""
        self.pages.setCurrentWidget(self.gate)
        self.gate.begin()

    @property
    def is_open(self) -> bool:
        """Whether a manager has been let in."""
        return self.pages.currentWidget() is not self.gate

    @Slot()
    def lock(self) -> None:
        """Close the door: other hands may come. The page stays behind it as it is."""
        if not self.is_open:
            return
        if self.owner.strip.is_open:
            self.owner.strip.leave()
        self._behind, self._is_locked = self.pages.currentWidget(), True
        self._has_notice = not self.notice.isHidden()
        self.notice.hide()
        self.pages.setCurrentWidget(self.gate)
        self.gate.clear()

    def ask_again(self) -> None:
        """Ask who is there, when somebody comes to the closed door."""
        if self._is_locked:
            self._is_locked = False
            self.gate.begin()

    @Slot()
    def _on_opened(self) -> None:
        self.owner.load()
        page, self._behind = self._behind, None
        if page is None:
            self.pages.setCurrentWidget(self.versions)
            self.show_versions()
            return
        self.pages.setCurrentWidget(page)
        self.notice.setVisible(self._has_notice)
        next(filter(None, (page.focusWidget(), page))).setFocus()

    @Slot()
    def _on_to_counter(self) -> None:
        self.lock()
        self.counter_wished.emit()

    # ---- pages --------------------------------------------------------------------------------

    def _show(self, page: QWidget) -> None:
        if page is not self.versions:
            self._has_notice = False
        if self.is_open:
            self.notice.setVisible(self._has_notice)
            self.pages.setCurrentWidget(page)
        else:
            self._behind = page

    @Slot()
    def show_versions(self) -> None:
        """Go back to the first page."""
        self._show(self.versions)
        self.versions.take_focus()

    @Slot()
    def begin_import(self, path: str = "") -> None:
        """Ask for a file, or what to do with this one."""
        self._show(self.imports)
        self.imports.begin(path)

    @Slot(str)
    def _begin_markup(self, cost: str) -> None:
        self._show(self.imports)
        self.imports.begin_markup(cost)

    @Slot(str)
    def _begin_margins(self, tariff: str) -> None:
        self._show(self.margins)
        self.margins.begin(tariff)

    @Slot(int)
    def _begin_what_if(self, version: int) -> None:
        self._came_from = self.versions
        self._show(self.what_if)
        self.what_if.begin(version=version)

    @Slot(str)
    def _try_proposal(self, proposal_id: str) -> None:
        self._came_from = self.imports
        self._show(self.what_if)
        self.what_if.begin(proposal_id=proposal_id)

    @Slot()
    def _leave_what_if(self) -> None:
        if self._came_from is self.imports:
            self._show(self.imports)
            self.imports.dry_run.table.setFocus()
        else:
            self.show_versions()

    @Slot()
    def _begin_price_list(self) -> None:
        self._show(self.price_list)
        self.price_list.begin()

    @Slot(int)
    def _on_activated(self, version: int) -> None:
        self._activated = version
        self.versions.select(version)
        self.show_versions()
        self.say(
            self.tr("Activated. If it was wrong, the version before holds again in one click.")
        )
        self.undo.show()

    @Slot()
    def _on_undo(self) -> None:
        """Take back what was just activated, whatever is selected by now."""
        self.versions.select(self._activated)
        self.versions.show_versions()
        self.versions.undo.click()

    # ---- keys and drops -------------------------------------------------------------------------

    @Slot()
    def _on_open(self) -> None:
        if not self.is_open or self.owner.strip.is_open or self.imports.is_busy:
            return
        if self.pages.currentWidget() is not self.imports:
            self.begin_import()
        if self.imports.currentWidget() is self.imports.form:
            self.imports.form.choose_file()

    @Slot()
    def _on_find(self) -> None:
        page = self.pages.currentWidget()
        if page is self.imports and self.imports.currentWidget() is self.imports.dry_run:
            self.imports.dry_run.look_for()
        elif page is self.margins:
            self.margins.search.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        is_free = self.is_open and not self.owner.strip.is_open and not self.imports.is_busy
        if is_free and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.acceptProposedAction()
                self.begin_import(url.toLocalFile())
                return

    # ---- strip and end ----------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # While something is asked, the page below may be read but not worked with.
        if watched is self.owner.strip and event.type() == QEvent.Type.Show:
            self.pages.setEnabled(False)
        return super().eventFilter(watched, event)

    @Slot()
    def _on_strip_closed(self) -> None:
        self.pages.setEnabled(True)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.owner.strip.is_open:
            self.owner.strip.leave()
        self.owner.leave()
        event.accept()
        self.closed.emit()


def _look() -> Look | None:
    application = QApplication.instance()
    return look_of(application) if isinstance(application, QApplication) else None
