"""Settings of one AMI link: where the exchange is, who we are, which phones are booths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.pbx.ami_calls import TECHNOLOGIES


@dataclass(frozen=True, slots=True)
class AmiTimes:
    """Deadlines and pauses of the link, in seconds; tests shorten them."""

    connect_s: float = 5.0
    login_s: float = 10.0
    answer_s: float = 10.0  # an action without an answer for so long ends the line
    ping_every_s: float = 15.0
    first_retry_s: float = 1.0
    longest_retry_s: float = 60.0
    doubt_s: float = 2.0  # how long a call may outlive its record before we look
    stored_retries_s: tuple[float, ...] = (0.05, 0.3, 1.0, 3.0)


@dataclass(frozen=True, slots=True)
class AmiSettings:
    """One exchange. `endpoints` maps the name of a phone in channel names to its extension."""

    name: str
    host: str
    port: int
    username: str
    secret: str = field(repr=False)
    endpoints: Mapping[str, str]
    technologies: tuple[str, ...] = TECHNOLOGIES
    times: AmiTimes = field(default_factory=AmiTimes)
