"""Opens the owner's window, one at a time, and closes it with the counter's. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot

from app.clock import Clock
from ui.formatting import Formatter
from ui.tariff_jobs import TariffJobs
from ui.tariff_owner import Owner
from ui.tariff_window import TariffWindow

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class TariffDoor(QObject):
    """Opens the one window, and closes it with the counter's. Child of the main window."""

    def __init__(self, main: MainWindow, jobs: TariffJobs) -> None:
        super().__init__(main)
        self._main, self.jobs = main, jobs
        jobs.setParent(self)
        self.window: TariffWindow | None = None
        main.closed.connect(self._end)

    def open(self, clock: Clock) -> TariffWindow:
        """Show the window, a new one where there is none."""
        main = self._main
        if self.window is None:
            formatter = Formatter(main.language, main.settings.currency, main.settings.zone)
            owner = Owner(main.bridge, self.jobs, main.settings, formatter, clock)
            owner.status = main.counter.status
            booths = [(booth.booth, booth.name) for booth in main.booths.booths()]
            self.window = TariffWindow(owner, booths)
            self.window.closed.connect(self._forget)
            self.window.counter_wished.connect(self._show_counter)
            self.window.pin_setting_wished.connect(self._set_pin)
            self.window.stand_on(main.screen())
            self.window.begin()
        else:
            # From the counter's menu: whose hands these are is not known.
            self.window.lock()
        self.window.come_forward()
        self.window.ask_again()
        return self.window

    @Slot()
    def _forget(self) -> None:
        self.window = None

    @Slot()
    def _show_counter(self) -> None:
        self._main.raise_()
        self._main.activateWindow()
        self._main.board.setFocus()

    @Slot()
    def _set_pin(self) -> None:
        from ui.pin_dialog import SetPinDialog  # noqa: PLC0415 - rare

        self._show_counter()
        self._main.counter.open(SetPinDialog(self._main.counter))

    @Slot()
    def _end(self) -> None:
        self.jobs.close()
        if self.window is not None:
            self.window.close()


def show_tariffs(main: MainWindow) -> TariffWindow | None:
    """Open the owner's window; None while the shop itself is not open yet."""
    door = main.findChild(TariffDoor)
    if door is None:
        jobs = TariffJobs(main.open_worker) if main.open_worker is not None else None
        if jobs is None or not jobs.is_open:
            main.notices.say(_still_opening())
            return None
        door = TariffDoor(main, jobs)
    return door.open(main.clock)


def _still_opening() -> str:
    return QCoreApplication.translate("Tariff", "The shop is still opening. Try again in a moment.")
