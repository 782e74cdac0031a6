"""What stands open when the operator wants to leave."""

from __future__ import annotations

from app.desk.floor import Floor
from app.domain.sessions import SessionState
from app.messages.views import LockProof, QuitReport


def quit_report(floor: Floor) -> QuitReport:
    """Say which booths are open, on a call or due, and whose lock nobody has confirmed."""

    def booths(state: SessionState) -> tuple[int, ...]:
        return tuple(
            number
            for number, tile in floor.tiles.items()
            if tile.rows.session is not None and tile.rows.session.state is state
        )

    unconfirmed = tuple(
        number
        for number in floor.tiles
        if floor.locks.of(number).wanted is None
        and floor.locks.of(number).proof is not LockProof.CONFIRMED
    )
    live = tuple(floor.live_booths())
    return QuitReport(booths(SessionState.OPEN), live, booths(SessionState.DUE), unconfirmed)
