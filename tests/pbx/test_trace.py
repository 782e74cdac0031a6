"""Traces: read with their faults named, recorded without what is nobody's business."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import CodedError
from app.pbx.practice import PracticeExchange
from app.pbx.trace import TraceError, read_trace, replay
from app.pbx.trace_privacy import Privacy
from app.pbx.trace_recorder import record
from tests.fakes.inbox import PATIENCE_S, World, until
from tests.fakes.recordings import FOLDER
from tests.pbx.scenarios import NUMBER, make_call

GOOD = '{"at": 0.0, "from": "exchange", "lines": ["Event: X"]}'


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "not_json"),
        ("[" * 100_000, "not_json"),
        ("[]", "not_an_object"),
        ('{"from": "exchange", "lines": ["a"]}', "bad_at"),
        ('{"at": true, "from": "exchange", "lines": ["a"]}', "bad_at"),
        ('{"at": -1, "from": "exchange", "lines": ["a"]}', "bad_at"),
        ('{"at": 1e999, "from": "exchange", "lines": ["a"]}', "bad_at"),
        ('{"at": 0, "from": "me", "lines": ["a"]}', "bad_from"),
        ('{"at": 0, "from": "exchange", "lines": []}', "bad_lines"),
        ('{"at": 0, "from": "exchange", "lines": [1]}', "bad_lines"),
        ('{"at": 0, "from": "exchange", "lines": ["a\\nb"]}', "bad_lines"),
    ],
)
def test_a_bad_line_is_named(line: str, code: str) -> None:
    with pytest.raises(TraceError) as caught:
        replay([GOOD, "", line, GOOD])
    assert (caught.value.line_number, caught.value.code) == (3, code)


@given(st.text(max_size=60))
def test_no_line_breaks_it(line: str) -> None:
    with suppress(TraceError):
        replay([line])


def test_what_the_client_said_is_left_out() -> None:
    lines = (FOLDER / "answered-lean.jsonl").read_text().splitlines()
    echoed = [line.replace('"from": "exchange"', '"from": "client"') for line in lines]
    assert replay(echoed) == []


def test_named_booths_only() -> None:
    lines = (FOLDER / "two-at-once.jsonl").read_text().splitlines()
    (call,) = replay(lines, {"102": "7"})
    assert call["extension"] == "7"


def record_call(world: World, path: Path, exchange: PracticeExchange) -> str:
    """Record one call; returns its id."""
    world.unlock("101")
    stopping = threading.Event()
    counts: list[int] = []

    def run() -> None:
        counts.append(record(world.settings(), path, PATIENCE_S, stopping=stopping))

    recorder = threading.Thread(target=run, name="recorder")
    recorder.start()
    until(lambda: exchange.logins == 1)
    call_id = make_call(exchange).call_id
    until(lambda: path.read_text().count("Event: Cdr") == 1)
    stopping.set()
    recorder.join(PATIENCE_S)
    assert counts == [len(path.read_text().splitlines())]
    return call_id


def test_a_recorded_call_replays_without_its_number(
    world: World, exchange: PracticeExchange, tmp_path: Path
) -> None:
    path = tmp_path / "trace.jsonl"
    call_id = record_call(world, path, exchange)
    text = path.read_text()
    assert NUMBER not in text
    assert "Booth 101" not in text
    assert "practice" not in text
    with path.open() as lines:
        (call,) = replay(lines)
    assert call["uniqueid"] == call_id
    assert call["answered"] is not None
    assert call["dialled"] != NUMBER
    assert call["dialled"][:7] == NUMBER[:7]
    assert len(call["dialled"]) == len(NUMBER)
    # The same made-up number wherever the true one stood.
    assert text.count(call["dialled"]) > 10


def test_a_recording_overwrites_nothing(world: World, tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    path.write_text("precious")
    with pytest.raises(CodedError) as caught:
        record(world.settings(), path, 1.0)
    assert caught.value.code == "file_exists"
    assert path.read_text() == "precious"
    with pytest.raises(CodedError) as caught:
        record(world.settings(), tmp_path / "no" / "folder", 1.0)
    assert caught.value.code == "file_unwritable"


@pytest.mark.parametrize("code", ["refused_login", "unreachable", "silent", "line_lost"])
def test_why_nothing_was_recorded(
    code: str, world: World, exchange: PracticeExchange, tmp_path: Path
) -> None:
    settings = world.settings(secret="wrong" if code == "refused_login" else "practice")
    if code == "unreachable":
        exchange.go_away()
    if code == "silent":
        exchange.faults.is_mute = True
        settings = replace(settings, times=replace(settings.times, login_s=0.2))
    if code == "line_lost":
        exchange.faults.packets_left = 0
    with pytest.raises(CodedError) as caught:
        record(settings, tmp_path / "trace.jsonl", 1.0)
    assert caught.value.code == code


def recordings_as_sent(clean: Callable[[list[str]], list[str]]) -> dict[str, list[str]]:
    """Return each recording's lines with their packets cleaned."""
    found = {}
    for path in sorted(FOLDER.glob("*.jsonl")):
        packets = [json.loads(line) for line in path.read_text().splitlines()]
        found[path.stem] = [json.dumps(p | {"lines": clean(p["lines"])}) for p in packets]
    return found


