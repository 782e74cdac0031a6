from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calls import CallStored
from app.pbx.ami_messages import (
    BadValue,
    clean,
    encode_action,
    format_instant,
    login_key,
    parse_cause,
    parse_instant,
    parse_stored,
    session_of,
)


def test_an_action() -> None:
    assert encode_action("DBPut", "x-1", {"Family": "callshop", "Val": "é"}) == (
        b"Action: DBPut\r\nActionID: x-1\r\nFamily: callshop\r\nVal: \xc3\xa9\r\n\r\n"
    )


@pytest.mark.parametrize("value", ["a\r\nAction: Command", "a\nb", "a\rb", "\x00", "x" * 1100])
def test_no_value_becomes_another_header(value: str) -> None:
    with pytest.raises(BadValue):
        encode_action("DBPut", "x-1", {"Val": value})


def test_the_answer_to_a_challenge() -> None:
    # printf 844747secret | md5sum
    assert login_key("844747", "secret") == "15c833c2f421def183b1ccb020452e94"


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        (b"1795374959.347684", 1_795_374_959_347_684),
        (b"1795374959", 1_795_374_959_000_000),
        (b"1795374959.5", 1_795_374_959_500_000),
        (b"1795374959.1234567", 1_795_374_959_123_456),
        (b"1795374959.", 1_795_374_959_000_000),
        (b"0.000000", None),
        (b"", None),
        (b"-5", None),
        (b"1e9", None),
        (b"12.x", None),
        (b"9" * 5000, None),
        (b"\xb2", None),
        (b"(null)", None),
    ],
)
def test_instants(text: bytes, instant: int | None) -> None:
    assert parse_instant(text) == instant


@given(st.integers(1, 10**16))
def test_instants_there_and_back(instant: int) -> None:
    assert parse_instant(format_instant(instant).encode()) == instant


@pytest.mark.parametrize(
    ("text", "cause"), [(b"16", 16), (b"0", 0), (b"", None), (b"x", None), (b"1234", None)]
)
def test_causes(text: bytes, cause: int | None) -> None:
    assert parse_cause(text) == cause


def test_ids_and_numbers_are_printable_and_short() -> None:
    assert clean(b"0033\x07", 80) == ""
    assert clean(b"1" * 100, 80) == "1" * 80
    assert clean(b"\xff", 80) == "\ufffd"


@pytest.mark.parametrize(
    ("text", "session"), [(b"s-1", "s-1"), (b"emergency", ""), (b"(null)", ""), (b"", "")]
)
def test_sessions(text: bytes, session: str) -> None:
    assert session_of(text) == session


def test_a_kept_call() -> None:
    record = b"v1|s-0001|101|00442079460001|1795384113.353570|1795384115.369951|1795384120.377951|"
    assert parse_stored("1795384113.3", record + b"16|ANSWER") == CallStored(
        "1795384113.3",
        "s-0001",
        "101",
        "00442079460001",
        1_795_384_113_353_570,
        1_795_384_115_369_951,
        1_795_384_120_377_951,
        16,
    )


def test_a_kept_call_without_an_answer_or_a_session() -> None:
    stored = parse_stored("1.1", b"v1|emergency|104|112|1795384113.3||1795384120.3|127|CANCEL")
    assert stored is not None
    assert stored.answered_at is None
    assert stored.session_id == ""
    assert stored.cause == 127


@pytest.mark.parametrize(
    "record",
    [b"", b"v2|a|b|c|1|2|3|4|5", b"v1|a|b|c|1|2||16|ANSWER", b"v1|a|b|c|1|2|3", b"\xff" * 20],
)
def test_what_is_no_kept_call(record: bytes) -> None:
    assert parse_stored("1.1", record) is None


@given(st.binary(max_size=300))
def test_no_record_breaks_it(record: bytes) -> None:
    parse_stored("1.1", record)
    parse_stored("1.1", b"v1|" + record)
