"""The top bar: shop, till, operator, a chip for each peer, clock and menu. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from app.messages.devices import DeviceState
from app.messages.pbx import LinkState
from app.messages.views import LinkView, StatusUpdate
from ui.controls import label
from ui.error_texts import link_text, printer_text
from ui.formatting import Formatter
from ui.icons import icon
from ui.tokens import LIGHT, Palette

HEIGHT = 48
_CHIP_HEIGHT = 34


@dataclass(frozen=True, slots=True)
class ChipText:
    """What a chip says: loudness (`good`, `warning`, `fault`), words and tooltip."""

    tone: str
    words: str
    detail: str


class Chip(QPushButton):
    """State of one peer: a coloured dot and words; pressing it shows the details."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setFixedHeight(_CHIP_HEIGHT)
        self.setIconSize(QSize(14, 10))
        self._shown: tuple[ChipText, str] | None = None

    def show_text(self, text: ChipText, palette: Palette) -> None:
        """Show a state; does nothing when nothing changed."""
        if self._shown == (text, palette.name):
            return
        self._shown = (text, palette.name)
        colour = {
            "good": palette.chip_good,
            "warning": palette.chip_warning,
            "fault": palette.chip_fault,
        }
        self.setIcon(_dot(colour.get(text.tone, palette.bar_muted), text.tone))
        self.setText(text.words)
        self.setToolTip(text.detail)
        self.setAccessibleName(text.words)
        self.setAccessibleDescription(text.detail)


