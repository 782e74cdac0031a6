"""What the operator chose in the window is kept, and nothing that could not be chosen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import choices


def test_choices_are_kept_beside_each_other(tmp_path: Path) -> None:
    assert choices.read(tmp_path) == {}
    assert choices.quote_amount(tmp_path) == 0
    choices.save(tmp_path, "theme", "dark")
    choices.save(tmp_path, "quote_amount", "750")
    assert choices.read(tmp_path) == {"theme": "dark", "quote_amount": "750"}
    assert choices.quote_amount(tmp_path) == 750


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("volume", "1"),
        ("quote_amount", "0"),
        ("quote_amount", "-5"),
        ("quote_amount", "5.00"),
        ("quote_amount", "1" * 10),
        ("quote_amount", ""),
    ],
)
def test_what_cannot_be_chosen_is_refused_and_never_read(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(ValueError, match=name):
        choices.save(tmp_path, name, value)
    (tmp_path / choices.CHOICES_FILE).write_text(json.dumps({name: value}), encoding="utf-8")
    assert choices.read(tmp_path) == {}


@pytest.mark.parametrize("text", ["", "[]", "5", "{", '{"quote_amount": 500}'])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / choices.CHOICES_FILE).write_text(text, encoding="utf-8")
    assert choices.read(tmp_path) == {}
