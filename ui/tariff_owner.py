"""What all pages of the owner's window share: desk, worker, words, the manager. GUI thread."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QObject, Signal

from app.clock import Clock
from app.domain.tariff_kinds import SHOP
from app.messages.commands import AskTariffs, Command
from app.messages.views import CommandFailed, StatusUpdate, TariffRow
from app.tariffs.jobs import DropDraft, JobFailed
from ui.bridge import Bridge, Done, Failed
from ui.formatting import Formatter
from ui.tariff_jobs import TariffJobs
from ui.tariff_strip import Strip
from ui.tariff_texts import failure_text
from ui.tokens import LIGHT, Palette
from ui.ui_settings import UiSettings

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)
_PIN_CODES = frozenset(("wrong_pin", "pin_locked", "pin_not_set"))


class Owner(QObject):
    """Asks desk and worker for the pages, and keeps the list of versions."""

    versions_changed = Signal()
    said = Signal(str)

    def __init__(
        self,
        bridge: Bridge,
        jobs: TariffJobs,
        settings: UiSettings,
        formatter: Formatter,
        clock: Clock,
    ) -> None:
        super().__init__()
        self.bridge = bridge
        self.jobs = jobs
        self.settings = settings
        self.formatter = formatter
        self.clock = clock
        self.palette: Palette = LIGHT
        self.strip = Strip(clock.monotonic)
        self.manager = ""  # who gave the PIN; "" until somebody has
        self.status: StatusUpdate | None = None
        self.versions: tuple[TariffRow, ...] = ()
        self._is_gone = False

    def leave(self) -> None:
        """Hear no more: the window is closed, and answers that are on their way find nobody."""
        self._is_gone = True
        self.jobs.forget_all()

    def send(self, command: Command, done: Done, failed: Failed | None = None) -> None:
        """Give a command to the desk as it is; nobody is told once the window is closed."""

        def on_done(result: object) -> None:
            if not self._is_gone:
                done(result)

        def on_failed(failure: CommandFailed) -> None:
            if failed is not None and not self._is_gone:
                failed(failure)

        self.bridge.ask(command, on_done, on_failed)

    def ask(self, command: Command, words: str, done: Done, failed: Failed) -> None:
        """Give a command; where a manager is needed his PIN is asked for in place.

        `words` say what it is for. `failed` is also called, with code "", where the PIN is
        not given.
        """

        def refuse(failure: CommandFailed) -> None:
            if failure.code != "not_enough_rights":
                failed(failure)
                return
            self.strip.ask_pin(words, again, lambda: failed(replace(failure, code="")))

        def again(pin: str, wrong: Failed) -> None:
            # A new key: the refused one has had its answer.
            key = self.bridge.stamp()["command_id"]
            fresh = replace(command, command_id=key, manager_pin=pin)

            def carried_out(result: object) -> None:
                self.strip.done()
                done(result)

            def refused(failure: CommandFailed) -> None:
                if failure.code in _PIN_CODES:
                    wrong(failure)
                else:
                    self.strip.done()
                    failed(failure)

            self.send(fresh, carried_out, refused)

        self.send(command, done, refuse)

    def drop_draft(self, version: int) -> None:
        """Have a draft thrown away that is not activated."""
        self.jobs.leave(DropDraft(job_id=self.jobs.new_id(), version=version))

    def load(self) -> None:
        """Ask for the versions anew."""

        def take(result: object) -> None:
            if isinstance(result, tuple):
                self.versions = result
                self.versions_changed.emit()

        self.send(AskTariffs(**self.bridge.stamp()), take)

    def in_force(self, tariff: str) -> TariffRow | None:
        """Return the version of a tariff that holds now."""
        for row in self.versions:
            if row.tariff == tariff and row.is_in_force:
                return row
        return None

    def names(self, *, is_cost: bool) -> list[str]:
        """Return the keys of the carriers' decks, or of what is sold; the shop's first."""
        known = {row.tariff for row in self.versions if row.is_cost is is_cost}
        if is_cost:
            return sorted(known)
        return [SHOP, *sorted((known | set(self.settings.booth_tariffs)) - {SHOP})]

    def name_of(self, tariff: str) -> str:
        """Name a tariff for a person."""
        return self.tr("Shop") if tariff == SHOP else tariff

    def who(self, operator: str) -> str:
        """Name a person."""
        if operator == "manager":
            return self.tr("Manager")
        status = self.status
        if status is not None and status.operator == operator and status.operator_name:
            return status.operator_name
        return operator

    @staticmethod
    def refusal(failure: JobFailed | CommandFailed) -> str:
        """Say why something was refused, with its code."""
        return f"{failure_text(failure.code, failure.params)} ({failure.code})"

    # ---- dates ------------------------------------------------------------------------------

    def local(self, at_us: int) -> datetime:
        """Return the shop's wall clock at an instant."""
        return (_EPOCH + timedelta(microseconds=at_us)).astimezone(ZoneInfo(self.settings.zone))

    def instant(self, local: datetime) -> int:
        """Return the instant of a wall-clock time of the shop, microseconds UTC."""
        return (local.replace(tzinfo=ZoneInfo(self.settings.zone)) - _EPOCH) // _US

    def long_date_time(self, at_us: int) -> str:
        """Return date and time of day: `1 December 14:37`."""
        return f"{self.long_date(at_us)} {self.formatter.time(at_us)}"

    def long_date(self, at_us: int) -> str:
        """Write a date in words, with the year where it is another: `1 December`."""
        local, now = self.local(at_us), self.local(self.clock.now_us())
        date = QDate(local.year, local.month, local.day)
        pattern = "MMMM" if local.year == now.year else "MMMM yyyy"
        month = self.formatter.locale.toString(date, pattern)
        day = str(local.day)
        if local.day == 1:
            #: The first day of a month, as in “on 1 December”.
            day = self.tr("1", "first day of a month")
        return self.tr("%1 %2", "day and month").replace("%1", day).replace("%2", month)
