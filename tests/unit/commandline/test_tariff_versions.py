"""`callshop tariff import`, `diff`, `list`, `undo` and `export`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from app.decks.deck import Template
from app.decks.templates import save_template
from app.store.db import folder_lock
from tests.unit.commandline.conftest import Run

HEAD = "prefix,destination,price_per_minute\n"
FIRST = f"{HEAD}221,Senegal,0.29\n22177,Senegal mobile,0.35\n223,Mali,0.25\n33,France,0.05\n"
NEXT = f"{HEAD}221,Senegal,0.31\n22177,Senegal mobile,0.30\n224,Guinea,0.45\n33,France,0.05\n"
GENERIC = """\
prefix,destination,price_per_minute,connection_fee,first_increment,next_increment,\
free_seconds,minimum_charge,effective_from
221,Senegal,0.29,0.05,60,60,0,0.00,
22177,"Senegal, mobile",0.3525,0.00,30,6,5,0.10,2026-01-01
33,Côte d’Azur,0.05,0.00,1,1,0,0.00,
"""

File = Callable[..., str]
Dump = Callable[[], list[str]]


def prices(run: Run, tariff: str = "shop") -> dict[str, str]:
    said = run("tariff", "export", "--tariff", tariff)
    assert said.status == 0, said.err
    rows = [line.split(",") for line in said.lines[1:]]
    return {row[0]: row[2] for row in rows}


def test_a_first_file_is_in_force_at_once(run: Run, file: File) -> None:
    said = run("tariff", "import", file(FIRST))
    assert (said.status, said.err) == (0, "")
    assert said.lines[0].startswith("4 new, 0 dropped")
    assert said.lines[-1] == "4 prefixes in force"
    assert prices(run) == {"221": "0.29", "22177": "0.35", "223": "0.25", "33": "0.05"}


def test_the_sample_is_a_tariff(run: Run) -> None:
    said = run("tariff", "import", "--sample")
    assert said.status == 0
    assert said.lines[-1] == "2319 prefixes in force"


@pytest.mark.parametrize("command", [["import", "--dry-run"], ["diff"], ["check"]])
def test_a_look_writes_nothing(
    command: list[str], run: Run, file: File, shop: Path, dump: Dump
) -> None:
    said = run("tariff", *command, file(FIRST))
    assert said.status == 0
    assert not (shop / "shop.sqlite3").exists()
    run("tariff", "import", file(FIRST))
    before = dump()
    run("tariff", *command, *(["--full"] if command != ["check"] else []), file(NEXT, "next.csv"))
    assert dump() == before


def test_a_dry_run_names_every_row(run: Run, file: File) -> None:
    run("tariff", "import", file(FIRST))
    said = run("tariff", "import", "--dry-run", "--full", file(NEXT, "next.csv"))
    assert said.lines == [
        "> 221  Senegal  0.29 → 0.31  (+6.9 %)",
        "< 22177  Senegal mobile  0.35 → 0.30  (-14.3 %)",
        "+ 224  Guinea  - → 0.45",
        "- 223  Mali  0.25 → -",
        "1 new, 1 dropped, 1 dearer, 1 cheaper, 0 on other terms, 1 unchanged, 0 refused",
    ]


TERMS = """\
prefix,destination,price_per_minute,connection_fee,first_increment,next_increment,access,\
discontinued,effective_from
221,Senegal,0.29,0.05,1,1,open,,
223,Mali,0.25,0.00,60,60,open,,
33,France,0.05,0.00,1,1,open,,
"""
OTHER_TERMS = """\
prefix,destination,price_per_minute,connection_fee,first_increment,next_increment,access,\
discontinued,effective_from
221,Senegal fixed,0.29,0.00,60,60,key,,
223,Mali,0.30,0.00,60,60,open,2099-01-01,
33,France,0.06,0.00,1,1,open,,2098-01-01
"""


def test_a_dry_run_says_old_and_new_terms(run: Run, file: File) -> None:
    assert run("tariff", "import", file(TERMS)).status == 0
    words = ("tariff", "import", "--full", "--dry-run", file(OTHER_TERMS, "other.csv"))
    lines = run(*words).lines
    assert lines[0].startswith("~ 221  Senegal fixed  0.29 → 0.29  increments 1/1 → 60/60, ")
    for change in (
        "fee 0.05 → 0.00",
        "access open → with the manager’s key",
        "called Senegal → Senegal fixed",
    ):
        assert change in lines[0]
    assert lines[1].endswith("(+20.0 %)  until - → 2099-01-01 00:00")
    assert lines[2].endswith("(+20.0 %)  from 2098-01-01 00:00")
    rows = run(*words, "--json").body["rows"]
    assert rows[0]["changes"] == {
        "destination": {"old": "Senegal", "new": "Senegal fixed"},
        "connection_fee": {"old": "0.05", "new": "0.00"},
        "first_increment": {"old": 1, "new": 60},
        "next_increment": {"old": 1, "new": 60},
        "access": {"old": "open", "new": "key"},
    }
    end = rows[1]["changes"]["ends_at"]
    assert end["old"] is None
    assert end["new"].startswith("2099-01-01T00:00")
    assert rows[2]["starts_at"].startswith("2098-01-01T00:00")


def test_a_dry_run_says_old_and_new_bands_and_later_prices(
    run: Run, file: File, shop: Path
) -> None:
    with (shop / "shop.toml").open("a", encoding="utf-8") as settings:
        settings.write('[[tariff.bands]]\nname = "night"\nwindows = ["mon-sun 20:00-07:00"]\n')
    head = (
        "prefix,destination,price_per_minute,price_per_minute@night,connection_fee@night,"
        "step_1_after,step_1_price\n"
    )
    run("tariff", "import", file(f"{head}221,Senegal,0.29,0.20,0.05,,\n"))
    path = file(f"{head}221,Senegal,0.29,0.10,0.05,60,0.25\n", "other.csv")
    words = ("tariff", "import", "--full", "--dry-run", path)
    line = run(*words).lines[0]
    assert "later prices - → after 60 s 0.25" in line
    assert "time bands night 0.20 (fee 0.05) → night 0.10 (fee 0.05)" in line
    changes = run(*words, "--json").body["rows"][0]["changes"]
    assert changes["bands"]["new"][0]["price_per_minute"] == "0.10"
    assert changes["steps"]["old"] == []


@pytest.mark.parametrize("access", ["forbidden", "key"])
def test_longer_prefixes_that_stay_open_are_counted(access: str, run: Run, file: File) -> None:
    run("tariff", "import", file(f"{FIRST}22178,Senegal other,0.36\n2218,Senegal VoIP,0.1\n"))
    path = file(
        f"prefix,destination,price_per_minute,access\n221,Senegal,0.29,{access}\n"
        f"22178,Senegal other,0.36,{access}\n33,France,0.05,{access}\n"
    )
    words = ("tariff", "import", "--changes", "--dry-run", path)
    lines = run(*words).lines
    assert "2 longer prefixes stay open" in lines[0]
    assert not any("stay" in line for line in lines[1:])
    rows = run(*words, "--json").body["rows"]
    assert [row["longer_prefixes_open"] for row in rows] == [2, 0, 0]


def test_full_or_changes_must_be_told(run: Run, file: File, dump: Dump) -> None:
    run("tariff", "import", file(FIRST))
    before = dump()
    said = run("tariff", "import", file(NEXT, "next.csv"))
    assert said.status == 1
    assert "--full" in said.err
    assert "--changes" in said.err
    assert dump() == before
    with pytest.raises(SystemExit):
        run("tariff", "import", file(NEXT, "next.csv"), "--full", "--changes")


def test_changes_leave_the_rest_and_a_full_deck_drops_it(run: Run, file: File) -> None:
    run("tariff", "import", file(FIRST))
    assert run("tariff", "import", "--changes", file(NEXT, "next.csv")).status == 0
    assert prices(run) == {
        "221": "0.31", "22177": "0.30", "224": "0.45", "33": "0.05", "223": "0.25",
    }  # fmt: skip
    assert run("tariff", "import", "--full", file(NEXT, "next.csv")).status == 0
    assert "223" not in prices(run)


def test_a_later_date_is_kept_and_the_past_refused(run: Run, file: File, dump: Dump) -> None:
    run("tariff", "import", file(FIRST))
    before = dump()
    for past in ("2020-01-01", "2026-01-01T08:00+01:00"):
        said = run("tariff", "import", "--full", "--from", past, file(NEXT, "next.csv"))
        assert (said.status, said.err) == (1, "A tariff cannot start in the past.\n")
    assert run("tariff", "import", "--full", "--from", "soon", file(NEXT)).status == 1
    assert dump() == before
    said = run("tariff", "import", "--full", "--from", "2099-07-01", file(NEXT, "next.csv"))
    assert said.lines[-1] == "4 prefixes in force from 2099-07-01 00:00"
    assert prices(run)["221"] == "0.29"
    rows = run("tariff", "list", "--json").body
    assert (rows[0]["starts_at"], rows[0]["in_force"]) == ("2099-07-01T00:00+02:00", False)
    said = run("tariff", "import", "--changes", file(f"{HEAD}223,Mali,0.26\n", "mali.csv"))
    assert "From 2099-07-01 00:00 next.csv (version 2) will hold" in said.err


def test_one_prefix_is_counted_as_one(run: Run, file: File, is_french: bool) -> None:
    said = run("tariff", "import", file(f"{HEAD}221,Senegal,0.29\n"))
    assert said.lines[-1] == ("1 préfixe en vigueur" if is_french else "1 prefix in force")


def test_bad_rows_stop_an_import_unless_they_are_to_be_left_out(
    run: Run, file: File, dump: Dump
) -> None:
    path = file(f"{HEAD}221,Senegal,0.29\n222,,0.1\n22x,Mali,0.1\n221,Senegal,0.30\n")
    said = run("tariff", "import", path)
    assert said.status == 1
    assert "deck.csv, line 3: destination: the destination is missing ()" in said.err
    assert "deck.csv, line 4: prefix: " in said.err
    assert "(221), see line 2" in said.err
    assert said.err.splitlines()[-1] == "3 bad rows; nothing was imported (see --skip-bad)."
    assert dump() == []
    assert run("tariff", "import", "--dry-run", path).status == 1
    assert run("tariff", "import", "--skip-bad", path).status == 0
    assert prices(run) == {"221": "0.29"}


def test_what_is_left_out_is_named(run: Run, file: File) -> None:
    path = file(
        "prefix,destination,price_per_minute,colour\n221,Senegal,0.29,red\n221,Senegal,0.29,red\n"
    )
    for command in ("check", "import"):
        said = run("tariff", command, path)
        assert said.status == 0
        assert "unknown column, left out: colour" in said.err
        assert "line 3: said before, left out" in said.err


def test_absurd_rows_are_shown_and_wait_for_a_person(run: Run, file: File, dump: Dump) -> None:
    run("tariff", "import", file(FIRST))
    before = dump()
    path = file(f"{HEAD}221,Senegal,29\n223,Mali,0.26\n", "wrong.csv")
    said = run("tariff", "import", "--changes", path)
    assert said.status == 1
    assert "> 221  Senegal  0.29 → 29.00" in said.err
    assert "223" not in said.err
    assert "1 doubtful row; nothing was imported" in said.err
    assert dump() == before
    assert run("tariff", "import", "--changes", "--skip-bad", path).status == 0
    assert (prices(run)["221"], prices(run)["223"]) == ("0.29", "0.26")
    assert run("tariff", "import", "--changes", "--accept-doubtful", path).status == 0
    assert prices(run)["221"] == "29.00"


def test_an_absurd_price_of_a_new_prefix_is_compared_with_its_destination(
    run: Run, file: File
) -> None:
    run("tariff", "import", file(FIRST))
    path = file(f"{HEAD}2217,Senegal,35\n223,Mali,26\n", "new.csv")
    lines = run("tariff", "import", "--changes", "--dry-run", path).lines
    assert lines[0].startswith("+ 2217")
    assert "far from the other prices of this destination" in lines[0]
    assert "the price before" not in lines[0]
    assert "a hundred times the price before" in lines[1]


@pytest.fixture
def with_costs(run: Run, file: File) -> None:
    run("tariff", "import", file(FIRST))
    costs = f"{HEAD}221,Senegal,0.20\n22177,Senegal mobile,0.25\n223,Mali,0.10\n33,France,0.01\n"
    assert run("tariff", "import", "--cost", "--tariff", "acme", file(costs, "acme.csv")).err == ""


def test_a_loss_is_shown_and_must_be_accepted(
    run: Run, file: File, dump: Dump, with_costs: None
) -> None:
    before = dump()
    path = file(f"{HEAD}221,Senegal,0.21\n223,Mali,0.20\n", "cheap.csv")
    said = run("tariff", "import", "--changes", path)
    assert said.status == 1
    assert "< 221  Senegal  0.29 → 0.21" in said.err
    assert "proposed 0.24" in said.err
    assert "223" not in said.err
    assert "1 prefix would be sold below cost" in said.err
    assert dump() == before
    assert run("tariff", "import", "--changes", "--accept-losses", path).status == 0


def test_a_loss_by_dropping_a_dear_prefix_is_seen_too(
    run: Run, file: File, with_costs: None
) -> None:
    path = file(f"{HEAD}221,Senegal,0.29\n223,Mali,0.25\n33,France,0.05\n", "short.csv")
    said = run("tariff", "import", "--full", path)
    assert said.status == 1
    assert "- 22177  Senegal mobile  0.35 → -  [below cost]" in said.err
    assert "1 prefix would be sold below cost" in said.err


@pytest.fixture
def with_losses(run: Run, file: File, with_costs: None) -> None:
    path = file(f"{HEAD}22177,Senegal mobile,0.41\n221,Senegal,0.40\n", "dear.csv")
    assert run("tariff", "import", "--cost", "--changes", "--tariff", "acme", path).status == 0


LOST = "22177  Senegal mobile  price 0.35 (net 0.291666), cost 0.41: below cost (-40.6 %)"


def test_a_whole_tariff_with_losses_that_stay_must_be_accepted(
    run: Run, file: File, dump: Dump, with_losses: None
) -> None:
    before = dump()
    path = file(FIRST.replace("Mali,0.25", "Mali,0.26"), "same.csv")
    said = run("tariff", "import", "--full", path)
    assert said.status == 1
    assert LOST in said.err
    assert "221  Senegal  price 0.29" in said.err
    assert "2 prefixes would be sold below cost (0 by this file, 2 already)" in said.err
    assert dump() == before
    assert run("tariff", "import", "--full", "--accept-losses", path).status == 0


def test_losses_that_stay_are_said_of_changes_but_not_refused(
    run: Run, file: File, with_losses: None
) -> None:
    path = file(f"{HEAD}223,Mali,0.26\n", "changes.csv")
    dry = run("tariff", "import", "--changes", "--dry-run", path)
    assert LOST in dry.out
    assert "2 below cost already" in dry.out
    body = run("tariff", "import", "--changes", "--dry-run", "--json", path).body
    assert body["losses"] == {"changed": 0, "already": 2}
    assert {row["prefix"] for row in body["lost_already"]} == {"221", "22177"}
    said = run("tariff", "import", "--changes", path)
    assert said.status == 0
    assert LOST in said.err
    assert "2 prefixes are sold below cost already; this file does not change them." in said.err
    assert prices(run)["223"] == "0.26"


def test_losses_of_both_kinds_are_counted_apart(run: Run, file: File, with_losses: None) -> None:
    said = run("tariff", "import", "--changes", file(f"{HEAD}221,Senegal,0.28\n", "221.csv"))
    assert said.status == 1
    assert "< 221  Senegal  0.29 → 0.28" in said.err
    assert LOST in said.err
    assert "2 prefixes would be sold below cost (1 by this file, 1 already)" in said.err


def test_a_dearer_carrier_is_taken_and_what_it_costs_is_said(
    run: Run, file: File, with_costs: None
) -> None:
    path = file(f"{HEAD}221,Senegal,0.28\n", "dear.csv")
    said = run("tariff", "import", "--cost", "--changes", "--tariff", "acme", path)
    assert said.status == 0
    assert "> 221  Senegal  0.20 → 0.28" in said.err
    assert "below cost" in said.err
    assert run("tariff", "check").status == 1


def test_a_carriers_deck_never_becomes_what_is_sold(
    run: Run, file: File, dump: Dump, with_costs: None
) -> None:
    before = dump()
    said = run("tariff", "import", "--cost", "--full", file(NEXT, "next.csv"))
    assert "is of the other kind" in said.err
    said = run("tariff", "import", "--full", "--tariff", "acme", file(NEXT, "next.csv"))
    assert "is of the other kind" in said.err
    assert dump() == before


def test_not_even_the_first_deck(run: Run, file: File, dump: Dump) -> None:
    said = run("tariff", "import", "--cost", file(NEXT, "next.csv"))
    assert (said.status, dump()) == (1, [])


@pytest.mark.parametrize("name", ["", " x", "x" * 41, "a\nb"])
def test_a_tariff_has_a_name(name: str, run: Run, file: File, dump: Dump) -> None:
    said = run("tariff", "import", "--tariff", name, file(FIRST))
    assert (said.status, said.err) == (1, "The name of a tariff is 1 to 40 signs.\n")
    assert dump() == []


def test_a_file_in_another_currency_needs_a_rate(run: Run, file: File, dump: Dump) -> None:
    path = file("prefix,destination,price_per_minute,currency\n221,Senegal,0.30,USD\n")
    said = run("tariff", "import", path)
    assert "The file is in USD, the shop in EUR" in said.err
    assert dump() == []
    assert run("tariff", "import", "--exchange-rate", "0", path).status == 1
    assert run("tariff", "import", "--exchange-rate", "0.9", path).status == 0
    assert prices(run) == {"221": "0.27"}


def test_a_template_says_how_to_read(run: Run, file: File, shop: Path) -> None:
    path = file("221;1.300;Senegal\n223;1.250;Mali\n")
    columns = (("prefix", 0), ("price_per_minute", 1), ("destination", 2))
    save_template(shop, Template("acme", columns, ";", has_header=False, decimal="."))
    assert run("tariff", "import", path).status == 1
    assert run("tariff", "import", "--template", "none", path).status == 1
    assert run("tariff", "import", "--template", "acme", path).status == 0
    assert run("tariff", "export").out == (
        "prefix,price_per_minute,destination\n221,1.30,Senegal\n223,1.25,Mali\n"
    )


def test_json_says_what_was_done(run: Run, file: File) -> None:
    run("tariff", "import", file(FIRST))
    for words, version in ((["--dry-run"], None), ([], 2)):
        body = run("tariff", "import", "--json", "--full", *words, file(NEXT, "next.csv")).body
        assert (body["file"], body["tariff"], body["kind"], body["mode"]) == (
            "next.csv", "shop", "sell", "full",
        )  # fmt: skip
        assert body["version"] == version
        assert body["counts"] == {
            "new": 1, "dropped": 1, "dearer": 1, "cheaper": 1, "changed": 0, "same": 1,
        }  # fmt: skip
        assert body["layout"]["delimiter"] == ","
        rows = {row["prefixes"][0]: row for row in body["rows"]}
        assert rows["221"]["old_price"] == "0.29"
        assert rows["221"]["new_price"] == "0.31"
        assert rows["221"]["difference_permille"] == 69
        assert rows["224"]["country"] == "GN"
        assert rows["223"]["change"] == "dropped"


def test_two_files_are_compared_without_a_shop(
    tmp_path: Path, run: Run, file: File, dump: Dump
) -> None:
    (tmp_path / "shop.toml").unlink()
    said = run("tariff", "diff", file(FIRST), file(NEXT, "next.csv"))
    assert said.status == 0
    assert said.lines[-1].startswith("1 new, 1 dropped, 1 dearer, 1 cheaper")
    said = run("tariff", "diff", "--changes", "--json", file(FIRST), file(NEXT, "next.csv"))
    assert said.body["counts"]["dropped"] == 0
    assert dump() == []


def test_versions_are_listed_and_taken_back_in_turn(run: Run, file: File) -> None:
    assert run("tariff", "list").lines == ["The shop has no tariff."]
    assert run("tariff", "undo").status == 1
    run("tariff", "import", file(FIRST))
    run("tariff", "import", "--full", file(NEXT, "next.csv"))
    run("tariff", "import", "--tariff", "vip", file(FIRST, "vip.csv"))
    states = [(row["file"], row["in_force"]) for row in run("tariff", "list", "--json").body]
    assert sorted(states) == [("deck.csv", False), ("next.csv", True), ("vip.csv", True)]
    said = run("tariff", "undo")
    assert said.lines[0] == "next.csv was taken back."
    assert said.lines[1].startswith("deck.csv is in force (since 2")
    assert prices(run)["221"] == "0.29"
    assert "[taken back]" in run("tariff", "list").out
    body = run("tariff", "undo", "--json").body
    assert (body["file"], body["in_force"]) == ("deck.csv", None)
    assert run("tariff", "undo").status == 1
    assert run("tariff", "export").status == 1
    assert prices(run, "vip")["221"] == "0.29"


def test_export_gives_the_same_file_back(run: Run, file: File, shop: Path) -> None:
    path = file(GENERIC)
    assert run("tariff", "import", path).status == 0
    target = shop / "out.csv"
    assert run("tariff", "export", str(target)).status == 0
    assert target.read_bytes() == Path(path).read_bytes()
    run("tariff", "import", "--full", file(NEXT, "next.csv"))
    assert run("tariff", "export", "--version", "1", str(target)).status == 0
    assert target.read_bytes() == Path(path).read_bytes()
    assert run("tariff", "export", "--version", "9").status == 1
    said = run("tariff", "export", str(shop / "none" / "out.csv"))
    assert "cannot be written" in said.err


def test_export_loses_nothing_that_the_last_file_did_not_name(run: Run, file: File) -> None:
    run("tariff", "import", file(GENERIC))
    run("tariff", "import", "--changes", file(f"{HEAD}223,Mali,0.25\n", "mali.csv"))
    out = run("tariff", "export").out
    assert "221,Senegal,0.29,0.05,60,60,0,0.00," in out
    assert "223,Mali,0.25,0.00,1,1,0,0.00," in out


def test_an_open_counter_is_not_disturbed(run: Run, file: File, shop: Path, dump: Dump) -> None:
    run("tariff", "import", file(FIRST))
    before = dump()
    with folder_lock(shop):
        for command in (["import", "--full", file(NEXT, "next.csv")], ["undo"]):
            said = run("tariff", *command)
            assert said.status == 1
            assert "Another counter is working in" in said.err
        for command in (["list"], ["export"], ["diff", "--full", file(NEXT, "next.csv")]):
            assert run("tariff", *command).status == 0
        assert run("tariff", "import", "--dry-run", "--full", file(NEXT)).status == 0
    assert dump() == before


def test_a_damaged_database_is_said_and_left(run: Run, file: File, shop: Path) -> None:
    (shop / "shop.sqlite3").write_bytes(b"garbage " * 1000)
    for command in (["list"], ["import", file(FIRST)], ["undo"], ["export"]):
        said = run("tariff", *command)
        assert said.status == 1
        assert "not a database" in said.err
    assert (shop / "shop.sqlite3").read_bytes() == b"garbage " * 1000


def test_a_database_of_a_newer_release_is_said(run: Run, file: File, shop: Path) -> None:
    run("tariff", "import", file(FIRST))
    with sqlite3.connect(shop / "shop.sqlite3") as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    said = run("tariff", "list")
    assert (said.status, "newer release (9999)" in said.err) == (1, True)


def test_a_band_that_the_settings_have_lost_is_named(run: Run, file: File, shop: Path) -> None:
    settings = shop / "shop.toml"
    text = settings.read_text()
    band = '[[tariff.bands]]\nname = "week end"\nwindows = ["sat,sun"]\n'
    settings.write_text(text.replace("[[exchanges]]", f"{band}[[exchanges]]"))
    content = f"{HEAD.strip()},price_per_minute@week end\n221,Senegal,0.29,0.19\n"
    assert run("tariff", "import", file(content)).status == 0
    assert run("tariff", "export").out == content
    settings.write_text(text)
    for command in (["diff", "--full", file(FIRST)], ["diff", "--full", file(content, "b.csv")]):
        said = run("tariff", *command)
        assert "The settings know no time band named week end." in said.err
        assert said.status == 1
    assert run("tariff", "export").out == content
