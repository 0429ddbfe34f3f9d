"""What the pages of a team say where nothing stands: why, and of whom."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from sqlalchemy import delete

from app.assessments.models import StoredCell
from app.db import db
from app.measurement.scale import Group
from app.rounds.models import Round
from app.web.formats import today
from tests.support.pages import browser_of, text_of, tree_of
from tests.support.rounds import make_round
from tests.support.teams import make_measured_team
from tests.team.test_pages import said
from tests.team.test_roles import agree, told


def test_what_is_not_compared_says_so_with_the_reason(app: Flask) -> None:
    team = make_measured_team(app, 2, work=False)
    amira, bas = team.people
    now, earlier = (one.measurement_id for one in team.rounds[amira.id])
    with app.app_context():
        for measurement_id, group in ((now, Group.COLLEAGUE), (earlier, Group.SCHOOL)):
            db.session.execute(delete(StoredCell).where(StoredCell.measurement_id == measurement_id,
                                                        StoredCell.rater_group == group))
        db.session.commit()
    page = said(browser_of(app, team.lead), team.at())
    assert page.count("niet te vergelijken") == 6 and "zichtbare groei" in page
    reasons = page.partition("Niet te vergelijken:")[2].partition("Afgesproken niveau")[0]
    assert reasons.strip() == f"in de meting ervoor was er van dezelfde groep geen score: {amira.name}."
    assert bas.name not in reasons
    assert "Staat er geen ‘zelf’" in page


def test_roles_that_nobody_was_asked_about(app: Flask) -> None:
    team = make_measured_team(app, 2, waves=(3.4,), work=False)
    answer = browser_of(app, team.lead).get(team.at("?toon=rollen"))
    tree = tree_of(answer.data)
    section = next(one for one in tree.iter("section") if one.get("aria-labelledby") == "zelf-en-anderen")
    captions = [text_of(one) for one in section.iter("caption")]
    assert len(captions) == 1 and captions[0].startswith("Tweede professionaliteit.") and "Vet: wat" in captions[0]
    unseen = text_of(section).partition("Zonder cijfers: ")[2].partition(".")[0].split(", ")
    assert {"Expert", "Onderwijscontroller"} <= set(unseen) and "Onderhandelaar" not in unseen
    assert "Daar is niet naar gevraagd, of te weinig mensen antwoordden." in text_of(section)
    jumps = [one.get("href", "")[1:] for one in section.iter("a") if one.get("href", "").startswith("#persoon-")]
    assert jumps == [f"persoon-{person.id}" for person in team.people]
    assert [one.get("id") for one in section.iter("tr") if one.get("id")] == jumps


def test_who_did_not_choose_and_who_comes_on_the_same_day(app: Flask) -> None:
    team = make_measured_team(app, 5, waves=(), work=False)
    late = make_round(app, team.lead, team.people[:1], state="choosing", opened_days_ago=-5)
    make_round(app, team.lead, team.people[1:], opened_days_ago=3)
    with app.app_context():
        db.session.get_one(Round, late.round_id).choose_until = today() - dt.timedelta(days=12)
        db.session.commit()
    page = said(browser_of(app, team.lead), team.at())
    assert f"{team.people[0].name} koos nog niet wie er gevraagd worden." in page and "Kiezen kon tot en met" in page
    assert "koos nog niemand; dat kon tot en met" in page and "kiest mensen" not in page
    assert "Ronde van Bas, Carla en 2 anderen sluit" in page


def test_nobody_and_not_needed_are_two_things(app: Flask) -> None:
    team = make_measured_team(app, 2, waves=(), work=False)
    for person in team.people:
        agree(app, person, team.lead, controller=4, marketeer=2)
    found = told(browser_of(app, team.lead), team.at("/rollen"))
    assert [found[role][2][:10] for role in ("Controller", "Marketeer", "Expert")] == [
        "niet nodig", "niemandin ", "niet nodig"]
