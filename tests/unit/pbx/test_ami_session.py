"""A connection's state without sockets: the practice exchange answers by hand."""

from __future__ import annotations

import pytest

from app.domain.calls import CallStarted
from app.messages.pbx import (
    CallNews,
    DropStored,
    HangUp,
    HangUpFailed,
    LinkNews,
    LinkSnapshot,
    LinkState,
    LinkStateChanged,
    LockConfirmed,
    LockFailed,
    Resync,
    SetLock,
)
from app.pbx.ami_calls import CallFollower
from app.pbx.ami_session import MAX_HELD, AmiSession
from app.pbx.ami_settings import AmiSettings
from app.pbx.conversation import SessionEnded
from app.pbx.practice_actions import Account, ManagerSession
from app.pbx.practice_calls import Switchboard
from tests.fakes.clock import FakeClock

NUMBER = "00221771234567"


class Line:
    """A session and an exchange face to face; `pump` carries what they say."""

    def __init__(self, secret: str = "practice") -> None:
        self.clock = FakeClock()
        self.news: list[LinkNews] = []
        self.board = Switchboard(self.say, self.clock.now_us)
        self.manager = ManagerSession(Account(), self.board, self.clock.now_us)
        settings = AmiSettings("main", "", 0, "callshop", secret, {"101": "101", "102": "102"})
        self.session = AmiSession(settings, CallFollower(settings.endpoints), self.clock)
        self.requests: list[dict[str, str]] = []
        self.said = b"Asterisk Call Manager/9.0.0\r\n"

    def say(self, lines: list[str]) -> None:
        self.said += "\r\n".join(lines).encode() + b"\r\n\r\n"

    def listen(self) -> None:
        """Let the session hear what the exchange said, and take its requests."""
        said, self.said = self.said, b""
        self.session.receive(said)
        for request in self.session.take_output().decode().split("\r\n\r\n")[:-1]:
            pairs = [line.split(": ", 1) for line in request.split("\r\n")]
            self.requests.append({key.lower(): value for key, value in pairs})
        self.news += self.session.take_news()

    def answer_one(self) -> str:
        """Answer the oldest request; returns the name of its action."""
        request = self.requests.pop(0)
        for lines in self.manager.answer(request):
            self.say(lines)
        for step in self.manager.afterwards:
            step()
        self.manager.afterwards.clear()
        self.listen()
        return request["action"]

    def pump(self) -> None:
        self.listen()
        while self.requests:
            self.answer_one()

    def up_to(self, action: str) -> None:
        """Answer everything before the first request for this action."""
        self.listen()
        while self.requests[0]["action"] != action:
            self.answer_one()

    def of(self, kind: type[LinkNews]) -> list[LinkNews]:
        return [news for news in self.news if isinstance(news, kind)]


def line_up() -> Line:
    line = Line()
    line.session.begin()
    line.pump()
    assert line.session.state is LinkState.UP
    line.news.clear()
    return line


def test_events_of_while_the_picture_is_read_come_after_it_in_order() -> None:
    line = Line()
    line.session.begin()
    line.up_to("Status")
    call_id = line.board.dial("101", "112")
    line.listen()
    assert line.of(CallNews) == []
    line.pump()
    kinds = [type(news) for news in line.news]
    assert kinds.index(LinkSnapshot) < kinds.index(CallNews)
    (snapshot,) = line.of(LinkSnapshot)
    assert isinstance(snapshot, LinkSnapshot)
    # The dial came between the two lists: it is in the picture and told again.
    assert [seen.call_id for seen in snapshot.live] == [call_id]
    assert line.of(LinkStateChanged)[-1] == LinkStateChanged("main", LinkState.UP)


def test_a_call_that_ended_before_the_list_is_told_whole() -> None:
    line = Line()
    line.session.begin()
    line.up_to("CoreShowChannels")
    line.board.hang_up(line.board.dial("101", "112"))
    line.pump()
    (snapshot,) = line.of(LinkSnapshot)
    assert isinstance(snapshot, LinkSnapshot)
    assert snapshot.live == ()
    assert len(snapshot.stored) == 1
    told = [type(news.event).__name__ for news in line.news if isinstance(news, CallNews)]
    assert told == ["CallStarted", "CallTagged", "CallEnded", "CallRecord"]


def test_actions_wait_for_the_picture_and_are_done_in_order() -> None:
    line = Line()
    line.session.begin()
    line.up_to("Status")
    line.session.do(SetLock(1, "101", "s-1"))
    line.session.do(SetLock(2, "101", None))
    line.listen()
    assert [request["action"] for request in line.requests] == ["Status"]
    line.pump()
    assert [n.request_id for n in line.news if isinstance(n, LockConfirmed)] == [1, 2]
    assert line.board.database["/callshop/101"] == "locked"


