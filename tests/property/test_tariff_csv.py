"""A tariff written is the tariff read; anything else is a tariff or a named refusal."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.money import EUR, Price
from app.domain.tariff import INCREMENT_MAX, PRICE_MAX, Rate, Tariff
from app.domain.tariff_csv import DELIMITERS, TariffFileError, read_tariff, write_tariff

HEADER = "prefix,destination,price_per_minute,connection_fee,first_increment"

prices = st.builds(Price, st.integers(0, PRICE_MAX.micro))
increments = st.integers(1, INCREMENT_MAX)
# What a destination may hold, in the form in which it is kept: single blanks, nothing unprintable.
destinations = (
    st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=60)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text.isprintable() and text != "")
)
rates = st.builds(
    Rate,
    st.from_regex(r"[1-9][0-9]{0,14}", fullmatch=True),
    destinations,
    prices,
    prices,
    increments,
    increments,
    st.sampled_from(["", "SN", "FR"]),
)


@given(st.lists(rates, min_size=1, max_size=20, unique_by=lambda rate: rate.prefix), st.booleans())
def test_a_tariff_written_is_the_tariff_read(deck: list[Rate], is_bytes: bool) -> None:
    text = write_tariff(deck)
    file = read_tariff(text.encode() if is_bytes else text, currency=EUR, name="deck")
    assert (file.rates, file.bad, file.repeated, file.ignored) == (tuple(deck), (), (), ())
    assert Tariff("deck", file.rates).find(deck[0].prefix) == deck[0]


cells = st.sampled_from(
    ["33", "221", "+1", "x", "France", "0,05", "0.1", "-1", "", " ", '"', '""', "\0", "\r", "1e9"]
) | st.text(max_size=4)
tables = st.builds(
    lambda delimiter, rows, header: "\n".join(
        [header.replace(",", delimiter), *(delimiter.join(row) for row in rows)]
    ),
    st.sampled_from(DELIMITERS),
    st.lists(st.lists(cells, max_size=6), max_size=8),
    st.sampled_from([HEADER, "prefix,destination", "", "\n"]),
)


@given(tables | tables.map(lambda text: text.encode("utf-8", "replace")) | st.text() | st.binary())
@example("prefix\x1f\x1f\n")
@example("\x85prefix,destination,price_per_minute\n1,a,1")
def test_any_file_is_a_tariff_or_refused(data: str | bytes) -> None:
    try:
        file = read_tariff(data, currency=EUR, name="deck")
    except TariffFileError:
        return
    assert Tariff("deck", file.rates).rates == file.rates
    text = data if isinstance(data, str) else data.decode("latin-1")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    named = [row.line for row in file.bad] + list(file.repeated)
    assert len(set(named)) == len(named)
    assert all(1 < line <= lines for line in named)
