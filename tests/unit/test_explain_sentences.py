"""Every reason has its sentence on paper in both languages, and both say the same figures."""

from __future__ import annotations

import re

import pytest

from app.domain.explain import CODES, Reason
from app.domain.money import EUR, Currency
from app.explain_sentences import Writer, exact_length, figures, sentence
from tests.fakes.reasons import REASONS

ENGLISH = Writer("en", EUR, "Europe/Paris")
FRENCH = Writer("fr", EUR, "Europe/Paris")


def digits(text: str) -> list[str]:
    return re.findall(r"[0-9]+", text)


def test_there_is_an_example_of_every_code() -> None:
    assert {reason.code for reason in REASONS} == set(CODES)


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.code)
def test_both_languages_have_a_sentence_and_the_same_figures(reason: Reason) -> None:
    english, french = sentence(reason, ENGLISH), sentence(reason, FRENCH)
    assert english != french
    assert not english.startswith(reason.code + " ")
    assert "{" not in english + french
    assert sorted(digits(english)) == sorted(digits(french))


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.code)
@pytest.mark.parametrize("writer", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_what_is_known_is_said(reason: Reason, writer: Writer) -> None:
    said = sentence(reason, writer)
    # How long a piece is follows from its increments.
    silent = {
        "first": {"seconds", "billed", "count"},
        "next": {"seconds", "billed"},
        "piece": {"seconds"},
        "manual": {"seconds"},
    }.get(reason.code, set())
    missing = [
        name
        for name, text in figures(reason, writer).items()
        if name not in silent and text not in said
    ]
    assert missing == []


def test_some_sentences() -> None:
    said = {reason.code: sentence(reason, ENGLISH) for reason in REASONS}
    assert said["rate"] == "Senegal mobile (+22177): €0.29 a minute."
    assert said["next"] == "Then 11 × 60 s at €0.29 a minute: €3.19. Time band “evening”."
    assert said["talked"] == "Talked for 12:03.4."
    assert said["answered"] == "Answered at 14:13:05."
    assert said["discount"] == "Discount of 10%: -€0.354."
    assert said["total"] == "The call costs €3.19."
    french = {reason.code: sentence(reason, FRENCH) for reason in REASONS}
    assert french["rate"] == "Senegal mobile (+22177)\u00a0: 0,29\u00a0€ la minute."
    assert french["talked"] == "Conversation de 12:03,4."


def test_a_tariff_without_a_name_has_its_version() -> None:
    reason = Reason("tariff", (("version", 7), ("name", "")))
    assert sentence(reason, ENGLISH) == "By the tariff, version 7."
    assert sentence(reason, FRENCH) == "Selon le tarif, version 7."


def test_a_code_of_a_later_release_is_shown_as_it_is() -> None:
    assert sentence(Reason("tip", (("amount_micro", 50_000),)), ENGLISH) == "tip €0.05"


def test_braces_in_a_destination_are_only_text() -> None:
    values = (("prefix", "1"), ("destination", "{x}{0}"), ("price_micro", 1))
    assert sentence(Reason("rate", values), ENGLISH).startswith("{x}{0} (+1)")


def test_a_currency_without_decimals() -> None:
    writer = Writer("fr", Currency("XOF", 0, "F CFA"), "Africa/Dakar")
    said = sentence(Reason("total", (("total_minor", 125),)), writer)
    assert said == "L’appel coûte 125\u00a0F CFA."


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [(-5, "00:00"), (0, "00:00"), (999, "00:00.999"), (60_100, "01:00.1"), (3_600_000, "1:00:00")],
)
def test_lengths_keep_their_parts_of_a_second(milliseconds: int, text: str) -> None:
    assert exact_length(milliseconds, ".") == text
