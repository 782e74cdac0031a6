"""Lasting notices about exchange, printer, displays and money, and the lists behind them.

GUI thread. The notices follow the desk's status: they go away by recovery only.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.messages.devices import DeviceState
from app.messages.pbx import LinkState
from app.messages.views import LinkView, StatusUpdate
from ui.counter import Counter
from ui.error_texts import link_text, money_text, printer_text
from ui.notices import Lasting, Loudness

_LINK = "link:"
_CLOCK_LIMIT_US = 60_000_000
_TROUBLED_JOBS = ("FAILED", "UNCERTAIN")


class PeerNotices(QObject):
    """Turns a status into notices; `act` carries out what the button of one says."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._counter = counter
        self._status: StatusUpdate | None = None

    def show_status(self, status: StatusUpdate) -> None:
        """Show the troubles of a status."""
        self._status = self._counter.status = status
        self.refresh()

    def refresh(self) -> None:
        """Write the notices again, in the current language."""
        status, notices = self._status, self._counter.notices
        if status is None:
            return
        wanted: dict[str, Lasting] = {}
        if status.money_stopped:
            text = self.tr("No money can be taken. %1 Calls go on and are counted.")
            text = text.replace("%1", money_text(status.money_stopped))
            wanted["money"] = Lasting(Loudness.STOP, text, status.money_stopped)
        for link in status.links:
            if (notice := self._link_notice(link)) is not None:
                wanted[_LINK + link.link] = notice
        if (notice := self._printer_notice(status)) is not None:
            wanted["printer"] = notice
        for key in notices.lasting_keys():
            if key not in wanted:
                notices.set_lasting(key, None)
        for key, notice in wanted.items():
            notices.set_lasting(key, notice)

    @Slot(str)
    def act(self, key: str) -> None:
        """Carry out the button of a notice."""
        if key.startswith(_LINK):
            self._counter.retry_link(key.removeprefix(_LINK))
        elif key == "printer":
            self.show_print_queue()

    @Slot(str)
    def show_link(self, link: str) -> None:
        """Show what is known of an exchange."""
        from ui.link_dialog import LinkDialog  # noqa: PLC0415 - not needed at the start

        self._counter.open(LinkDialog(self._counter, link))

    @Slot()
    def show_print_queue(self) -> None:
        """Show the papers that wait."""
        from ui.print_queue import PrintQueue  # noqa: PLC0415 - not needed at the start

        self._counter.open(PrintQueue(self._counter))

    @Slot()
    def show_displays(self) -> None:
        """Say which booth displays do not answer."""
        booths = self._counter.lost_displays()
        if not booths:
            self._counter.notices.say(self.tr("All booth displays answer."))
            return
        text = self.tr("No answer from the display in booth %1. Billing goes on.")
        self._counter.notices.say(text.replace("%1", ", ".join(booths)))

    @Slot()
    def show_audit(self) -> None:
        """Show what needs a look."""
        from ui.audit_list import AuditList  # noqa: PLC0415 - not needed at the start

        self._counter.open(AuditList(self._counter))

    @Slot()
    def show_receipts(self) -> None:
        """Show the newest receipts."""
        from ui.receipt_list import ReceiptList  # noqa: PLC0415 - not needed at the start

        self._counter.open(ReceiptList(self._counter))

    def _link_notice(self, link: LinkView) -> Lasting | None:
        if link.state is LinkState.UP:
            if abs(link.clock_offset_us) <= _CLOCK_LIMIT_US:
                return None
            seconds = abs(link.clock_offset_us) // 1_000_000
            text = self.tr("The clocks of this computer and of the exchange differ by %1 s.")
            return Lasting(Loudness.WARNING, text.replace("%1", str(seconds)), "clock_differs")
        if link.state in (LinkState.CONNECTING, LinkState.SYNCING) and not link.code:
            return None
        why = link_text(link.state, link.code)
        if link.state is LinkState.REFUSED:
            text = self.tr("%1 Correct the settings, then retry. Payments still work.")
        else:
            text = self.tr("%1 It is tried again by itself; what is due can be paid.")
        return Lasting(Loudness.FAULT, text.replace("%1", why), link.code, self.tr("Retry"))

    def _printer_notice(self, status: StatusUpdate) -> Lasting | None:
        troubled = [job for job in status.print_jobs if job.state in _TROUBLED_JOBS]
        is_lost = status.printer is DeviceState.LOST
        if not is_lost and not troubled:
            return None
        if is_lost:
            why = printer_text(status.printer, status.printer_code)
            text = self.tr("%1 Selling goes on; receipts wait.").replace("%1", why)
        elif troubled[0].state == "UNCERTAIN":
            text = self.tr("Receipt %1 may not have been printed. Print a copy?")
            text = text.replace("%1", troubled[0].receipt_number)
        else:
            text = self.tr("Receipt %1 was not printed.").replace("%1", troubled[0].receipt_number)
        code = status.printer_code if is_lost else troubled[0].code
        return Lasting(Loudness.WARNING, text, code, self.tr("Print queue"))
