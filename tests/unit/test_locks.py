"""The lock files fit pyproject.toml and each other, and can be committed anywhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, str]:
    lines = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", (ROOT / lock).read_text(), re.MULTILINE)
    return {canonical(name): pinned for name, pinned in lines}


def wanted(lock: str) -> list[Requirement]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    texts: list[str] = settings["project"]["dependencies"] + settings["build-system"]["requires"]
    if lock == "requirements-dev.lock":
        for group in settings["dependency-groups"].values():
            texts += [entry for entry in group if isinstance(entry, str)]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_satisfies_the_project(lock: str) -> None:
    pinned = pins(lock)
    stale = [
        str(requirement)
        for requirement in wanted(lock)
        if not requirement.specifier.contains(pinned.get(canonical(requirement.name), "0.dev0"))
    ]
    assert stale == [], "make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins(lock))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_both_locks_agree() -> None:
    development = pins("requirements-dev.lock")
    assert pins("requirements.lock").items() <= development.items()