def test_a_lock_writes_in_the_safe_order() -> None:
    line = line_up()
    line.session.do(SetLock(1, "101", "s-1", lease_s=60))
    written = []
    line.listen()
    while line.requests:
        if line.requests[0]["action"] == "DBPut":
            written.append((line.requests[0]["family"], line.requests[0]["val"]))
        line.answer_one()
    until = str(line.clock.now_us() // 1_000_000 + 60)
    assert written == [
        ("callshop_session", "s-1"),
        ("callshop_until", until),
        ("callshop", "unlocked"),
    ]
    line.session.do(SetLock(2, "101", None))
    line.listen()
    assert (line.requests[0]["family"], line.requests[0]["val"]) == ("callshop", "locked")


def test_an_unlock_that_fails_on_the_way_opens_nothing() -> None:
    line = line_up()
    line.session.do(SetLock(1, "101", "s-1"))
    line.listen()
    line.answer_one()
    line.manager._account.rights = frozenset()
    line.pump()
    (failed,) = line.of(LockFailed)
    assert failed == LockFailed("main", "101", 1, "permission_denied")
    assert not line.board.may_dial("101")


def test_lock_first_then_cut() -> None:
    line = line_up()
    line.session.do(SetLock(1, "101", "s-1"))
    line.pump()
    call_id = line.board.dial("101", NUMBER)
    line.pump()
    line.session.do(SetLock(2, "101", None))
    line.session.do(HangUp(call_id))
    line.listen()
    assert [request["action"] for request in line.requests] == ["DBPut", "Hangup"]


def test_what_has_no_answer_when_the_line_goes_is_told() -> None:
    line = line_up()
    line.session.do(SetLock(1, "101", "s-1"))
    line.session.do(SetLock(2, "101", "s-2"))
    line.session.do(SetLock(3, "102", "s-3"))
    line.session.do(Resync())
    line.session.do(SetLock(4, "102", None))
    line.session.do(HangUp("5.1"))
    line.session.close()
    news = line.session.take_news()
    failed = [item for item in news if isinstance(item, LockFailed)]
    assert [(item.request_id, item.code) for item in failed] == [
        (number, "link_down") for number in (1, 2, 3, 4)
    ]
    assert [item for item in news if isinstance(item, HangUpFailed)] == [
        HangUpFailed("main", "5.1", "link_down")
    ]


def test_kept_calls_are_dropped_one_by_one_and_nothing_else() -> None:
    line = line_up()
    line.board.database["/callshop_cdr/5.1"] = "v1"
    line.board.database["/callshop_cdr/5.2"] = "v1"
    line.session.do(DropStored(("5.1", "5.9", "", "5.2\r\nAction: Command")))
    line.pump()
    kept = [key for key in line.board.database if key.startswith("/callshop_cdr/")]
    assert kept == ["/callshop_cdr/5.2"]


def test_a_second_wish_to_read_the_picture_reads_it_once_more() -> None:
    line = line_up()
    line.session.do(Resync())
    line.session.do(Resync())
    line.pump()
    assert len(line.of(LinkSnapshot)) == 1
    assert line.session.state is LinkState.UP


def test_too_many_events_while_the_picture_is_read() -> None:
    line = Line()
    line.session.begin()
    line.up_to("Status")
    flood = b"Event: Newchannel\r\nChannel: PJSIP/carrier-1\r\n\r\n"
    line.said = flood * (MAX_HELD + 1)
    line.listen()
    before = len(line.session._held)
    line.pump()
    assert before < MAX_HELD
    assert len(line.of(LinkSnapshot)) == 1
    assert line.session.state is LinkState.UP


def test_a_restart_without_a_lost_line_reads_the_picture_again() -> None:
    line = line_up()
    line.say(["Event: FullyBooted", "Status: Fully Booted"])
    line.pump()
    assert len(line.of(LinkSnapshot)) == 1


@pytest.mark.parametrize(
    ("secret", "code"), [("wrong", "refused_login"), ("two\r\nlines", "refused_login")]
)
def test_a_wrong_secret_is_refused_for_good(secret: str, code: str) -> None:
    line = Line(secret)
    line.session.begin()
    with pytest.raises(SessionEnded) as caught:
        line.pump()
    assert (caught.value.code, caught.value.is_refused) == (code, True)


def test_a_user_name_that_cannot_be_sent() -> None:
    line = Line()
    settings = AmiSettings("main", "", 0, "a\r\nb", "practice", {})
    session = AmiSession(settings, CallFollower({}), line.clock)
    line.session = session
    session.begin()
    with pytest.raises(SessionEnded) as caught:
        line.pump()
    assert (caught.value.code, caught.value.is_refused) == ("bad_settings", True)


def test_deadlines() -> None:
    line = Line()
    line.session.begin()
    line.clock.advance(9.9)
    line.session.on_time()
    line.clock.advance(0.2)
    with pytest.raises(SessionEnded) as caught:
        line.session.on_time()
    assert caught.value.code == "silent"

    line = line_up()
    due = line.session.next_at()
    assert due is not None
    assert due == pytest.approx(line.clock.monotonic() + 15)
    line.clock.advance(15)
    line.session.on_time()
    line.clock.advance(10)
    with pytest.raises(SessionEnded) as caught:
        line.session.on_time()
    assert caught.value.code == "no_answer"


def test_a_jump_of_our_own_clock_does_not_move_the_exchanges() -> None:
    line = line_up()
    line.clock.us += 3_600_000_000
    line.said = (
        b"Event: Newchannel\r\nChannel: PJSIP/101-1\r\nExten: 0044\r\n"
        b"Uniqueid: 5.1\r\nLinkedid: 5.1\r\n\r\n"
    )
    before = line.clock.now_us() - 3_600_000_000
    line.listen()
    (news,) = [item.event for item in line.news if isinstance(item, CallNews)]
    assert isinstance(news, CallStarted)
    assert news.at == before
