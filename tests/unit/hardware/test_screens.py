from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charset import to_cp858
from app.domain.money import EUR, Currency, Money, Price
from app.messages.devices import MeterPhase, MeterReading
from hardware.screens import screen_of

READING = MeterReading(
    booth=2,
    phase=MeterPhase.CLOSED,
    currency=EUR,
    now=1_795_354_680_000_000,
    zone="Europe/Paris",
    language="fr",
    destination="Maroc mobile",
    price_per_minute=Price(350_000),
    seconds=724,
    amount=Money(421),
    total=Money(542),
)
FREE = replace(READING, destination="", price_per_minute=None, amount=Money(0), total=Money(0))


def shown(reading: MeterReading) -> tuple[str, ...]:
    rows = screen_of(reading, columns=20, adapt=to_cp858)
    assert [len(row) for row in rows] == [20, 20]
    return tuple(row.replace("\u00a0", " ").rstrip() for row in rows)


@pytest.mark.parametrize(
    ("phase", "language", "rows"),
    [
        (MeterPhase.CLOSED, "fr", ("Cabine 2       14:38", "Voir à la caisse")),
        (MeterPhase.CLOSED, "en", ("Booth 2        14:38", "Ask at the counter")),
        (MeterPhase.READY, "fr", ("Prêt : composez", "Total         5,42 €")),
        (MeterPhase.READY, "en", ("Ready: please dial", "Total so far   €5.42")),
        (MeterPhase.DIALLING, "fr", ("Maroc mobile", "          0,35 €/min")),
        (MeterPhase.DIALLING, "en", ("Maroc mobile", "           €0.35/min")),
        (MeterPhase.TALKING, "fr", ("Maroc mobile", "12:04         4,21 €")),
        (MeterPhase.TALKING, "en", ("Maroc mobile", "12:04          €4.21")),
        (MeterPhase.DUE, "fr", ("Total à payer", "              5,42 €")),
        (MeterPhase.DUE, "en", ("Total to pay", "               €5.42")),
    ],
)
def test_what_the_customer_sees(phase: MeterPhase, language: str, rows: tuple[str, str]) -> None:
    assert shown(replace(READING, phase=phase, language=language)) == rows


@pytest.mark.parametrize(
    ("phase", "rows"),
    [
        (MeterPhase.READY, ("Cabine 2       14:38", "Prêt : composez")),
        (MeterPhase.DIALLING, ("Numérotation...", "")),
        (MeterPhase.TALKING, ("Numérotation...", "12:04         0,00 €")),
        (MeterPhase.DUE, ("Total à payer", "              0,00 €")),
    ],
)
def test_before_there_is_anything_to_tell(phase: MeterPhase, rows: tuple[str, str]) -> None:
    assert shown(replace(FREE, phase=phase)) == rows


def test_a_long_destination_shows_that_it_goes_on() -> None:
    reading = replace(
        READING, phase=MeterPhase.TALKING, destination="Sénégal mobile (tous les réseaux)"
    )
    assert shown(reading)[0] == "Sénégal mobile (tou."


@pytest.mark.parametrize(
    ("reading", "row"),
    [
        (
            replace(READING, phase=MeterPhase.TALKING, seconds=36_000, amount=Money(1_234_567_890)),
            "12 345 678,90 €".rjust(20),
        ),
        (
            replace(READING, phase=MeterPhase.DUE, total=Money(123_456_789_012_345)),
            "1 234 567 890 123,45",
        ),
        (replace(READING, phase=MeterPhase.DUE, total=Money(10**16)), "-" * 20),
        (
            replace(
                READING,
                phase=MeterPhase.DIALLING,
                currency=Currency("XOF", 0, "anciens francs CFA"),
                price_per_minute=Price(1_234_567_000),
            ),
            "-" * 20,
        ),
    ],
)
def test_an_amount_is_shown_whole_or_not_at_all(reading: MeterReading, row: str) -> None:
    assert shown(reading)[1] == row


@given(
    phase=st.sampled_from(MeterPhase),
    destination=st.text(max_size=60),
    seconds=st.integers(0, 10**7),
    minor=st.integers(-(10**13), 10**13),
    language=st.sampled_from(["fr", "en", "ar", "xx"]),
)
def test_every_reading_has_its_screen(
    phase: MeterPhase, destination: str, seconds: int, minor: int, language: str
) -> None:
    reading = replace(
        READING,
        phase=phase,
        destination=destination,
        seconds=seconds,
        amount=Money(minor),
        total=Money(minor),
        language=language,
    )
    shown(reading)
