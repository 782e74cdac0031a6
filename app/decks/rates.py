"""One row's cells (all but its code) become a rate with its dates. Each is checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.decks import dates
from app.decks.cells import BOOLEAN, shown, text_of
from app.decks.columns import Columns
from app.decks.decimals import currency_in, price_of
from app.decks.deck import RowError
from app.decks.headings import normal
from app.decks.rate_words import BLOCKED, DELETED, NO, YES
from app.domain.money import Price
from app.domain.tariff import (
    STEPS_MAX,
    Access,
    BandPrice,
    Entry,
    Rate,
    Step,
    fault_of,
    fault_of_entry,
)

DESTINATION_MAX = 80
_COUNTRY_LENGTH = 2
_SECONDS_DIGITS = 6
_BOTH_INCREMENTS = re.compile(r"([0-9]+)\s*[-/+:]\s*([0-9]+)\Z")
_FREE = Price(0)
_NO_CODE = "1"  # a prefix that is right, where only the dates are to be checked

_COLUMN_OF_FAULT = {
    "missing_destination": "destination",
    "price": "price_per_minute",
    "fee": "connection_fee",
    "minimum": "minimum_charge",
    "surcharge": "surcharge",
    "ceiling": "ceiling",
    "bad_first_increment": "first_increment",
    "bad_next_increment": "next_increment",
    "bad_free_seconds": "free_seconds",
    "bad_free_below": "free_below",
    "bad_dates": "discontinued",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found out about a file's cells before its rows are read."""

    decimals: dict[str, str]
    date_order: str
    zone: str
    is_dated: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """What the cells of a row say; `rate` is None where they take the prefix away.

    `notes` are (code, column, value). `country_code` is None where there is no such column.
    """

    rate: Rate | None
    starts_at: int = 0
    ends_at: int | None = None
    country_code: str | None = None
    notes: tuple[tuple[str, str, str], ...] = ()


class _Row:
    """The cells of the row being read."""

    def __init__(self, cells: dict[str, str]) -> None:
        self.cells = cells
        self.notes: list[tuple[str, str, str]] = []

    def text(self, column: str) -> str:
        return text_of(self.cells.get(column, ""), column)

    def note(self, code: str, column: str) -> None:
        self.notes.append((code, column, shown(self.cells.get(column, ""))))

    def is_set(self, column: str) -> bool:
        cell = self.cells.get(column, "")
        text = normal(shown(cell)) if cell.startswith(BOOLEAN) else normal(self.text(column))
        if text in YES:
            return True
        if text in NO:
            return False
        raise RowError(column, "bad_flag", shown(cell))

    def seconds(self, column: str, default: int) -> int:
        text = self.text(column)
        return _whole(text, column) if text else default


def _whole(text: str, column: str) -> int:
    whole, _, rest = text.partition(".")
    if not (whole.isascii() and whole.isdigit() and not rest.strip("0")):
        raise RowError(column, f"bad_{column.partition('@')[0]}", text)
    if len(whole) > _SECONDS_DIGITS:
        raise RowError(column, f"bad_{column.partition('@')[0]}", text)
    return int(whole)


