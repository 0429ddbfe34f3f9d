import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.pasting import Problem, read


@contextmanager
def at_most(*, seconds: int) -> Iterator[None]:
    """Breaks off what would keep a process busy far longer, so that it fails and does not hang."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("text", [
    "Jet de Vries; jet@dienst.nl",
    "jet@dienst.nl; Jet de Vries",
    "Jet de Vries\tJET@dienst.nl",
    "Jet de Vries <jet@dienst.nl>",
    '"Jet de Vries" <jet@dienst.nl>;',
    "Jet de Vries, jet@dienst.nl",
    "Jet   de Vries   jet@dienst.nl",
    "  ;Jet de Vries;;jet@dienst.nl;;",
    "Vries, Jet de; jet@dienst.nl",
    "de Vries, Jet; jet@dienst.nl",
    "Vries, de, Jet <jet@dienst.nl>",
    "Vries, Jet, de\tjet@dienst.nl",
    "Jet,de Vries,jet@dienst.nl",
    "* Jet de Vries - jet@dienst.nl",
    "1. Jet de Vries: jet@dienst.nl.",
    "\u201cJet de Vries\u201d (jet@dienst.nl)",
])
def test_the_ways_in_which_people_write_it(text: str) -> None:
    (line,) = read(text)
    assert (line.name, line.email, line.problem) == ("Jet de Vries", "jet@dienst.nl", None)


@pytest.mark.parametrize(("text", "name"), [
    ("Jansen, Bea; b@dienst.nl", "Bea Jansen"),
    ("Amrani, Noor el; n@dienst.nl", "Noor el Amrani"),
    ("'t Hart, Tom; t@dienst.nl", "Tom 't Hart"),
    ("Berg, Anne-Marie van den; a@dienst.nl", "Anne-Marie van den Berg"),
    ("Jansen-de Boer, Bea; b@dienst.nl", "Bea Jansen-de Boer"),
    ("Jet de Vries, begeleider, jet@dienst.nl", "Jet de Vries, begeleider"),
    ("J. de Vries; jet@dienst.nl", "J. de Vries"),
])
def test_the_first_name_comes_first(text: str, name: str) -> None:
    (line,) = read(text)
    assert (line.name, line.problem) == (name, None)


@pytest.mark.parametrize("heading", ["Naam;E-mailadres", "Voornaam\tAchternaam\tE-mail", "naam, e-mail, team"])
def test_the_headings_of_a_table_are_nobody(heading: str) -> None:
    lines = read(f"\n{heading}\nJet de Vries; jet@dienst.nl\n{heading}")
    assert [(line.number, line.problem) for line in lines] == [(3, None), (4, Problem.NO_EMAIL)]


@pytest.mark.parametrize(("text", "problem"), [
    ("Jet de Vries", Problem.NO_EMAIL),
    ("jet@dienst.nl", Problem.NO_NAME),
    ("; jet@dienst.nl", Problem.NO_NAME),
    ("Jet; jet@dienst", Problem.BAD_EMAIL),
    ("Jet; jet@@dienst.nl", Problem.BAD_EMAIL),
    ("Jet; jét@dienst.nl", Problem.BAD_EMAIL),
    ("Jet; jet@dienst.nl; jet@school.nl", Problem.TWO_EMAILS),
    ("Jet; jet@dienst.nl; fout@", Problem.BAD_EMAIL),
    ("Jet; fout@", Problem.BAD_EMAIL),
    ("Naam; e-mail", Problem.NO_EMAIL),
])
def test_what_cannot_be_read(text: str, problem: Problem) -> None:
    (line,) = read(text)
    assert line.problem is problem


def test_lines_keep_their_numbers_and_doubles_are_told_once() -> None:
    lines = read("Jet; jet@dienst.nl\n\n  \nTom; tom@dienst.nl\nJet; JET@dienst.nl\n")
    assert [(line.number, line.problem) for line in lines] == [(1, None), (4, None), (5, Problem.TWICE)]


@pytest.mark.parametrize("line", ["x" * 200_000, "1" * 200_000 + "@", "Jet; jet@dienst.nl " + "." * 200_000])
def test_one_very_long_word_costs_no_more_than_its_length(line: str) -> None:
    """Looking for an address from each of its letters would take many minutes here."""
    with at_most(seconds=30):
        assert len(read(line)) == 1


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for line in read(text):
        assert line.problem is not None or (line.name and "@" in line.email)
