"""A shop's folder, the two languages, and a command line that tells what it said."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.commandline import main

SHOP = """
[shop]
name = "Test"
receipt_language = "en"
[[booths]]
number = 1
extension = "101"
[[booths]]
number = 2
extension = "102"
tariff = "vip"
[[exchanges]]
"""


@dataclass(frozen=True)
class Said:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def body(self) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Said]


@pytest.fixture(params=["en_US.UTF-8", "fr_FR.UTF-8"])
def is_french(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setenv("LC_ALL", request.param)
    return str(request.param).startswith("fr")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "shop.toml").write_text(SHOP, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(shop: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the shop."""

    def of(*words: str) -> Said:
        capsys.readouterr()
        status = main(["--data", str(shop), *words])
        return Said(status, *capsys.readouterr())

    return of


@pytest.fixture
def file(shop: Path) -> Callable[..., str]:
    """Write a file beside the shop and return its path."""

    def of(content: str | bytes, name: str = "deck.csv") -> str:
        path = shop / "files" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return of


@pytest.fixture
def dump(shop: Path) -> Callable[[], list[str]]:
    """Return everything that the database holds; nothing where there is none."""

    def of() -> list[str]:
        path = shop / "shop.sqlite3"
        if not path.exists():
            return []
        with sqlite3.connect(path) as db:
            lines = list(db.iterdump())
        db.close()
        return lines

    return of
