"""What the command line says and how it exits; no window is opened here."""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.commandline import main, parser
from app.config import ConfigError
from app.sentences import of_booths_left, of_config, of_error

SHOP = '[shop]\nname = "Test"\n[[booths]]\nnumber = 1\nextension = "101"\n[[exchanges]]\n'
APP = Path(__file__).parents[3] / "app"


def file_of(folder: Path, content: str | bytes) -> str:
    path = folder / "tariff.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


@pytest.mark.parametrize(
    "command",
    [
        ["tariff", "import", "--sample"],
        ["password", "set", "main"],
        ["trace", "record", "stream.jsonl"],
    ],
)
def test_a_folder_without_a_shop_is_said_in_a_sentence(
    command: list[str],
    is_french: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--data", str(tmp_path), *command]) == 1
    said = capsys.readouterr().err
    expected = (
        f"Il n’y a pas encore de boutique dans {tmp_path}"
        if is_french
        else f"There is no shop in {tmp_path} yet"
    )
    assert said.startswith(expected)
    assert not (Path.cwd() / "stream.jsonl").exists()


def test_a_wrong_setting_is_said_with_its_place(
    is_french: bool, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "shop.toml").write_text(SHOP + "port = 99999\n", encoding="utf-8")
    assert main(["--data", str(shop), "tariff", "import", "--sample"]) == 1
    reason = "trop petite ou trop grande" if is_french else "too small or too large"
    said = capsys.readouterr().err
    assert "exchanges[1].port" in said
    assert reason in said
    assert "99999" in said


CONFIG_CODES = [
    "unreadable", "not_toml", "missing", "wrong_type", "bad_text", "out_of_range",
    "unknown_choice", "unknown_setting", "bad_currency", "bad_amount", "unknown_zone",
    "bad_extension", "unknown_exchange", "twice", "unknown_country", "bad_date", "bad_window",
    "bad_days", "bad_minutes", "bad_band_name",
]  # fmt: skip
BAND_FAULTS = {"bad_days", "bad_minutes", "bad_band_name"}


@pytest.mark.parametrize("code", CONFIG_CODES)
def test_every_reason_of_a_wrong_setting_has_its_sentence(code: str, is_french: bool) -> None:
    said = of_config(ConfigError(code, "shop.x", "1")).removeprefix("shop.x")
    assert said.lstrip(" \u00a0:") != f"{code} (1)"
    assert "1" in said


def test_no_other_reason_is_given_by_the_settings() -> None:
    given = set(BAND_FAULTS)
    for name in ("config.py", "config_tariff.py", "toml_section.py"):
        source = (APP / name).read_text(encoding="utf-8")
        given |= set(re.findall(r'ConfigError\(\s*"(\w+)"', source))
    assert given == {*CONFIG_CODES, "no_file"}
    bands = (APP / "domain" / "bands.py").read_text(encoding="utf-8")
    assert set(re.findall(r'return "(bad_\w+)"', bands)) | {"bad_days"} == BAND_FAULTS


@pytest.mark.parametrize("speed", ["0", "-1", "nan", "inf", "fast"])
def test_an_impossible_speed_is_refused(
    speed: str, is_french: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as found:
        main(["demo", f"--speed={speed}"])
    assert found.value.code == 2
    reason = "n’est pas un nombre supérieur à 0" if is_french else "is no number above 0"
    assert f"{speed} {reason}" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["tariff", "password", "trace"])
def test_a_missing_action_is_named(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command])
    assert "required: action" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["tariff", "check"], ["trace", "replay"]])
def test_a_file_that_is_not_there(
    command: list[str], is_french: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, str(tmp_path / "none")]) == 1
    reason = "il n’y a pas un tel fichier" if is_french else "there is no such file"
    said = capsys.readouterr().err
    assert reason in said
    assert "Errno" not in said


def test_a_database_folder_that_cannot_be_written(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "desk.lock").mkdir()
    assert main(["--data", str(shop), "tariff", "import", "--sample"]) == 1
    assert f"The folder {shop} cannot be written to: it is a folder" in capsys.readouterr().err


def test_replay_of_what_is_no_recording(
    is_french: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "n’est pas l’enregistrement d’un central" if is_french else "is no recording"
    for content in (b"\x80\x81\xff", b"hello\n"):
        path = file_of(tmp_path, content)
        assert main(["trace", "replay", path]) == 1
        assert f"{path} {words}" in capsys.readouterr().err


def test_a_password_goes_into_the_shop_of_the_folder(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("secret\n"))
    assert main(["--data", str(shop), "password", "set", "main"]) == 0
    assert (shop / "passwords.json").exists()
    assert main(["--data", str(shop), "password", "set", "other"]) == 1
    assert "no exchange named other" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("code", "params"),
    [
        ("file_exists", {"path": "f"}),
        ("file_unwritable", {"path": "f", "detail": "[Errno 13] no"}),
        ("unreachable", {"detail": "[Errno 111] refused"}),
        ("refused_login", {}),
        ("not_an_exchange", {}),
        ("line_lost", {}),
        ("silent", {}),
    ],
)
def test_what_stops_a_recording_has_its_sentence(code: str, params: dict[str, str | int]) -> None:
    said = of_error(code, params)
    assert code not in said
    assert "Errno" not in said


def test_booths_left_open_are_named(is_french: bool) -> None:
    one, many = of_booths_left((3,)), of_booths_left((3, 5))
    assert "booth 3:" in one or "cabine 3 " in one
    assert "3, 5" in many
    assert ("peut-être" if is_french else "still be open") in many


@pytest.mark.parametrize("before", [True, False])
def test_the_folder_may_stand_before_or_behind_the_command(
    before: bool, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["tariff", "import", "--sample"]
    where = ["--data", str(shop)]
    assert main([*where, *command] if before else [*command, *where]) == 0
    assert (shop / "shop.sqlite3").exists()


def commands_of(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield every command that does something."""
    subs = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    for sub in subs:
        for command in sub.choices.values():
            yield from commands_of(command)
    if not subs:
        yield parser


def test_every_option_has_its_help(is_french: bool) -> None:
    silent = [
        (command.prog, option.dest)
        for command in commands_of(parser())
        for option in command._actions
        if not option.help
    ]
    assert silent == []
