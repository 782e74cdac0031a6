from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.calls import (
    Call,
    CallAnswered,
    CallEnded,
    CallEvent,
    CallRecord,
    CallRefused,
    CallRinging,
    CallSeen,
    CallStarted,
    CallState,
    CallTagged,
    EndedBy,
    apply,
)
from app.pbx import ami_calls
from app.pbx.ami_calls import MAX_REMEMBERED, CallFollower
from app.pbx.framing import Packet

NOW = 1_795_374_960_000_000
BOOTH = "PJSIP/101-0000005f"
FAR = "PJSIP/carrier-00000060"


def follower() -> CallFollower:
    return CallFollower({"101": "101", "booth-2": "102"})


def packet(event: str, **headers: str) -> Packet:
    lines = [f"Event: {event}"] + [f"{key}: {value}" for key, value in headers.items()]
    return Packet("\n".join(lines).encode())


def booth(event: str, call_id: str = "5.1", **headers: str) -> Packet:
    known = {"Channel": BOOTH, "Exten": "0044", "Uniqueid": call_id, "Linkedid": call_id}
    return packet(event, **(known | headers))


def far(event: str, **headers: str) -> Packet:
    known = {"Channel": FAR, "Exten": "s", "Uniqueid": "5.2", "Linkedid": "5.1"}
    return packet(event, **(known | headers))


def follow(follows: CallFollower, *packets: Packet) -> list[CallEvent]:
    return [event for item in packets for event in follows.follow(item, NOW)]


def test_a_booths_channel_begins_a_call() -> None:
    started = booth("Newchannel", Timestamp="1795374959.347684")
    assert follow(follower(), started) == [CallStarted("5.1", "101", "0044", 1_795_374_959_347_684)]


def test_other_channels_begin_none() -> None:
    follows = follower()
    assert follow(follows, far("Newchannel")) == []
    assert follow(follows, booth("Newchannel", Channel="Local/101@phone-00000000;1")) == []
    assert follow(follows, booth("Newchannel", Channel="PJSIP/1012-00000001")) == []
    assert follow(follows, booth("Newchannel", Channel="PJSIP/10-00000001")) == []
    assert follow(follows, booth("Newchannel", Channel="MGCP/101-00000001")) == []
    assert follow(follows, booth("Newchannel", Channel="PJSIP/101")) == []
    # Somebody calls the booth: its channel is the far leg of another's call.
    assert follow(follows, booth("Newchannel", Linkedid="4.9")) == []
    assert not follows.is_lost


def test_phones_are_known_by_their_endpoint_whatever_the_technology() -> None:
    for channel in ("SIP/booth-2-0000a", "IAX2/booth-2-77", "DAHDI/booth-2-1"):
        (started,) = follow(follower(), booth("Newchannel", Channel=channel))
        assert isinstance(started, CallStarted)
        assert started.extension == "102"


def test_ringing_and_answer_are_told_of_the_booths_channel() -> None:
    follows = follower()
    follow(follows, booth("Newchannel"))
    stamp = "1795374961.353872"
    assert follow(
        follows,
        booth("DialState", DialStatus="RINGING"),
        booth("DialState", DialStatus="PROGRESS"),
        booth("DialEnd", DialStatus="BUSY"),
        booth("Newstate", ChannelState="6"),
        booth("DialEnd", DialStatus="ANSWER", Timestamp=stamp),
    ) == [CallRinging("5.1", NOW), CallAnswered("5.1", 1_795_374_961_353_872)]


def ended_by(*before: Packet) -> EndedBy:
    follows = follower()
    follow(follows, booth("Newchannel"), booth("DialBegin", DestUniqueid="5.2"), *before)
    (ended,) = follow(follows, booth("Hangup", Cause="16"), far("Hangup", Cause="16"))
    assert isinstance(ended, CallEnded)
    return ended.ended_by