class RateReader:
    """Reads rows of one file."""

    def __init__(self, columns: Columns, reading: Reading) -> None:
        """Take what is known of the file. Raises `DeckError`: `unknown_zone`."""
        self._fields = tuple(field for field, _ in columns.others)
        self._reading = reading
        self._zone = dates.zone_of(reading.zone)
        self._has_country_code = columns.is_area
        self._is_named_by_code = columns.is_named_by_code
        self._bands = tuple(
            field.partition("@")[2]
            for field in self._fields
            if field.startswith("price_per_minute@")
        )
        self._prices: dict[tuple[str, str], Price | None] = {}
        self._same_price: dict[Price, Price] = {}
        self.currencies: set[str] = set()

    def read(self, cells: tuple[str, ...]) -> Made:
        """Read the cells of `Columns.others`. Raises `RowError`."""
        row = _Row(dict(zip(self._fields, cells, strict=True)))
        country_code = row.text("country_code") if self._has_country_code else None
        self._take_currency(row)
        status = normal(shown(row.cells.get("status", "")))
        starts_at, ends_at, is_deleted = self._dates(row)
        if is_deleted or status in DELETED:
            row.note("row_deleted", "status" if status in DELETED else "discontinued")
            return Made(None, country_code=country_code, notes=tuple(row.notes))
        rate = self._rate(row, is_blocked=status in BLOCKED)
        fault = fault_of(rate)
        if fault:
            column = _column_of(fault, rate)
            raise RowError(column, fault, shown(row.cells.get(column, "")))
        if fault_of_entry(Entry(_NO_CODE, rate, starts_at, ends_at)):
            raise RowError("discontinued", "bad_dates", shown(row.cells.get("discontinued", "")))
        return Made(rate, starts_at, ends_at, country_code, tuple(row.notes))

    def _take_currency(self, row: _Row) -> None:
        named = row.text("currency").upper() if "currency" in row.cells else ""
        named = named or currency_in(shown(row.cells["price_per_minute"]))
        if named:
            self.currencies.add(named)

    def _dates(self, row: _Row) -> tuple[int, int | None, bool]:
        """Return from when and until when, and whether the row takes its prefix away."""
        ends = row.cells.get("discontinued", "")
        is_flag = ends.startswith(BOOLEAN) or (ends and normal(ends) in YES | NO)
        is_deleted = bool(is_flag) and row.is_set("discontinued")
        if not self._reading.is_dated:
            return 0, None, is_deleted
        order = self._reading.date_order
        start = row.cells.get("effective_from", "")
        starts_at = dates.instant_of(start, "effective_from", order, self._zone) or 0
        if is_flag:
            return starts_at, None, is_deleted
        return starts_at, dates.instant_of(ends, "discontinued", order, self._zone), False

    def _rate(self, row: _Row, *, is_blocked: bool) -> Rate:
        access = self._access(row, is_blocked=is_blocked)
        first, following = _increments(row)
        price = self._base_price(row, access)
        if price is None:
            price, access = _FREE, Access.FORBIDDEN
        _check_supported(row)
        fee = self._price(row, "connection_fee") or _FREE
        return Rate(
            destination=self._destination(row),
            price_per_minute=price,
            connection_fee=fee,
            first_increment=first,
            next_increment=following,
            country=_country(row),
            free_seconds=row.seconds("free_seconds", 0),
            free_below=row.seconds("free_below", 0),
            minimum_charge=self._price(row, "minimum_charge") or _FREE,
            surcharge=self._price(row, "surcharge") or _FREE,
            ceiling=self._price(row, "ceiling"),
            steps=self._steps(row, "", price, first),
            bands=tuple(self._bands_of(row, fee, first, following)),
            access=access,
        )

    def _access(self, row: _Row, *, is_blocked: bool) -> Access:
        if is_blocked:
            row.note("row_blocked", "status")
            return Access.FORBIDDEN
        if row.cells.get("forbidden", "") and row.is_set("forbidden"):
            return Access.FORBIDDEN
        text = row.text("access").upper()
        if text and text not in Access.__members__:
            raise RowError("access", "bad_access", row.text("access"))
        return Access[text] if text else Access.OPEN

    def _base_price(self, row: _Row, access: Access) -> Price | None:
        """Return the price; None where its cell says that the destination is blocked."""
        column = "price_per_minute"
        if normal(shown(row.cells[column])) in BLOCKED:
            row.note("row_blocked", column)
            return None
        price = self._price(row, column)
        if price is None and access is not Access.FORBIDDEN:
            raise RowError(column, "empty", "")
        return price or _FREE

    def _price(self, row: _Row, column: str) -> Price | None:
        cell = row.cells.get(column, "")
        if not cell:
            return None
        decimal = self._reading.decimals.get(column, ".")
        try:
            return self._prices[cell, decimal]
        except KeyError:
            price = price_of(cell, column, decimal)
        if price is not None:
            price = self._same_price.setdefault(price, price)
        self._prices[cell, decimal] = price
        return price

    def _destination(self, row: _Row) -> str:
        text = " ".join(row.text("destination").split())
        country = " ".join(row.text("country_name").split())
        if country and country.casefold() not in text.casefold():
            text = f"{country} {text}"
        if self._is_named_by_code:
            text = "+" + row.text("country_code").lstrip("+") + text
        if not text.isprintable():
            raise RowError("destination", "bad_text", ascii(text))
        if len(text) > DESTINATION_MAX:
            raise RowError("destination", "destination_too_long", text)
        return text

    def _steps(self, row: _Row, band: str, price: Price, first: int) -> tuple[Step, ...]:
        steps = []
        for number in range(1, STEPS_MAX + 1):
            column = f"step_{number}_after{band}"
            if row.text(column):
                step_price = self._price(row, f"step_{number}_price{band}")
                if step_price is None:
                    raise RowError(f"step_{number}_price{band}", "empty", "")
                increment = row.seconds(f"step_{number}_increment{band}", 0)
                steps.append(Step(row.seconds(column, 0), step_price, increment))
        following = self._price(row, f"price_next{band}")
        if following is not None and following != price:
            row.note("step_from_prices", f"price_next{band}")
            steps.insert(0, Step(first, following))
        return tuple(steps)

    def _bands_of(self, row: _Row, usual: Price, first: int, following: int) -> list[BandPrice]:
        """Return the bands that have a price; without a fee of their own the usual one holds."""
        found = []
        for name in self._bands:
            price = self._price(row, f"price_per_minute@{name}")
            if price is None:
                continue
            for column, length in (("first_increment", first), ("next_increment", following)):
                # A band has prices of its own, but the increments of its rate.
                if row.seconds(f"{column}@{name}", length) != length:
                    raise RowError(f"{column}@{name}", "unsupported", row.text(f"{column}@{name}"))
            own = self._price(row, f"connection_fee@{name}")
            fee = usual if own is None else own
            found.append(BandPrice(name, price, fee, self._steps(row, f"@{name}", price, first)))
        return found


