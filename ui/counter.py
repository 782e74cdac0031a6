"""What the operator's wishes do: commands to the desk, sheets at the side, words where refused.

GUI thread. Every refusal is told in place or through the notices; nothing blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.explain import Reason
from app.domain.receipts import Tender
from app.domain.sessions import BoothState, SessionState
from app.domain.tariff import Access
from app.messages.commands import (
    AllowKeyed,
    Command,
    HangUpCall,
    LockBooth,
    RemoveExtra,
    ReopenSession,
    RetryLink,
    SetOutOfService,
    UnlockBooth,
)
from app.messages.devices import DeviceState
from app.messages.views import BoothView, CommandFailed, PaymentDone, SessionView, StatusUpdate
from ui.board_keys import Wish
from ui.booth_model import BoothModel
from ui.bridge import Bridge, Done, Failed
from ui.error_texts import user_text
from ui.formatting import Formatter
from ui.notices import Notices
from ui.session_choices import explainable
from ui.side_pane import SidePane

if TYPE_CHECKING:
    from ui.sheet import Sheet


class Preview(Protocol):
    """Writes a session as the receipt would print it, or as it was printed once it is paid."""

    def __call__(
        self,
        session: SessionView,
        done: PaymentDone | None = None,
        tender: Tender = Tender.CASH,
        reasons: Mapping[int, tuple[Reason, ...]] | None = None,
        /,
    ) -> str:
        """Return the lines of the paper; `reasons` explain the calls by their keys."""


class Counter(QObject):
    """Carries out wishes for a booth. Sheets are imported when first needed."""

    look_up_wished = Signal()

    def __init__(
        self,
        bridge: Bridge,
        notices: Notices,
        side: SidePane,
        booths: BoothModel,
        formatter: Formatter,
        preview: Preview | None,
    ) -> None:
        super().__init__()
        self.bridge = bridge
        self.notices = notices
        self.side = side
        self.formatter = formatter
        self.status: StatusUpdate | None = None
        self.receipts = "ask"
        self._booths = booths
        self._preview = preview

    def wish(self, wish: Wish, number: int | None) -> None:
        """Do what was wished with a booth, or say why it makes no sense there."""
        if wish is Wish.LOOK_UP:
            self.look_up_wished.emit()
            return
        booth = self.booth(number)
        if booth is None:
            self.notices.say(self.tr("Choose a booth first."))
            return
        acts: dict[Wish, Callable[[BoothView], None]] = {
            Wish.LOCK_OR_UNLOCK: self._lock_or_unlock,
            Wish.CHECK_OUT: self.check_out,
            Wish.HANG_UP_ASKED: self._ask_hang_up,
            Wish.HANG_UP: self._hang_up,
            Wish.EXTRA: self._add_extra,
            Wish.REOPEN: self._reopen,
            Wish.OUT_OF_SERVICE: self._out_of_service,
            Wish.EXPLAIN: self.explain,
            Wish.MEMBER: self._choose_member,
            Wish.ALLOW: self._allow,
        }
        acts[wish](booth)

    def booth(self, number: int | None) -> BoothView | None:
        """Return the newest view of a booth."""
        row = self._booths.row_of(number) if number is not None else None
        return self._booths.booth(row) if row is not None else None

    def has_printer(self) -> bool:
        """Tell whether paper can be had; nobody knows before the first status."""
        return self.status is None or self.status.printer is not DeviceState.ABSENT

    def lost_displays(self) -> list[str]:
        """Name the booths whose display does not answer."""
        lost = [booth for booth in self._booths.booths() if booth.meter is DeviceState.LOST]
        return [booth.name or str(booth.booth) for booth in lost]

    def ask(self, command: Command, done: Done | None = None, failed: Failed | None = None) -> None:
        """Post a command; a missing right is asked for in place, other refusals are told."""

        def refuse(failure: CommandFailed) -> None:
            if failure.code == "not_enough_rights" and command.manager_pin is None:
                self._ask_pin(command, done, failed)
            elif failed is not None:
                failed(failure)
            else:
                self.tell(failure)

        self.bridge.ask(command, done, refuse)

    def tell(self, failure: CommandFailed) -> None:
        """Say why a command was refused."""
        text = user_text(failure.code, failure.params)
        self.notices.say(f"{text} ({failure.code})")

    def open(self, sheet: Sheet) -> None:
        """Show a sheet, instead of another one of its kind."""
        self.side.close_where(lambda other: type(other) is type(sheet))
        self.side.open(sheet)

    def check_out(self, booth: BoothView) -> None:
        """Open the checkout, the pricing of a call that has no price, or say what is missing."""
        session = booth.session
        if session is None:
            if booth.state is BoothState.LOCKED:
                self.notices.say(self.tr("Nothing to pay: this booth is free."))
            return
        if booth.live is None and session.bill.unpriced:
            key = next((call.key for call in session.calls if call.is_unpriced), None)
            self.price_call(booth.booth, key)
            return
        if session.state is SessionState.OPEN and booth.live is None and not booth.total:
            self.notices.say(self.tr("Nothing used yet. Space locks the booth."))
            return
        from ui.checkout_dialog import CheckoutDialog  # noqa: PLC0415 - not needed at the start

        self.open(CheckoutDialog(self, booth, self.receipts, self._preview))

    def price_call(self, number: int | None, key: object) -> None:
        """Open the pricing of a call that no rate covers."""
        booth = self.booth(number)
        if booth is None or booth.session is None:
            return
        call = next((call for call in booth.session.calls if call.key == key), None)
        if call is None:
            return
        from ui.price_dialog import PriceDialog  # noqa: PLC0415 - rare

        self.open(PriceDialog(self, booth.booth, call))

    def explain(self, booth: BoothView, key: object = None) -> None:
        """Say why a call costs what it costs; the last one where none is named."""
        calls = explainable(booth.session) if booth.session is not None else ()
        # Who asks without naming a call means one that costs something.
        likely = sorted(calls, key=lambda line: bool(line.seconds))
        call = next((line for line in calls if line.key == key), likely[-1] if likely else None)
        live = booth.live
        if call is None or (live is not None and key == live.key):
            self.notices.say(self.tr("A price is explained once its call has ended."))
            return
        from ui.explain_sheet import ExplainSheet  # noqa: PLC0415 - not needed at the start

        self.open(ExplainSheet(self, booth, call.key))

    @Slot()
    def show_members(self) -> None:
        """Open the list of members, for nobody's visit."""
        from ui.member_list import MemberList  # noqa: PLC0415 - rare

        self.open(MemberList(self))

    def remove_extra(self, number: int | None, key: object) -> None:
        """Take an extra off the bill; the toast says how to get it back."""
        booth = self.booth(number)
        if booth is None or booth.session is None or not isinstance(key, int):
            return
        extra = next((line for line in booth.session.extras if line.key == key), None)
        session_id = booth.session.session_id

        def told(_result: object) -> None:
            name = extra.text if extra is not None else ""
            text = self.tr("%1 taken off the bill. A adds an item.")
            self.notices.say(text.replace("%1", name))

        stamp = self.bridge.stamp()
        self.ask(RemoveExtra(**stamp, session_id=session_id, extra_id=key), told)

    @Slot(str)
    def retry_link(self, link: str) -> None:
        """Try to reach an exchange now."""
        self.ask(RetryLink(**self.bridge.stamp(), link=link))
        self.notices.say(self.tr("Trying to reach the exchange…"))

    def _lock_or_unlock(self, booth: BoothView) -> None:
        stamp = self.bridge.stamp()
        if booth.session is not None and booth.session.state is SessionState.DUE:
            self.notices.say(self.tr("To be paid first: Enter checks out, R reopens."))
        elif booth.state is BoothState.OUT_OF_SERVICE:
            self.notices.say(self.tr("Out of service: O takes it back into service."))
        elif booth.session is not None:
            self.ask(LockBooth(**stamp, booth=booth.booth))
        else:
            self.ask(UnlockBooth(**stamp, booth=booth.booth))

    def _ask_hang_up(self, booth: BoothView) -> None:
        if booth.live is None:
            self.notices.say(self.tr("No call is up in this booth."))
            return
        text = self.tr("Press X again to end the call in booth %1.")
        self.notices.say(text.replace("%1", booth.name or str(booth.booth)))

    def _hang_up(self, booth: BoothView) -> None:
        if booth.live is not None:
            self.notices.hush()
            self.ask(HangUpCall(**self.bridge.stamp(), booth=booth.booth))

    def _add_extra(self, booth: BoothView) -> None:
        if booth.session is None:
            self.notices.say(self.tr("Unlock the booth first; then items can be added."))
            return
        from ui.extra_dialog import ExtraDialog  # noqa: PLC0415 - not needed at the start

        self.open(ExtraDialog(self, booth.booth, booth.session.session_id))

    def _reopen(self, booth: BoothView) -> None:
        if booth.session is None or booth.session.state is not SessionState.DUE:
            self.notices.say(self.tr("Only a booth that is to be paid can be reopened."))
            return
        self.side.close_where(lambda sheet: sheet.booth == booth.booth)
        session_id = booth.session.session_id
        self.ask(ReopenSession(**self.bridge.stamp(), session_id=session_id))

    def _out_of_service(self, booth: BoothView) -> None:
        is_out = booth.state is BoothState.OUT_OF_SERVICE
        if booth.session is not None or booth.live is not None:
            self.notices.say(self.tr("Only a free booth can be taken out of service."))
            return

        def told(_result: object) -> None:
            if not is_out:
                text = self.tr("Booth %1 is out of service. O brings it back.")
                self.notices.say(text.replace("%1", booth.name or str(booth.booth)))

        stamp = self.bridge.stamp()
        self.ask(SetOutOfService(**stamp, booth=booth.booth, is_out=not is_out), told)

    def _choose_member(self, booth: BoothView) -> None:
        if booth.session is None:
            self.notices.say(self.tr("Unlock the booth first; then its customer can be chosen."))
            return
        from ui.member_list import MemberList  # noqa: PLC0415 - rare

        self.open(MemberList(self, booth))

    def _allow(self, booth: BoothView) -> None:
        """Let a customer call what needs the manager's key, after it was refused to him."""
        barred, session = booth.barred, booth.session
        if session is None or barred is None or barred.code != Access.KEY.name:
            self.notices.say(self.tr("No call was cut here for want of the manager's key."))
            return

        def told(_result: object) -> None:
            text = self.tr("Allowed in booth %1 until the customer pays: dial again.")
            self.notices.say(text.replace("%1", booth.name or str(booth.booth)))

        self.ask(AllowKeyed(**self.bridge.stamp(), session_id=session.session_id), told)

    def _ask_pin(self, command: Command, done: Done | None, failed: Failed | None) -> None:
        from ui.pin_dialog import PinDialog, SetPinDialog  # noqa: PLC0415 - rare

        def fresh(pin: str) -> Command:
            # A new key: the refused one has had its answer.
            stamp = self.bridge.stamp()
            return replace(command, command_id=stamp["command_id"], manager_pin=pin)

        if self.status is not None and not self.status.has_manager_pin:
            # Nobody can know a PIN that was never set: it is set here, and the act goes on.
            self.open(SetPinDialog(self, lambda pin: self.ask(fresh(pin), done, failed)))
            return

        def again(pin: str, wrong: Failed) -> None:
            def carried_out(result: object) -> None:
                sheet.closed.emit()
                if done is not None:
                    done(result)

            def refused(failure: CommandFailed) -> None:
                if failure.code in ("wrong_pin", "pin_locked", "pin_not_set") or failed is None:
                    wrong(failure)
                else:
                    sheet.closed.emit()
                    failed(failure)

            self.bridge.ask(fresh(pin), carried_out, refused)

        sheet = PinDialog(again)
        self.open(sheet)