class TopBar(QFrame):
    """Frame at the top. Signals ask for the details of a peer."""

    link_asked = Signal(str)
    printer_asked = Signal()
    displays_asked = Signal()
    audit_asked = Signal()
    menu_asked = Signal()

    def __init__(self, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setFixedHeight(HEIGHT)
        self._formatter = formatter
        self._palette = LIGHT
        self._status: StatusUpdate | None = None
        self._now = 0
        self.shop = label("shop")
        self.where = label()
        self.practice = label("practice")
        self.practice.hide()
        self.clock = label("clock")
        self.menu_button = QToolButton()
        self.menu_button.setObjectName("menuButton")
        self.menu_button.setIconSize(QSize(20, 20))
        self.menu_button.clicked.connect(self.menu_asked)
        self.links: dict[str, Chip] = {}
        self.printer = Chip()
        self.printer.clicked.connect(self.printer_asked)
        self.displays = Chip()
        self.displays.clicked.connect(self.displays_asked)
        self.audit = Chip()
        self.audit.clicked.connect(self.audit_asked)
        self._arrange()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 10, 0)
        row.setSpacing(6)
        row.addWidget(self.shop)
        row.addSpacing(10)
        row.addWidget(self.where)
        row.addSpacing(8)
        row.addWidget(self.practice, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(4)
        row.addLayout(self._chips)
        for chip in (self.printer, self.displays, self.audit):
            chip.hide()
            self._chips.addWidget(chip)
        row.addSpacing(8)
        row.addWidget(self.clock)
        row.addWidget(self.menu_button)

    def set_palette(self, palette: Palette) -> None:
        """Recolour for another theme."""
        self._palette = palette
        self.menu_button.setIcon(icon("menu-2", palette.bar_ink, 20))
        self._write()

    def speak(self, formatter: Formatter) -> None:
        """Write everything again in another language."""
        self._formatter = formatter
        self._write()

    def show_status(self, status: StatusUpdate) -> None:
        """Show what the desk knows of its peers."""
        if status != self._status:
            self._status = status
            self._write()

    def show_time(self, now: int) -> None:
        """Set the clock; `now` in microseconds UTC."""
        self._now = now
        self.clock.setText(self._formatter.time(now))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
        super().changeEvent(event)

    def _write(self) -> None:
        self.menu_button.setAccessibleName(self.tr("Menu"))
        self.menu_button.setToolTip(self.tr("Menu (Alt+M)"))
        self.clock.setAccessibleName(self.tr("Time"))
        self.practice.setText(self.tr("PRACTICE"))
        status = self._status
        if status is None:
            return
        self.shop.setText(status.shop)
        operator = status.operator_name or status.operator
        self.where.setText(
            self.tr("Till %1 · %2").replace("%1", status.till).replace("%2", operator)
        )
        self.practice.setVisible(status.is_practice)
        self._write_links(status.links)
        self.printer.setVisible(status.printer is not DeviceState.ABSENT)
        self.printer.show_text(self._printer_text(status), self._palette)
        self.displays.setVisible(status.meters_total > 0)
        self.displays.show_text(self._displays_text(status), self._palette)
        self.audit.setVisible(status.open_audit > 0)
        words = self.tr("To check: %1").replace("%1", str(status.open_audit))
        text = ChipText("warning", words, self.tr("Calls and news that need a look"))
        self.audit.show_text(text, self._palette)

    def _write_links(self, links: tuple[LinkView, ...]) -> None:
        names = [link.link for link in links]
        for name in [known for known in self.links if known not in names]:
            self.links.pop(name).deleteLater()
        for place, link in enumerate(links):
            chip = self.links.get(link.link)
            if chip is None:
                chip = self.links[link.link] = Chip()
                chip.setProperty("link", link.link)
                chip.clicked.connect(self._on_link)
                self._chips.insertWidget(place, chip)
            chip.show_text(self._link_text(link, is_only=len(links) == 1), self._palette)

    def _on_link(self) -> None:
        sender = self.sender()
        self.link_asked.emit(str(sender.property("link")))

    def _link_text(self, link: LinkView, *, is_only: bool) -> ChipText:
        name = self.tr("Exchange") if is_only else link.link
        state = link_text(link.state, link.code)
        if link.state is LinkState.UP:
            return ChipText("good", name, f"{link.link}: {state}")
        is_busy = link.state in (LinkState.CONNECTING, LinkState.SYNCING) and not link.code
        return ChipText(
            "warning" if is_busy else "fault",
            f"{name} · {self._state_word(link.state)}",
            f"{link.link}: {state}",
        )

    def _state_word(self, state: LinkState) -> str:
        words = {
            LinkState.DOWN: self.tr("away"),
            LinkState.CONNECTING: self.tr("connecting"),
            LinkState.SYNCING: self.tr("reading"),
            LinkState.UP: self.tr("connected"),
            LinkState.REFUSED: self.tr("refused"),
        }
        return words[state]

    def _printer_text(self, status: StatusUpdate) -> ChipText:
        name = self.tr("Printer")
        detail = printer_text(status.printer, status.printer_code)
        queued = len(status.print_jobs)
        if queued:
            name = self.tr("%1 · %2 queued").replace("%1", name).replace("%2", str(queued))
        if status.printer is DeviceState.LOST:
            return ChipText("fault", name, detail)
        return ChipText(
            "warning" if queued or status.printer_code == "near_end" else "good", name, detail
        )

    def _displays_text(self, status: StatusUpdate) -> ChipText:
        words = self.tr("Displays %1/%2").replace("%1", str(status.meters_ready))
        words = words.replace("%2", str(status.meters_total))
        missing = status.meters_total - status.meters_ready
        detail = self.tr("All booth displays answer")
        if missing:
            detail = self.tr("%n booth display(s) not answering", "", missing)
        return ChipText("warning" if missing else "good", words, detail)


def _dot(colour: str, tone: str) -> QIcon:
    """Draw the dot of a chip: full, or a ring when the peer is away, so that colour is not all."""
    side = 20
    drawn = QPixmap(side + 8, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = painter.pen()
    pen.setColor(colour)
    pen.setWidth(5)
    painter.setPen(pen)
    if tone != "fault":
        painter.setBrush(pen.color())
    painter.drawEllipse(3, 3, side - 6, side - 6)
    painter.end()
    return QIcon(drawn)