def test_cleaned_recordings_mean_the_same_but_for_the_numbers() -> None:
    privacy = Privacy()
    for name, lines in recordings_as_sent(privacy.clean).items():
        original = replay((FOLDER / f"{name}.jsonl").read_text().splitlines())
        for call in original:
            call["dialled"] = privacy.number(call["dialled"])
        assert replay(lines) == original


def test_nothing_private_is_left_of_the_recordings() -> None:
    cleaned = "\n".join(
        line for lines in recordings_as_sent(Privacy().clean).values() for line in lines
    )
    dialled = {
        packet_line.partition(": ")[2]
        for path in FOLDER.glob("*.jsonl")
        for packet in read_trace(path.read_text().splitlines())
        for packet_line in packet.lines
        if packet_line.startswith("Exten: 00")
    }
    assert len(dialled) > 5
    assert [number for number in dialled if number in cleaned] == []
    assert "Booth 1" not in cleaned


@pytest.mark.parametrize(
    ("line", "cleaned"),
    [
        ("Secret: hidden", "Secret: "),
        ("Challenge: 844747", "Challenge: "),
        ("CallerIDName: Awa Diop", "CallerIDName: "),
        ("CallerIDName: <unknown>", "CallerIDName: <unknown>"),
        ('CallerID: "Awa Diop" <101>', 'CallerID: "" <101>'),
        ("Variable: CALLERID(name)=Awa", "Variable: CALLERID(name)="),
        ("ChanVariable: API_TOKEN=abc", "ChanVariable: API_TOKEN="),
        ("Channel: PJSIP/101-00000085", "Channel: PJSIP/101-00000085"),
        ("Uniqueid: 1795374959.275", "Uniqueid: 1795374959.275"),
        ("Key: /callshop_cdr/1795374959.275", "Key: /callshop_cdr/1795374959.275"),
        ("Exten: 116117", "Exten: 116117"),
        ("Exten: s", "Exten: s"),
    ],
)
def test_what_is_blanked_and_what_stays(line: str, cleaned: str) -> None:
    assert Privacy().clean([line]) == [cleaned]


def test_the_key_of_a_login_is_a_secret_and_that_of_a_database_is_not() -> None:
    assert Privacy().clean(["Action: Login", "Key: 0123"]) == ["Action: Login", "Key: "]
    assert Privacy().clean(["Action: DBGet", "Key: 0123"]) == ["Action: DBGet", "Key: 0123"]


def test_the_value_of_a_variable_goes_with_its_name() -> None:
    privacy = Privacy()
    assert privacy.clean(["Variable: SIP_PASSWORD", "Value: abc"])[1] == "Value: "
    assert privacy.clean(["Variable: BOOTH", "Value: 101"])[1] == "Value: 101"


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("00442079460001", "0044207"),
        ("+33142270001", "+33142"),
        ("011442079460001", "01144207"),
        ("0142270001", "014"),
        ("900442079460001", "90044207"),
        ("1234567", "123"),
    ],
)
def test_a_number_keeps_what_its_price_needs(number: str, kept: str) -> None:
    privacy = Privacy(b"a key of this test")
    made_up = privacy.number(number)
    assert made_up.startswith(kept)
    assert len(made_up) == len(number)
    assert made_up != number
    assert privacy.number(number) == made_up
    (line,) = privacy.clean([f"AppData: PJSIP/carrier/sip:{number}@10.0.0.1:5060,30"])
    assert line == f"AppData: PJSIP/carrier/sip:{made_up}@10.0.0.1:5060,30"
