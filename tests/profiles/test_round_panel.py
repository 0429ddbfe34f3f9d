"""Parents and pupils by theme, on their own scale: never beside adults, and not missed where they were not asked."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from app.measurement.scale import Bound, Group
from app.measurement.scoring import Cell
from app.profiles.round_panel import panels
from tests.profiles.made import CATALOG
from tests.profiles.released import release, rich, thin, told
from tests.support.builders import log_in, make_organisation, make_person, make_team
from tests.support.pages import CheckedClient, text_of, tree_of

PARENTS = {theme.code: theme.indicators for theme in CATALOG.themes if theme.group == "ouder"}
PUPILS = {theme.code: theme.indicators for theme in CATALOG.themes if theme.group == "leerling"}
LISTENING = {"V4.1": 4.6, "SI2.1": 3.8, "V8.1": 4.8}


def test_a_theme_is_told_in_the_words_of_its_scale() -> None:
    cells = [rich(Group.PARENT, "luisteren-begrijpen", 6, 4.4, LISTENING), thin(Group.PARENT, "helpt-het", 3, 4.5)]
    (panel,) = panels(CATALOG, cells, {Group.PARENT: PARENTS})
    assert (panel.question, panel.top, panel.points[0]) == ("Klopt dit voor u?", 5, "Nee, helemaal niet")
    listening, helps = panel.themes
    assert (listening.name, listening.words) == ("Luisteren en begrijpen", ("Ja, meestal wel", "Ja, helemaal"))
    assert [(one.mean, one.bound) for one in listening.statements] == [
        (4.6, Bound.EXACT), (3.8, Bound.EXACT), (4.8, Bound.OR_HIGHER),
    ]  # fmt: skip
    assert (helps.mean, helps.bound, helps.statements) == (4.5, Bound.OR_HIGHER, ())
    assert panel.absent == ("Vooraf duidelijk", "Uitleg en contact")


def test_pupils_have_three_points() -> None:
    cells = [thin(Group.PUPIL, "luisteren-veilig", 5, 2.8), thin(Group.PUPIL, "samen-een-plan", 7, 2.1)]
    (panel,) = panels(CATALOG, cells, {Group.PUPIL: PUPILS})
    assert panel.points == ("Nee", "Een beetje", "Ja")
    assert [(one.words, one.bound) for one in panel.themes] == [(("Ja",), Bound.OR_HIGHER),
                                                               (("Een beetje",), Bound.EXACT)]


def test_a_theme_of_which_one_statement_was_asked_is_not_missed() -> None:
    short = {"luisteren-veilig": ("V4.1", "V5.4"), "samen-een-plan": ("VM2.2",), "helpt-het": ("SI2.2", "RM1.2")}
    (panel,) = panels(CATALOG, [], {Group.PUPIL: short})
    assert panel.themes == ()
    assert panel.absent == ("Luisteren en veilig", "Helpt het?")


def test_who_was_not_asked_has_no_panel() -> None:
    assert panels(CATALOG, [], {Group.COLLEAGUE: {"VM1": ("VM1.1", "VM1.2")}}) == ()


def test_on_the_page_they_stand_apart(app: Flask, client: CheckedClient) -> None:
    here = make_organisation(app)
    team = make_team(app, here)
    jet, tom = make_person(app, here, works_in=[team], name="Jet de Vries"), make_person(app, here, leads=[team])
    asked: dict[str, int] = {Group.COLLEAGUE: 7, Group.PARENT: 8, Group.PUPIL: 6}
    cells = [
        thin(Group.COLLEAGUE, "VM1", 5, 3.4), rich(Group.PARENT, "luisteren-begrijpen", 6, 4.4, LISTENING),
        Cell(Group.PUPIL, "helpt-het", 5, 2.3, {}, 0.4),
    ]  # fmt: skip
    made = release(app, tom, jet, cells, (), asked)
    log_in(client, jet)
    page = client.get(made.at())
    sections = {
        text_of(next(h for h in one.iter() if str(h.tag).endswith("h2"))): told(one)
        for one in tree_of(page.data).iter() if str(one.tag).endswith("section") and one.get("aria-labelledby")
    }
    parents, pupils = sections["Wat ouders zeggen"], sections["Wat leerlingen zeggen"]
    assert "tussen ‘Ja, meestal wel’ en ‘Ja, helemaal’ 4,4" in parents
    assert "4,8 of hoger" in parents
    assert "Vooraf duidelijk, Uitleg en contact, Helpt het?: van ouders kwamen te weinig antwoorden" in parents
    assert "tussen ‘Een beetje’ en ‘Ja’ 2,3" in pupils
    assert "Score van 1 tot 3" in pupils
    assert "3,4" not in parents + pupils        # what colleagues said


def test_a_theme_has_no_address(app: Flask, client: CheckedClient) -> None:
    here = make_organisation(app)
    jet, tom = make_person(app, here), make_person(app, here)
    made = release(app, tom, jet, [thin(Group.PARENT, "helpt-het", 3, 4.0)], (), {Group.PARENT: 8})
    log_in(client, jet)
    for slug in ("helpt-het", "luisteren-veilig", "ouder", "leerling", "verwachtingen-ophalen/ouder"):
        assert client.get(made.at(f"/{slug}")).status_code == 404, slug


def test_a_theme_has_its_growth_in_the_words_of_the_others(app: Flask, client: CheckedClient) -> None:
    here = make_organisation(app)
    team = make_team(app, here)
    jet, tom = make_person(app, here, works_in=[team], name="Jet de Vries"), make_person(app, here, leads=[team])
    asked: dict[str, int] = {Group.PARENT: 8, Group.PUPIL: 8}
    helps = Cell(Group.PUPIL, "helpt-het", 7, 1.4, {}, 0.4)
    release(app, tom, jet, [thin(Group.PARENT, "helpt-het", 4, 4.5), helps], (), asked, own_view=False, days_ago=300)
    now = [thin(Group.PARENT, "helpt-het", 6, 4.4), thin(Group.PARENT, "luisteren-begrijpen", 6, 4.0),
           replace(helps, mean=2.6)]
    made = release(app, tom, jet, now, (), asked)
    log_in(client, jet)
    rows = [told(row) for row in tree_of(client.get(made.at()).data).iter() if str(row.tag).endswith("tr")]
    [growth] = [row for row in rows if row.startswith("Helpt het?") and "Zichtbare groei" in row]
    assert growth.endswith("1,4 2,6 +1,2 Zichtbare groei")
    [same] = [row for row in rows if "4,5 of hoger 4,4" in row]
    assert same.endswith("−0,1 Geen duidelijk verschil")
    [new] = [row for row in rows if row.startswith("Luisteren en begrijpen") and "te vergelijken" in row]
    assert new.endswith("Niet te vergelijken: vorige keer was er van dezelfde groep geen score.")


def test_of_a_group_that_was_never_asked_before_nothing_is_compared(app: Flask, client: CheckedClient) -> None:
    here = make_organisation(app)
    team = make_team(app, here)
    jet, tom = make_person(app, here, works_in=[team]), make_person(app, here, leads=[team])
    release(app, tom, jet, [thin(Group.COLLEAGUE, "VM1", 6, 3.0)], (), {Group.COLLEAGUE: 7}, own_view=False,
            days_ago=300)
    made = release(app, tom, jet, [thin(Group.PARENT, "helpt-het", 6, 4.4)], (), {Group.PARENT: 8})
    log_in(client, jet)
    page = client.get(made.at()).get_data(as_text=True)
    assert "Wat ouders zeggen" in page and "Een verschil telt alleen als de groep" not in page
