"""What the numbering plans of the world say: parsing, grouping, emergency and free numbers.

The only module that asks the phonenumbers library. Its import costs some 20 ms, so `phone`
loads this module with the first number and not with the program. Everything here is total:
a text the library refuses comes back as None or unchanged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneMetadata,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
)

from app.domain.digit_patterns import DigitPattern

_FREE_DEPTH = 6
"""Digits of a free prefix behind the country code, at most."""

_CARRIER_CODES_MAX = 64

_CALLING_CODE_MAX = 3

_LIKELY_ENDS = ("2345678", "234567", "23456", "2345", "234567890")
"""A prefix and one of these is a whole number: 1204 2345678 is one of Canada's."""

_FRENCH_EMERGENCY = frozenset(
    # ARCEP, list of emergency numbers to be carried free of charge, decision 2002-1179 as amended:
    # SAMU, police, fire, 112, deaf and hard of hearing, homeless, children in danger, aircraft in
    # distress, ships in distress, attack or abduction alert, missing children, doctors on duty.
    ("15", "17", "18", "112", "114", "115", "119", "191", "196", "197", "116000", "116117")
)

_EXTRA_EMERGENCY = dict.fromkeys(
    ("FR", "GP", "GF", "MQ", "RE", "YT", "BL", "MF", "PM"), _FRENCH_EMERGENCY
)
"""Emergency numbers of a country that the library lacks or does not call so."""

_EUROPEAN_UNION = frozenset(
    (
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    )
)

_EUROPEAN_FREE = frozenset(
    # Commission Decision 2007/116/EC: harmonised numbers of social value, freephone in all of the
    # Union: missing children, victims of crime, child help line, doctor on call, emotional help.
    ("116000", "116006", "116111", "116117", "116123")
)

_FREE_SHORT = {
    # ARCEP numbering plan (decision 2018-0881): 30PQ and 31PQ are free to the caller.
    "FR": frozenset(str(number) for number in range(3000, 3200)) | _EUROPEAN_FREE,
}
"""Free short numbers where the library's list holds operators' own services as well."""

_CALLING_CODES = frozenset(str(code) for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE)


@dataclass(frozen=True, slots=True)
class Parsed:
    """An understood number: E.164 `digits`, ISO `country` or "", `is_free` at home."""

    digits: str
    country: str
    is_free: bool
    is_valid: bool


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a country's plan fixes; see `phone.NumberPlan` for the fields."""

    emergency: frozenset[str]
    free: tuple[str, ...]
    free_short: frozenset[str]
    international_prefixes: tuple[str, ...]


def is_country(country: str) -> bool:
    """Tell whether the plans know this ISO 3166 alpha-2 code."""
    return country in phonenumbers.SUPPORTED_REGIONS


def has_calling_code(digits: str) -> bool:
    """Tell whether E.164 digits begin with a calling code, or are the beginning of one."""
    return any(digits[:length] in _CALLING_CODES for length in range(1, len(digits) + 1)) or any(
        code.startswith(digits) for code in _CALLING_CODES
    )


def parse(text: str, country: str | None) -> Parsed | None:
    """Understand `+digits`, or a number as dialled inside `country`; None where impossible."""
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return None
    region = phonenumbers.region_code_for_number(number) or ""
    return Parsed(
        digits=phonenumbers.format_number(number, PhoneNumberFormat.E164)[1:],
        country="" if region == "001" else region,
        is_free=phonenumbers.number_type(number) == PhoneNumberType.TOLL_FREE,
        is_valid=phonenumbers.is_valid_number(number),
    )


def country_of(digits: str) -> str:
    """Return the country of E.164 digits, also where they are no valid number; "" where unclear."""
    number = _number(digits)
    if number is None or number.country_code is None:
        return ""
    codes = phonenumbers.region_codes_for_country_code(number.country_code)
    region = phonenumbers.region_code_for_number(number) or (codes[0] if len(codes) == 1 else "")
    return "" if region == "001" else region


