"""A deck written is the deck read; anything else is a deck or a named refusal."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.decks.csv_table import DELIMITERS
from app.decks.deck import DeckError
from app.decks.export import write_deck
from app.decks.read import read_deck_bytes
from app.decks.templates import BUILT_IN
from app.domain.bands import TimeBand, Window
from app.domain.money import Price
from app.domain.tariff import (
    INCREMENT_MAX,
    PRICE_MAX,
    SECONDS_MAX,
    Access,
    BandPrice,
    Entry,
    Rate,
    Step,
    Tariff,
    TariffRules,
)
from tests.unit.decks.spreadsheets import biff, xls, xlsx

HEADER = "prefix,destination,price_per_minute,connection_fee,first_increment"
ZONES = ("UTC", "Europe/Paris", "America/New_York", "Asia/Kathmandu", "Africa/Cairo")
LAST = 4_102_444_800_000_000  # the year 2100
DAY = 86_400_000_000

prices = st.builds(Price, st.integers(0, PRICE_MAX.micro) | st.integers(0, 10) | st.just(1_234_000))
increments = st.integers(1, INCREMENT_MAX)
seconds = st.integers(0, SECONDS_MAX)
# What a text may hold, in the form in which it is kept: single blanks, nothing unprintable.
texts = (
    st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=60)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text.isprintable() and text != "")
)
steps = st.lists(
    st.tuples(st.integers(1, SECONDS_MAX), prices, st.integers(0, INCREMENT_MAX)),
    max_size=3,
    unique_by=lambda step: step[0],
).map(lambda found: tuple(Step(*step) for step in sorted(found, key=lambda step: step[0])))
BANDS = ("peak", "Week end", 'a@b, "c"; é')
bands = st.lists(st.integers(0, 2), unique=True, max_size=3).flatmap(
    lambda chosen: st.tuples(
        *(
            st.builds(BandPrice, st.just(BANDS[place]), prices, prices, steps)
            for place in sorted(chosen)
        )
    )
)
rates = st.builds(
    Rate,
    texts,
    prices,
    prices,
    increments,
    increments,
    st.sampled_from(["", "SN", "FR"]),
    seconds,
    seconds,
    prices,
    prices,
    st.none() | prices,
    steps,
    bands,
    st.sampled_from(Access),
)
instants = st.integers(1, LAST) | st.integers(1, LAST // DAY).map(lambda day: day * DAY)


def dated(prefix: str, found: list[Rate], times: list[int]) -> list[Entry]:
    """Return entries of one prefix one after the other, the last one perhaps open."""
    spans = [0, *sorted(set(times))]
    ends: list[int | None] = [*spans[1:], None]
    return [
        Entry(prefix, rate, start, end)
        for rate, start, end in zip(found, spans, ends, strict=False)
    ]


decks = st.lists(
    st.tuples(
        st.from_regex(r"[1-9][0-9]{0,14}", fullmatch=True),
        st.lists(rates, min_size=1, max_size=3),
        st.lists(instants, max_size=3),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one[0],
).map(lambda found: tuple(entry for one in found for entry in dated(*one)))
RULES = TariffRules(bands=tuple(TimeBand(name, (Window(127),)) for name in BANDS))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(decks, st.sampled_from(ZONES))
def test_a_deck_written_is_the_deck_read(entries: tuple[Entry, ...], zone: str) -> None:
    text = write_deck(entries, zone=zone)
    deck = read_deck_bytes(text.encode(), "deck", zone=zone)
    assert (deck.entries, deck.refused, deck.repeated, deck.ignored) == (entries, (), (), ())
    assert write_deck(deck.entries, columns=deck.columns, zone=zone) == text
    assert Tariff("deck", deck.entries, rules=RULES).all_of(entries[0].prefix)


cells = st.sampled_from(
    [
        *("33", "221", "+1", "x", "France", "0,05", "0.1", "1,234", "-1", "", " ", '"', '""'),
        *("\0", "\r", "1e9", "1204,1226-28", "1.2E+10", "01/02/2026", "60/60", "#N/A", "€"),
    ]
) | st.text(max_size=4)
headers = st.sampled_from(
    [HEADER, "prefix,destination", "", "\n", "Code,Country,Rate,Effective date,Status", "Tarif"]
)
tables = st.builds(
    lambda delimiter, rows, header: "\n".join(
        [header.replace(",", delimiter), *(delimiter.join(row) for row in rows)]
    ),
    st.sampled_from(DELIMITERS),
    st.lists(st.lists(cells, max_size=6), max_size=8),
    headers,
)
files = (
    tables.map(lambda text: text.encode("utf-8", "replace"))
    | tables.map(lambda text: text.encode("utf-16", "replace"))
    | tables.map(lambda text: text.encode("cp1251", "replace"))
    | st.text().map(lambda text: text.encode("utf-8", "replace"))
    | st.binary()
)


@settings(deadline=None)
@given(files, st.sampled_from([None, *BUILT_IN]))
@example(b"prefix\x1f\x1f\n", None)
@example(b"\x85prefix,destination,price_per_minute\n1,a,1", None)
def test_any_file_is_a_deck_or_refused(data: bytes, template: object) -> None:
    chosen = next((one for one in BUILT_IN if one is template), None)
    try:
        deck = read_deck_bytes(data, "deck", template=chosen)
    except DeckError:
        return
    assert Tariff("deck", deck.entries, rules=_rules(deck.entries)).entries == deck.entries
    lines = data.count(b"\n") + data.count(b"\r") + 1
    named = [row.line for row in deck.refused] + list(deck.repeated)
    assert len(set(named)) == len(named)
    assert all(1 <= line <= lines for line in (*named, *deck.lines))


def _rules(entries: tuple[Entry, ...]) -> TariffRules:
    names = {band.band for entry in entries for band in entry.rate.bands}
    return TariffRules(bands=tuple(TimeBand(name, (Window(127),)) for name in sorted(names)))


SHEET: list[list[str | int | float | bool | None]] = [
    ["Code", "Destination", "Rate", "Effective date"],
    [33, "France", 0.1, None],
    ["44,45-46", "UK", "0.2", "2026-01-01"],
]
SAMPLES = (xlsx(SHEET), xls(SHEET), biff(SHEET), "\n".join(HEADER).encode())


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), min_size=1, max_size=6),
)
def test_a_damaged_spreadsheet_is_a_deck_or_refused(
    content: bytes, faults: list[tuple[float, bytes]]
) -> None:
    damaged = bytearray(content)
    for where, new in faults:
        place = int(where * (len(damaged) - 1))
        damaged[place : place + len(new)] = new
    try:
        deck = read_deck_bytes(bytes(damaged), "deck.xlsx")
    except DeckError:
        return
    # What is read of it is still a tariff, each entry from a line of its own file.
    assert len(deck.lines) == len(deck.entries)
    assert all(line >= 1 for line in deck.lines)
    assert Tariff("deck", deck.entries, rules=_rules(deck.entries)).entries == deck.entries
