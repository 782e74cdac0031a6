"""An exchange link for tests: `FakeLink` stands at the port, without a thread or a socket."""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.domain.calls import CallEvent, CallSeen, CallStored
from app.messages.pbx import (
    CallNews,
    Capabilities,
    DropStored,
    HangUp,
    HangUpFailed,
    LinkAction,
    LinkNews,
    LinkSnapshot,
    LinkState,
    LinkStateChanged,
    LockConfirmed,
    LockFailed,
    Resync,
    SetLock,
)


class FakeLink:
    """A `PbxLink` that keeps what it is asked and answers as told, in the caller's thread.

    `start` comes up at once unless `comes_up` is False: SYNCING, a snapshot of `live`, `stored`
    and `unlocked`, UP. Every `SetLock` is confirmed unless `fail_locks` holds a code or `hold()`
    was called. `actions` are all there were, `unlocked` what the exchange holds now, `hung_up`
    the calls that were cut, `stored` the kept calls that nobody dropped.
    """

    def __init__(
        self,
        name: str = "main",
        *,
        capabilities: Capabilities | None = None,
        comes_up: bool = True,
        now: Callable[[], int] = lambda: 1_795_374_950_000_000,
    ) -> None:
        self._name = name
        self._capabilities = capabilities or Capabilities()
        self.comes_up = comes_up
        self.now = now
        self.state = LinkState.DOWN
        self.actions: list[LinkAction] = []
        self.unlocked: dict[str, str] = {}
        self.live: list[CallSeen] = []
        self.stored: dict[str, CallStored] = {}
        self.hung_up: list[str] = []
        self.fail_locks = ""
        self.fail_hang_ups = ""
        self.refused_posts = 0
        self.stopped = False
        self._held: list[SetLock] | None = None
        self._post: Callable[[LinkNews], bool] | None = None
        self._lock = threading.RLock()

    @property
    def name(self) -> str:
        return self._name

    @property
    def capabilities(self) -> Capabilities:
        return self._capabilities

    def start(self, post: Callable[[LinkNews], bool]) -> None:
        self._post = post
        if self.comes_up:
            self.come_up()

    def send(self, action: LinkAction) -> None:
        with self._lock:
            self.actions.append(action)
            if self.stopped:
                return
            if isinstance(action, SetLock):
                self._set_lock(action)
            elif isinstance(action, HangUp):
                self._hang_up(action)
            elif isinstance(action, DropStored):
                for call_id in action.call_ids:
                    self.stored.pop(call_id, None)
            elif isinstance(action, Resync):
                if self.state is LinkState.UP:
                    self.come_up()
            elif self.comes_up and self.state is not LinkState.UP:  # Reconnect
                self.come_up()

    def stop(self, deadline_s: float) -> bool:
        self.stopped = True
        if self.state is not LinkState.DOWN:
            self.go(LinkState.DOWN, "stopped")
        self._post = None
        return True

    def post(self, news: LinkNews) -> bool:
        """Give the desk this news; counts it in `refused_posts` when the inbox is full."""
        if self._post is None:
            raise RuntimeError("the link was not started")
        taken = self._post(news)
        self.refused_posts += not taken
        return taken

    def tell(self, *events: CallEvent) -> None:
        """Post news of calls, in order; a stored call is also kept until it is dropped."""
        for event in events:
            if isinstance(event, CallStored):
                self.stored[event.call_id] = event
            self.post(CallNews(self._name, event))

    def go(self, state: LinkState, code: str = "") -> None:
        """Change the state of the line and say so."""
        self.state = state
        self.post(LinkStateChanged(self._name, state, code))

    def come_up(self) -> None:
        """Connect: read the whole picture, post it, and be up."""
        if self.state in {LinkState.DOWN, LinkState.REFUSED}:
            self.go(LinkState.CONNECTING)
        self.go(LinkState.SYNCING)
        unlocked = tuple(sorted(self.unlocked.items()))
        self.post(LinkSnapshot(self._name, tuple(self.live), tuple(self.stored.values()), unlocked))
        self.go(LinkState.UP)

    def go_down(self, code: str = "line_lost") -> None:
        """Lose the line."""
        self.go(LinkState.DOWN, code)

    def hold(self) -> None:
        """Answer no lock until `release`."""
        self._held = []

    def release(self) -> None:
        """Answer the locks that were held, in order, and go on answering at once."""
        held, self._held = self._held or [], None
        for action in held:
            self._set_lock(action)

    def _set_lock(self, action: SetLock) -> None:
        if self._held is not None:
            self._held.append(action)
            return
        code = self.fail_locks or ("" if self.state is LinkState.UP else "link_down")
        if code:
            self.post(LockFailed(self._name, action.extension, action.request_id, code))
            return
        if action.session_id is None:
            self.unlocked.pop(action.extension, None)
        else:
            self.unlocked[action.extension] = action.session_id
        self.post(
            LockConfirmed(
                self._name, action.extension, action.request_id, action.session_id, self.now()
            )
        )

    def _hang_up(self, action: HangUp) -> None:
        code = self.fail_hang_ups or ("" if self.state is LinkState.UP else "link_down")
        if code:
            self.post(HangUpFailed(self._name, action.call_id, code))
        else:
            self.hung_up.append(action.call_id)
