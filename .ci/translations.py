"""Keep the two catalogues in step with the code: Qt Linguist for the window, gettext for the rest.

    translations.py           take in new texts, drop dead ones, compile
    translations.py --check   change nothing; name what is stale, untranslated or does not fit

The compiled files are committed, so that a wheel is built and the program runs from a checkout
without Qt's tools; --check runs with the tests and fails when they are not the sources' own.
A new language is one more name in LANGUAGES.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LANGUAGES = ("fr",)
SOURCE_LANGUAGE = "en"
DOMAIN = "callshop"
GETTEXT_PACKAGES = ("app", "printing", "hardware")
QT_PACKAGE = "ui"
TRANSLATIONS = Path("resources/translations")
LOCALE = Path("resources/locale")
# The header of a .po file wants these; who wrote what is in the history.
CONTRIBUTORS = "CallShop Cashier contributors"
SOURCE_VERSION = "1"

_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%L?\d|%[sd]|\{\w*\}")


def update(root: Path) -> None:
    """Bring the catalogues below `root` in step with the code of the working folder."""
    (root / TRANSLATIONS).mkdir(parents=True, exist_ok=True)
    # English needs a catalogue for its plurals alone: Qt does not know the plural of "call(s)".
    update_qt(root, SOURCE_LANGUAGE, "-pluralonly")
    for language in LANGUAGES:
        update_qt(root, language)
        update_gettext(root / LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po", language)


def update_qt(root: Path, language: str, *options: str) -> None:
    """Run Qt's own tools; without line numbers, which would change with every edit of the code."""
    source = root / TRANSLATIONS / f"{DOMAIN}_{language}.ts"
    # A file that exists names its languages itself, perhaps with a country.
    known = source.exists()
    languages = [] if known else ["-source-language", SOURCE_LANGUAGE, "-target-language", language]
    form = ["-silent", "-warnings-are-errors", "-locations", "none", "-no-obsolete"]
    run(
        "pyside6-lupdate",
        *form,
        *options,
        "-extensions",
        "py",
        QT_PACKAGE,
        *languages,
        "-ts",
        source,
    )
    run("pyside6-lrelease", "-silent", "-nounfinished", source, "-qm", source.with_suffix(".qm"))


def run(tool: str, *arguments: str | Path) -> None:
    """Run a tool of the virtual environment this script runs in."""
    subprocess.run([Path(sys.executable).with_name(tool), *arguments], check=True)


def update_gettext(path: Path, language: str) -> None:
    """Merge the texts of the code into one .po file and compile it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        with path.open("rb") as stream:
            catalog = read_po(stream, locale=language, domain=DOMAIN)
    else:
        catalog = Catalog(
            locale=language,
            domain=DOMAIN,
            header_comment="# The sentences of paper, displays, PDF and command line.",
            project="callshop-cashier",
            version=SOURCE_VERSION,
            msgid_bugs_address=CONTRIBUTORS,
            last_translator=CONTRIBUTORS,
            language_team=CONTRIBUTORS,
            fuzzy=False,
        )
    # The date of the last extraction would make each run a change.
    catalog.update(extracted(), update_creation_date=False)
    with path.open("wb") as stream:
        write_po(stream, catalog, no_location=True, sort_output=True, ignore_obsolete=True)
    with path.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, catalog)


def extracted() -> Catalog:
    """Gather what the code passes to gettext and its kin."""
    template = Catalog(domain=DOMAIN)
    for package in GETTEXT_PACKAGES:
        for name, line, text, comments, context in extract_from_dir(
            package, keywords=DEFAULT_KEYWORDS, comment_tags=("Translators:",)
        ):
            template.add(text, None, [(name, line)], auto_comments=comments, context=context)
    return template


def findings() -> Iterator[str]:
    """Name what `update` would change, then what a translator still has to do."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        for catalogues in (TRANSLATIONS, LOCALE):
            if catalogues.exists():
                shutil.copytree(catalogues, fresh / catalogues)
        update(fresh)
        for path in sorted(file for file in fresh.rglob("*") if file.is_file()):
            committed = path.relative_to(fresh)
            if not committed.exists() or committed.read_bytes() != path.read_bytes():
                yield f"{committed}: stale, run make translations"
        yield from untranslated(texts_of(fresh))


def untranslated(texts: Iterable[tuple[str, str, list[str]]]) -> Iterator[str]:
    """Name each text without a translation, or whose placeholders are not its source's."""
    for name, source, translations in texts:
        if not all(translations):
            yield f"{name}: not translated: {source!r}"
        # A plural's singular may well say "one" instead of the figure.
        elif len(translations) == 1 and placeholders(source) != placeholders(translations[0]):
            yield f"{name}: other placeholders: {source!r} / {translations[0]!r}"


def placeholders(text: str) -> list[str]:
    """Return the places that figures and names will take, in alphabetical order."""
    return sorted(_PLACEHOLDER.findall(text))


def texts_of(root: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the file, the source and the translations of each text; an unsure one is empty."""
    for path in sorted(root.glob(f"{TRANSLATIONS}/*.ts")):
        # Written by lupdate a moment ago, not by a stranger.
        for message in ET.parse(path).iter("message"):  # noqa: S314
            node = message.find("translation")
            assert node is not None
            forms = [form.text or "" for form in node.iter("numerusform")] or [node.text or ""]
            unfinished = node.get("type") == "unfinished"
            yield path.name, message.findtext("source", ""), [""] if unfinished else forms
    for path in sorted(root.glob(f"{LOCALE}/*/LC_MESSAGES/*.po")):
        with path.open("rb") as stream:
            catalog = read_po(stream)
        for text in catalog:
            if text.id:
                source = text.id if isinstance(text.id, str) else text.id[0]
                forms = [text.string] if isinstance(text.string, str) else list(text.string or [""])
                yield str(path.relative_to(root / LOCALE)), source, [""] if text.fuzzy else forms


def main() -> int:
    """Update, or check and return 1 when something is to be done."""
    if "--check" not in sys.argv[1:]:
        update(Path())
        return 0
    faults = list(findings())
    print("\n".join(faults) or "all texts are translated, and compiled from their sources")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
