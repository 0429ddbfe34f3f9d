import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.strength import SHORTEST, Weakness, weakness

JET = ("Jet de Vries", "jet.devries@dienstnoord.example", "Dienst Noord")


@pytest.mark.parametrize("password", [
    "paard fiets lantaarn",
    "correct-paard-batterij-nietje",
    "Vr7!kq0-Zb2pLw",
    "tussen de middag regent het",
    "ζήτω η ελληνική γλώσσα",
    "groeispiegel is van iedereen",      # an easy word among others
])
def test_long_and_unlikely_is_fine(password: str) -> None:
    assert weakness(password, JET) is None


@pytest.mark.parametrize("password", ["", "kort", "elf tekens!", "x" * 11])
def test_short(password: str) -> None:
    assert weakness(password) is Weakness.TOO_SHORT


def test_long_enough_to_keep_a_server_busy() -> None:
    assert weakness("ab cd ef gh " * 40) is Weakness.TOO_LONG


@pytest.mark.parametrize("password", [
    "Wachtwoord123",
    "W@chtw00rd!2026",
    "welkom2026!!",
    "WELKOMWELKOM",
    "groeispiegel1",
    "GroeiSpiegel2026!",
    "begeleider-1234",
    "zomer2026zomer",
    "qwertyuiop12",
    "asdfghjklasdf",
    "abcdefghijkl",
    "123456789012",
    "aaaaaaaaaaaaaaaa",
    "abcabcabcabcabc",
    "1q2w3e4r5t6y",
    "michaeljackson",
    "playstation3",
    "!!!!????....,,,,",
])
def test_easy(password: str) -> None:
    assert weakness(password) is Weakness.EASY


@pytest.mark.parametrize("password", ["JetDeVries1234", "devries-dienst-1", "dienstnoord2026",
                                      "jet.devries@dienstnoord"])
def test_about_herself(password: str) -> None:
    assert weakness(password) is not Weakness.ABOUT_YOU
    assert weakness(password, JET) in (Weakness.ABOUT_YOU, Weakness.EASY)


def test_composed_and_decomposed_letters_are_one_password() -> None:
    from app.accounts.strength import normal

    assert normal("cafe\u0301 olé") == normal("café ole\u0301")


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=3))
def test_says_something_about_any_text(password: str, about: list[str]) -> None:
    found = weakness(password, about)
    if len(password) < SHORTEST // 4:       # compatibility forms can be longer than what was typed
        assert found in (Weakness.TOO_SHORT, Weakness.EASY, None)
