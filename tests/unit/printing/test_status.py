from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.status import Condition, Kind, Reply, ReplyReader, fence_shows_paper, question


def kinds(data: bytes) -> list[Kind]:
    return [reply.kind for reply in ReplyReader().feed(data)]


@pytest.mark.parametrize(
    ("n", "byte", "trouble", "warning"),
    [
        (1, 0x12, "", ""),
        (1, 0x1A, "offline", ""),
        (1, 0x16, "", ""),  # pin 3 of the drawer
        (2, 0x16, "cover_open", ""),
        (2, 0x1A, "", ""),  # paper fed by the button
        (2, 0x32, "paper_out", ""),
        (2, 0x52, "error", ""),
        (3, 0x1A, "cutter", ""),
        (3, 0x16, "error", ""),
        (3, 0x32, "error", ""),
        (3, 0x52, "overheated", ""),
        (4, 0x1E, "", "near_end"),
        (4, 0x72, "paper_out", ""),
        (4, 0x7E, "paper_out", "near_end"),
    ],
)
def test_bits_of_the_real_time_status(n: int, byte: int, trouble: str, warning: str) -> None:
    condition = Condition().with_reply(n, byte)
    assert condition.trouble == trouble
    assert condition.warning == warning


def test_the_cause_goes_before_its_effect() -> None:
    condition = Condition().with_reply(1, 0x1A).with_reply(2, 0x36).with_reply(4, 0x72)
    assert condition.trouble == "cover_open"


def test_questions() -> None:
    assert question(4) == b"\x10\x04\x04"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", []),
        (b"\x12", [Kind.STATUS]),
        (b"\x16\x1a\x72", [Kind.STATUS] * 3),
        (b"\x00", [Kind.FENCE]),
        (b"\x0f", [Kind.FENCE]),
        (b"\x14\x00\x00\x00", []),
        (b"\x10\x00\x0c\x00\x00", [Kind.FENCE]),
        (b"\x14\x00\x00\x00\x12\x14\x00\x00\x00", [Kind.STATUS]),
        (b"\x11\x13", []),  # XON and XOFF
        (b"\xff\x80\x91\xfe", []),
    ],
)
def test_bytes_are_told_apart(data: bytes, found: list[Kind]) -> None:
    assert kinds(data) == found


@given(st.binary(max_size=40), st.data())
def test_pieces_do_not_matter(data: bytes, draw: st.DataObject) -> None:
    cut = draw.draw(st.integers(0, len(data)))
    reader = ReplyReader()
    assert reader.feed(data[:cut]) + reader.feed(data[cut:]) == ReplyReader().feed(data)


def test_a_reply_keeps_its_byte() -> None:
    assert ReplyReader().feed(b"\x1e") == [Reply(Kind.STATUS, 0x1E)]


@pytest.mark.parametrize(("byte", "is_there"), [(0x00, True), (0x03, True), (0x0C, False)])
def test_the_fence_tells_of_the_paper(byte: int, is_there: bool) -> None:
    assert fence_shows_paper(byte) is is_there
