"""What stands out, and how it is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st

from app.profiles import texts
from app.profiles.figures import Line
from app.profiles.words import Finding, Standing, Stands, findings, nearest_points, standing
from tests.profiles.made import CATALOG, figures_of, taken

ON_TARGET = {c.code: 3.5 for c in CATALOG.competencies if c.professionaliteit == "tweede"}
FOCUS = [c.code for c in CATALOG.focus_competencies]
SENTENCE = '{% from "profiles/words.html" import sentence with context %}{{ sentence(finding, "3 september 2025") }}'


def line(score: float | None, target: float | None = 3.5, importance: int | None = 3) -> Line:
    return Line("X", "Iets", score, target, importance=importance)


def named(told: Sequence[Finding]) -> list[tuple[str, list[str] | int]]:
    """What was found, with the codes of its subjects; how many where they are not named."""
    return [(one.what.name, [line.code for line in one.lines] if one.few else len(one.lines)) for one in told]


@pytest.mark.parametrize(("score", "target", "importance", "found"), [
    (3.5, 3.5, 3, Standing.AT_TARGET),
    (3.6, 3.5, None, Standing.AT_TARGET),
    (3.4, 3.5, 3, Standing.JUST_BELOW),
    (3.1, 3.5, 3, Standing.JUST_BELOW),
    (3.0, 3.5, 3, Standing.ROOM),
    (3.2, 3.7, 3, Standing.ROOM),       # exactly half a point, although 3.7 - 3.2 > 0.5 as floats
    (3.3, 3.8, 3, Standing.ROOM),       # and 3.8 - 3.3 = 0.5
    (1.0, 5.0, 1, Standing.NOT_AT_ISSUE),
    (None, None, None, Standing.NOT_MEASURED),
    (None, 3.5, 5, Standing.NOT_MEASURED),
])
def test_a_score_beside_its_target(
    score: float | None, target: float | None, importance: int | None, found: Standing
) -> None:
    assert standing(line(score, target, importance)) is found


@pytest.mark.parametrize(("scores", "importances", "found"), [
    ({}, {}, [("NOTHING", 21)]),
    ({"RM1": 4.5, "RM2": 4.5, "RM3": 4.5}, {}, [("MOST_OFTEN", ["relatiemanagement"]), ("AT_TARGET", 21)]),
    ({"RM1": 4.0, "RM2": 4.0, "RM3": 4.0, "VM1": 4.0, "VM2": 4.0, "VM3": 4.0}, {},
     [("MOST_OFTEN", ["verwachtingsmanagement", "relatiemanagement"]), ("AT_TARGET", 21)]),
    ({"AC1": 2.5}, {}, [("MOST_ROOM", ["AC1"])]),                               # the aspect stays close: 3,2
    ({"AC1": 3.3}, {}, [("NOTHING", 21)]),                                      # a gap of 0,2 is none
    ({"AC1": 2.5, "ON1": 3.0}, {"ON1": 5, "AC1": 2}, [("MOST_ROOM", ["ON1"])]),     # 0,5 × 5 against 1,0 × 2
    ({"AC1": 2.5, "ON1": 3.0}, {"AC1": 1}, [("MOST_ROOM", ["ON1"])]),
    ({"AC1": 3.0, "ON1": 3.0, "VM1": 3.0}, {}, [("MOST_ROOM", ["VM1", "AC1", "ON1"])]),
    ({"AC1": 3.0}, {"AC1": 1}, [("NOTHING", 20)]),                              # room, but not at issue
])
def test_what_stands_out(
    scores: Mapping[str, float], importances: Mapping[str, int], found: list[tuple[str, list[str] | int]]
) -> None:
    told = findings(figures_of({**ON_TARGET, **scores}, importances=importances))
    assert named(told) == found


def test_of_few_subjects_nothing_is_said_but_that_they_are_few() -> None:
    ten = dict(list(ON_TARGET.items())[:10])
    [few] = findings(figures_of({**ten, "VM1": 1.0}, earlier=taken({**ten, "VM1": 5.0})))
    assert (few.what, len(few.lines), few.asked) == (Stands.TOO_FEW, 10, 21)
    assert [one.what for one in findings(figures_of({}))] == [Stands.TOO_FEW]
    enough = findings(figures_of({**ten, "RM3": 3.5}))
    assert named(enough) == [("NOTHING", 11)]
    assert not enough[0].everywhere
    assert findings(figures_of(ON_TARGET))[0].everywhere


def test_many_on_one_place_are_counted_and_not_named() -> None:
    told = findings(figures_of({**ON_TARGET, "AC1": 3.0, "ON1": 3.0, "VM1": 3.0, "SI1": 3.0}))
    assert [(one.what, one.few) for one in told] == [(Stands.MOST_ROOM, False)]


def test_many_strong_aspects_are_not_a_strength() -> None:
    low = {"AC1": 3.5, "AC2": 3.5, "AC3": 3.5, "ON1": 3.5, "ON2": 3.5, "ON3": 3.5}
    told = findings(figures_of({**dict.fromkeys(ON_TARGET, 4.5), **low}))
    assert [one.what for one in told] == [Stands.AT_TARGET]


def test_one_aspect_is_never_the_strongest() -> None:
    one_aspect = {**dict.fromkeys(FOCUS, 3.5), "VM1": 5.0, "VM2": 5.0, "VM3": 5.0}
    for code in ("AC1", "AC2", "ON1", "ON2", "RM1", "RM2"):
        del one_aspect[code]
    assert named(findings(figures_of(one_aspect, "focus"))) == [("AT_TARGET", 6)]


def test_only_aspects_of_the_radar_are_compared_where_there_are_more_of_them() -> None:
    told = findings(figures_of({**dict.fromkeys((c.code for c in CATALOG.competencies), 3.5),
                                **{f"V{n}": 5.0 for n in range(1, 10)}}, "volledig"))
    assert [one.what for one in told] == [Stands.NOTHING]


@pytest.mark.parametrize(("before", "found"), [
    ({"VM1": 3.4}, [("STEADY", 21)]),
    ({"VM1": 3.0}, [("MORE_OFTEN", ["VM1"])]),
    ({"VM1": 3.0, "VM2": 3.0}, [("MORE_OFTEN", ["VM1", "VM2"])]),
    ({"VM1": 4.5, "VM2": 3.0}, [("LESS_OFTEN", ["VM1"])]),
    ({"VM1": 4.0, "VM2": 3.0}, [("MORE_OFTEN", ["VM2"]), ("LESS_OFTEN", ["VM1"])]),
])
def test_the_largest_difference_with_last_time(
    before: Mapping[str, float], found: list[tuple[str, list[str] | int]]
) -> None:
    told = findings(figures_of(ON_TARGET, earlier=taken({**ON_TARGET, **before})))
    assert named(told[1:]) == found


def test_what_stayed_the_same_names_what_could_be_compared() -> None:
    told = findings(figures_of(ON_TARGET, earlier=taken(dict.fromkeys(FOCUS, 3.4), "focus")))
    assert named(told[1:]) == [("STEADY", 12)]


def test_what_cannot_be_compared_is_not_called_steady() -> None:
    others = {code: score for code, score in ON_TARGET.items() if code != "VM1"}
    told = findings(figures_of(others, earlier=taken({"VM1": 2.0}, "focus")))
    assert named(told) == [("NOTHING", 20)]


@given(st.dictionaries(st.sampled_from(sorted(ON_TARGET)), st.integers(10, 50).map(lambda n: n / 10), min_size=1),
       st.dictionaries(st.sampled_from(sorted(ON_TARGET)), st.integers(10, 50).map(lambda n: n / 10)))
def test_there_is_always_something_to_say_and_never_much(now: dict[str, float], before: dict[str, float]) -> None:
    told = findings(figures_of(now, earlier=taken(before) if before else None))
    assert 1 <= len(told) <= 4
    assert len({one.what for one in told}) == len(told)


A, B, C = (Line(code, name, 3.8, 3.0, 2.8, 1.0) for code, name in
           (("A", "Relatiemanagement"), ("B", "Professionele offerte opstellen"), ("C", "IB-netwerk benutten")))


@pytest.mark.parametrize(("finding", "said"), [
    (Finding(Stands.TOO_FEW, (A, B), 21), "Je hebt 2 van de 21 onderwerpen gemeten. "
     "Dat is te weinig om te zeggen wat eruit springt."),
    (Finding(Stands.MOST_OFTEN, (A,)), "Volgens jezelf laat je <mark>relatiemanagement</mark> het vaakst zien."),
    (Finding(Stands.MOST_OFTEN, (A, B)), "Volgens jezelf laat je <mark>relatiemanagement</mark> en "
     "<mark>professionele offerte opstellen</mark> het vaakst zien."),
    (Finding(Stands.MOST_ROOM, (B,)), "De ruimte die het zwaarst weegt in je functie, zie je bij "
     "<mark>professionele offerte opstellen</mark>: "
     "jij 3,8, je doel 3,0."),
    (Finding(Stands.MOST_ROOM, (A, B, C)), "De ruimte die het zwaarst weegt in je functie, zie je bij "
     "<mark>relatiemanagement</mark>, "
     "<mark>professionele offerte opstellen</mark> en <mark>IB-netwerk benutten</mark>."),
    (Finding(Stands.MOST_ROOM, (A, A, A, A)), "Bij 4 onderwerpen weegt de ruimte even zwaar. "
     "Kies zelf wat je werk het meest verder helpt."),
    (Finding(Stands.AT_TARGET), "Overal zie je jezelf op of rond je doel."),
    (Finding(Stands.AT_TARGET, (A, B), 3), "Bij 2 van de 3 onderwerpen zie je jezelf op of rond je doel. "
     "De andere zijn niet gemeten of niet aan de orde in je functie."),
    (Finding(Stands.NOTHING, (A, B), 3), "Er springt niets uit: je aspecten liggen dicht bij elkaar, "
     "en bij 2 van de 3 onderwerpen zie je jezelf op of rond je doel. "
     "De andere zijn niet gemeten of niet aan de orde in je functie."),
    (Finding(Stands.NOTHING), "Er springt niets uit: je aspecten liggen dicht bij elkaar, "
     "en overal zie je jezelf op of rond je doel."),
    (Finding(Stands.MORE_OFTEN, (A,)), "Sinds 3 september 2025 zie je <mark>relatiemanagement</mark> vaker bij jezelf: "
     "toen 2,8, nu 3,8."),
    (Finding(Stands.MORE_OFTEN, (A, C)), "Sinds 3 september 2025 zie je <mark>relatiemanagement</mark> en "
     "<mark>IB-netwerk benutten</mark> vaker bij jezelf."),
    (Finding(Stands.MORE_OFTEN, (A, A, A, A)), "Sinds 3 september 2025 zie je 4 onderwerpen evenveel vaker bij "
     "jezelf."),
    (Finding(Stands.LESS_OFTEN, (A,)), "Sinds 3 september 2025 zie je <mark>relatiemanagement</mark> minder vaak bij "
     "jezelf: toen 2,8, nu 3,8."),
    (Finding(Stands.LESS_OFTEN, (A, C)), "Sinds 3 september 2025 zie je <mark>relatiemanagement</mark> en "
     "<mark>IB-netwerk benutten</mark> minder vaak bij jezelf."),
    (Finding(Stands.LESS_OFTEN, (A, A, A, A)), "Sinds 3 september 2025 zie je 4 onderwerpen evenveel minder vaak bij "
     "jezelf."),
    (Finding(Stands.STEADY, (A,), 21), "Je kunt één onderwerp vergelijken met 3 september 2025. "
     "Daar is niets duidelijk veranderd."),
    (Finding(Stands.STEADY, (A, B), 21), "Je kunt 2 onderwerpen vergelijken met 3 september 2025. "
     "Daarin is niets duidelijk veranderd."),
])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_how_it_is_said(app: Flask, finding: Finding, said: str) -> None:
    with app.test_request_context():
        assert render_template_string(SENTENCE, finding=finding, texts=texts).strip() == said


def test_every_finding_has_a_sentence() -> None:
    said = next(mark for mark in test_how_it_is_said.pytestmark if mark.args[0] == ("finding", "said"))  # type: ignore[attr-defined]
    assert {finding.what for finding, _ in said.args[1]} == set(Stands)


@pytest.mark.parametrize(("score", "points"), [
    (1.0, (1,)), (1.2, (1,)), (1.3, (1, 2)), (2.5, (2, 3)), (3.7, (3, 4)), (3.8, (4,)), (4.9, (5,)), (5.0, (5,)),
])
def test_a_score_on_the_scale_in_words(score: float, points: tuple[int, ...]) -> None:
    assert nearest_points(score) == points


@pytest.mark.parametrize(("value", "said"), [(0.4, "+0,4"), (-1.2, "−1,2"), (0.0, "gelijk")])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_difference_carries_its_sign(app: Flask, value: float, said: str) -> None:
    with app.test_request_context():
        assert texts.difference(value) == said
