from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from app.domain.calls import CallSeen, CallState
from app.pbx.ami_calls import CallFollower
from app.pbx.ami_snapshot import TreeEntry, read_live, read_stored, read_tree, read_unlocked
from app.pbx.framing import Packet
from tests.fakes.recordings import FOLDER

EXTENSION_OF = CallFollower({"101": "101"}).extension_of
NOW = 1_795_375_000_000_000


def recorded(name: str, *events: str) -> list[Packet]:
    packets = [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text().splitlines()]
    found = [Packet("\n".join(packet["lines"]).encode()) for packet in packets]
    return [packet for packet in found if packet.event.decode() in events]


def booth(event: str = "Status", **headers: str) -> Packet:
    known = {"Channel": "PJSIP/101-1", "Exten": "0044", "Uniqueid": "5.1", "Linkedid": "5.1"}
    lines = [f"{key}: {value}" for key, value in (known | headers).items()]
    return Packet("\n".join([f"Event: {event}", *lines]).encode())


def test_a_recorded_picture() -> None:
    packets = recorded("status", "CoreShowChannel", "Status")
    assert read_live(packets, EXTENSION_OF) == {
        "PJSIP/101-00000089": CallSeen(
            "1795375080.403",
            "101",
            "00442079460001",
            CallState.ANSWERED,
            1_795_375_080_000_000,
            1_795_375_082_854_684,
        )
    }


def test_the_number_is_the_one_that_was_dialled() -> None:
    def dialled(**headers: str) -> list[str]:
        return [call.dialled for call in read_live([booth(**headers)], EXTENSION_OF).values()]

    assert dialled() == ["0044"]
    assert dialled(Exten="s", DNID="0049") == ["0049"]
    assert dialled(DNID="0049", Variable="CALLSHOP_NUMBER=0033") == ["0033"]
    assert dialled(DNID="0049", Variable="CALLSHOP_NUMBER=(null)") == ["0049"]
    assert dialled(Exten="h") == []


def test_states_of_calls_that_are_not_answered() -> None:
    (dialling,) = read_live([booth()], EXTENSION_OF).values()
    assert dialling.state is CallState.DIALING
    far = booth(Channel="PJSIP/carrier-2", Uniqueid="5.2", ChannelState="5")
    (ringing,) = read_live([far, booth()], EXTENSION_OF).values()
    assert ringing.state is CallState.RINGING
    unanswered = booth(Variable="CDR(answer,u)=0.000000")
    (still,) = read_live([unanswered], EXTENSION_OF).values()
    assert still.answered_at is None


def test_channels_of_nobody_are_left_out() -> None:
    others = [
        booth(Channel="PJSIP/carrier-2"),
        booth(Linkedid="4.1"),
        booth(Uniqueid="", Linkedid=""),
        booth(Uniqueid="x", Linkedid="x"),
        booth("Hangup"),
    ]
    assert read_live(others, EXTENSION_OF) == {}


def test_the_keys_of_the_database() -> None:
    response = Packet(b"Event: DBGetTreeResponse\nKey: /callshop/101\nVal: unlocked")
    other = Packet(b"Event: DBGetTreeComplete\nListItems: 1")
    assert read_tree([response, other]) == [TreeEntry("callshop", "101", b"unlocked")]


def test_open_booths() -> None:
    def unlocked(state: bytes, until: bytes | None) -> dict[str, str]:
        entries = [
            TreeEntry("callshop", "101", state),
            TreeEntry("callshop_session", "101", b"s-1"),
        ]
        if until is not None:
            entries.append(TreeEntry("callshop_until", "101", until))
        return read_unlocked(entries, NOW)

    assert unlocked(b"unlocked", b"1795375001") == {"101": "s-1"}
    assert unlocked(b"unlocked", b"1795375000") == {}
    assert unlocked(b"unlocked", b"soon") == {}
    assert unlocked(b"unlocked", None) == {}
    assert unlocked(b"locked", b"1795375001") == {}


def test_kept_calls() -> None:
    record = b"v1|s-1|101|0044|1795374950.0||1795374960.0|17|BUSY"
    entries = [
        TreeEntry("callshop_cdr", "5.1", record),
        TreeEntry("callshop_cdr", "5.2", b"nonsense"),
        TreeEntry("callshop", "5.3", record),
    ]
    assert [stored.call_id for stored in read_stored(entries)] == ["5.1"]


@given(
    st.dictionaries(
        st.sampled_from(["Channel", "Uniqueid", "Linkedid", "Exten", "DNID", "Variable", "Key"]),
        st.sampled_from(["PJSIP/101-1", "5.1", "CDR(answer,u)=x"]) | st.text(max_size=20),
    )
)
def test_no_list_breaks_it(headers: dict[str, str]) -> None:
    for event in ("Status", "CoreShowChannel", "DBGetTreeResponse"):
        packet = booth(event, **headers)
        read_live([packet], EXTENSION_OF)
        read_stored(read_tree([packet]))