def test_who_hung_up() -> None:
    assert ended_by() is EndedBy.EXCHANGE
    assert ended_by(booth("HangupRequest")) is EndedBy.CUSTOMER
    assert ended_by(far("HangupRequest")) is EndedBy.FAR_END
    # Linked anew by a transfer: known by the dial.
    assert ended_by(far("HangupRequest", Linkedid="4.4")) is EndedBy.FAR_END
    assert ended_by(far("HangupRequest"), booth("HangupRequest")) is EndedBy.FAR_END


def test_a_repeated_end_is_told_once() -> None:
    follows = follower()
    follow(follows, booth("Newchannel"))
    assert len(follow(follows, booth("Hangup"), booth("Hangup"))) == 1


def test_everything_before_its_beginning_is_told_again_in_order() -> None:
    follows = follower()
    news = follow(
        follows,
        cdr(),
        booth("Hangup", Cause="16", Timestamp="1795374966.0"),
        booth("DialEnd", DialStatus="ANSWER", Timestamp="1795374961.0"),
        booth("UserEvent", UserEvent="BoothCall", Session="s-1"),
        booth("Newchannel", Timestamp="1795374959.0"),
    )
    call = None
    for event in news:
        call, _ = apply(call, event)
    assert call is not None
    assert call.state is CallState.ENDED
    assert call.session_id == "s-1"
    assert call.talked_ms == 5000
    assert call.cdr_seconds == 5


def test_a_call_whose_beginning_was_missed_is_a_loss_once() -> None:
    follows = follower()
    assert follow(follows, booth("DialEnd", DialStatus="ANSWER")) == [CallAnswered("5.1", NOW)]
    assert follows.is_lost
    follows.adopt({})
    follow(follows, booth("DialEnd", DialStatus="ANSWER"))
    assert not follows.is_lost


def test_the_end_alone_is_no_loss() -> None:
    follows = follower()
    assert follow(follows, booth("Hangup", Cause="x")) == [
        CallEnded("5.1", NOW, None, EndedBy.UNKNOWN)
    ]
    assert not follows.is_lost


def cdr(**headers: str) -> Packet:
    known = {
        "Channel": BOOTH,
        "DestinationChannel": FAR,
        "BillableSeconds": "5",
        "Disposition": "ANSWERED",
        "UniqueID": "5.1",
        "Sequence": "142",
    }
    return packet("Cdr", **(known | headers))


def test_records_are_those_of_booths() -> None:
    follows = follower()
    assert follow(follows, cdr()) == [CallRecord("5.1", "142", 5, "ANSWERED", has_far_leg=True)]
    (extra,) = follow(follows, cdr(DestinationChannel="", Sequence="144"))
    assert isinstance(extra, CallRecord)
    assert not extra.has_far_leg
    assert follow(follows, cdr(Channel="Local/s@phone-00000000;1")) == []
    assert follow(follows, cdr(BillableSeconds="many")) == []
    assert follow(follows, cdr(BillableSeconds="9" * 9)) == []
    assert follow(follows, cdr(UniqueID="")) == []


def test_records_without_a_sequence_are_told_apart() -> None:
    def key(**headers: str) -> str:
        (record,) = follow(follower(), cdr(Sequence="", EndTime="2026-11-22 19:16:06", **headers))
        assert isinstance(record, CallRecord)
        return record.sequence

    assert key() == key()
    assert key() != key(DestinationChannel="")
    assert key(AnswerTime="2026-11-22 19:16:01") != key()


def test_sessions_and_refusals() -> None:
    follows = follower()
    follow(follows, booth("Newchannel"))
    assert follow(
        follows,
        booth("UserEvent", UserEvent="BoothCall", Session="s-1"),
        booth("UserEvent", UserEvent="BoothRefused", Dialled="0033", Reason="locked"),
        booth("UserEvent", UserEvent="BoothRefused", Number="0034", Reason="expired"),
        booth("UserEvent", UserEvent="Other"),
        far("UserEvent", UserEvent="BoothRefused"),
    ) == [
        CallTagged("5.1", "s-1"),
        CallRefused("5.1", "101", "0033", NOW, "locked"),
        CallRefused("5.1", "101", "0034", NOW, "expired"),
    ]


