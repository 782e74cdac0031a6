"""The last instant at which an exchange with live calls was heard, kept for the worst case.

When an exchange dies with its calls, this is all that is known of their end.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from app.desk.floor import Floor
from app.messages.pbx import LinkState
from app.store import journal

ALIVE_S = 10.0
"""How often it is written: along with a batch of news, or alone when there was none as long."""


class ProofOfLife:
    """Writes it for the exchanges of one desk."""

    def __init__(self, engine: Engine, floor: Floor) -> None:
        """Write with the first batch."""
        self._engine = engine
        self._floor = floor
        self._next_at = 0.0

    def keep(self) -> None:
        """Write it now when no batch has taken it along for long."""
        now = self._floor.shop.clock.monotonic()
        if now >= self._next_at + ALIVE_S and self._heard():
            with self._engine.begin() as db:
                self.write(db)

    def write(self, db: Connection) -> None:
        """Write it along with other things, when it is due."""
        shop = self._floor.shop
        monotonic = shop.clock.monotonic()
        if monotonic < self._next_at:
            return
        self._next_at = monotonic + ALIVE_S
        now = shop.clock.now_us()
        for name in self._heard():
            at = now + self._floor.links[name].clock_offset_us
            journal.set_alive(db, shop.shop_id, name, at)

    def _heard(self) -> list[str]:
        floor = self._floor
        exchanges = {floor.tiles[number].rows.booth.exchange for number in floor.live_booths()}
        return [name for name in exchanges if floor.links[name].state is LinkState.UP]
