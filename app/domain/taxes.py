"""Standard rates of value-added tax by country, as the default of a new shop.

In basis points (hundredths of a per cent), as in force in November 2026 for telecommunication
services to consumers. A shop states its own rate where it differs (small businesses without
VAT, Canadian provinces, French overseas departments).
"""

from __future__ import annotations

STANDARD_RATES_BP = {
    "AR": 2100,
    "AT": 2000,
    "AU": 1000,
    "BE": 2100,
    "BF": 1800,
    "BG": 2000,
    "BJ": 1800,
    "CH": 810,
    "CI": 1800,
    "CL": 1900,
    "CM": 1925,
    "CO": 1900,
    "CY": 1900,
    "CZ": 2100,
    "DE": 1900,
    "DK": 2500,
    "DO": 1800,
    "DZ": 1900,
    "EC": 1500,
    "EE": 2400,
    "ES": 2100,
    "FI": 2550,
    "FR": 2000,
    "GA": 1800,
    "GB": 2000,
    "GR": 2400,
    "HR": 2500,
    "HU": 2700,
    "IE": 2300,
    "IT": 2200,
    "JP": 1000,
    "LT": 2100,
    "LU": 1700,
    "LV": 2100,
    "MA": 2000,
    "MG": 2000,
    "ML": 1800,
    "MT": 1800,
    "MX": 1600,
    "NE": 1900,
    "NL": 2100,
    "NO": 2500,
    "NZ": 1500,
    "PE": 1800,
    "PL": 2300,
    "PT": 2300,
    "RO": 2100,
    "SE": 2500,
    "SI": 2200,
    "SK": 2300,
    "SN": 1800,
    "TG": 1800,
    "TN": 1900,
    "TR": 2000,
    "UY": 2200,
    "ZA": 1500,
}


def standard_rate_bp(country: str) -> int | None:
    """Return the standard rate of a country (ISO 3166 alpha-2), None where it must be asked."""
    return STANDARD_RATES_BP.get(country)
