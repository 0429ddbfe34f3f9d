import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.pasting import Problem, read


@pytest.mark.parametrize("text", [
    "Jet de Vries; jet@dienst.nl",
    "jet@dienst.nl; Jet de Vries",
    "Jet de Vries\tJET@dienst.nl",
    "Jet de Vries <jet@dienst.nl>",
    '"Jet de Vries" <jet@dienst.nl>;',
    "Jet de Vries, jet@dienst.nl",
    "Jet   de Vries   jet@dienst.nl",
    "  ;Jet de Vries;;jet@dienst.nl;;",
])
def test_the_ways_in_which_people_write_it(text: str) -> None:
    (line,) = read(text)
    assert (line.name, line.email, line.problem) == ("Jet de Vries", "jet@dienst.nl", None)


def test_last_name_first_stays_that_way() -> None:
    (line,) = read("Vries, Jet de; jet@dienst.nl")
    assert line.name == "Vries, Jet de"


@pytest.mark.parametrize(("text", "problem"), [
    ("Jet de Vries", Problem.NO_EMAIL),
    ("jet@dienst.nl", Problem.NO_NAME),
    ("; jet@dienst.nl", Problem.NO_NAME),
    ("Jet; jet@dienst", Problem.BAD_EMAIL),
    ("Jet; jet@@dienst.nl", Problem.BAD_EMAIL),
    ("Jet; jét@dienst.nl", Problem.BAD_EMAIL),
    ("Jet; jet@dienst.nl; jet@school.nl", Problem.BAD_EMAIL),
])
def test_what_cannot_be_read(text: str, problem: Problem) -> None:
    (line,) = read(text)
    assert line.problem is problem


def test_lines_keep_their_numbers_and_doubles_are_told_once() -> None:
    lines = read("Jet; jet@dienst.nl\n\n  \nTom; tom@dienst.nl\nJet; JET@dienst.nl\n")
    assert [(line.number, line.problem) for line in lines] == [(1, None), (4, None), (5, Problem.TWICE)]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for line in read(text):
        assert line.problem is not None or (line.name and "@" in line.email)
