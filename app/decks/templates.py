"""Templates: how the files of one program or sender are read, built in or mapped by hand.

A shop's own templates are JSON files in the folder `templates` of its data folder.
"""

from __future__ import annotations

import contextlib
import json
import os
import string
import tempfile
from pathlib import Path
from typing import Any

from app.decks.columns import CODE_OR_NAME
from app.decks.csv_table import DELIMITERS, ENCODINGS
from app.decks.dates import ORDERS
from app.decks.deck import DeckError, Layout, Template
from app.decks.headings import BAND_FIELDS, BAND_NAME_MAX, OWN
from app.decks.table import COLUMNS_MAX

FOLDER = "templates"
NAME_MAX = 60
TEMPLATES_MAX = 500
_FILE_MAX = 256 * 1024
_SUFFIX = ".json"
_VERSION = 1
_READ_ONLY_FIELDS = (
    *(
        "country_name",
        "country_code",
        "area_codes",
        "increments",
        "price_next",
        "forbidden",
        "status",
    ),
    *("currency", CODE_OR_NAME),
)
_FIELDS = frozenset((*OWN, *_READ_ONLY_FIELDS))
_BAND_FIELDS = frozenset((*BAND_FIELDS, "price_next", "first_increment", "next_increment"))

GENERIC = Template("generic")

# A rate table of MagnusBilling as its administrators import it: no header, fixed places
# (RateController::importRates). A package offer has no counterpart here.
MAGNUSBILLING = Template(
    "magnusbilling",
    columns=(
        ("prefix", 0),
        ("destination", 1),
        ("price_per_minute", 2),
        ("first_increment", 3),
        ("next_increment", 4),
        ("free_below", 5),
        ("connection_fee", 6),
        ("surcharge", 7),
    ),
    has_header=False,
)

# A2Billing fixes the first three columns; the others are chosen by its own field names. Its
# progressive charges and minutes of the week are refused where a row makes use of them.
A2BILLING = Template(
    "a2billing",
    columns=(
        ("prefix", 0),
        ("destination", 1),
        ("price_per_minute", 2),
        ("first_increment", "initblock"),
        ("next_increment", "billingblock"),
        ("connection_fee", "connectcharge"),
        ("surcharge", "disconnectcharge"),
        ("only_zero:disconnectcharge_after", "disconnectcharge_after"),
        ("minimum_charge", "minimal_cost"),
        ("effective_from", "startdate"),
        ("discontinued", "stopdate"),
        ("only_zero:stepchargea", "stepchargea"),
        ("only_zero:chargea", "chargea"),
        ("only_zero:stepchargeb", "stepchargeb"),
        ("only_zero:chargeb", "chargeb"),
        ("only_zero:stepchargec", "stepchargec"),
        ("only_zero:chargec", "chargec"),
        ("only_zero:starttime", "starttime"),
        ("whole_week:endtime", "endtime"),
    ),
)


def _portabilling() -> Template:
    """Return the template of PortaBilling's rate tables; its labels vary with the version."""
    columns: list[tuple[str, str | int]] = [
        (CODE_OR_NAME, "Destination"),
        ("country_code", "Country Prefix"),
        ("prefix", "Prefix"),
        ("destination", "Description"),
        ("destination", "Destination Name"),
        ("destination", "Destination Group"),
        ("country", "Country"),
        ("effective_from", "Effective From"),
        ("discontinued", "Discontinued"),
        ("forbidden", "Forbidden"),
        ("surcharge", "Post Call Surcharge"),
        ("connection_fee", "Connect Fee"),
        ("connection_fee", "Connection Fee"),
        ("free_seconds", "Free Seconds"),
        ("price_per_minute", "Price"),
        ("price_per_minute", "Rate"),
    ]
    fields = {
        "first_increment": ("Interval First", "First Interval", "Interval 1"),
        "next_increment": ("Interval Next", "Next Interval", "Interval N"),
        "price_per_minute": ("Price First", "First Price", "Price 1"),
        "price_next": ("Price Next", "Next Price", "Price N"),
    }
    for field, labels in fields.items():
        for label in labels:
            columns.append((field, label))
            columns.append((field, f"Peak {label}"))
            for words, band in (("Off-peak", "off-peak"), ("Second Off-peak", "second-off-peak")):
                columns.append((f"{field}@{band}", f"{words} {label}"))
                columns.append((f"{field}@{band}", f"{label} {words}"))
    return Template("portabilling", columns=tuple(columns))


PORTABILLING = _portabilling()
BUILT_IN = (GENERIC, PORTABILLING, A2BILLING, MAGNUSBILLING)


def built_in(name: str) -> Template:
    """Return a template that comes with the program. Raises `DeckError`: `unknown_template`."""
    for template in BUILT_IN:
        if template.name == name:
            return template
    raise DeckError("unknown_template", template=name)