def country_of_prefix(prefix: str) -> str:
    """Return the country of numbers that begin so, of several with one code the likeliest.

    "" for networks of no country, and where no calling code begins so.
    """
    regions: tuple[str, ...] = ()
    rest = ""
    for length in range(1, _CALLING_CODE_MAX + 1):
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(prefix[:length] or 0), ())
        rest = prefix[length:]
        if regions:
            break
    if len(regions) > 1:
        for region in regions:
            metadata = PhoneMetadata.metadata_for_region(region)
            leading = metadata.leading_digits if metadata is not None else None
            if rest and leading and re.match(leading, rest):
                return region
        for end in _LIKELY_ENDS:
            country = country_of(prefix + end)
            if country:
                return country
    return "" if not regions or regions[0] == "001" else regions[0]


def calling_code(country: str) -> str:
    """Return a country's calling code (`33`), "" for an unknown country."""
    return str(phonenumbers.country_code_for_region(country) or "")


def trunk_prefix(country: str) -> str:
    """Return what is dialled before a national number (`0` in France), "" where nothing is."""
    metadata = PhoneMetadata.metadata_for_region(country)
    return (metadata.national_prefix or "") if metadata is not None else ""


def begun_national(digits: str, country: str) -> str:
    """Return E.164 digits for the beginning of a national number, digits without a 0 as they are.

    The trunk prefix goes where the country has one; Italy's 0 belongs to the number.
    """
    metadata = PhoneMetadata.metadata_for_region(country)
    if metadata is None or not digits.startswith("0"):
        return digits
    return f"{metadata.country_code}{digits.removeprefix(metadata.national_prefix or '')}"


def grouped(digits: str) -> str:
    """Write E.164 digits as `+221 77 512 12 34`; unknown ones as `+` and the digits."""
    number = _number(digits)
    if number is None:
        return f"+{digits}"
    text = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    # Formatting may never change which digits are shown.
    return text if "".join(filter(str.isdigit, text)) == digits else f"+{digits}"


def _number(digits: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(f"+{digits}", None)
    except NumberParseException:
        return None


def is_short(text: str, country: str) -> bool:
    """Tell whether the country's plan has this short number."""
    pattern = _pattern(PhoneMetadata.short_metadata_for_region(country), "short_code")
    return re.fullmatch(pattern, text) is not None


def facts(country: str) -> PlanFacts:
    """Collect a country's plan. Raises `ValueError` for an unknown country."""
    metadata = PhoneMetadata.metadata_for_region(country)
    if metadata is None:
        raise ValueError(f"unknown country {country!r}")
    emergency = _short_numbers(country, "emergency") | _EXTRA_EMERGENCY.get(country, frozenset())
    free_short = _FREE_SHORT.get(country)
    if free_short is None:
        free_short = _short_numbers(country, "toll_free")
        free_short |= _EUROPEAN_FREE if country in _EUROPEAN_UNION else frozenset()
    code = str(metadata.country_code)
    toll_free = _pattern(metadata, "toll_free")
    prefixes = DigitPattern(toll_free).prefixes(_FREE_DEPTH) if toll_free else ()
    return PlanFacts(
        emergency=emergency,
        free=tuple(sorted(code + prefix for prefix in prefixes)),
        free_short=free_short - emergency,
        international_prefixes=_international_prefixes(metadata),
    )


def _short_numbers(country: str, kind: str) -> frozenset[str]:
    pattern = _pattern(PhoneMetadata.short_metadata_for_region(country), kind)
    return frozenset(DigitPattern(pattern).numbers()) if pattern else frozenset()


def _pattern(metadata: PhoneMetadata | None, kind: str) -> str:
    """Return the pattern of one kind of number, "" where the plan has none."""
    described = getattr(metadata, kind, None)
    return (described.national_number_pattern or "") if described is not None else ""


def _international_prefixes(metadata: PhoneMetadata) -> tuple[str, ...]:
    """Return the plan's prefixes, shortest first; of hundreds of carriers' codes the plain one."""
    found = sorted(DigitPattern(metadata.international_prefix or "00").numbers(), key=len)
    if len(found) > _CARRIER_CODES_MAX:
        found = [prefix for prefix in found if len(prefix) == len(found[0])]
    return tuple(sorted(found, key=lambda prefix: (len(prefix), prefix)))