def _increments(row: _Row) -> tuple[int, int]:
    for column in ("first_increment", "increments", "next_increment"):
        text = row.text(column)
        if column == "next_increment" and "first_increment" in row.cells:
            break
        both = _BOTH_INCREMENTS.match(text)
        if both or (text and column == "increments"):
            row.note("increments_from_text", column)
            first, following = both.groups() if both else (text, text)
            return _whole(first, "first_increment"), _whole(following, "next_increment")
    return row.seconds("first_increment", 1), row.seconds("next_increment", 1)


def _country(row: _Row) -> str:
    text = row.text("country").upper()
    if text and not (text.isascii() and text.isalpha() and len(text) == _COUNTRY_LENGTH):
        raise RowError("country", "bad_country", row.text("country"))
    return text


def _check_supported(row: _Row) -> None:
    """Refuse what another program can do and this one cannot, where a row makes use of it."""
    for column in row.cells:
        kind, _, name = column.partition(":")
        if kind == "only_zero" and row.text(column).strip("0.,"):
            raise RowError(name, "unsupported", row.text(column))
        if kind == "whole_week" and row.text(column) not in ("", "0", "10079"):
            raise RowError(name, "unsupported", row.text(column))


def _column_of(fault: str, rate: Rate) -> str:
    """Return the column of what `fault_of` has found."""
    if not fault_of(replace(rate, bands=())):
        return _column_of_band(rate)
    if fault in ("bad_step", "too_many_steps"):
        return _column_of_step(rate, "")
    kind = fault.removeprefix("negative_").removesuffix("_too_large")
    return _COLUMN_OF_FAULT[kind]


def _column_of_band(rate: Rate) -> str:
    for number, band in enumerate(rate.bands, 1):
        fault = fault_of(replace(rate, bands=rate.bands[:number]))
        if fault in ("bad_step", "too_many_steps"):
            own = replace(rate, steps=band.steps, bands=())
            return _column_of_step(own, f"@{band.band}")
        if fault:
            kind = fault.removeprefix("negative_").removesuffix("_too_large")
            return f"{_COLUMN_OF_FAULT[kind]}@{band.band}"
    return ""


def _column_of_step(rate: Rate, band: str) -> str:
    for number in range(1, len(rate.steps) + 1):
        if fault_of(replace(rate, steps=rate.steps[:number], bands=())):
            return f"step_{min(number, STEPS_MAX)}_after{band}"
    return ""
