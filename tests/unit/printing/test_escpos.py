from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from printing.document import Cut, Document, Feed, Text, as_text
from printing.escpos_encoder import adapt, encode
from printing.layout import WIDTHS, receipt_document
from tests.fakes import golden
from tests.fakes.escpos_reader import PaperReader
from tests.fakes.sample_receipts import ENGLISH, HARD, PLAIN

SAMPLES = {"plain": PLAIN, "hard": HARD, "english": ENGLISH}


@pytest.mark.parametrize("name", SAMPLES)
def test_golden_bytes(name: str) -> None:
    document = receipt_document(SAMPLES[name], width=48, copy_number=1, adapt=adapt)
    golden.check(f"printing/{name}-48.escpos.txt", golden.dump(encode(document)))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_printer_reads_what_the_document_says(name: str, width: int) -> None:
    document = receipt_document(SAMPLES[name], width=width, copy_number=3, adapt=adapt)
    reader = PaperReader(width)
    reader.feed(encode(document))
    (paper,) = reader.papers()
    assert paper.rstrip() == as_text(document).rstrip("~\n")
    assert reader.unknown == []
    assert "?" not in paper


def test_every_style_ends_with_its_line() -> None:
    document = receipt_document(PLAIN, width=48, copy_number=1, adapt=adapt)
    reader = PaperReader(48)
    reader.feed(encode(document))
    bold = [row.text.strip() for row in reader.rows if row and row.bold]
    assert [text.split("  ")[0] for text in bold] == [
        "DUPLICATA 1",
        "Téléboutique Belleville",
        "TOTAL TTC",
        "DUPLICATA 1",
    ]
    assert {row.size for row in reader.rows if row} == {0x00, 0x01, 0x11}


def test_each_document_sets_its_code_page_anew() -> None:
    document = Document(32, (Text("é €"),))
    for _ in range(2):
        assert encode(document) == b"\x1b@\x1c.\x1bR\x00\x1bt\x13\x82 \xd5\n"


def test_a_profile_with_another_page_number() -> None:
    assert b"\x1bt\x06" in encode(Document(32, (Text("€"),)), profile="TH230")


@pytest.mark.parametrize("profile", ["no such printer", "simple"])
def test_a_profile_without_the_page_is_refused(profile: str) -> None:
    with pytest.raises(ValueError, match="profile"):
        encode(Document(32, ()), profile=profile)


@pytest.mark.parametrize("text", ["œ", "中", "\x1b@", "\x10\x14\x01\x00\x01"])
def test_what_was_not_fitted_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"control|encode"):
        encode(Document(32, (Text(text),)))


def test_a_tear_off_edge_gets_paper_instead_of_a_cut() -> None:
    data = encode(Document(32, (Text("x"), Feed(), Cut())), cut=False)
    assert data.endswith(b"x\n\n\n\n\n\n")
    assert b"\x1dV" not in data


def test_loading_leaves_nothing_behind(tmp_path: Path) -> None:
    source = (
        "import logging, sys\n"
        "from printing.document import Document\n"
        "from printing.escpos_encoder import encode\n"
        "assert 'escpos' not in sys.modules\n"
        "encode(Document(32, ()))\n"
        "assert logging.getLogger().handlers == []\n"
    )
    environment = {name: os.environ[name] for name in os.environ if "ESCPOS" not in name}
    subprocess.run(
        [sys.executable, "-c", source],
        check=True,
        timeout=60,
        cwd=Path(__file__).parents[3],
        env=environment | {"TMPDIR": str(tmp_path)},
    )
    assert list(tmp_path.iterdir()) == []
