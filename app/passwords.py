"""Passwords of exchanges: in the operating system's keyring, else in a file only we may read.

Where there is no keyring the file `passwords.json` in the data folder holds them in
clear, readable by the till's account alone (mode 0600). It is not encrypted: a key
lying beside it would only pretend. The documentation says so.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

SERVICE = "callshop-cashier"
PASSWORD_FILE = "passwords.json"  # noqa: S105 - the name of a file


def _name(shop: str, link: str) -> str:
    return f"{shop}/{link}"


def read_password(folder: Path, shop: str, link: str) -> str | None:
    """Return the password of an exchange, None where none was set."""
    # The keyring looks for its backends when imported; only a real shop needs it.
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        found = keyring.get_password(SERVICE, _name(shop, link))
    except KeyringError:
        found = None
    return found if found is not None else _read_file(folder).get(_name(shop, link))


def write_password(folder: Path, shop: str, link: str, password: str) -> str:
    """Keep a password; returns where: `keyring` or `file`."""
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        keyring.set_password(SERVICE, _name(shop, link), password)
    except KeyringError:
        _write_file(folder, _read_file(folder) | {_name(shop, link): password})
        return "file"
    return "keyring"


def _read_file(folder: Path) -> dict[str, str]:
    try:
        held = json.loads((folder / PASSWORD_FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return {str(key): str(value) for key, value in held.items()} if isinstance(held, dict) else {}


def _write_file(folder: Path, held: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{PASSWORD_FILE}.new"
    # Made with its mode, so that it is at no moment readable by others.
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(held, stream)
    fresh.replace(folder / PASSWORD_FILE)
