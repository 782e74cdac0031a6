"""Digit patterns against `re`, which knows the same language."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.digit_patterns import DigitPattern

PATTERNS = [
    "15",
    "1(?:12|[578])",
    "80[0-5]\\d{2}",
    "7(?:[015-8]\\d|21|90)\\d{1,3}",
    "(?:1[2-9]|3)?[04]",
    "[0-36-9]",
    "[\\d]{2}",
    "",
    "1(?:|2)3",
]


@pytest.mark.parametrize("text", PATTERNS)
def test_walking_finds_what_re_matches(text: str) -> None:
    pattern = DigitPattern(text)
    lengths = range(5)
    every = ["".join(f"{number:0{length}}") for length in lengths for number in range(10**length)]
    every[0] = ""
    found = {digits for digits in every if pattern.accepts(pattern.walk(digits))}
    assert found == {digits for digits in every if re.fullmatch(text, digits)}


@given(st.text("0123456789", max_size=8))
def test_walking_a_number_of_some_length(digits: str) -> None:
    text = "(?:336|221(?:7[05-8]|3))\\d{2,4}"
    pattern = DigitPattern(text)
    assert pattern.accepts(pattern.walk(digits)) == bool(re.fullmatch(text, digits))


def test_all_numbers_of_a_short_pattern() -> None:
    assert sorted(DigitPattern("1(?:12|[578])").numbers()) == ["112", "15", "17", "18"]


def test_prefixes_hold_nothing_but_the_pattern() -> None:
    assert sorted(DigitPattern("80[0-2]\\d{6}").prefixes(6)) == ["800", "801", "802"]
    assert sorted(DigitPattern("8\\d{2,4}").prefixes(6)) == ["8"]
    assert sorted(DigitPattern("8(?:00|1\\d)\\d{2}").prefixes(6)) == ["800", "81"]
    assert sorted(DigitPattern("112").prefixes(6)) == ["112"]
    assert list(DigitPattern("80012345\\d").prefixes(6)) == []


@pytest.mark.parametrize("text", ["1(?:2", "1)", "a", "(?!1)2", "1[2", "\\s", "1{2"])
def test_another_language_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a digit pattern|invalid literal"):
        DigitPattern(text)
