"""The settings file: what it gives, and where each wrong value is said to stand."""

from __future__ import annotations

import importlib.resources
import re

import pytest

from app.config import Config, ConfigError, from_toml
from app.domain.bands import HOLIDAY, Window
from app.domain.money import Currency, Money, Rounding
from app.domain.tariff import (
    BandPolicy,
    BlockRule,
    FreeRule,
    RoundingOrder,
    SecondsRule,
    TaxMode,
)

HEAD = '[shop]\nname = "Test"\n'
SAMPLE = (importlib.resources.files("resources") / "shop.toml").read_text(encoding="utf-8")


def with_tariff(lines: str) -> Config:
    return from_toml(f"{HEAD}[tariff]\n{lines}\n")


def refused(text: str) -> tuple[str, str]:
    with pytest.raises(ConfigError) as found:
        from_toml(text)
    return found.value.code, found.value.where


def switched_on() -> str:
    """The sample file with every line that is switched off switched on."""
    setting = re.compile(r'# ((?:[a-z_]+ = ["\[]|\[\[).*)\Z')
    return "\n".join(setting.sub(r"\1", line) for line in SAMPLE.splitlines())


def test_the_sample_file_is_valid_as_it_is() -> None:
    config = from_toml(SAMPLE)
    assert config.rules.bands == ()
    assert config.tax_rate_bp == 2000


def test_the_sample_file_is_valid_with_every_line_switched_on() -> None:
    text = switched_on()
    assert text.count("\n# ") < SAMPLE.count("\n# ") - 15
    config = from_toml(text)
    assert [band.name for band in config.rules.bands] == ["night", "weekend"]
    assert config.rules.bands[0].windows == (Window(255, 1200, 420), Window(1 << HOLIDAY))
    assert config.margin_guard_bp == 1500
    assert config.booths[0].tariff == "vip"
    assert (len(config.rules.extra_holidays), len(config.rules.no_holidays)) == (1, 1)


def test_the_sample_file_says_every_default_as_it_is() -> None:
    plain, full = from_toml(HEAD).rules, from_toml(switched_on()).rules
    names = ("order", "free_rule", "block_rule", "band_policy", "tax_mode", "holiday_country")
    assert [getattr(plain, name) for name in names] == [getattr(full, name) for name in names]


@pytest.mark.parametrize(
    ("key", "name", "kind"),
    [
        ("call_rounding", "rounding", Rounding),
        ("rounding_order", "order", RoundingOrder),
        ("bill_rounding", "bill_rounding", Rounding),
        ("seconds_rule", "seconds_rule", SecondsRule),
        ("free_seconds_rule", "free_rule", FreeRule),
        ("increments_from", "block_rule", BlockRule),
        ("band_policy", "band_policy", BandPolicy),
        ("tax", "tax_mode", TaxMode),
    ],
)
def test_every_rule_can_be_chosen_by_its_name(key: str, name: str, kind: type) -> None:
    for choice in kind:  # type: ignore[attr-defined]  # an enum
        assert getattr(with_tariff(f'{key} = "{choice.name}"').rules, name) is choice
    for wrong in ("up", "", "SIDEWAYS"):
        assert refused(f'{HEAD}[tariff]\n{key} = "{wrong}"') == ("unknown_choice", f"tariff.{key}")


def test_bands_stand_in_the_order_of_the_file() -> None:
    rules = with_tariff(
        '[[tariff.bands]]\nname = "week end"\nwindows = ["sat,sun", "fri 18:00-24:00"]\n'
        '[[tariff.bands]]\nname = "nuit"\nwindows = ["MON-FRI  22:00-06:30"]\n'
    ).rules
    assert [(band.name, band.windows) for band in rules.bands] == [
        ("week end", (Window(0b1100000), Window(0b10000, 1080, 1440))),
        ("nuit", (Window(0b11111, 1320, 390),)),
    ]


@pytest.mark.parametrize(
    ("band", "code", "place"),
    [
        ('windows = ["mon"]', "missing", "[1].name"),
        ('name = "x"', "bad_days", "[1].windows"),
        ('name = "x"\nwindows = []', "bad_days", "[1].windows"),
        ('name = ""\nwindows = ["mon"]', "bad_band_name", "[1].name"),
        ('name = "  "\nwindows = ["mon"]', "bad_band_name", "[1].name"),
        ('name = "a\\u200bb"\nwindows = ["mon"]', "bad_band_name", "[1].name"),
        (f'name = "{"x" * 41}"\nwindows = ["mon"]', "bad_text", "[1].name"),
        ('name = "x"\nwindows = "mon"', "wrong_type", "[1].windows"),
        ('name = "x"\nwindows = [7]', "wrong_type", "[1].windows"),
        ('name = "x"\nwindows = ["monday"]', "bad_window", "[1].windows"),
        ('name = "x"\nwindows = ["fri-mon"]', "bad_window", "[1].windows"),
        ('name = "x"\nwindows = ["sat-hol"]', "bad_window", "[1].windows"),
        ('name = "x"\nwindows = ["mon 8-18"]', "bad_window", "[1].windows"),
        ('name = "x"\nwindows = ["mon 08:00-25:00"]', "bad_window", "[1].windows"),
        ('name = "x"\nwindows = ["mon 24:00-08:00"]', "bad_window", "[1].windows"),
        ('name = "x"\nwindows = [""]', "bad_window", "[1].windows"),
        ('name = "x"\nwindows = ["mon"]\nprice = 3', "unknown_setting", "[1].price"),
    ],
)
def test_a_wrong_band_is_named_with_its_place(band: str, code: str, place: str) -> None:
    assert refused(f"{HEAD}[[tariff.bands]]\n{band}") == (code, f"tariff.bands{place}")