def template_of(layout: Layout, name: str) -> Template:
    """Return how a file was read, to read the next one of its sender the same way.

    Columns go by their headings, so that other title lines or a column more do no harm.
    """
    counted = [heading for heading in layout.headings if heading]
    columns: list[tuple[str, str | int]] = []
    for field, index in layout.columns:
        heading = layout.headings[index] if index < len(layout.headings) else ""
        is_telling = layout.header_line > 0 and heading and counted.count(heading) == 1
        columns.append((field, heading if is_telling else index))
    return Template(
        name,
        columns=tuple(columns),
        delimiter=layout.delimiter if layout.kind == "csv" else "",
        encoding=layout.encoding if layout.kind == "csv" else "",
        sheet=layout.sheet,
        has_header=layout.header_line > 0,
        decimal=layout.decimal,
        date_order="" if layout.date_order == "ymd" else layout.date_order,
    )


def save_template(folder: Path, template: Template) -> Path:
    """Keep a template in the shop's data folder; one of the same name is replaced.

    A reader, and a crash, see the old file or the new one. Raises `DeckError`: `bad_template`;
    `OSError`.
    """
    _check(template)
    kept = folder / FOLDER
    kept.mkdir(exist_ok=True)
    path = kept / (_file_name(template.name) + _SUFFIX)
    text = json.dumps(_as_json(template), ensure_ascii=False, indent=2) + "\n"
    descriptor, part = tempfile.mkstemp(prefix=".template.", suffix=".part", dir=kept)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(part).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(part).unlink()
        raise
    return path


def _file_name(name: str) -> str:
    """Return a name that every file system can have, another one for each template."""
    plain = frozenset(string.ascii_lowercase + string.digits)
    return "".join(letter if letter in plain else f"%{ord(letter):x}%" for letter in name)


def load_templates(folder: Path) -> tuple[Template, ...]:
    """Return the shop's own templates, by name. Raises `DeckError`: `bad_template`."""
    found = []
    try:
        paths = sorted((folder / FOLDER).glob(f"[!.]*{_SUFFIX}"))[:TEMPLATES_MAX]
        for path in paths:
            with path.open("rb") as stream:
                found.append(_read(path.name, stream.read(_FILE_MAX + 1)))
    except OSError as error:
        raise DeckError("bad_template", template="", value=error.strerror or "") from error
    return tuple(sorted(found, key=lambda template: template.name))


def template_named(folder: Path | None, name: str) -> Template:
    """Return the shop's own or a built-in template. Raises `DeckError`: `unknown_template`."""
    own = load_templates(folder) if folder is not None else ()
    return next((template for template in own if template.name == name), None) or built_in(name)


def _as_json(template: Template) -> dict[str, object]:
    return {
        "version": _VERSION,
        "name": template.name,
        "columns": [list(pair) for pair in template.columns],
        "delimiter": template.delimiter,
        "encoding": template.encoding,
        "sheet": template.sheet,
        "has_header": template.has_header,
        "decimal": template.decimal,
        "date_order": template.date_order,
    }


def _read(file: str, content: bytes) -> Template:
    try:
        found: Any = json.loads(content) if len(content) <= _FILE_MAX else None
    except (ValueError, RecursionError) as error:
        raise DeckError("bad_template", template=file, value="") from error
    if not isinstance(found, dict) or found.pop("version", None) != _VERSION:
        raise DeckError("bad_template", template=file, value="version")
    kinds = {key: type(value) for key, value in _as_json(GENERIC).items() if key != "version"}
    for key, kind in kinds.items():
        if type(found.get(key)) is not kind:
            raise DeckError("bad_template", template=file, value=key)
    if found.keys() != kinds.keys():
        raise DeckError("bad_template", template=file, value=min(found.keys() - kinds.keys()))
    columns = found.pop("columns")
    if not all(isinstance(pair, list) and len(pair) == 2 for pair in columns):  # noqa: PLR2004
        raise DeckError("bad_template", template=file, value="columns")
    template = Template(**found, columns=tuple((field, where) for field, where in columns))
    _check(template, file)
    return template


def _check(template: Template, file: str = "") -> None:
    """Refuse a template that could not be meant. Raises `DeckError`: `bad_template`."""
    faults = (
        (_is_name(template.name), "name"),
        (all(_is_column(*pair) for pair in template.columns), "columns"),
        (template.delimiter in ("", *DELIMITERS), "delimiter"),
        (template.encoding in ("", "utf-8", *ENCODINGS), "encoding"),
        (template.sheet.isprintable(), "sheet"),
        (template.decimal in ("", ".", ","), "decimal"),
        (template.date_order in ("", *ORDERS), "date_order"),
    )
    for is_right, part in faults:
        if not is_right:
            raise DeckError("bad_template", template=file or template.name, value=part)


def _is_name(name: str) -> bool:
    is_own = name not in {template.name for template in BUILT_IN}
    return is_own and name.strip() == name != "" and name.isprintable() and len(name) <= NAME_MAX


def _is_column(field: object, where: object) -> bool:
    if not isinstance(field, str):
        return False
    plain, at, band = field.partition("@")
    if at:
        is_band = 0 < len(band) <= BAND_NAME_MAX and band.isprintable() and band.strip() == band
        is_field = plain in _BAND_FIELDS and is_band
    else:
        is_field = field in _FIELDS or field.partition(":")[0] in ("only_zero", "whole_week")
    if isinstance(where, bool):
        return False
    is_place = isinstance(where, int) and 0 <= where < COLUMNS_MAX
    return is_field and (is_place or (isinstance(where, str) and where != ""))
