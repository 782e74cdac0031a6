"""The sentences of paper, displays, PDF and command line, from one gettext catalogue.

A leaf: usable by `printing`, `hardware` and the command line, in any thread. English is the
source; other languages lie in `resources/locale/<language>/LC_MESSAGES/callshop.mo`. The window
has its own catalogue (Qt Linguist).
"""

from __future__ import annotations

import functools
import gettext
import importlib.resources
import re

DOMAIN = "callshop"
SOURCE_LANGUAGE = "en"

_LANGUAGE = re.compile(r"[a-z]{2,3}(?=\Z|[_-])")


@functools.cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the sentences in `language` (`fr`, `fr_FR`, `fr-CA`), English where there are none."""
    base = _LANGUAGE.match(language)
    if base is None:
        return gettext.NullTranslations()
    file = (
        importlib.resources.files("resources")
        / "locale"
        / base.group()
        / "LC_MESSAGES"
        / f"{DOMAIN}.mo"
    )
    if not file.is_file():
        return gettext.NullTranslations()
    with file.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def languages() -> tuple[str, ...]:
    """Return the languages there are, English first."""
    folder = importlib.resources.files("resources") / "locale"
    found = sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
    return (SOURCE_LANGUAGE, *found)
