"""Locks as desired state: what each booth shall be, and how far the exchange agrees.

Level-triggered: after every change, reconnect or failure the wanted state is compared
with what was last asked, and asked again where they differ. Memory only: after a
restart nothing is believed until the exchange has said it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.config import BoothConfig
from app.messages.pbx import LockConfirmed, LockFailed, SetLock
from app.messages.views import LockProof

RETRY_S = 5.0
"""Seconds before a refused lock is asked again."""

DOUBT_S = 5.0
"""Seconds after which somebody who locks up and leaves does not rely on a confirmation."""


@dataclass(frozen=True, slots=True)
class Lock:
    """One booth's lock. `wanted` is a session id (unlocked) or None (locked)."""

    wanted: str | None = None
    asked_id: int = 0  # 0: nothing asked on this line yet
    asked_at: float = 0.0  # monotonic seconds
    proof: LockProof = LockProof.PENDING
    code: str = ""
    confirmed_at: int | None = None  # microseconds UTC


class Locks:
    """All booths' locks."""

    def __init__(self, booths: tuple[BoothConfig, ...], lease_s: int) -> None:
        """Begin with every booth wanted locked and nothing confirmed."""
        self._booths = {booth.number: booth for booth in booths}
        self._locks = {booth.number: Lock() for booth in booths}
        self._lease_s = lease_s
        self._last_id = 0

    def of(self, booth: int) -> Lock:
        """Return a booth's lock."""
        return self._locks[booth]

    def want(self, booth: int, session_id: str | None) -> bool:
        """Set what the booth shall be; True when that is new."""
        lock = self._locks[booth]
        if lock.wanted == session_id:
            return False
        self._locks[booth] = replace(
            lock, wanted=session_id, asked_id=0, proof=LockProof.PENDING, code=""
        )
        return True

    def forget(self, exchange: str) -> list[int]:
        """Believe nothing any more: the line was cut or is new. Returns the booths."""
        return [number for number in self._of_exchange(exchange) if self._reset(number)]

    def _of_exchange(self, exchange: str) -> list[int]:
        return [booth.number for booth in self._booths.values() if booth.exchange == exchange]

    def _reset(self, number: int) -> bool:
        lock = self._locks[number]
        self._locks[number] = replace(lock, asked_id=0, proof=LockProof.PENDING, code="")
        return True

    def doubt_old(self, now: float) -> None:
        """Ask again what was confirmed a while ago: somebody may have changed it by hand."""
        for number, lock in self._locks.items():
            if lock.wanted is None and now - lock.asked_at > DOUBT_S:
                self._reset(number)

    def due(self, exchange: str, now: float) -> list[SetLock]:
        """Return what is to be asked now: never asked, refused a while ago, lease to renew."""
        return [
            self._ask(number, now)
            for number in self._of_exchange(exchange)
            if self._is_due(self._locks[number], now)
        ]

    def _is_due(self, lock: Lock, now: float) -> bool:
        if lock.asked_id == 0:
            return True
        age = now - lock.asked_at
        if lock.proof is LockProof.FAILED:
            return age >= RETRY_S
        return lock.wanted is not None and age >= self._lease_s / 3

    def _ask(self, number: int, now: float) -> SetLock:
        lock = self._locks[number]
        self._last_id += 1
        # A lease that is renewed stays confirmed meanwhile: the exchange still holds it.
        self._locks[number] = replace(lock, asked_id=self._last_id, asked_at=now)
        return SetLock(self._last_id, self._booths[number].extension, lock.wanted, self._lease_s)

    def confirmed(self, booth: int, news: LockConfirmed) -> bool:
        """Note that the exchange agrees; False when that answers an older question."""
        lock = self._locks[booth]
        if news.request_id != lock.asked_id or news.session_id != lock.wanted:
            return False
        self._locks[booth] = replace(lock, proof=LockProof.CONFIRMED, code="", confirmed_at=news.at)
        return True

    def failed(self, booth: int, news: LockFailed) -> bool:
        """Note that the exchange refused; False when that answers an older question."""
        lock = self._locks[booth]
        if news.request_id != lock.asked_id:
            return False
        self._locks[booth] = replace(lock, proof=LockProof.FAILED, code=news.code)
        return True
