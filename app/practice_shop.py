"""The practice shop of `callshop demo`: eight booths in Belleville, no real money, no real line."""

from __future__ import annotations

import socket

from app.config import BoothConfig, Config, ExchangeConfig, PrinterConfig

BOOTHS = 8
USERNAME = "callshop"
PASSWORD = "practice"  # noqa: S105 - of an exchange that lives in this process on loopback


FAREWELL = {"fr": "Merci et à bientôt", "en": "Thank you and goodbye"}


def practice_config(port: int, printer_port: int | None = None, *, language: str = "fr") -> Config:
    """Return the settings; practice exchange and printer listen on these ports of loopback.

    `language` is that of window and receipts.
    """
    return Config(
        shop_id="practice",
        name="Téléboutique Belleville",
        address=("12 rue de Belleville, Paris",),
        footer=(FAREWELL[language],),
        language=language,
        receipt_language=language,
        booths=tuple(BoothConfig(number, str(100 + number)) for number in range(1, BOOTHS + 1)),
        exchanges=(ExchangeConfig(port=port, username=USERNAME),),
        printer=PrinterConfig("127.0.0.1", printer_port) if printer_port else PrinterConfig(),
        operator_name="Awa",
        is_practice=True,
    )


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
