from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app import texts

ROOT = Path(__file__).parents[3]
LOCALE = ROOT / "resources" / "locale"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
TRANSLATIONS = [language for language in texts.languages() if language != texts.SOURCE_LANGUAGE]


def sources() -> set[str]:
    """Every sentence in the code, by its singular."""
    found = set()
    for package in ("app", "printing", "hardware"):
        for _, _, message, _, _ in extract_from_dir(
            ROOT / package, method_map=[("**.py", "python")]
        ):
            found.add(message[0] if isinstance(message, tuple) else message)
    return found


def read_catalogue(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "callshop.po").open("rb") as stream:
        return read_po(stream, locale=language)


def test_there_is_french() -> None:
    assert "fr" in TRANSLATIONS


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_is_complete_and_has_nothing_left_over(language: str) -> None:
    have = {
        message.id[0] if isinstance(message.id, tuple) else message.id
        for message in read_catalogue(language)
        if message.id and not message.fuzzy and all(strings(message.string))
    }
    assert have == sources()


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_keeps_the_placeholders(language: str) -> None:
    for message in read_catalogue(language):
        wanted = sorted(PLACEHOLDER.findall(strings(message.id)[0]))
        for string in strings(message.string):
            if message.id:
                assert sorted(PLACEHOLDER.findall(string)) == wanted, string


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_compiled_catalogue_is_fresh(language: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(language))
    file = LOCALE / language / "LC_MESSAGES" / "callshop.mo"
    assert file.read_bytes() == compiled.getvalue()


def strings(value: object) -> list[str]:
    return [str(part) for part in value] if isinstance(value, list | tuple) else [str(value)]


@pytest.mark.parametrize("language", ["fr", "fr_FR", "fr-CA"])
def test_a_region_falls_back_to_its_language(language: str) -> None:
    assert texts.catalogue(language).gettext("Booth %d") == "Cabine %d"


@pytest.mark.parametrize("language", ["en", "en_GB", "xx", "", "../../etc", "C"])
def test_other_languages_are_english(language: str) -> None:
    assert texts.catalogue(language).gettext("Booth %d") == "Booth %d"


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        ("fr", 1, "1 appel sans réponse, gratuit"),
        ("fr", 2, "2 appels sans réponse, gratuits"),
        ("en", 1, "1 call without an answer, free of charge"),
        ("en", 2, "2 calls without an answer, free of charge"),
    ],
)
def test_plurals(language: str, count: int, text: str) -> None:
    chosen = texts.catalogue(language).ngettext(
        "%d call without an answer, free of charge",
        "%d calls without an answer, free of charge",
        count,
    )
    assert chosen % count == text
