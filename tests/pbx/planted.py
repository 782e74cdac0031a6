"""Bugs planted in the link, one for each scenario: proof that the scenario's check can fail."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from itertools import count

import pytest

from app.domain.calls import CallRecord, CallSeen, CallState, CallStored
from app.messages.pbx import LinkNews, SetLock
from app.pbx import ami_calls, ami_locks, ami_session, ami_snapshot, framing
from app.pbx.ami_calls import CallFollower, News
from app.pbx.ami_session import AmiSession
from app.pbx.conversation import Answer, Ask, Conversation, SessionEnded, Task, Wait
from app.pbx.framing import AmiFraming, Packet
from app.pbx.link import Outbox

Plant = Callable[[pytest.MonkeyPatch], None]


def returns(value: object) -> Callable[..., object]:
    """Return a function that takes anything and returns always the same."""

    def always(*_args: object, **_named: object) -> object:
        return value

    return always


def believes_garbage(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(AmiFraming, "_is_sound", lambda _self, raw: bool(raw))


def forgets_half_packets(patch: pytest.MonkeyPatch) -> None:
    feed = AmiFraming.feed

    def forgetful(self: AmiFraming, data: bytes) -> list[Packet]:
        packets = feed(self, data)
        if self.greeting is not None:
            self._rest = b""
        return packets

    patch.setattr(AmiFraming, "feed", forgetful)


def hoards_bytes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(framing, "MAX_PACKET_BYTES", 10**9)


def counts_records_twice(patch: pytest.MonkeyPatch) -> None:
    on_cdr, numbers = CallFollower._on_cdr, count()

    def renumbered(self: CallFollower, packet: Packet, now_us: int) -> News:
        return tuple(
            CallRecord(event.call_id, str(next(numbers)), event.seconds, "", has_far_leg=True)
            for event in on_cdr(self, packet, now_us)
            if isinstance(event, CallRecord)
        )

    patch.setattr(CallFollower, "_on_cdr", renumbered)


def forgets_what_came_early(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(CallFollower, "_keep", returns(None))
    patch.setattr(ami_session, "read_live", returns({}))


def takes_the_moment_of_hearing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ami_calls, "_stamp", lambda _packet, now_us: now_us + 3_600_000_000)


def never_notices_a_loss(patch: pytest.MonkeyPatch) -> None:
    def unmoved(_self: CallFollower, _value: object) -> None:
        return

    blind = property(returns(value=False), unmoved)
    patch.setattr(CallFollower, "is_lost", blind, raising=False)


def ignores_kept_calls(patch: pytest.MonkeyPatch) -> None:
    def nothing(self: AmiSession, call_id: str) -> Task:
        yield Wait(0.0)

    patch.setattr(AmiSession, "_fetch_stored", nothing)


def trusts_every_end(patch: pytest.MonkeyPatch) -> None:
    def nothing(self: AmiSession, call_id: str) -> Task:
        yield Wait(0.0)

    patch.setattr(AmiSession, "_doubt", nothing)


def leaves_kept_calls_there(patch: pytest.MonkeyPatch) -> None:
    def nothing(entries: Iterable[ami_snapshot.TreeEntry]) -> tuple[CallStored, ...]:
        return ()

    patch.setattr(ami_session, "read_stored", nothing)


def gives_up(patch: pytest.MonkeyPatch) -> None:
    def refused(self: SessionEnded, code: str, *, is_refused: bool = False, **params: str) -> None:
        Exception.__init__(self, code)
        self.code, self.is_refused, self.params = code, True, tuple(params.items())

    patch.setattr(SessionEnded, "__init__", refused)


def shows_the_old_picture(patch: pytest.MonkeyPatch) -> None:
    read_live = ami_snapshot.read_live
    known: dict[str, CallSeen] = {}

    def stale(
        packets: Iterable[Packet], extension_of: ami_snapshot.ExtensionOf
    ) -> dict[str, CallSeen]:
        known.update(read_live(packets, extension_of))
        return dict(known)

    patch.setattr(ami_session, "read_live", stale)
    follow = AmiSession._follow

    def learning(self: AmiSession, packet: Packet, now_us: int) -> None:
        follow(self, packet, now_us)
        for call_id, call in self._follower._live.items():
            known[call.channel] = CallSeen(call_id, call.extension, "", CallState.DIALING, 1, None)

    patch.setattr(AmiSession, "_follow", learning)


def waits_for_ever(patch: pytest.MonkeyPatch) -> None:
    on_time = Conversation.on_time

    def patient(self: Conversation) -> None:
        for pending in self._pending.values():
            pending.until = float("inf")
        on_time(self)

    patch.setattr(Conversation, "on_time", patient)


def tries_again_and_again(patch: pytest.MonkeyPatch) -> None:
    def never_refused(
        self: SessionEnded, code: str, *, is_refused: bool = False, **params: str
    ) -> None:
        Exception.__init__(self, code)
        self.code, self.is_refused, self.params = code, False, tuple(params.items())

    patch.setattr(SessionEnded, "__init__", never_refused)


def overlooks_missing_rights(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ami_session, "code_of", returns("exchange_error"))


def drops_what_does_not_fit(patch: pytest.MonkeyPatch) -> None:
    def careless(self: Outbox, news: list[LinkNews]) -> None:
        for item in news:
            self._post(item)

    patch.setattr(Outbox, "put", careless)


def believes_what_it_wrote(patch: pytest.MonkeyPatch) -> None:
    def hopeful(
        action: SetLock, exchange_now_us: Callable[[], int]
    ) -> Generator[Ask | Wait, Answer, str]:
        steps = ami_locks.write_lock(action, exchange_now_us)
        ask = next(steps)
        while isinstance(ask, Ask) and ask.action == "DBPut":
            ask = steps.send((yield ask))
        return ""

    patch.setattr(ami_session, "write_lock", hopeful)


PLANTED: dict[str, Plant] = {
    "garbage": believes_garbage,
    "half_packets": forgets_half_packets,
    "endless": hoards_bytes,
    "twice": counts_records_twice,
    "reordered": forgets_what_came_early,
    "delayed": takes_the_moment_of_hearing,
    "lost_beginning": never_notices_a_loss,
    "lost_answer": ignores_kept_calls,
    "lost_end": trusts_every_end,
    "lost_line": leaves_kept_calls_there,
    "restarted": gives_up,
    "killed": shows_the_old_picture,
    "silence": waits_for_ever,
    "wrong_password": tries_again_and_again,
    "missing_right": overlooks_missing_rights,
    "inbox_full": drops_what_does_not_fit,
    "lost_write": believes_what_it_wrote,
}
