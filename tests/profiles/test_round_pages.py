"""The page of a round: the guess before it, what it shows to whom, and what it never shows."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from app.assessments.models import Measurement
from app.db import db
from app.measurement.scale import Group
from app.measurement.scoring import Cell
from app.measurement.self_others import Place
from app.profiles import round_labels
from app.profiles.models import Guess
from app.rounds.models import Round
from app.web.formats import date
from tests.profiles.made import CATALOG
from tests.profiles.released import Released, change_part, release, share, thin, told
from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.pages import CheckedClient, tag_of, tree_of
from tests.support.records import make_measurement
from tests.support.statements import statements

SIX = ("verwachtingsmanagement", "acquisitie", "onderhandelen", "systeeminzicht", "zakelijk-gevoel",
       "relatiemanagement")
SCORES = dict(zip(SIX, (2.0, 3.0, 3.0, 3.5, 3.0, 4.2), strict=True))
LEAST = {"seen_most": list(SIX[:3]), "largest_difference": SIX[1]}


def seen(raters: int = 12, *, change: float = 0.0, groups: tuple[str, ...] = (Group.SCHOOL,)) -> list[Cell]:
    """What these groups saw: the same in every competency of an aspect that both are asked about."""
    asked = [{page.competency.code for page in CATALOG.asked("kern", group) if len(page.codes) > 1}
             for group in (Group.SCHOOL, Group.COLLEAGUE)]
    return [
        thin(group, c.code, raters, round(SCORES[c.aspect] + change, 1))
        for group in groups for c in CATALOG.competencies
        if c.aspect in SCORES and c.code in asked[group == Group.COLLEAGUE]
    ]


@pytest.fixture
def team(app: Flask, organisation_id: int) -> int:
    return make_team(app, organisation_id)


@pytest.fixture
def jet(app: Flask, organisation_id: int, team: int) -> Persona:
    return make_person(app, organisation_id, name="Jet Bos", works_in=[team])


@pytest.fixture
def tom(app: Flask, organisation_id: int, team: int) -> Persona:
    return make_person(app, organisation_id, name="Tom Vos", roles=("teamleider",), leads=[team])


def main_of(client: CheckedClient, address: str) -> Element:
    page = client.get(address, follow_redirects=True)
    assert page.status_code == 200
    main = next(one for one in tree_of(page.data).iter() if tag_of(one) == "main")
    for figure in [one for one in main.iter() if tag_of(one) == "figure"]:
        for script in [one for one in figure if tag_of(one) == "script"]:
            figure.remove(script)       # the same picture for Plotly
    return main


def read(client: CheckedClient, made: Released, rest: str = "") -> str:
    return told(main_of(client, made.at(rest)))


NOT_THERE = "Het plaatje dat je vroeg staat er niet"


# --- the guess --------------------------------------------------------------------------------------------------------


def test_before_she_reads_she_may_guess(app: Flask, client: CheckedClient, jet: Persona, tom: Persona) -> None:
    made = release(app, tom, jet, seen(), guess_first=True)
    log_in(client, jet)
    page = read(client, made)
    assert "Voorspel eerst" in page and "Liever meteen lezen" in page
    assert not figures_in(page)
    asked = client.get(made.at())
    assert asked.status_code == 303
    done = client.submit(client.get(asked.location), LEAST, to=asked.location)
    assert (done.status_code, done.location) == (303, made.at())
    page = read(client, made)
    assert "Wat je verwachtte" in page
    assert "Eén van de drie die je noemde, staat ook bij anderen bovenaan." in page or "van de drie die je" in page
    assert "Relatiemanagement (4,2)" in page
    again = client.send(made.at("/voorspelling"), {"seen_most": list(SIX[3:]), "largest_difference": SIX[5]})
    assert again.status_code == 303     # made before reading, and so it stays
    with app.app_context():
        kept = db.session.get_one(Guess, made.measurement_id)
        assert (kept.seen_most, kept.largest_difference, kept.declined) == (list(SIX[:3]), SIX[1], False)


def test_she_may_rather_read_at_once(app: Flask, client: CheckedClient, jet: Persona, tom: Persona) -> None:
    made = release(app, tom, jet, seen(), guess_first=True)
    log_in(client, jet)
    assert client.send(made.at("/voorspelling"), {"decline": "1"}).status_code == 303
    page = read(client, made)
    assert "Voorspel eerst" not in page and "Wat je verwachtte" not in page


@pytest.mark.parametrize("fields", [
    {}, {"seen_most": list(SIX[:2]), "largest_difference": SIX[0]},
    {"seen_most": list(SIX[:4]), "largest_difference": SIX[0]}, {"seen_most": list(SIX[:3])},
    {"seen_most": ["onzin", *SIX[:2]], "largest_difference": SIX[0]},
    {"seen_most": [SIX[0]] * 3, "largest_difference": SIX[0]},
    {"seen_most": list(SIX[:3]), "largest_difference": "HC1"},
])
def test_a_guess_that_is_none_is_asked_again(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona, fields: dict[str, object]
) -> None:
    made = release(app, tom, jet, seen(), guess_first=True)
    log_in(client, jet)
    assert client.send(made.at("/voorspelling"), fields).status_code == 422
    with app.app_context():
        assert db.session.get(Guess, made.measurement_id) is None


EVERYWHERE = ("", "/relaties-verdiepen", "/opmerkingen", "/tabel.xlsx", "?plaatje=focus&erbij=school", "/rapport.pdf")


def test_every_address_of_a_round_waits_for_the_guess_and_is_gone_to_after_it(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    made = release(app, tom, jet, seen(), guess_first=True)
    log_in(client, jet)
    for address in (*(made.at(rest) for rest in EVERYWHERE), "/profiel"):
        asked = client.get(address)
        assert asked.status_code == 303, address
        assert asked.location.startswith(made.at("/voorspelling?naar=")), address
        assert "Liever meteen lezen" in client.get(asked.location).get_data(as_text=True)
    asked = client.get(made.at("?plaatje=focus&erbij=school"))
    gone = client.submit(client.get(asked.location), {"decline": "1"}, to=asked.location)
    assert (gone.status_code, gone.location) == (303, made.at("?plaatje=focus&erbij=school"))
    for rest in EVERYWHERE[:-1]:
        assert client.get(made.at(rest)).status_code == 200, rest
    assert client.get(made.at("/voorspelling")).location == made.at()       # she was asked once


@pytest.mark.parametrize("going", ["https://elders.example/", "//elders.example", "/\\elders.example", "profiel", ""])
def test_after_the_guess_she_stays_on_this_site(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona, going: str
) -> None:
    made = release(app, tom, jet, seen(), guess_first=True)
    log_in(client, jet)
    to = made.at("/voorspelling?" + urlencode({"naar": going}))
    assert client.send(to, {"decline": "1"}).location == made.at()


def test_who_reads_along_and_where_there_is_nothing_to_guess_nobody_waits(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona, organisation_id: int
) -> None:
    rosa = make_person(app, organisation_id, name="Rosa Mol")
    made = release(app, tom, jet, seen(), guess_first=True)
    share(app, made, rosa, with_comments=True)
    for reader in (tom, rosa):
        log_in(client, reader)
        assert {client.get(made.at(rest)).status_code for rest in EVERYWHERE[:-1]} == {200}
    few = [one for one in seen() if CATALOG.competency(one.competency_code).aspect in SIX[:3]]
    little = release(app, tom, jet, few, guess_first=True, days_ago=2)
    log_in(client, jet)
    for rest in ("", "/opmerkingen", "/tabel.xlsx"):
        assert client.get(little.at(rest)).status_code == 200, rest
    assert client.get(little.at("/voorspelling")).location == little.at()


def test_without_her_own_view_only_the_others_are_guessed(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    made = release(app, tom, jet, seen(), guess_first=True, own_view=False)
    log_in(client, jet)
    asked = client.get(made.at())
    form = client.get(asked.location)
    assert "Welke drie aspecten" in form.text and "jouw kijk" not in form.text
    done = client.submit(form, {"seen_most": [SIX[5], SIX[3], SIX[0]]}, to=asked.location)
    assert (done.status_code, done.location) == (303, made.at())
    page = read(client, made)
    assert "Twee van de drie die je noemde, staan ook bij anderen bovenaan." in page
    assert "het verschil het grootst" not in page and "niet te zeggen" not in page


def test_of_an_earlier_round_she_guesses_nothing_any_more(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    earlier = release(app, tom, jet, seen(), guess_first=True, days_ago=300)
    later = release(app, tom, jet, seen(), guess_first=True)
    log_in(client, jet)
    assert client.get(later.at()).status_code == 303
    assert client.get(earlier.at()).status_code == 200
    assert client.get(earlier.at("/voorspelling")).location == earlier.at()
    assert client.send(earlier.at("/voorspelling"), LEAST).location == earlier.at()
    with app.app_context():
        assert db.session.get(Guess, earlier.measurement_id) is None


def test_the_day_it_closed_is_the_same_everywhere(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    """Answers are taken through a day, and the round is closed in the night after it."""
    made = release(app, tom, jet, seen())
    with app.app_context():
        closed_at = db.session.get_one(Measurement, made.measurement_id).closed_at
        planned = db.session.get_one(Round, made.round_id)
        planned.closed_at, planned.closes_on = closed_at, closed_at.date() - dt.timedelta(days=1)
        db.session.commit()
    with app.test_request_context():
        said = f"esloten op {date(closed_at)}"
    log_in(client, jet)
    assert said in read(client, made) and said in told(main_of(client, f"/feedback/{made.part_id}"))
    log_in(client, tom)
    assert said in told(main_of(client, f"/rondes/mensen/{made.part_id}"))


def test_nobody_guesses_for_her(app: Flask, client: CheckedClient, jet: Persona, tom: Persona) -> None:
    made = release(app, tom, jet, seen(), guess_first=True)
    own = make_measurement(app, jet, "focus")
    log_in(client, tom)
    assert client.send(made.at("/voorspelling"), {"decline": "1"}).status_code == 404
    assert "Voorspel eerst" not in read(client, made)
    log_in(client, jet)
    assert client.send(f"/profiel/{own}/voorspelling", {"decline": "1"}).status_code == 404
    change_part(app, made, released_at=None)
    assert client.send(made.at("/voorspelling"), {"decline": "1"}).status_code == 404


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_says_it_in_words_pictures_and_figures(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    made = release(app, tom, jet, [*seen(), *seen(4, groups=(Group.COLLEAGUE,)), Cell(Group.TEAM_LEAD, "VM1", 1, 5.0)])
    log_in(client, jet)
    main = main_of(client, made.at())
    page = told(main)
    assert "Mijn profiel Najaarsronde Gesloten op" in page
    assert "je eigen kijk en die van 16 anderen" in page
    assert "Anderen zien je vooral sterk in ‘Relatiemanagement’ ." in page
    assert "Een klein verschil is dus heel gewoon." in page
    assert "Jij en anderen naast elkaar" in page and "Verborgen kracht" in page
    assert "Wat er veranderde" not in page
    assert "Indicatief." not in page
    svgs = [one for one in main.iter() if tag_of(one).endswith("}svg") and one.get("role") == "img"]
    assert len(svgs) == 2
    assert all("Relatiemanagement: jij 3,0, anderen 4,2" in (svg.get("aria-label") or "") for svg in svgs)
    assert not [one for svg in svgs for one in svg.iter() if re.search("script|foreignObject|image", tag_of(one))]
    assert len([one for one in main.iter() if tag_of(one) == "details"]) >= 3


@pytest.mark.parametrize("place", list(Place))
def test_a_cell_of_the_six_has_one_name_everywhere(
    app: Flask, client: CheckedClient, jet: Persona, place: Place
) -> None:
    with app.test_request_context():
        name = round_labels.place_word(place, own=True)
        sentence, of_another = (round_labels.place(place, "Jet", own=own) for own in (True, False))
    log_in(client, jet)
    assert f"<b>{name}</b>" in client.get("/hulp/zo-lees-je-dit").get_data(as_text=True)
    assert sentence.startswith(f"{name}: ")
    assert of_another.startswith(f"{name.replace('jezelf', 'zichzelf')}: ")


def test_no_figure_on_the_page_is_finer_than_was_published(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    made = release(app, tom, jet, [*seen(), *seen(3, groups=(Group.COLLEAGUE,))])
    log_in(client, jet)
    assert len(figures_in(read(client, made))) > 100
    assert not re.search(r"\d,\d\d", read(client, made))


def test_the_third_series_and_the_picture_stand_in_the_address(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    made = release(app, tom, jet, [*seen(), *seen(5, groups=(Group.COLLEAGUE,))])
    log_in(client, jet)
    page = client.get(made.at("?plaatje=focus&erbij=collega")).get_data(as_text=True)
    assert "De twaalf onderwerpen van de vier focusgebieden</h2>" in page
    assert 'aria-current="true">Collega&#39;s</a>' in page
    assert NOT_THERE not in page
    for rest in ("?plaatje=%00x&erbij=ouder", "?erbij=school-opdrachtgever", "?erbij=iets", "?plaatje=iets"):
        odd = client.get(made.at(rest)).get_data(as_text=True)
        assert odd.count('aria-current="true">Doel') == 1 and odd.count(NOT_THERE) == 1
    assert NOT_THERE not in client.get(made.at()).get_data(as_text=True)


def test_a_group_that_is_not_shown_reads_the_same_as_one_that_was_not_asked(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    made = release(app, tom, jet, seen())       # of colleagues, who were asked, nothing is shown
    log_in(client, jet)
    pages = {read(client, made, f"?erbij={group}") for group in ("collega", "opdrachtgever", "ouder")}
    assert len(pages) == 1 and NOT_THERE in pages.pop()


def test_a_figure_over_missing_parts_says_how_many_it_has(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    made = release(app, tom, jet, [*seen(), *seen(5, groups=(Group.COLLEAGUE,))])
    log_in(client, jet)
    main = main_of(client, made.at())
    table = [one for one in main.iter() if tag_of(one) == "table" and "groups" in (one.get("class") or "")][1]
    row = next(one for one in table.iter() if tag_of(one) == "tr" and "Tweede professionaliteit" in told(one))
    cells = [told(one) for one in row if tag_of(one) == "td"]
    assert any(re.search(r"vanaf \d+ mensen \d van \d aspecten", cell) for cell in cells)
    assert "Verschil: niet te vergelijken" in cells[2]
    assert "Een streepje betekent: niet of te weinig gevraagd, of te weinig antwoorden" in told(main)


def test_the_dot_plot_says_what_is_seen_and_names_no_blind_spot(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    made = release(app, tom, jet, seen(change=-1.0))
    log_in(client, jet)
    main = main_of(client, made.at())
    drawn = " ".join(told(one) for one in main.iter() if tag_of(one) == "figure")
    assert "anderen zien dit minder dan jij" in drawn
    assert "blinde vlek" not in drawn and "Misschien een blinde vlek" in told(main)


def test_few_people_make_it_indicative_and_open_points(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    made = release(app, tom, jet, seen(4, change=0.6))
    log_in(client, jet)
    page = client.get(made.at()).get_data(as_text=True)
    assert "Er antwoordden minder dan tien mensen." in page
    assert "4,5 of hoger" in page
    assert '<path class="mo open"' in page and "Minder zeker" in page


def test_growth_is_told_with_who_answered_then(app: Flask, client: CheckedClient, jet: Persona, tom: Persona) -> None:
    release(app, tom, jet, seen(10, change=-0.9), days_ago=300, own_view=False)
    made = release(app, tom, jet, [*seen(), *seen(5, groups=(Group.COLLEAGUE,))])
    log_in(client, jet)
    main = main_of(client, made.at())
    page = told(main)
    assert "Zichtbare groei" in page
    assert "School: 12" in page and "School: 10" in page
    assert "Eén ronde laat alleen grote veranderingen zien." in page
    slopes = [one for one in main.iter() if "slope" in (one.get("class") or "")]
    assert slopes and "met 80% zekerheid tussen" in (slopes[0].get("aria-label") or "")
    assert "Kies een andere meting" in page


def test_line_figures_and_word_tell_the_same_change(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    code = "VM1"        # each group grew; all people taken together they fell from 3,5 to 3,1
    release(app, tom, jet, [thin(Group.COLLEAGUE, code, 10, 4.0), thin(Group.SCHOOL, code, 3, 2.0)],
            days_ago=300, own_view=False)
    made = release(app, tom, jet, [thin(Group.COLLEAGUE, code, 3, 4.6), thin(Group.SCHOOL, code, 10, 2.6)])
    log_in(client, jet)
    main = main_of(client, made.at())
    row = next(one for one in main.iter() if tag_of(one) == "li" and "verschil:" in told(one))
    assert re.search(r": 3,0 · \d+ \w+ \d{4}: 3,6 · verschil: \+0,6", told(row))
    line = next(one for one in row.iter() if "slope" in (one.get("class") or ""))
    assert figures_in(told(line)) == ["3,0", "3,6"]
    close_by = told(main_of(client, made.at(f"/{CATALOG.competency(code).slug}")))
    assert "Anderen 3,0 3,6 +0,6" in close_by
    assert "Anderen samen 3,1" in close_by


def test_what_was_asked_otherwise_is_not_compared(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    release(app, tom, jet, seen(10, groups=(Group.COLLEAGUE,)), days_ago=300, own_view=False)
    made = release(app, tom, jet, seen())
    log_in(client, jet)
    assert "Niet te vergelijken: vorige keer was er van dezelfde groep geen score." in read(client, made)


def test_without_others_it_says_so_kindly(app: Flask, client: CheckedClient, jet: Persona, tom: Persona) -> None:
    made = release(app, tom, jet, [], guess_first=True)     # and there is nothing to guess
    log_in(client, jet)
    page = read(client, made)
    assert "Er kwamen te weinig antwoorden om te laten zien zonder dat iemand herkenbaar is." in page
    assert "Dat zegt niets over jou of je werk." in page
    assert "Van collega's en scholen kwamen te weinig antwoorden" in page
    nothing = release(app, tom, jet, [], own_view=False, days_ago=2)
    assert "te weinig antwoorden" in read(client, nothing)


def test_a_kleine_kring_and_merged_groups_are_read(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    made = release(app, tom, jet, [thin(Group.SMALL_CIRCLE, "VM1", 5, 3.4)], small_circle=True)
    merged = release(app, tom, jet, [thin(Group.SCHOOL_AND_CLIENT, "VM1", 5, 3.4)],
                     raters={Group.SCHOOL: 4, Group.CLIENT: 4}, days_ago=2)
    log_in(client, jet)
    assert "Kleine kring" in read(client, made)
    assert "School en opdrachtgever staan samen, zodat niemand herkenbaar is." in read(client, merged)


# --- who reads it -----------------------------------------------------------------------------------------------------


def figures_in(page: str) -> list[str]:
    return re.findall(r"\d,\d", page)


def test_whoever_reads_along_sees_the_same_figures(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona, organisation_id: int
) -> None:
    rosa = make_person(app, organisation_id, name="Rosa Mol")
    made = release(app, tom, jet, seen())
    share(app, made, rosa, with_comments=False)
    log_in(client, jet)
    own = read(client, made)
    for reader in (tom, rosa):
        log_in(client, reader)
        page = read(client, made)
        assert figures_in(page) == figures_in(own)
        assert "Anderen zien Jet vooral sterk in ‘Relatiemanagement’ ." in page
        for said in ("Mijn profiel", "Voorspel eerst", "Raakt dit je?", "Gelezen door", " jij "):
            assert said not in page, said
    log_in(client, jet)
    assert "Rosa Mol" in read(client, made)


def test_who_may_read_one_round_reads_no_earlier_one(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona, organisation_id: int
) -> None:
    rosa = make_person(app, organisation_id, name="Rosa Mol")
    first = release(app, tom, jet, seen(10, change=-0.9), days_ago=300, own_view=False)
    made = release(app, tom, jet, seen())
    share(app, made, rosa, with_comments=False)
    log_in(client, rosa)
    page = read(client, made)
    assert "Wat er veranderde" not in page and "Kies een andere meting" not in page
    assert client.get(first.at()).status_code == 404


def test_her_profile_opens_with_what_closed_last_but_not_with_the_own_view_of_a_round(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    release(app, tom, jet, seen())      # the self-assessment that belongs to it is the younger one here
    log_in(client, jet)
    page = told(main_of(client, "/profiel"))
    assert page.startswith("Van Jet Bos") and "Gesloten op" in page
    assert "Je profiel opent met de meting die het laatst is gesloten." in page
    make_measurement(app, jet, "focus")
    page = told(main_of(client, "/profiel"))
    assert "Zelfbeeld van" in page and "Gesloten op" not in page
    assert "Dit is alleen je eigen kijk. Wat anderen zien, staat in Najaarsronde" in page


def test_before_its_release_and_to_others_it_does_not_exist(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona, beheerder: Persona
) -> None:
    made = release(app, tom, jet, seen())
    log_in(client, beheerder)
    assert client.get(made.at()).status_code == 404
    change_part(app, made, released_at=None)
    for reader in (jet, tom):
        log_in(client, reader)
        assert client.get(made.at()).status_code == 404


def test_a_page_costs_the_same_however_many_rounds_there_were(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    made = release(app, tom, jet, seen(), days_ago=2)
    log_in(client, jet)

    def cost() -> int:
        client.get(made.at())
        with statements(app) as found:
            assert client.get(made.at()).status_code == 200
        assert len(found) <= 12, "\n".join(found)
        return len(found)

    few = cost()
    for number in range(4):
        release(app, tom, jet, seen(), days_ago=300 + 200 * number, own_view=False)
    assert cost() == few
