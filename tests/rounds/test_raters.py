"""Reading pasted lines about people to ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.measurement.scale import Group
from app.rounds import raters
from app.rounds.invitations import RELATIONS
from app.rounds.raters import Problem, Rater


def read(text: str, group: str = Group.SCHOOL, usual: str = "intern-begeleider") -> list[Rater]:
    return raters.read(text, group, usual)


@pytest.mark.parametrize(("line", "name", "email", "relation", "school"), [
    ("Jet de Vries; jet@klimop.nl", "Jet de Vries", "jet@klimop.nl", "intern-begeleider", ""),
    ("Jet de Vries; jet@klimop.nl; leraar; De Klimop", "Jet de Vries", "jet@klimop.nl", "leraar", "De Klimop"),
    ("Jet de Vries\tjet@klimop.nl\tIB'er\tDe Klimop", "Jet de Vries", "jet@klimop.nl", "intern-begeleider",
     "De Klimop"),
    ("Jet de Vries, jet@klimop.nl, directeur", "Jet de Vries", "jet@klimop.nl", "directie", ""),
    ("Jet de Vries, jet@klimop.nl, De Klimop, Zwolle", "Jet de Vries", "jet@klimop.nl", "intern-begeleider",
     "De Klimop, Zwolle"),
    ("Jet de Vries <Jet@Klimop.NL>", "Jet de Vries", "jet@klimop.nl", "intern-begeleider", ""),
    ("Jet de Vries <jet@klimop.nl>; zoco; De Klimop", "Jet de Vries", "jet@klimop.nl", "zorgcoordinator", "De Klimop"),
    ('"Vries, Jet de" <jet@klimop.nl>; leerkracht', "Jet de Vries", "jet@klimop.nl", "leraar", ""),
    ("jet@klimop.nl; Jet de Vries; leraar; De Klimop", "Jet de Vries", "jet@klimop.nl", "leraar", "De Klimop"),
    ("jet@klimop.nl\tJet de Vries", "Jet de Vries", "jet@klimop.nl", "intern-begeleider", ""),
    ("Jet\tde Vries\tjet@klimop.nl", "Jet de Vries", "jet@klimop.nl", "intern-begeleider", ""),
    ("leraar; Jet de Vries; jet@klimop.nl", "Jet de Vries", "jet@klimop.nl", "leraar", ""),
    ("Jet de Vries jet@klimop.nl", "Jet de Vries", "jet@klimop.nl", "intern-begeleider", ""),
    ("1. Jet de Vries; jet@klimop.nl", "Jet de Vries", "jet@klimop.nl", "intern-begeleider", ""),
])
def test_what_a_line_says(line: str, name: str, email: str, relation: str, school: str) -> None:
    found, = read(line)
    assert (found.name, found.email, found.relation, found.school, found.problem) == (
        name, email, relation, school, None)


def test_what_somebody_is_must_be_said_where_nothing_is_usual() -> None:
    lines = ("naam; e-mail; functie", "Jet; jet@klimop.nl;", "Bo; bo@klimop.nl; juf", "An; an@klimop.nl; kok")
    silent, told, unknown = read("\n".join(lines), usual="")
    assert (silent.problem, told.problem, unknown.problem) == (Problem.NO_RELATION, None, Problem.NO_RELATION)
    assert told.relation == "leraar"
    assert read("Jet de Vries", usual="")[0].problem is Problem.NO_EMAIL


@pytest.mark.parametrize(("line", "problem", "hint"), [
    ("Jet de Vries", Problem.NO_EMAIL, ""),
    ("Jet de Vries; ; leraar; De Klimop", Problem.NO_EMAIL, ""),
    ("jet@klimop.nl", Problem.NO_NAME, ""),
    ("jet@klimop.nl; leraar", Problem.NO_NAME, ""),
    ("Jet de Vries; jet@@klimop.nl", Problem.BAD_EMAIL, ""),
    ("Jet de Vries; jet@klimop", Problem.BAD_EMAIL, ""),
    ("Jet de Vries; jet@", Problem.BAD_EMAIL, ""),
    ("Jet de Vries; jet@klimop.nl; j@klimop.nl", Problem.TWO_EMAILS, ""),
    ("Jet de Vries; jet@klimop.local", Problem.UNREACHABLE, ""),
    ("Jet de Vries; jet@school.test", Problem.UNREACHABLE, ""),
    ("Jet de Vries; jet@gmail.con", Problem.MISSPELLED, "jet@gmail.com"),
    ("Jet de Vries; jet@hotnail.com", Problem.MISSPELLED, "jet@hotmail.com"),
    ("Jet de Vries; jet@gmial.con", Problem.MISSPELLED, "jet@gmail.com"),
    ("Jet de Vries; jet@klimop.nll", Problem.MISSPELLED, "jet@klimop.nl"),
    ("Jet de Vries; jet@klimop.nl; consulent", Problem.OTHER_GROUP, ""),
    ("Jet de Vries; jet@klimop.nl; " + "x" * 121, Problem.TOO_LONG, ""),
])
def test_what_is_wrong_with_a_line(line: str, problem: Problem, hint: str) -> None:
    found, = read(line)
    assert (found.problem, found.hint) == (problem, hint)


def test_the_rest_of_a_list_is_kept() -> None:
    found = read("An Bos; an@klimop.nl\n\n  \nBo\nAn B.; AN@klimop.nl\nCor Dam; cor@klimop.nl")
    assert [(r.number, r.problem) for r in found] == [
        (1, None), (4, Problem.NO_EMAIL), (5, Problem.TWICE), (6, None)]


def test_headings_say_which_column_is_what() -> None:
    found, = read("School;Functie;Achternaam;E-mail\nDe Klimop;leraar;Bos;an@klimop.nl")
    assert (found.number, found.name, found.relation, found.school) == (2, "Bos", "leraar", "De Klimop")
    short, = read("School;Functie;Achternaam;E-mail\nBos;an@klimop.nl")
    assert (short.name, short.problem) == ("Bos", None)


def test_five_hundred_lines() -> None:
    found = read("\n".join(f"Jet {n}; jet{n}@klimop.nl; leraar; School {n % 7}" for n in range(500)))
    assert len(found) == 500
    assert {r.problem for r in found} == {None}


def test_every_word_for_a_relation_means_one_that_exists() -> None:
    assert {*raters._WORDS.values()} <= {relation.code for relation in RELATIONS}


@given(st.text(max_size=400))
def test_whatever_is_pasted_is_read_without_failing(text: str) -> None:
    for found in read(text):
        assert found.problem or (found.name and "@" in found.email and len(found.name) <= raters.LONGEST)


@pytest.mark.parametrize(("name", "email", "problem"), [
    ("Jet de Vries", "jet@klimop.nl", None), ("", "jet@klimop.nl", Problem.NO_NAME), ("Jet", "", Problem.NO_EMAIL),
    ("Jet", "jet", Problem.NO_EMAIL), ("Jet", "jet@klimop", Problem.BAD_EMAIL),
    ("Jet", "a@klimop.nl, b@klimop.nl", Problem.TWO_EMAILS), ("", "", Problem.NO_EMAIL),
])
def test_one_person_from_fields_of_her_own(name: str, email: str, problem: Problem | None) -> None:
    found = raters.one(name, email, "leraar", "De Klimop")
    assert (found.problem, found.relation) == (problem, "leraar")
    assert problem or (found.name, found.email, found.school) == ("Jet de Vries", "jet@klimop.nl", "De Klimop")


@pytest.mark.parametrize("name", ["de Vries, Jet", "Jet; van de IB", "Vries, drs. J. de"])
def test_a_name_in_a_field_of_its_own_stays_whole(name: str) -> None:
    found = raters.one(name, "jet@klimop.nl", "leraar", "De Klimop")
    assert (found.problem, found.name, found.email) == (None, name, "jet@klimop.nl")
