"""One competency of a round from close by: every figure on the page, and why the others are not there."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.measurement.growth import Wave, Word
from app.measurement.scale import OTHERS, Bound, Group
from app.measurement.scoring import Cell
from app.measurement.self_others import Place
from app.profiles.round_closeup import CloseUp, close_up, grown
from tests.profiles.made import CATALOG
from tests.profiles.released import Released, release, rich, share, thin, told
from tests.support.builders import Persona, log_in, make_organisation, make_person, make_team
from tests.support.pages import CheckedClient, tag_of, tree_of

VM1 = CATALOG.competency("VM1")
ALL = ("VM1.1", "VM1.2", "VM1.3", "VM1.4")
ASKED: dict[str, dict[str, tuple[str, ...]]] = {
    Group.SELF: {"VM1": ALL}, Group.TEAM_LEAD: {"VM1": ALL}, Group.COLLEAGUE: {"VM1": ("VM1.1", "VM1.4")},
    Group.SCHOOL: {"VM1": ("VM1.1", "VM1.3")}, Group.CLIENT: {"VM1": ("VM1.1",)},
}  # fmt: skip
OWN = Cell(Group.SELF, "VM1", 1, 3.8, {"VM1.1": 5.0, "VM1.2": 2.0, "VM1.3": 4.0, "VM1.4": 4.0})
LEAD = Cell(Group.TEAM_LEAD, "VM1", 1, 3.0, {"VM1.1": 3.0, "VM1.3": 3.0})
COLLEAGUES = rich(Group.COLLEAGUE, "VM1", 6, 3.6, {"VM1.1": 4.8, "VM1.4": 2.4}, "verdeeld")


def found(*cells: Cell) -> CloseUp:
    return close_up(VM1, cells, ASKED, 3.5)


def test_every_group_has_its_own_place() -> None:
    one = found(OWN, LEAD, COLLEAGUES, thin(Group.SCHOOL, "VM1", 4, 4.5), thin(Group.SCHOOL, "VM2", 4, 2.0))
    assert (one.own, one.lead) == (OWN, LEAD)
    assert [(cell.group, cell.mean, cell.bound) for cell in one.groups] == [
        (Group.COLLEAGUE, 3.6, Bound.EXACT), (Group.SCHOOL, 4.5, Bound.OR_HIGHER),
    ]  # fmt: skip
    assert one.others is not None
    assert (one.others.raters, one.others.mean) == (10, 4.0)        # (6 × 3,6 + 4 × 4,5) / 10 = 3,96
    assert one.beside is not None       # (6 × 4,5 + 4 × 4,5) / 10 over what they were asked
    assert (one.beside.own, one.beside.distinct, one.beside.place) == (4.5, False, Place.SHARED_STRENGTH)
    assert (one.columns, one.thin) == ((Group.SELF, Group.TEAM_LEAD, Group.COLLEAGUE), (Group.SCHOOL,))
    assert (one.absent, one.not_asked) == ((), (Group.CLIENT,))


def test_of_each_statement_stands_what_was_asked_and_said() -> None:
    lines = {line.indicator.code: line for line in found(OWN, LEAD, COLLEAGUES).statements}
    assert list(lines) == list(ALL)
    first, second = lines["VM1.1"].said, lines["VM1.2"].said
    assert [(one.figure.mean, one.figure.bound) for one in first if one.figure] == [
        (5.0, Bound.EXACT), (3.0, Bound.EXACT), (4.8, Bound.OR_HIGHER),
    ]  # fmt: skip
    assert [(one.figure is not None, one.asked) for one in second] == [(True, True), (False, True), (False, False)]


def test_what_has_no_cell_has_no_figure() -> None:
    one = found(OWN)
    assert (one.groups, one.others, one.beside) == ((), None, None)
    assert one.absent == (Group.COLLEAGUE, Group.SCHOOL)
    assert not found().measured


def test_a_theme_with_the_code_of_a_competency_is_left_alone() -> None:
    assert not found(thin(Group.PARENT, "VM1", 6, 4.0), thin(Group.PUPIL, "VM1", 6, 2.0)).measured


def test_growth_is_told_of_the_others_first() -> None:
    words: dict[str, dict[str, dict[str, str]]]
    words = {group: {"VM1": {"VM1.1": "a", "VM1.2": "b"}} for group in (Group.COLLEAGUE, Group.SCHOOL, Group.PARENT)}
    before = Wave((thin(Group.COLLEAGUE, "VM1", 8, 2.0), thin(Group.SCHOOL, "VM1", 8, 3.0)), words)
    now_ = Wave((thin(Group.COLLEAGUE, "VM1", 8, 4.0), thin(Group.SCHOOL, "VM1", 8, 3.0),
                 thin(Group.PARENT, "VM1", 8, 3.0), thin(Group.COLLEAGUE, "VM2", 8, 3.0)), words)
    changes = grown("VM1", before, now_)
    assert [(one.group, one.word) for one in changes] == [
        (OTHERS, Word.VISIBLE_GROWTH), (Group.COLLEAGUE, Word.VISIBLE_GROWTH),
        (Group.SCHOOL, Word.NO_CLEAR_DIFFERENCE),
    ]  # fmt: skip


class People:
    def __init__(self, app: Flask) -> None:
        here = make_organisation(app)
        team = make_team(app, here)
        self.jet = make_person(app, here, works_in=[team], name="Jet de Vries")
        self.tom = make_person(app, here, roles=["teamleider"], leads=[team])
        self.rosa = make_person(app, here)


@pytest.fixture
def people(app: Flask) -> People:
    return People(app)


def read(client: CheckedClient, who: Persona, made: Released, slug: str = "verwachtingen-ophalen") -> str:
    log_in(client, who)
    page = client.get(made.at(f"/{slug}"))
    assert page.status_code == 200
    return told(next(one for one in tree_of(page.data).iter() if tag_of(one) == "main"))


CELLS = [
    Cell(Group.TEAM_LEAD, "VM1", 1, 4.0, {"VM1.1": 5.0, "VM1.3": 3.0}),
    rich(Group.COLLEAGUE, "VM1", 6, 2.0, {"VM1.1": 1.6, "VM1.4": 2.4}, "eensgezind"),
    thin(Group.SCHOOL, "VM2", 4, 4.5),
]


def test_the_page_tells_every_figure_in_words(app: Flask, client: CheckedClient, people: People) -> None:
    made = release(app, people.tom, people.jet, CELLS)
    said = read(client, people.jet, made)
    assert "Misschien een blinde vlek: anderen zien dit minder dan jij." in said
    assert "Vraag ernaar: doe je het niet, of ziet de ander het niet?" in said
    assert "anderen 2,0." in said
    assert "Je teamleider met naam, niet anoniem 4,0" in said
    assert "Collega's 2,0" in said
    assert "Eensgezind. De meesten zien hetzelfde." in said
    assert "Van scholen konden te weinig mensen hier iets over zeggen" in said
    assert "niet gevraagd" in said
    assert "Maak hier een doel van" in said
    assert "Lees wat mensen in eigen woorden schreven" in said
    assert "Raakt dit je?" in said
    capped = read(client, people.jet, made, CATALOG.competency("VM2").slug)
    assert "School 4,5 of hoger" in capped
    assert "Van scholen staan er geen cijfers per zin" in capped


def test_whoever_leads_her_reads_the_same_figures_about_her(app: Flask, client: CheckedClient, people: People) -> None:
    made = release(app, people.tom, people.jet, CELLS)
    said = read(client, people.tom, made)
    assert "anderen zien dit minder dan Jet zelf" in said
    assert "Collega's 2,0" in said
    for own in (" jij", "Je teamleider", "Maak hier een doel van", "Raakt dit je?", "Mijn profiel"):
        assert own not in said, own
    share(app, made, people.rosa, with_comments=False)
    shared = read(client, people.rosa, made)
    assert "Collega's 2,0" in shared
    assert "in eigen woorden" not in shared


def test_a_year_later_the_change_is_told(app: Flask, client: CheckedClient, people: People) -> None:
    before = [thin(Group.COLLEAGUE, "VM1", 6, 2.0), thin(Group.SCHOOL, "VM1", 6, 2.0)]
    after = [thin(Group.COLLEAGUE, "VM1", 6, 3.6), thin(Group.SCHOOL, "VM1", 6, 3.6)]
    release(app, people.tom, people.jet, before, days_ago=400, own_view=False)
    made = release(app, people.tom, people.jet, after)
    said = read(client, people.jet, made)
    assert "Zichtbare groei." in said
    assert "Collega's 2,0 3,6 +1,6 Zichtbare groei" in said
    assert "Anderen 2,0 3,6 +1,6 Zichtbare groei" in said


def test_a_capped_figure_reads_the_same_in_words_picture_and_table(
    app: Flask, client: CheckedClient, people: People
) -> None:
    release(app, people.tom, people.jet, [thin(Group.COLLEAGUE, "VM1", 4, 1.5)], days_ago=400, own_view=False)
    made = release(app, people.tom, people.jet, [thin(Group.COLLEAGUE, "VM1", 4, 4.5)])
    said = read(client, people.jet, made)
    assert "Collega's 1,5 of lager 4,5 of hoger +3,0" in said
    for short, full in (("4,5+", "4,5 of hoger"), ("1,5−", "1,5 of lager")):
        assert short in said and full in said


def test_other_groups_beside_each_other_are_no_change(app: Flask, client: CheckedClient, people: People) -> None:
    before = [thin(Group.COLLEAGUE, "VM1", 6, 3.6), thin(Group.SCHOOL, "VM1", 6, 2.0)]
    after = [thin(Group.COLLEAGUE, "VM1", 6, 3.6)]
    release(app, people.tom, people.jet, before, days_ago=400, own_view=False)
    made = release(app, people.tom, people.jet, after)
    said = read(client, people.jet, made)
    assert "Geen duidelijk verschil, gerekend over collega's: alleen die zijn te vergelijken." in said
    assert "Anderen 2,8" not in said


@pytest.mark.parametrize("slug", ["bestaat-niet", "vakkennis-inzetten", "opmerking", "collega", "%00", "x" * 500])
def test_what_nobody_was_asked_is_not_there(
    app: Flask, client: CheckedClient, people: People, slug: str
) -> None:
    made = release(app, people.tom, people.jet, CELLS, own_view=False)
    log_in(client, people.jet)
    assert client.get(made.at(f"/{slug}")).status_code == 404


def test_below_its_minimum_it_says_why_and_nothing_more(app: Flask, client: CheckedClient, people: People) -> None:
    made = release(app, people.tom, people.jet, [], own_view=False)
    said = read(client, people.jet, made)
    assert "Hier is nog geen score van." in said
    assert "Van collega's en scholen konden te weinig mensen hier iets over zeggen" in said
    assert "Per groep" not in said


def test_zelf_has_one_figure_beside_the_others_in_sentence_picture_and_table(
    app: Flask, client: CheckedClient, people: People
) -> None:
    one = found(OWN, COLLEAGUES)
    assert one.own and one.own_beside and one.beside
    assert (one.own.mean, one.own_beside.mean, one.beside.own) == (3.8, 4.5, 4.5)
    alone = found(OWN)
    assert alone.own_beside == OWN
    said = read(client, people.jet, release(app, people.tom, people.jet, CELLS))
    told_of = re.search(r"Over dezelfde zinnen: jij (\d,\d), anderen 2,0\.", said)
    assert told_of and re.search(rf"Jij over dezelfde zinnen als anderen(; over alle zinnen \d,\d)? {told_of[1]}", said)
