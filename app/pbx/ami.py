"""The link to an Asterisk over its manager interface (AMI): `PbxLink` for the desk."""

from __future__ import annotations

from collections.abc import Callable

from app.clock import Clock, SystemClock
from app.messages.pbx import Capabilities, LinkAction, LinkNews
from app.pbx.ami_calls import CallFollower
from app.pbx.ami_session import AmiSession
from app.pbx.ami_settings import AmiSettings, AmiTimes
from app.pbx.link import LinkThread, Peer

__all__ = ["AmiLink", "AmiSettings", "AmiTimes"]


class AmiLink:
    """Follows one Asterisk, locks its booths, cuts calls, fetches the calls it kept."""

    def __init__(self, settings: AmiSettings, clock: Clock | None = None) -> None:
        self._settings = settings
        self._clock = clock or SystemClock()
        self._follower = CallFollower(settings.endpoints, settings.technologies)
        times = settings.times
        peer = Peer(
            settings.name,
            settings.host,
            settings.port,
            times.connect_s,
            times.first_retry_s,
            times.longest_retry_s,
        )
        self._thread = LinkThread(peer, self._make_session, self._clock)

    @property
    def name(self) -> str:
        """Name of the link in the shop's settings."""
        return self._settings.name

    @property
    def capabilities(self) -> Capabilities:
        """What an Asterisk with our dialplan can do."""
        return Capabilities()

    def start(self, post: Callable[[LinkNews], bool]) -> None:
        """Begin connecting."""
        self._thread.start(post)

    def send(self, action: LinkAction) -> None:
        """Queue an action; the outcome comes as news."""
        self._thread.send(action)

    def stop(self, deadline_s: float) -> bool:
        """Close and join the thread; True when it ended in time."""
        return self._thread.stop(deadline_s)

    def _make_session(self) -> AmiSession:
        return AmiSession(self._settings, self._follower, self._clock)
