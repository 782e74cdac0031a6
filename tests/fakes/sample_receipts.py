"""Receipts that the printing tests share: a plain one, and one that is hard to set."""

from __future__ import annotations

from dataclasses import replace

from app.domain.bands import TimeBand, parse_window
from app.domain.explain import CallFacts, explain
from app.domain.money import EUR, Currency, Money, Price
from app.domain.rating import Payer, rate_call
from app.domain.receipts import (
    Receipt,
    ReceiptCall,
    ReceiptExtra,
    ReceiptTax,
    ShopHeader,
    Tender,
)
from app.domain.tariff import BandPolicy, BandPrice, Entry, Rate, Tariff, TariffRules

ISSUED_AT = 1_795_354_680_000_000
"""2026-11-22 13:38:00 UTC, 14:38 in Paris."""

MINUTE = 60_000_000

PLAIN = Receipt(
    number="2026-004127",
    shop=ShopHeader(
        name="Téléboutique Belleville",
        lines=("12 rue de Belleville, Paris", "SIRET 000 000 000 00000"),
        footer=("Merci et à bientôt",),
    ),
    currency=EUR,
    issued_at=ISSUED_AT,
    booth=2,
    booth_name="",
    till="1",
    operator="Op2",
    session_id="s-1",
    calls=(
        ReceiptCall(
            ISSUED_AT - 25 * MINUTE,
            "+212 522 •• •• ••",
            "Maroc fixe",
            724,
            Price(130_000),
            Money(157),
        ),
        ReceiptCall(
            ISSUED_AT - 12 * MINUTE,
            "+212 661 •• •• ••",
            "Maroc mobile",
            511,
            Price(350_000),
            Money(298),
        ),
        ReceiptCall(
            ISSUED_AT - 3 * MINUTE,
            "+33 6 •• •• •• ••",
            "France mobile",
            30,
            Price(170_000),
            Money(17),
        ),
    ),
    extras=(ReceiptExtra("Photocopie", 7, Money(70)),),
    unanswered=0,
    bill_rounding=Money(0),
    total=Money(542),
    taxes=(ReceiptTax(2000, Money(452), Money(90)),),
    tender=Tender.CASH,
    received=Money(1000),
    change=Money(458),
)

HARD = replace(
    PLAIN,
    shop=replace(
        PLAIN.shop,
        name="Cœur d’Afrique – Taxiphone « Chez l’Oncle » Étoile",
        footer=("Gardez cette note : elle fait foi…", "Спасибо! Ευχαριστώ!"),
    ),
    booth=12,
    booth_name="Grande cabine du fond à gauche",
    calls=(
        ReceiptCall(
            ISSUED_AT - 90 * MINUTE,
            "+221 77 ••• •• ••",
            "Sénégal mobile (tous les réseaux, y compris l’ancien “Tigo”)",
            3 * 3600 + 62,
            Price(1_234_567),
            Money(22_350),
            is_estimated=True,
        ),
        ReceiptCall(ISSUED_AT - 80 * MINUTE, "15", "Urgences", 59, Price(0), Money(0)),
    ),
    extras=(
        ReceiptExtra("Anticonstitutionnellementinterminablemotsansespace", 1, Money(1_234_567)),
        ReceiptExtra("Lot de cartes", 3, Money(1000)),
        ReceiptExtra("Remise commerciale", 1, Money(-150)),
    ),
    unanswered=3,
    bill_rounding=Money(-3),
    total=Money(1_257_764),
    taxes=(
        ReceiptTax(2000, Money(1_048_137), Money(209_627)),
        ReceiptTax(550, Money(0), Money(0)),
    ),
    tender=Tender.CARD,
    received=Money(1_257_764),
    change=Money(0),
    is_practice=True,
)

ENGLISH = replace(
    PLAIN,
    shop=replace(PLAIN.shop, language="en", zone="Africa/Dakar"),
    currency=Currency("XOF", 0, "F CFA"),
    taxes=(),
    unanswered=1,
)


def explained_call() -> ReceiptCall:
    """A call with nearly every reason: fee, free seconds, two time bands, minimum, discount."""
    rate = Rate(
        "Sénégal mobile",
        Price(290_000),
        Price(50_000),
        60,
        30,
        "SN",
        free_seconds=10,
        surcharge=Price(20_000),
        minimum_charge=Price(2_000_000),
        bands=(BandPrice("soirée", Price(150_000), Price(50_000)),),
    )
    rules = TariffRules(
        zone="Europe/Paris",
        bands=(TimeBand("soirée", (parse_window("mon-sun 14:20-20:00"),)),),
        band_policy=BandPolicy.CUT,
    )
    tariff = Tariff("Hiver 2026", (Entry("22177", rate),), EUR, 12, rules)
    answered_at = ISSUED_AT - 20 * MINUTE
    charge = rate_call(tariff, "221775123456", answered_at, 407_400, payer=Payer(1000))
    assert charge is not None
    started_at = answered_at - 9_000_000
    ended_at = answered_at + 407_400_000
    facts = CallFacts(started_at, answered_at, ended_at, 407_400, tariff_name=tariff.name)
    return ReceiptCall(
        started_at,
        "+221 77 512 •• ••",
        charge.destination,
        charge.seconds,
        charge.price_per_minute,
        charge.total,
        reasons=explain(charge, facts),
    )


EXPLAINED = replace(
    PLAIN,
    calls=(explained_call(), PLAIN.calls[2]),
    total=Money(267),
    taxes=(ReceiptTax(2000, Money(222), Money(45)),),
    received=Money(300),
    change=Money(33),
)
