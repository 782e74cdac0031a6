"""One example of every reason why a call costs what it costs."""

from __future__ import annotations

from app.domain.explain import Reason

ANSWERED_AT = 1_795_353_185_000_000
"""2026-11-22 13:13:05 UTC, 14:13:05 in Paris."""

_PIECE = (
    ("seconds", 600),
    ("billed", 660),
    ("price_micro", 290_000),
    ("amount_micro", 3_190_000),
    ("band", "evening"),
)

REASONS = (
    Reason("rang", (("seconds", 9),)),
    Reason("answered", (("answered_at", ANSWERED_AT),)),
    Reason("not_answered"),
    Reason("talked", (("talked_ms", 723_400),)),
    Reason("estimated"),
    Reason("unbilled"),
    Reason(
        "rate", (("prefix", "22177"), ("destination", "Senegal mobile"), ("price_micro", 290_000))
    ),
    Reason("tariff", (("version", 12), ("name", "Winter"))),
    Reason("too_short", (("seconds", 3),)),
    Reason("free", (("seconds", 20),)),
    Reason("fee", (("amount_micro", 50_000),)),
    Reason("first", (*_PIECE[:1], ("billed", 60), *_PIECE[2:], ("count", 1), ("increment", 60))),
    Reason("next", (*_PIECE, ("count", 11), ("increment", 60))),
    Reason("piece", _PIECE),
    Reason("surcharge", (("amount_micro", 100_000),)),
    Reason("minimum", (("amount_micro", 20_000),)),
    Reason("ceiling", (("amount_micro", -120_000),)),
    Reason("discount", (("discount_bp", 1000), ("amount_micro", -354_000))),
    Reason("tax", (("amount_micro", 637_200),)),
    Reason("manual", (*_PIECE[:4], ("band", ""))),
    Reason("rounding", (("amount_micro", 4_000),)),
    Reason("billed", (("seconds", 724), ("billed", 780))),
    Reason("total", (("total_minor", 319),)),
)
