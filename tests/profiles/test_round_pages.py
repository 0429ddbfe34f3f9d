"""The page of a round: what it shows to whom, and what it never shows."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.measurement.scale import Group
from app.measurement.scoring import Cell
from app.measurement.self_others import Place
from app.profiles import round_labels
from tests.profiles.made import CATALOG
from tests.profiles.released import (
    NOT_THERE,
    change_part,
    figures_in,
    main_of,
    read,
    release,
    seen,
    share,
    thin,
    told,
)
from tests.support.builders import Persona, log_in, make_person
from tests.support.pages import CheckedClient, tag_of
from tests.support.records import make_measurement
from tests.support.statements import statements


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
    for rest in ("?plaatje=%01x&erbij=ouder", "?erbij=school-opdrachtgever", "?erbij=iets", "?plaatje=iets"):
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
