"""Standard rates of tax: what a new shop starts with."""

from __future__ import annotations

import pytest

from app.domain.phone import plan_for
from app.domain.taxes import STANDARD_RATES_BP, standard_rate_bp


@pytest.mark.parametrize(
    ("country", "rate_bp"),
    [("FR", 2000), ("CH", 810), ("FI", 2550), ("EE", 2400), ("SN", 1800), ("GB", 2000)],
)
def test_the_standard_rate_of_a_country(country: str, rate_bp: int) -> None:
    assert standard_rate_bp(country) == rate_bp


@pytest.mark.parametrize("country", ["US", "CA", "XX", "", "fr"])
def test_a_country_without_one_must_be_asked(country: str) -> None:
    assert standard_rate_bp(country) is None


def test_every_country_is_one_and_every_rate_is_possible() -> None:
    for country, rate_bp in STANDARD_RATES_BP.items():
        assert plan_for(country).country == country
        assert 500 <= rate_bp <= 2700
        assert rate_bp % 5 == 0 or country == "CH"
    assert list(STANDARD_RATES_BP) == sorted(STANDARD_RATES_BP)
