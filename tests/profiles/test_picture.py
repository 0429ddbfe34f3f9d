"""Which pictures there are, and that they say what the figures say."""

from __future__ import annotations

from app.charts.radar import RadarChart
from app.profiles.figures import Figures
from app.profiles.picture import Picture, Texts, chosen, dots, pictures, radar
from tests.profiles.made import CATALOG, figures_of, taken

ALL = dict.fromkeys((c.code for c in CATALOG.competencies), 3.0)
TWEEDE = {c.code: 3.0 for c in CATALOG.competencies if c.professionaliteit == "tweede"}
FOCUS = {c.code: 3.0 for c in CATALOG.focus_competencies}
WORDS = Texts("Naam", "vorm", "volgorde", {"self": "Jij", "target": "Doel", "previous": "Vorige keer"}, "niet gemeten",
              lambda line: f"over {line.code}")


def codes(found: Figures) -> list[str]:
    return [picture.code for picture in pictures(found)]


def drawn(picture: Picture) -> RadarChart:
    chart = radar(picture, WORDS)
    assert chart is not None
    return chart


def without(scores: dict[str, float], *dropped: str) -> dict[str, float]:
    return {code: score for code, score in scores.items() if not code.startswith(dropped)}


def test_the_pictures_that_were_measured_the_aspects_first() -> None:
    assert codes(figures_of(ALL, "volledig")) == [
        "aspecten", "focus", "rollen-eerste", "rollen-tweede", "rollen-derde"
    ]
    assert codes(figures_of(TWEEDE)) == ["aspecten", "focus", "rollen-tweede"]
    assert codes(figures_of(FOCUS, "focus")) == ["focus"]


def test_five_of_six_aspects_make_a_radar_with_a_gap() -> None:
    found = pictures(figures_of(without(TWEEDE, "ZG")))[0]
    chart = drawn(found)
    assert found.code == "aspecten"
    assert chart.axes == ("Verwachtingsmanagement", "Acquisitievaardigheden", "Resultaatgericht onderhandelen",
                          "Systeeminzicht", "Zakelijk gevoel", "Relatiemanagement")
    assert {line.key: line.values for line in chart.series} == {
        "self": (3.0, 3.0, 3.0, 3.0, None, 3.0), "target": (3.5, 3.5, 3.5, 3.5, None, 3.5)
    }
    assert [row.label for row in dots(found, WORDS).rows] == [axis for axis in chart.axes if axis != "Zakelijk gevoel"]


def test_four_of_six_aspects_are_a_dot_plot_only() -> None:
    found = pictures(figures_of(without(TWEEDE, "ZG", "AC")))
    assert [picture.code for picture in found] == ["gemeten", "rollen-tweede"]
    assert radar(found[0], WORDS) is None
    assert len(dots(found[0], WORDS).rows) == 5         # the four, and houding


def test_without_any_aspect_the_competencies_are_shown() -> None:
    found = pictures(figures_of({"AC1": 2.0}))
    assert [line.code for line in found[0].lines] == ["AC1"]
    assert radar(found[0], WORDS) is None


def test_the_focus_picture_has_twelve_subjects_in_four_sectors() -> None:
    chart = drawn(pictures(figures_of(FOCUS, "focus"))[0])
    assert [(sector.name, sector.size) for sector in chart.sectors] == [
        ("Verwachtingsmanagement", 3), ("Acquisitievaardigheden", 3), ("Resultaatgericht onderhandelen", 3),
        ("Relatiemanagement", 3),
    ]
    assert len(chart.axes) == 12


def test_the_dot_plot_goes_from_most_to_least_often_and_ties_keep_their_order() -> None:
    scores = {**TWEEDE, "RM1": 5.0, "RM2": 5.0, "RM3": 5.0, "AC1": 1.0, "AC2": 1.0, "AC3": 1.0}
    rows = dots(pictures(figures_of(scores))[0], WORDS).rows
    assert [row.label for row in rows] == [
        "Relatiemanagement", "Verwachtingsmanagement", "Resultaatgericht onderhandelen", "Systeeminzicht",
        "Zakelijk gevoel", "Acquisitievaardigheden",
    ]
    assert [row.points["self"] for row in rows] == [5.0, 3.0, 3.0, 3.0, 3.0, 1.0]
    assert {row.target for row in rows} == {3.5}
    assert rows[0].note == "over relatiemanagement"


def test_an_earlier_self_assessment_is_a_third_line_where_it_can_be_compared() -> None:
    found = pictures(figures_of(TWEEDE, earlier=taken({**TWEEDE, "VM1": 1.5})))[0]
    assert found.keys == ("self", "target", "previous")
    assert [line.key for line in drawn(found).series] == ["self", "target", "previous"]
    assert dict(dots(found, WORDS).rows[0].points) == {"self": 3.0, "previous": 2.5}


def test_of_few_earlier_scores_the_radar_draws_what_there_is() -> None:
    found = pictures(figures_of(TWEEDE, earlier=taken(FOCUS, "focus")))[0]
    assert [line.key for line in drawn(found).series] == ["self", "target", "previous"]
    assert sum(value is not None for value in drawn(found).series[2].values) == 4
    assert sum("previous" in row.points for row in dots(found, WORDS).rows) == 4


def test_an_address_may_ask_for_a_picture() -> None:
    found = pictures(figures_of(TWEEDE))
    assert chosen(found, "rollen-tweede").code == "rollen-tweede"
    assert chosen(found, "rollen-derde").code == "aspecten"     # was not measured
    assert chosen(found, "onzin").code == "aspecten"
    assert chosen(found, None).code == "aspecten"
