"""What people dial, in several countries, behind several exchanges."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import numbering
from app.domain.phone import (
    MASK,
    Number,
    NumberKind,
    NumberPlan,
    begun,
    grouped,
    international,
    masked,
    normalise,
    plan_for,
)

FRANCE = plan_for("FR")
BEHIND_0 = plan_for("FR", access_digits="0")
BEHIND_9 = plan_for("FR", access_digits="9")
ITALY = plan_for("IT")
AMERICA = plan_for("US")
RUSSIA = plan_for("RU")

INTERNATIONAL = NumberKind.INTERNATIONAL


@pytest.mark.parametrize(
    ("dialled", "plan", "digits", "country"),
    [
        ("00221775121234", FRANCE, "221775121234", "SN"),
        ("+221 77 512 12 34", FRANCE, "221775121234", "SN"),
        ("+33 (0)6 12 34 56 78", FRANCE, "33612345678", "FR"),
        ("0033612345678#", FRANCE, "33612345678", "FR"),
        ("06 12.34-56/78", FRANCE, "33612345678", "FR"),
        ("0142270001", FRANCE, "33142270001", "FR"),
        ("221775121234", FRANCE, "221775121234", "SN"),
        ("00442079460001", FRANCE, "442079460001", "GB"),
        ("00390612345678", FRANCE, "390612345678", "IT"),
        ("0612345678", ITALY, "390612345678", "IT"),
        ("2125551234", AMERICA, "12125551234", "US"),
        ("12125551234", AMERICA, "12125551234", "US"),
        ("18765230123", AMERICA, "18765230123", "JM"),
        ("011221775121234", AMERICA, "221775121234", "SN"),
        ("89161234567", RUSSIA, "79161234567", "RU"),
        ("810221775121234", RUSSIA, "221775121234", "SN"),
        ("0077012345678", FRANCE, "77012345678", "KZ"),
        ("00881612345678", FRANCE, "881612345678", ""),
        # the exchange took the outside line's digit off, or left it there
        ("0033142270001", BEHIND_0, "33142270001", "FR"),
        ("000221775121234", BEHIND_0, "221775121234", "SN"),
        ("00612345678", BEHIND_0, "33612345678", "FR"),
        ("900221775121234", BEHIND_9, "221775121234", "SN"),
        ("00221775121234", BEHIND_9, "221775121234", "SN"),
        # the library knows neither, the exchange may: the tariff decides
        ("00999123456", FRANCE, "999123456", ""),
        ("0022112345", FRANCE, "22112345", "SN"),
    ],
)
def test_numbers_of_the_world(dialled: str, plan: NumberPlan, digits: str, country: str) -> None:
    assert normalise(dialled, plan) == Number(dialled, INTERNATIONAL, digits, country)


@pytest.mark.parametrize(
    "dialled", ["15", "17", "18", "112", "114", "115", "119", "191", "196", "197", "116000"]
)
@pytest.mark.parametrize("plan", [FRANCE, BEHIND_0, BEHIND_9])
def test_emergency_numbers_with_and_without_the_outside_line(
    dialled: str, plan: NumberPlan
) -> None:
    for text in (dialled, plan.access_digits + dialled):
        assert normalise(text, plan) == Number(text, NumberKind.EMERGENCY, "", "FR")


@pytest.mark.parametrize(
    ("country", "numbers"),
    [
        ("GB", {"999", "112"}),
        ("US", {"911", "112"}),
        ("AU", {"000", "112"}),
        ("SN", {"17", "18"}),
        ("RE", {"15", "17", "18", "112", "115"}),
        ("MA", {"15", "19"}),
    ],
)
def test_emergency_numbers_of_other_countries(country: str, numbers: set[str]) -> None:
    plan = plan_for(country)
    assert numbers <= plan.emergency
    assert all(number.isdigit() for number in plan.emergency)


def test_a_shop_may_add_emergency_numbers_but_not_lose_any() -> None:
    plan = plan_for("FR", extra_emergency=["911"])
    assert plan.emergency == FRANCE.emergency | {"911"}
    assert normalise("911", plan).kind is NumberKind.EMERGENCY
    assert normalise("911", FRANCE).kind is not NumberKind.EMERGENCY


@pytest.mark.parametrize(
    ("dialled", "plan", "digits"),
    [
        ("0800123456", FRANCE, "33800123456"),
        ("0033805123456", FRANCE, "33805123456"),
        ("00800123456", BEHIND_0, "33800123456"),
        ("18005551234", AMERICA, "18005551234"),
        ("3114", FRANCE, ""),
        ("116111", FRANCE, ""),
        ("03117", BEHIND_0, ""),
    ],
)
def test_free_numbers(dialled: str, plan: NumberPlan, digits: str) -> None:
    assert normalise(dialled, plan) == Number(dialled, NumberKind.FREE, digits, plan.country)


@pytest.mark.parametrize("dialled", ["0810123456", "0899123456", "00448001111111", "0018005551234"])
def test_shared_cost_premium_and_other_countries_free_numbers_are_not_free(dialled: str) -> None:
    assert normalise(dialled, FRANCE).kind is INTERNATIONAL


def test_free_prefixes_hold_only_what_the_plan_calls_free() -> None:
    assert FRANCE.free == ("33800", "33801", "33802", "33803", "33804", "33805")
    bare = replace(FRANCE, free=())
    assert normalise("0800123456", bare).kind is NumberKind.FREE


@pytest.mark.parametrize(
    ("dialled", "plan", "kind"),
    [
        ("3900", FRANCE, NumberKind.SHORT),
        ("118218", FRANCE, NumberKind.SHORT),
        ("03900", BEHIND_0, NumberKind.SHORT),
        ("101", FRANCE, NumberKind.INTERNAL),
        ("3900", BEHIND_0, NumberKind.INTERNAL),
        ("101", BEHIND_9, NumberKind.INTERNAL),
        ("3900", plan_for("FR", extensions=["3900"]), NumberKind.INTERNAL),
        ("20001", plan_for("FR", internal_max=5), NumberKind.INTERNAL),
    ],
)
def test_short_numbers_and_extensions(dialled: str, plan: NumberPlan, kind: NumberKind) -> None:
    number = normalise(dialled, plan)
    assert (number.kind, number.digits) == (kind, "")


@pytest.mark.parametrize(
    "dialled",
    [
        "",
        "+",
        "#",
        "**21*33#",
        "*43",
        "s",
        "<unknown>",
        "booth 1",
        "٠١٢٣٤٥٦٧",
        "0007000000000",
        "900442079460001",
        "700442079460001",
        "5551234",
        "+112",
        "001234",
        "00" + "2" * 16,
        "1" * 1000,
        "\x00\ud800",
    ],
)
def test_what_cannot_be_understood_is_unknown(dialled: str) -> None:
    assert normalise(dialled, FRANCE) == Number(dialled, NumberKind.UNKNOWN)


PLANS = [FRANCE, BEHIND_0, BEHIND_9, ITALY, AMERICA, RUSSIA, plan_for("BR"), plan_for("CN")]


@given(st.text() | st.text("0123456789+*# ()", max_size=24), st.sampled_from(PLANS))
def test_any_text_is_a_number_of_some_kind(text: str, plan: NumberPlan) -> None:
    number = normalise(text, plan)
    assert number.dialled == text
    assert number.digits == "" or (number.digits.isdecimal() and number.digits[0] != "0")
    assert bool(number.digits) or number.kind is not INTERNATIONAL
    shown = masked(international(number))
    assert shown.count(MASK) in {0, 4} or MASK in text
    # Nothing is begun by a text without digits, nor by an international prefix alone.
    digits = "".join(c for c in text if c in "0123456789")
    is_begun = bool(digits) and digits not in plan.international_prefixes
    assert begun(text, plan).isdecimal() or not is_begun


@pytest.mark.parametrize("country", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_every_country_has_a_plan_that_understands_its_own_numbers(country: str) -> None:
    plan = plan_for(country)
    assert all(prefix.isdigit() for prefix in plan.international_prefixes)
    assert plan.international_prefixes
    example = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    if example is None:
        return
    e164 = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    for dialled in (e164, plan.international_prefixes[0] + e164[1:]):
        assert normalise(dialled, plan).digits == e164[1:]


@pytest.mark.parametrize("country", ["", "XX", "fr", "001"])
def test_a_country_without_a_plan_is_refused(country: str) -> None:
    assert not numbering.is_country(country)
    with pytest.raises(ValueError, match="unknown country"):
        plan_for(country)


def test_access_digits_are_digits() -> None:
    with pytest.raises(ValueError, match="access digits"):
        plan_for("FR", access_digits="*9")


@pytest.mark.parametrize(
    ("digits", "text"),
    [
        ("221775121234", "+221 77 512 12 34"),
        ("33142270001", "+33 1 42 27 00 01"),
        ("390612345678", "+39 06 1234 5678"),
        ("12125551234", "+1 212-555-1234"),
        ("999123456", "+999123456"),
        ("22", "+22"),
        ("330612345678", "+330612345678"),
        ("525512345678", "+52 55 1234 5678"),
    ],
)
def test_numbers_are_grouped_as_their_country_does(digits: str, text: str) -> None:
    assert grouped(digits) == text


@given(st.text("0123456789", min_size=1, max_size=15))
def test_grouping_never_changes_the_digits(digits: str) -> None:
    assert "".join(filter(str.isdigit, grouped(digits))) == digits


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("+221 77 512 12 34", "+221 77 512 •• ••"),
        ("+221775121234", "+221 77 512 •• ••"),
        ("+213 661 20 12 34", "+213 661 20 •• ••"),
        ("0612345678", "061234••••"),
        ("12345", "1••••"),
        ("3900", "3900"),
        ("101", "101"),
        ("", ""),
        ("<unknown>", "<unknown>"),
    ],
)
def test_the_last_four_digits_are_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_numbers_without_an_international_form_are_shown_as_dialled() -> None:
    assert international(normalise("3900", FRANCE)) == "3900"
    assert international(normalise("00221775121234", FRANCE)) == "+221 77 512 12 34"


@pytest.mark.parametrize(
    ("typed", "plan", "digits"),
    [
        ("+22", FRANCE, "22"),
        ("0022", FRANCE, "22"),
        ("00223", FRANCE, "223"),
        ("06", FRANCE, "336"),
        ("06", ITALY, "3906"),
        ("8", RUSSIA, "8"),
        ("0112", AMERICA, "2"),
        ("223", FRANCE, "223"),
        ("0612345678", FRANCE, "33612345678"),
        ("06", replace(FRANCE, country="XX"), "06"),
    ],
)
def test_a_number_still_being_typed(typed: str, plan: NumberPlan, digits: str) -> None:
    assert begun(typed, plan) == digits


@pytest.mark.parametrize(
    ("digits", "country"),
    [("22112345", "SN"), ("12", ""), ("1876523", "JM"), ("88161", ""), ("999", ""), ("", "")],
)
def test_the_country_of_begun_digits(digits: str, country: str) -> None:
    assert numbering.country_of(digits) == country


def test_the_numbering_plans_are_not_part_of_the_programs_start() -> None:
    code = "import sys, app.domain.phone; print('phonenumbers' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
