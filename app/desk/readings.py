"""Tile -> what the display in the booth shows."""

from __future__ import annotations

from app.config import Config
from app.domain.calls import CallState
from app.domain.sessions import SessionState
from app.messages.devices import MeterPhase, MeterReading
from app.messages.views import BoothView


def reading(config: Config, view: BoothView, now: int) -> MeterReading:
    """Return what the customer in the booth may see now."""
    live, session = view.live, view.session
    phase = MeterPhase.CLOSED
    if live is not None:
        phase = MeterPhase.TALKING if _is_answered(view) else MeterPhase.DIALLING
    elif session is not None and session.state is SessionState.DUE:
        phase = MeterPhase.DUE
    elif session is not None:
        phase = MeterPhase.READY
    amount = live.amount if live is not None and live.amount is not None else None
    return MeterReading(
        booth=view.booth,
        phase=phase,
        currency=config.currency,
        now=now,
        zone=config.zone,
        language=config.receipt_language,
        destination=live.destination if live is not None else "",
        price_per_minute=live.price_per_minute if live is not None else None,
        seconds=live.seconds if live is not None else 0,
        amount=amount if amount is not None else view.total,
        total=view.total,
    )


def _is_answered(view: BoothView) -> bool:
    live = view.live
    return live is not None and live.state is CallState.ANSWERED
