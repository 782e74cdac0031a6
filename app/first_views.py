"""The board before anything is known: every booth of the settings, its state unknown."""

from __future__ import annotations

from app.config import Config
from app.domain.money import ZERO
from app.domain.sessions import BoothState
from app.messages.devices import DeviceState
from app.messages.pbx import LinkState
from app.messages.views import BoardUpdate, BoothView, LinkView, LockProof, StatusUpdate


def first_board(config: Config, now: int) -> BoardUpdate:
    """Return the tiles; `now` in microseconds UTC."""
    return BoardUpdate(
        tuple(
            BoothView(
                booth=booth.number,
                name=booth.name,
                extension=booth.extension,
                state=BoothState.UNKNOWN,
                since=now,
                lock_proof=LockProof.PENDING,
                is_stale=True,
            )
            for booth in config.booths
        ),
        now,
    )


def first_status(config: Config) -> StatusUpdate:
    """Return the bars."""
    return StatusUpdate(
        shop=config.name,
        till=config.till,
        operator=config.operator,
        operator_name=config.operator_name,
        links=tuple(LinkView(link.name, LinkState.CONNECTING) for link in config.exchanges),
        printer=DeviceState.UNKNOWN if config.printer.host else DeviceState.ABSENT,
        printer_code="",
        print_jobs=(),
        meters_ready=0,
        meters_total=sum(1 for booth in config.booths if booth.meter),
        talking=0,
        due_count=0,
        takings=ZERO,
        open_audit=0,
        is_practice=config.is_practice,
        has_manager_pin=False,
        receipts_wanted=config.receipts,
    )
