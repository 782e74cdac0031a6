from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charset import MISSING, encode_cp858, to_cp858


@pytest.mark.parametrize(
    ("text", "fitted"),
    [
        ("12,50 €", "12,50 €"),
        ("12,50\u00a0€", "12,50\u00a0€"),
        ("1\u202f234,50\u00a0€", "1\u00a0234,50\u00a0€"),
        ("cœur, Œuvre", "coeur, OEuvre"),
        ("l’ami “dit” ‘oui’ „so“", 'l\'ami "dit" \'oui\' "so"'),
        ("a – b — c…", "a - b - c..."),
        ("« Étoile »", "« Étoile »"),
        ("ÀÉÈÊËÇÙÛÜÎÏÔŒàéèêëçùûüîïôñß", "ÀÉÈÊËÇÙÛÜÎÏÔOEàéèêëçùûüîïôñß"),
        ("+33 6 •• ••", "+33 6 ** **"),
        ("7 × 0,10", "7 × 0,10"),
        ("Łódź, Țara, İzmir", "Lódz, Tara, Izmir"),
        ("Спасибо, Щука", "Spasibo, Shchuka"),
        ("Ευχαριστώ", "Eycharisto"),
        ("e\u0301te\u0301", "été"),
        ("ﬁn ①", "fin 1"),
        ("السلام", MISSING * 6),
        ("中国", MISSING * 2),
        ("\u200fabc\u200e", "abc"),
        ("bell\x07 esc\x1b", f"bell{MISSING} esc{MISSING}"),
    ],
)
def test_signs_and_letters(text: str, fitted: str) -> None:
    assert to_cp858(text) == fitted


def test_the_euro_is_d5_and_a_fixed_space_a_space() -> None:
    assert encode_cp858("1\u00a0€") == b"1 \xd5"


@given(st.text())
def test_everything_becomes_encodable_without_a_question_mark(text: str) -> None:
    fitted = to_cp858(text)
    assert encode_cp858(fitted).decode("cp858") == fitted.replace("\u00a0", " ")
    asked = sum(sign in "?؟？﹖⁇⁈⁉¿" for sign in text)
    assert "?" not in fitted or asked


@given(st.text())
def test_what_is_fitted_stays(text: str) -> None:
    fitted = to_cp858(text)
    assert to_cp858(fitted) == fitted


@pytest.mark.parametrize("text", ["a\n", "\x1b@", "\x7f"])
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="control"):
        encode_cp858(text)


def test_what_was_not_fitted_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        encode_cp858("œ")