def test_a_handset_lifted_is_a_call_once_a_number_is_known() -> None:
    follows = follower()
    assert follow(follows, booth("Newchannel", Exten="s", Timestamp="1795374950.0")) == []
    assert follow(follows, booth("DialState", DialStatus="RINGING")) == []
    assert follow(follows, booth("DialBegin", DestUniqueid="5.2")) == [
        CallStarted("5.1", "101", "0044", 1_795_374_950_000_000)
    ]
    follow(follows, booth("Newchannel", "5.7", Exten=""))
    assert follow(follows, booth("Hangup", "5.7")) == []


def test_the_channel_to_hang_up() -> None:
    follows = follower()
    assert follows.channel_of("5.1") is None
    follow(follows, booth("Newchannel"))
    assert follows.channel_of("5.1") == BOOTH
    follow(follows, booth("Rename", NewName="PJSIP/101-000000ff"))
    assert follows.channel_of("5.1") == "PJSIP/101-000000ff"
    follow(follows, booth("Hangup"))
    assert follows.channel_of("5.1") is None


def test_a_picture_replaces_what_was_thought() -> None:
    follows = follower()
    follow(follows, booth("Newchannel", "5.1"))
    seen = CallSeen("5.9", "102", "0049", CallState.RINGING, 1, None)
    follows.adopt({"PJSIP/booth-2-00000001": seen})
    assert follows.channel_of("5.1") is None
    assert follows.channel_of("5.9") == "PJSIP/booth-2-00000001"
    answered = booth("DialEnd", "5.9", Channel="PJSIP/booth-2-00000001", DialStatus="ANSWER")
    assert follow(follows, answered) == [CallAnswered("5.9", NOW)]


def test_it_forgets_in_time() -> None:
    follows = follower()
    for number in range(2 * MAX_REMEMBERED):
        follow(follows, booth("Newchannel", f"5.{number}"), booth("Hangup", f"5.{number}"))
        follow(follows, booth("DialEnd", f"6.{number}", DialStatus="ANSWER"))
        follow(follows, booth("DialBegin", f"7.{number}", DestUniqueid=f"8.{number}"))
    kept = (follows._live, follows._far, follows._ended, follows._late)
    assert all(len(memory) <= MAX_REMEMBERED for memory in kept)
    for _ in range(1000):
        follow(follows, booth("DialEnd", "6.1", DialStatus="ANSWER"))
    assert all(len(late) <= ami_calls._MAX_LATE for late in follows._late.values())


HEADERS = st.sampled_from(
    [
        "Channel",
        "Uniqueid",
        "Linkedid",
        "Exten",
        "DialStatus",
        "Cause",
        "Timestamp",
        "UserEvent",
        "DestUniqueid",
        "BillableSeconds",
        "Session",
        "Reason",
        "NewName",
        "Sequence",
        "Junk",
    ]
)
VALUES = st.sampled_from([BOOTH, FAR, "5.1", "5.2", "0044", "ANSWER", "RINGING", "16", "s", ""])
EVENTS = st.sampled_from(
    [
        "Newchannel",
        "DialBegin",
        "DialState",
        "DialEnd",
        "HangupRequest",
        "Hangup",
        "Cdr",
        "UserEvent",
        "Rename",
        "Unheard",
    ]
)


@given(
    st.lists(
        st.tuples(
            EVENTS,
            st.lists(st.tuples(HEADERS, VALUES | st.text(max_size=20)), max_size=8),
        ),
        max_size=30,
    )
)
def test_no_packets_break_it(packets: list[tuple[str, list[tuple[str, str]]]]) -> None:
    follows = follower()
    calls: dict[str, Call] = {}
    for name, headers in packets:
        lines = [f"Event: {name}"] + [f"{key}: {value}" for key, value in headers]
        for event in follows.follow(Packet("\n".join(lines).encode()), NOW):
            call, _ = apply(calls.get(event.call_id), event)
            if call is not None:
                calls[event.call_id] = call
    assert all(call.call_id and call.extension == "101" for call in calls.values())
