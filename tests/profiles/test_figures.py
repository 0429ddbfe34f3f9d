"""The figures of a profile against ones calculated by hand."""

from __future__ import annotations

import pytest

from app.competencies.catalog import Catalog
from app.measurement.comparison import Obstacle
from app.profiles.figures import Figures, Line
from tests.profiles.made import CATALOG, figures_of, taken

SCORES = {"VM1": 4.0, "VM2": 3.5, "AC1": 2.0, "RM1": 4.2, "RM2": 3.0, "RM3": 5.0}


def aspect(found: Figures, code: str) -> Line:
    return next(one.line for one in found.aspects if one.line.code == code)


def role(found: Figures, code: str) -> Line:
    return next(line for one in found.professionaliteiten for line in one.roles if line.code == code)


def competency(found: Figures, code: str) -> Line:
    return next(line for line in found.competencies if line.code == code)


def reworded(code: str) -> Catalog:
    """The framework with one statement in other words."""
    changed = [
        c.model_copy(update={"indicators": tuple(
            i.model_copy(update={"self": "Ik doe iets anders."}) if i.code == code else i for i in c.indicators
        )})
        for c in CATALOG.competencies
    ]
    return Catalog.model_validate(CATALOG.model_copy(update={"competencies": tuple(changed)}).model_dump())


def test_an_aspect_is_the_mean_of_what_was_measured_and_says_of_how_many() -> None:
    found = aspect(figures_of(SCORES, "focus"), "verwachtingsmanagement")
    assert (found.score, found.parts, found.total) == (3.8, 2, 3)       # (4,0 + 3,5) / 2 = 3,75


def test_an_aspect_is_not_there_below_half_of_its_competencies() -> None:
    found = figures_of(SCORES, "focus")
    assert aspect(found, "acquisitie").score is None
    assert (aspect(found, "acquisitie").parts, aspect(found, "acquisitie").total) == (1, 3)
    assert competency(found, "AC1").score == 2.0
    assert competency(found, "AC2").score is None


def test_a_role_weighs_its_own_competencies_twice_as_much_as_those_it_also_serves() -> None:
    found = role(figures_of(SCORES, "focus"), "relatiemanager")
    assert (found.score, found.parts, found.total) == (3.8, 5, 13)      # (4 + 3,5 + 4,2 + 3 + 5/2) / 4,5 = 3,822
    assert role(figures_of(SCORES, "focus"), "mediator").score is None


def test_a_professionaliteit_needs_half_of_its_aspects() -> None:
    tweede = {line.line.code: line.line.score for line in figures_of(SCORES, "focus").professionaliteiten}
    assert tweede == {"eerste": None, "tweede": None, "derde": None}
    found = figures_of({**SCORES, "ON1": 3.0, "ON2": 3.0, "SI1": 2.0, "SI2": 3.0})
    whole = next(one.line for one in found.professionaliteiten if one.line.code == "tweede")
    assert (whole.score, whole.parts, whole.total) == (3.4, 4, 7)       # (3,8 + 4,1 + 3,0 + 2,5) / 4 = 3,35


def test_the_target_of_an_aspect_is_the_same_whatever_was_measured() -> None:
    found = figures_of(SCORES, "focus", targets={"VM1": 4.0, "VM2": 3.0, "VM3": 5.0, "RM3": 1.0})
    assert aspect(found, "verwachtingsmanagement").target == 4.0        # with VM3, which was not measured
    assert competency(found, "VM3").target == 5.0
    none = figures_of({}, "focus", targets={"VM1": 4.0, "VM2": 3.0, "VM3": 5.0, "RM3": 1.0})
    assert [one.line.target for one in none.aspects] == [one.line.target for one in found.aspects]
    targets = [[line.target for line in one.roles] for one in none.professionaliteiten]
    assert targets == [[line.target for line in one.roles] for one in found.professionaliteiten]


def test_the_target_of_a_role_is_weighed_as_its_score() -> None:
    asked = figures_of(SCORES, "focus", targets={c.code: 3.0 for c in CATALOG.competencies if "relatiemanager" in
                                                 c.also_roles})
    main = [c for c in CATALOG.competencies if c.main_role == "relatiemanager"]
    half = [c for c in CATALOG.competencies if "relatiemanager" in c.also_roles]
    expected = (3.5 * len(main) + 3.0 * len(half) / 2) / (len(main) + len(half) / 2)
    assert role(asked, "relatiemanager").target == pytest.approx(expected, abs=0.051)