def test_a_band_stands_there_once() -> None:
    band = '[[tariff.bands]]\nname = "night"\nwindows = ["mon"]\n'
    assert refused(HEAD + band + band) == ("twice", "tariff.bands.name")


def test_holidays_are_those_of_the_country_unless_another_is_named() -> None:
    assert from_toml(HEAD).rules.holiday_country == "FR"
    assert from_toml(HEAD + 'country = "SN"\n').rules.holiday_country == "SN"
    assert with_tariff('holidays = "DE"').rules.holiday_country == "DE"
    assert with_tariff('holidays = ""').rules.holiday_country == ""


@pytest.mark.parametrize("country", ["de", "D", "XX", "UK", "ÄÖ"])
def test_a_country_whose_holidays_nobody_knows_is_refused(country: str) -> None:
    expected = ("unknown_country", "tariff.holidays")
    assert refused(f'{HEAD}[tariff]\nholidays = "{country}"') == expected


def test_dates_may_be_texts_or_dates() -> None:
    rules = with_tariff('extra_holidays = ["2026-12-24", 2026-12-31]').rules
    assert rules.extra_holidays == {739_974, 739_981}


@pytest.mark.parametrize(
    "value", ['"24.12.2026"', '"2026-02-30"', "7", "true", "2026-12-24T08:00:00"]
)
@pytest.mark.parametrize("key", ["extra_holidays", "no_holidays"])
def test_what_is_no_date_is_refused(key: str, value: str) -> None:
    assert refused(f"{HEAD}[tariff]\n{key} = [{value}]") == ("bad_date", f"tariff.{key}")


@pytest.mark.parametrize(
    ("country", "rate_bp"), [("FR", 2000), ("CH", 810), ("FI", 2550), ("SN", 1800), ("JP", 1000)]
)
def test_the_tax_is_the_countrys_where_none_is_named(country: str, rate_bp: int) -> None:
    head = f'{HEAD}country = "{country}"\n'
    assert from_toml(head).rules.tax_rate_bp == rate_bp
    assert from_toml(f'{head}tax_percent = "5.5"').rules.tax_rate_bp == 550


def test_a_country_without_a_standard_rate_must_name_its_tax() -> None:
    head = f'{HEAD}country = "CA"\n'
    assert refused(head) == ("missing", "shop.tax_percent")
    assert from_toml(f'{head}tax_percent = "0"').rules.tax_rate_bp == 0


def test_a_guard_leaves_something_to_the_carrier() -> None:
    assert with_tariff('margin_guard = "12.5"').margin_guard_bp == 1250
    assert with_tariff('margin_guard = "99.99"').margin_guard_bp == 9999
    for wrong in ("100", "250", "-1"):
        expected = ("out_of_range", "tariff.margin_guard")
        assert refused(f'{HEAD}[tariff]\nmargin_guard = "{wrong}"') == expected
    expected = ("bad_amount", "tariff.margin_guard")
    assert refused(f'{HEAD}[tariff]\nmargin_guard = "much"') == expected


@pytest.mark.parametrize(("code", "step"), [("XOF", 1), ("EUR", 1), ("TND", 1)])
def test_the_bill_is_rounded_to_the_smallest_coin_unless_a_step_is_named(
    code: str, step: int
) -> None:
    assert from_toml(f'{HEAD}currency = "{code}"\n').rules.bill_step == Money(step)


def test_a_step_is_an_amount_of_the_currency() -> None:
    assert with_tariff('bill_step = "0.05"').rules.bill_step == Money(5)
    for wrong, code in (("0", "out_of_range"), ("0.001", "bad_amount"), ("x", "bad_amount")):
        expected = (code, "tariff.bill_step")
        assert refused(f'{HEAD}[tariff]\nbill_step = "{wrong}"') == expected


def test_a_currency_that_is_not_known_is_spelled_out() -> None:
    config = from_toml(f'{HEAD}currency = "MRU"\ncurrency_decimals = 2\ncurrency_symbol = "UM"\n')
    assert config.currency == Currency("MRU", 2, "UM")
    assert refused(f'{HEAD}currency = "eur"\n') == ("bad_currency", "shop.currency")


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "missing", "shop.name"),
        ("[shop", "not_toml", "shop.toml"),
        (f'{HEAD}zone = "Europe"', "unknown_zone", "shop.zone"),
        (f'{HEAD}zone = ""', "unknown_zone", "shop.zone"),
        (f'{HEAD}zone = "../../etc/passwd"', "unknown_zone", "shop.zone"),
        (f'{HEAD}country = "fr"', "unknown_country", "shop.country"),
        (f"{HEAD}tariff = 1", "unknown_setting", "shop.tariff"),
        (f"{HEAD}[tariff]\nband = 1", "unknown_setting", "tariff.band"),
        (f"{HEAD}[tariff]\nbands = 1", "wrong_type", "tariff.bands"),
        (f"{HEAD}[tariff]\nbands = [1]", "missing", "tariff.bands[1].name"),
        (f'{HEAD}[[booths]]\nnumber = true\nextension = "1"', "wrong_type", "booths[1].number"),
        (
            f'{HEAD}[[booths]]\nnumber = 1\nextension = "1/2"',
            "bad_extension",
            "booths[1].extension",
        ),
        (f'{HEAD}[[booths]]\nnumber = 1\nextension = "1"', "unknown_exchange", "booths[1]"),
    ],
)
def test_every_wrong_value_is_named_with_its_place(text: str, code: str, place: str) -> None:
    assert refused(text) == (code, place)
