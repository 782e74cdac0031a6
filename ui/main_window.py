"""The counter's window: top bar, notices, board, side, bottom bar, and what joins them.

GUI thread. Knows the desk only through the bridge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from app.clock import Clock, SystemClock
from app.messages.views import BoardUpdate, Crash, StatusUpdate
from ui.application import Look, look_of
from ui.board_keys import BoardKeys, Wish
from ui.board_view import BoardView
from ui.booth_model import BoothModel
from ui.bottom_bar import BottomBar
from ui.bridge import Bridge
from ui.counter import Counter, Preview
from ui.formatting import Formatter
from ui.hand_rest import HandRest
from ui.notices import Notices
from ui.peer_notices import PeerNotices
from ui.price_question import PriceQuestion
from ui.quote_box import QuoteBox
from ui.session_panel import SessionPanel
from ui.sheet import WIDTH
from ui.side_pane import SidePane
from ui.theme import palette_of
from ui.top_bar import TopBar
from ui.ui_settings import UiSettings

if TYPE_CHECKING:
    from ui.tariff_jobs import OpenWorker

_TICK_MS = 1000
_F1 = int(Qt.Key.Key_F1)
_F12 = int(Qt.Key.Key_F12)
_PRIMARY_WISHES = (Wish.LOCK_OR_UNLOCK, Wish.CHECK_OUT)
"""What the keys wish that also press the buttons of a sheet."""


class MainWindow(QMainWindow):
    """The whole counter. `closed` comes when the operator has agreed to quit."""

    closed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        settings: UiSettings,
        *,
        clock: Clock | None = None,
        preview: Preview | None = None,
        open_worker: OpenWorker | None = None,
    ) -> None:
        super().__init__()
        self.settings = self._settings = settings
        self.open_worker = open_worker
        self.clock = self._clock = clock or SystemClock()
        self._may_close = False
        self._cut: int | None = None  # booth whose call was cut by a click
        self.bridge = bridge
        formatter = self._formatter = Formatter(settings.language, settings.currency, settings.zone)
        self.booths = BoothModel(formatter, self)
        self.keys = BoardKeys(self._selected, self)
        self.board = BoardView(self.booths, self.keys)
        self.top_bar = TopBar(formatter)
        self.notices = Notices()
        self.panel = SessionPanel(formatter)
        self.rest = HandRest(self._clock.monotonic)
        self.side = SidePane(self.panel, self.rest)
        self.quotes = QuoteBox(formatter, self._clock.now_us)
        self.bottom_bar = BottomBar(self.quotes.field, formatter)
        self.counter = Counter(bridge, self.notices, self.side, self.booths, formatter, preview)
        self.counter.setParent(self)
        self.counter.receipts = settings.receipts
        self.peers = PeerNotices(self.counter)
        self.prices = PriceQuestion(
            self.quotes, self.counter, settings, lambda: self.counter.booth(self._selected()), self
        )
        self._arrange()
        self._connect()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self._show_theme()
        self.tick()
        self.setWindowTitle("CallShop")
        self.resize(1366, 768)
        self.board.setFocus()

    def _arrange(self) -> None:
        central = QWidget()
        central.setObjectName("central")
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.notices)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.board, 1)
        middle.addWidget(self.side)
        column.addLayout(middle, 1)
        column.addWidget(self.bottom_bar)
        self.setCentralWidget(central)
        self.side.has_room_for = self._has_room_for
        self.board.lent = self._lent
        self.quotes.setParent(central)
        self.notices.toast.stand_over(self.board)
        panel = self.panel
        order = [self.board, panel.allow, panel.list, panel.explain, panel.member, panel.primary]
        order += [*panel.others, self.quotes.field]
        for first, second in zip(order, [*order[1:], self.quotes.amount], strict=True):
            QWidget.setTabOrder(first, second)

    def _connect(self) -> None:
        bridge = self.bridge
        bridge.board_changed.connect(self._on_board)
        bridge.status_changed.connect(self._on_status)
        bridge.crashed.connect(self._on_crash)
        self.keys.booth_typed.connect(self._on_booth_typed)
        self.keys.booth_chosen.connect(self._on_booth_chosen)
        self.keys.wished.connect(self._on_key)
        self.panel.wished.connect(self._on_button)
        self.panel.extra_removal_asked.connect(self._on_extra_removal)
        self.panel.pricing_asked.connect(self._on_pricing)
        self.panel.explanation_asked.connect(self._on_explanation)
        self.board.booth_selected.connect(self._on_selected)
        self.board.activated.connect(self.board.setFocus)
        self.side.emptied.connect(self.board.setFocus)
        self.side.changed.connect(self._show_keys)
        self.counter.look_up_wished.connect(self.prices.look_up)
        self.quotes.left.connect(self.board.setFocus)
        self.notices.pressed.connect(self.peers.act)
        self.top_bar.link_asked.connect(self.peers.show_link)
        self.top_bar.printer_asked.connect(self.peers.show_print_queue)
        self.top_bar.displays_asked.connect(self.peers.show_displays)
        self.top_bar.audit_asked.connect(self.peers.show_audit)
        self.top_bar.menu_asked.connect(self._show_menu)
        for keys, slot in (
            ("Ctrl+R", self.peers.show_receipts),
            ("Ctrl+Q", self.close),
            ("Alt+M", self._show_menu),
            ("Ctrl+Space", self.board.setFocus),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        look = self._look()
        if look is not None:
            look.theme_changed.connect(self._show_theme)

    def use_language(self, code: str) -> None:
        """Speak another language from now on, and keep the choice."""
        look = self._look()
        if look is not None:
            look.use_language(code)
        settings = self._settings
        formatter = self._formatter = Formatter(code, settings.currency, settings.zone)
        self.counter.formatter = formatter
        for part in (self.top_bar, self.panel, self.quotes, self.bottom_bar, self.booths):
            part.speak(formatter)
        for sheet in self.side.sheets():
            sheet.speak(formatter)
        self.peers.refresh()
        self.top_bar.show_time(self._clock.now_us())
        settings.save("language", code)

    def use_theme(self, name: str) -> None:
        """Show another theme from now on, and keep the choice."""
        look = self._look()
        if look is not None:
            look.use_theme(name)
        self._settings.save("theme", name)

    def use_receipts(self, value: str) -> None:
        """Print `ask`, `always` or `never` from now on, and keep the choice."""
        self.counter.receipts = value
        self._settings.save("receipts", value)

    @property
    def language(self) -> str:
        """Code of the current language."""
        look = self._look()
        return look.language if look is not None else self._settings.language

    @property
    def theme(self) -> str:
        """Name of the current theme."""
        look = self._look()
        return look.palette.name if look is not None else self._settings.theme

    def agree_to_close(self) -> None:
        """Close without a further question."""
        self._may_close = True
        self.close()

    @Slot()
    def tick(self) -> None:
        """Let the waiting times and the clock go on."""
        now = self._clock.now_us()
        self.top_bar.show_time(now)
        self.booths.advance(now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _F1 <= event.key() <= _F12 and not event.modifiers():
            self._on_booth_chosen(event.key() - _F1 + 1)
            return
        if event.key() == Qt.Key.Key_Escape and self.side.top is not None:
            self.side.top.leave()
            return
        # A key that dismissed a sheet and was left over belongs to the board behind it.
        if not (self.board.hasFocus() and self.keys.press(event)):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.side.fit()
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            self._timer.stop()
            self.bridge.close()
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        from ui.quit_dialog import start_quit  # noqa: PLC0415 - only at the end of the day

        start_quit(self.counter, self.agree_to_close)

    def _has_room_for(self, side_width: int) -> bool:
        left = self.width() - side_width
        return side_width == WIDTH or self.board.can_lend(side_width - WIDTH, left)

    def _lent(self) -> int:
        return self.side.lent

    def _look(self) -> Look | None:
        application = QApplication.instance()
        return look_of(application) if isinstance(application, QApplication) else None

    def _selected(self) -> int | None:
        return self.board.selected_booth()

    @Slot(object)
    def _on_board(self, update: BoardUpdate) -> None:
        is_first = self.booths.rowCount() == 0
        self.booths.apply(update.booths, update.at)
        if is_first and update.booths:
            self.board.select_booth(update.booths[0].booth)
        selected = self._selected()
        for booth in update.booths:
            if booth.booth == selected:
                self.panel.show_booth(booth)
                self._show_keys()
            if booth.booth == self._cut and booth.live is None:
                self._cut = None
                self.rest.begin()
            for sheet in self.side.sheets():
                if sheet.booth == booth.booth:
                    sheet.show_booth(booth)

    @Slot(object)
    def _on_status(self, status: StatusUpdate) -> None:
        self.top_bar.show_status(status)
        self.bottom_bar.show_status(status)
        self.peers.show_status(status)

    @Slot(object)
    def _on_crash(self, crash: Crash) -> None:
        text = self.tr("Something went wrong inside. Nothing of it was kept. Note %1.")
        self.notices.say(text.replace("%1", crash.incident))

    @Slot(object)
    def _on_booth_typed(self, number: int) -> None:
        self.rest.end()
        self.board.select_booth(number)

    @Slot(object)
    def _on_booth_chosen(self, number: int) -> None:
        self.rest.end()
        if not self.board.select_booth(number):
            self.notices.say(self.tr("There is no booth %1.").replace("%1", str(number)))
            return
        self.side.close_where(lambda sheet: sheet.booth not in (None, number))
        if self.side.top is None:
            self.board.setFocus()

    @Slot(object)
    def _on_selected(self, number: int | None) -> None:
        self.rest.end()
        self.side.close_where(lambda sheet: sheet.booth not in (None, number))
        self.panel.show_booth(self.counter.booth(number))
        self.prices.follow()
        self._show_keys()

    @Slot()
    def _show_keys(self) -> None:
        booth = self.counter.booth(self._selected())
        self.bottom_bar.show_booth(booth, has_sheet=self.side.top is not None)

    @Slot(object)
    def _on_key(self, wish: Wish) -> None:
        if wish is Wish.EXPLAIN:
            self.panel.ask_explanation()
            return
        if wish in _PRIMARY_WISHES and self.rest.is_on:
            return
        self.rest.end()
        self.counter.wish(wish, self._selected())

    @Slot(object)
    def _on_button(self, wish: Wish) -> None:
        if self.rest.is_on:
            return
        number = self._selected()
        self.counter.wish(wish, number)
        if wish is Wish.HANG_UP:
            self._cut = number
        # A double click must not press what comes to stand in the place of the button.
        if wish is Wish.HANG_UP or self.side.top is not None:
            self.rest.begin()

    @Slot(object)
    def _on_extra_removal(self, key: object) -> None:
        self.counter.remove_extra(self._selected(), key)

    @Slot(object)
    def _on_pricing(self, key: object) -> None:
        self.counter.price_call(self._selected(), key)

    @Slot(object)
    def _on_explanation(self, key: object) -> None:
        booth = self.counter.booth(self._selected())
        if booth is not None:
            self.counter.explain(booth, key)

    @Slot()
    def _show_theme(self) -> None:
        look = self._look()
        palette = look.palette if look is not None else palette_of(self._settings.theme)
        for part in (
            self.board,
            self.top_bar,
            self.notices,
            self.panel,
            self.side,
            self.quotes,
        ):
            part.set_palette(palette)

    @Slot()
    def _show_menu(self) -> None:
        from ui.menu import open_menu  # noqa: PLC0415 - not needed at the start

        open_menu(self, self.top_bar.menu_button)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.peers.refresh()
        super().changeEvent(event)
