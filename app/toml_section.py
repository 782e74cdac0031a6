"""One table of the settings file: typed access with every wrong value named with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.money import Currency, Money, MoneyError, parse_money

_FIRST_SIGN = 32  # below are control characters
_LONGEST_TEXT = 200
_HIGHEST_RATE_BP = 10_000


class ConfigError(ValueError):
    """A setting that cannot be used: `code` (missing, wrong_type, …) and `where` it stands."""

    def __init__(self, code: str, where: str, value: object = "") -> None:
        super().__init__(f"{where}: {code} {value!r}")
        self.code = code
        self.where = where
        self.value = str(value)


class Section:
    """One table of the file: typed access, and every key that nobody asked for is an error."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        """Take the values of the table at this place."""
        self.values = dict(values)
        self.where = where

    def place(self, key: str) -> str:
        """Return where a key stands in the file."""
        return f"{self.where}.{key}" if self.where else key

    def take(self, key: str, kind: type, default: Any) -> Any:  # noqa: ANN401 - TOML value
        """Return a value of this type and count it as read. Raises `ConfigError`."""
        if key not in self.values:
            if default is ...:
                raise ConfigError("missing", self.place(key))
            return default
        value = self.values.pop(key)
        # In TOML true is no number.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise ConfigError("wrong_type", self.place(key), value)
        return value

    def text(self, key: str, default: Any = ..., *, longest: int = 200) -> str:  # noqa: ANN401
        """Return a text without control characters."""
        value: str = self.take(key, str, default)
        if len(value) > longest or any(ord(sign) < _FIRST_SIGN for sign in value):
            raise ConfigError("bad_text", self.place(key), value[:40])
        return value

    def whole(self, key: str, default: Any, lowest: int, highest: int) -> int:  # noqa: ANN401
        """Return a whole number within bounds."""
        value: int = self.take(key, int, default)
        if not lowest <= value <= highest:
            raise ConfigError("out_of_range", self.place(key), value)
        return value

    def choice(self, key: str, default: str, allowed: tuple[str, ...]) -> str:
        """Return one of the allowed words."""
        value = self.text(key, default)
        if value not in allowed:
            raise ConfigError("unknown_choice", self.place(key), value)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        values: list[Any] = self.take(key, list, [])
        if not all(isinstance(value, str) and len(value) <= _LONGEST_TEXT for value in values):
            raise ConfigError("wrong_type", self.place(key), values)
        return tuple(values)

    def section(self, key: str) -> Section:
        """Return a table within this one."""
        return Section(self.take(key, dict, {}), self.place(key))

    def sections(self, key: str) -> list[Section]:
        """Return a list of tables."""
        return [
            Section(value if isinstance(value, dict) else {}, f"{self.place(key)}[{index}]")
            for index, value in enumerate(self.take(key, list, []), 1)
        ]

    def done(self) -> None:
        """Refuse what nobody has read. Raises `ConfigError`."""
        for key, value in self.values.items():
            raise ConfigError("unknown_setting", self.place(key), value)


def percent_bp(section: Section, key: str, default: Any) -> int:  # noqa: ANN401 - or required
    """Return a percentage as basis points."""
    text = section.text(key, default)
    try:
        rate_bp = parse_money(text, Currency("XXX", 2)).minor
    except MoneyError as error:
        raise ConfigError("bad_amount", section.place(key), text) from error
    if not 0 <= rate_bp <= _HIGHEST_RATE_BP:
        raise ConfigError("out_of_range", section.place(key), text)
    return rate_bp


def money(section: Section, key: str, default: str, currency: Currency) -> Money:
    """Return an amount above zero."""
    text = section.text(key, default)
    try:
        amount = parse_money(text, currency)
    except MoneyError as error:
        raise ConfigError("bad_amount", section.place(key), text) from error
    if amount.minor < 1:
        raise ConfigError("out_of_range", section.place(key), text)
    return amount
