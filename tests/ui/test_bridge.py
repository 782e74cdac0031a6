"""Views from another thread: none lost that matters, tiles merged, answers once."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from app.messages.commands import Command, UnlockBooth
from app.messages.views import BoardUpdate, CommandDone, CommandFailed, StatusUpdate
from tests.ui.fake_desk import NOW, booth, status
from ui.bridge import Bridge

ARRIVES_MS = 5000


def refuse(_command: Command) -> bool:
    return False


def accept(_command: Command) -> bool:
    return True


def test_views_of_another_thread_arrive_in_the_gui_thread(qtbot: QtBot) -> None:
    bridge = Bridge(accept)
    seen: list[tuple[str, BoardUpdate]] = []
    bridge.board_changed.connect(
        lambda update: seen.append((threading.current_thread().name, update))
    )

    def work() -> None:
        for count in range(500):
            tiles = tuple(booth(number, since=count) for number in (1, 2))
            bridge.publish(BoardUpdate(tiles, NOW + count))

    worker = threading.Thread(target=work, name="desk-test")
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(seen) and seen[-1][1].at == NOW + 499, timeout=ARRIVES_MS)
    assert {name for name, _update in seen} == {threading.current_thread().name}
    newest = {tile.booth: tile.since for _name, update in seen for tile in update.booths}
    assert newest == {1: 499, 2: 499}
    assert len(seen) < 500
    bridge.close()


def test_answers_are_never_merged(qtbot: QtBot) -> None:
    bridge = Bridge(accept)
    heard: list[object] = []
    for number in range(50):
        command = UnlockBooth(**bridge.stamp(), booth=number)
        bridge.ask(command, heard.append)
        bridge.publish(CommandDone(command.command_id, number))
    qtbot.waitUntil(lambda: heard == list(range(50)), timeout=ARRIVES_MS)
    bridge.close()


def test_a_second_answer_is_not_heard(qtbot: QtBot) -> None:
    bridge = Bridge(accept)
    heard: list[object] = []
    command = UnlockBooth(**bridge.stamp(), booth=1)
    bridge.ask(command, heard.append, heard.append)
    bridge.publish(CommandDone(command.command_id, "first"))
    bridge.publish(CommandFailed(command.command_id, "second"))
    marker = UnlockBooth(**bridge.stamp(), booth=2)
    bridge.ask(marker, heard.append)
    bridge.publish(CommandDone(marker.command_id, "marker"))
    qtbot.waitUntil(lambda: "marker" in heard, timeout=ARRIVES_MS)
    assert heard == ["first", "marker"]
    bridge.close()


def test_a_full_inbox_is_an_answer(qtbot: QtBot) -> None:
    bridge = Bridge(refuse)
    failures: list[CommandFailed] = []
    bridge.ask(UnlockBooth(**bridge.stamp(), booth=1), None, failures.append)
    assert [failure.code for failure in failures] == ["busy"]
    bridge.close()


def test_a_status_names_operator_and_till_of_the_next_commands(qtbot: QtBot) -> None:
    bridge = Bridge(accept)
    seen: list[StatusUpdate] = []
    bridge.status_changed.connect(seen.append)
    bridge.publish(status(operator="7", till="3"))
    qtbot.waitUntil(lambda: bool(seen), timeout=ARRIVES_MS)
    stamp = bridge.stamp()
    assert (stamp["operator"], stamp["till"]) == ("7", "3")
    assert stamp["command_id"] != bridge.stamp()["command_id"]
    bridge.close()


def test_a_closed_bridge_takes_no_more_views() -> None:
    bridge = Bridge(accept)
    bridge.close()
    bridge.publish(status())
    assert bridge._waiting == []