def test_only_what_was_asked_is_there_and_the_rest_is_named() -> None:
    found = figures_of(SCORES, "focus")
    assert [one.line.code for one in found.aspects] == [
        "verwachtingsmanagement", "acquisitie", "onderhandelen", "relatiemanagement"
    ]
    assert len(found.competencies) == 12
    assert found.measured == 6
    assert not found.few
    assert figures_of({"VM1": 4.0}, "focus").few
    assert tuple(one.name for one in found.not_asked) == (
        "Vakmanschap", "Systeeminzicht", "Zakelijk gevoel", "Houding, communicatie en reflectie", "Werken met gegevens"
    )


def test_without_an_earlier_one_nothing_is_compared() -> None:
    found = figures_of(SCORES)
    assert {(line.earlier, line.difference, line.obstacle) for line in found.competencies} == {(None, None, None)}


def test_the_same_questions_are_compared() -> None:
    earlier = taken({"VM1": 3.2, "VM2": 3.5, "RM1": 4.9, "RM2": 3.0, "RM3": 4.0})
    found = figures_of(SCORES, earlier=earlier)
    assert (competency(found, "VM1").earlier, competency(found, "VM1").difference) == (3.2, 0.8)
    assert competency(found, "VM2").difference == 0.0
    assert competency(found, "RM1").difference == -0.7
    assert aspect(found, "verwachtingsmanagement").earlier == 3.4       # (3,2 + 3,5) / 2 = 3,35
    assert aspect(found, "verwachtingsmanagement").difference == 0.4
    assert aspect(found, "relatiemanagement").difference == 0.1         # 4,1 − 4,0


def test_what_was_not_measured_before_says_so() -> None:
    found = figures_of(SCORES, earlier=taken({"RM1": 4.0}, "focus"))
    line = competency(found, "VM1")
    assert (line.earlier, line.difference, line.obstacle) == (None, None, Obstacle.NO_EARLIER_SCORE)
    assert aspect(found, "verwachtingsmanagement").obstacle is Obstacle.NO_EARLIER_SCORE


def test_other_wording_is_not_compared_and_neither_is_what_rests_on_it() -> None:
    earlier = taken({"VM1": 3.2, "VM2": 3.5, "RM1": 4.0, "RM2": 3.0, "RM3": 4.0}, catalog=reworded("VM1.2"))
    found = figures_of(SCORES, earlier=earlier)
    line = competency(found, "VM1")
    assert (line.earlier, line.difference, line.obstacle) == (None, None, Obstacle.OTHER_QUESTIONS)
    assert aspect(found, "verwachtingsmanagement").obstacle is Obstacle.OTHER_QUESTIONS
    assert role(found, "relatiemanager").difference is None
    assert aspect(found, "relatiemanagement").difference == 0.4         # 4,1 − 3,7


def test_a_roll_up_over_other_parts_is_not_compared() -> None:
    earlier = taken({"VM1": 3.2, "VM2": 3.5, "VM3": 3.5})
    found = figures_of(SCORES, earlier=earlier)
    line = aspect(found, "verwachtingsmanagement")
    assert (line.earlier, line.obstacle) == (None, Obstacle.OTHER_QUESTIONS)
    assert competency(found, "VM1").difference == 0.8


def test_a_competency_that_disappeared_since_is_left_out_of_the_earlier_figures() -> None:
    found = figures_of(SCORES, earlier=taken({"VM1": 3.2, "VM2": 3.5, "WEG1": 1.0}))
    assert aspect(found, "verwachtingsmanagement").earlier == 3.4


@pytest.mark.parametrize("question_set", ["focus", "tweede", "volledig"])
def test_every_competency_that_was_asked_has_one_line(question_set: str) -> None:
    found = figures_of({"VM1": 4.0}, question_set)
    asked = [page.competency.code for page in CATALOG.asked(question_set, "zelf")]
    assert sorted(line.code for line in found.competencies) == sorted(asked)
    assert sum(len(one.roles) for one in found.professionaliteiten) == 18
