from __future__ import annotations

import random
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pbx.framing import (
    MAX_GREETING_BYTES,
    MAX_HEADERS,
    MAX_PACKET_BYTES,
    AmiFraming,
    Packet,
    header_key,
)
from tests.fakes.recordings import RECORDINGS, recorded_bytes

GREETING = b"Asterisk Call Manager/9.0.0\r\n"
TWO = b"Response: Success\r\nActionID: 1\r\n\r\nEvent: Hangup\r\nCause: 16\r\n\r\n"


def framing() -> AmiFraming:
    return AmiFraming(expects_greeting=False)


def raws(packets: list[Packet]) -> list[bytes]:
    return [packet.raw for packet in packets]


def test_a_greeting_of_any_text_comes_first() -> None:
    frames = AmiFraming()
    assert frames.feed(b"PBX Call") == []
    greetings = [frames.greeting]
    packets = frames.feed(b" Manager\r\n" + TWO)
    assert [*greetings, frames.greeting] == [None, "PBX Call Manager"]
    assert [packet.event for packet in packets] == [b"", b"Hangup"]


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_either_line_end_will_do(end: bytes) -> None:
    packets = framing().feed(TWO.replace(b"\r\n", end))
    assert raws(packets) == [b"Response: Success\nActionID: 1", b"Event: Hangup\nCause: 16"]


@pytest.mark.parametrize("size", range(1, 40))
def test_any_chunking_gives_the_same(size: int) -> None:
    frames = AmiFraming()
    data = GREETING + TWO * 3
    packets = []
    for at in range(0, len(data), size):
        packets += frames.feed(data[at : at + size])
    assert raws(packets) == raws(framing().feed(TWO * 3))
    assert frames.greeting == "Asterisk Call Manager/9.0.0"


@pytest.mark.parametrize("name", RECORDINGS)
def test_recordings_in_random_chunks(name: str) -> None:
    data = recorded_bytes(name)
    chance = random.Random(name)
    frames, packets, at = framing(), [], 0
    while at < len(data):
        size = chance.choice((1, 2, 3, 17, 400, 5000))
        packets += frames.feed(data[at : at + size])
        at += size
    assert raws(packets) == raws(framing().feed(data))
    assert frames.take_faults() == []


def test_values_are_found_whatever_the_case_of_their_names() -> None:
    (packet,) = framing().feed(b"event: X\r\nUNIQUEID: 1.5\r\nEmpty: \r\nNoBlank:7\r\n\r\n")
    assert packet.is_event
    assert packet.event == b"X"
    assert packet.text("Uniqueid") == "1.5"
    assert packet.text("Empty") == ""
    assert packet.text("noblank") == "7"
    assert packet.text("Absent") == ""


def test_a_name_is_not_found_inside_another_or_in_a_value() -> None:
    (packet,) = framing().feed(b"Event: X\r\nDestUniqueid: 2\r\nNote: Uniqueid: 3\r\n\r\n")
    assert packet.value(header_key("Uniqueid")) == b""
    assert packet.text("Note") == "Uniqueid: 3"


def test_repeated_headers_are_all_kept_in_order() -> None:
    (packet,) = framing().feed(b"Event: Status\r\nVariable: a=1\r\nVariable: b=2=3\r\nx\r\n\r\n")
    assert packet.texts("variable") == ["a=1", "b=2=3"]
    assert packet.headers() == [
        ("Event", "Status"),
        ("Variable", "a=1"),
        ("Variable", "b=2=3"),
    ]


def test_an_event_may_carry_a_response() -> None:
    (packet,) = framing().feed(b"Event: OriginateResponse\r\nResponse: Failure\r\n\r\n")
    assert packet.is_event
    assert packet.event == b"OriginateResponse"


def test_bytes_that_are_no_text_do_no_harm() -> None:
    (packet,) = framing().feed(b"Event: X\r\nName: \xff\xfe\r\n\r\n")
    assert packet.text("Name") == "\ufffd\ufffd"


def test_what_is_no_packet_is_a_fault_and_the_next_is_read() -> None:
    frames = framing()
    packets = frames.feed(b"nonsense\r\n\r\n\r\n\r\n" + TWO)
    assert len(packets) == 2
    assert frames.take_faults() == [("not_a_packet", "nonsense")]
    assert frames.take_faults() == []


def test_a_packet_without_an_end_is_dropped_and_never_kept() -> None:
    frames = framing()
    tracemalloc.start()
    for _ in range(1000):
        assert frames.feed(b"Event: Newchannel\r\nX: " + b"y" * 1000) == []
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 2 * MAX_PACKET_BYTES
    skipping = [frames.is_skipping]
    packets = frames.feed(b"\r\n\r\n" + TWO)
    assert len(packets) == 2
    assert [*skipping, frames.is_skipping] == [True, False]
    assert [code for code, _ in frames.take_faults()] == ["too_long"]


def test_a_whole_packet_that_is_too_long_is_dropped() -> None:
    frames = framing()
    long = b"Event: X\r\nY: " + b"z" * MAX_PACKET_BYTES + b"\r\n\r\n"
    assert len(frames.feed(long + TWO)) == 2
    assert [code for code, _ in frames.take_faults()] == ["too_long"]


def test_too_many_headers() -> None:
    frames = framing()
    many = b"Event: X\r\n" + b"a: b\r\n" * MAX_HEADERS + b"\r\n"
    assert len(frames.feed(many + TWO)) == 2
    assert [code for code, _ in frames.take_faults()] == ["too_many_headers"]


def test_no_greeting_at_all() -> None:
    frames = AmiFraming()
    assert frames.feed(b"\x00" * (MAX_GREETING_BYTES + 1)) == []
    assert [code for code, _ in frames.take_faults()] == ["no_greeting"]
    assert frames.greeting == ""


def test_faults_are_bounded() -> None:
    frames = framing()
    frames.feed(b"x\r\n\r\n" * 100_000)
    assert len(frames.take_faults()) == 100


@given(st.lists(st.binary(max_size=200) | st.sampled_from([b"\r\n", b"\n\n", b"Event: A", TWO])))
def test_no_bytes_break_it_and_chunks_do_not_matter(chunks: list[bytes]) -> None:
    pieces, whole = framing(), framing()
    packets = [packet for chunk in chunks for packet in pieces.feed(chunk)]
    assert raws(packets) == raws(whole.feed(b"".join(chunks)))
    for packet in packets:
        assert packet.text("Uniqueid") is not None
        assert packet.is_event == bool(packet.event) or packet.raw[:6].lower() == b"event:"
        packet.headers()
