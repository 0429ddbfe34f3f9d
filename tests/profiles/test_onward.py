"""Where a reader goes from a round: its chapters, a goal for what others see less, the conversation about it."""

from __future__ import annotations

import datetime as dt

from flask import Flask

from app.conversations.models import Conversation
from app.db import db
from app.measurement.scale import Group
from tests.profiles.made import CATALOG
from tests.profiles.released import Released, main_of, read, release, seen, thin
from tests.support.builders import Persona, log_in
from tests.support.conversations import make_conversation
from tests.support.pages import CheckedClient
from tests.support.records import make_goal


def less(app: Flask, tom: Persona, jet: Persona) -> Released:
    """A round in which others see one competency clearly less than Jet, who gives herself 3 everywhere."""
    cells = [thin(one.group, one.competency_code, one.raters, 1.2) if one.competency_code == LEAST else one
             for one in seen(groups=(Group.COLLEAGUE,))]
    return release(app, tom, jet, cells)


LEAST = next(one.competency_code for one in seen(groups=(Group.COLLEAGUE,)))


def links(client: CheckedClient, made: Released) -> list[str]:
    return [one.get("href", "") for one in main_of(client, made.at()).iter() if one.tag.rpartition("}")[2] == "a"]


def test_every_chapter_is_named_near_the_top(app: Flask, client: CheckedClient, jet: Persona, tom: Persona) -> None:
    """That each of these leads somewhere, every page is checked for."""
    made = release(app, tom, jet, seen())
    log_in(client, jet)
    named = [href for href in links(client, made) if href.startswith("#")]
    assert named[0] == "#beeld" and named[-1] == "#wat-nu" and "#naast-elkaar" in named
    log_in(client, tom)
    assert "#wat-nu" not in links(client, made)


def test_what_others_see_less_becomes_a_goal_from_here(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    made = less(app, tom, jet)
    log_in(client, jet)
    slug = CATALOG.competency(LEAST).slug
    to_goal = f"/ontwikkelplan/doelen/nieuw?competentie={slug}&meting={made.measurement_id}"
    assert links(client, made).count(to_goal) == 2      # beside the sentence, and in its cell
    assert client.get(to_goal).status_code == 200
    make_goal(app, jet, slug)
    assert to_goal not in links(client, made)
    page = read(client, made)
    assert "Je hebt hier een doel van gemaakt." in page and "Je werkt al aan één doel." in page
    log_in(client, tom)
    assert not [href for href in links(client, made) if href.startswith("/ontwikkelplan")]


def test_it_leads_on_to_the_conversation(app: Flask, client: CheckedClient, jet: Persona, tom: Persona) -> None:
    made = release(app, tom, jet, seen())
    log_in(client, jet)
    assert "plant met jou een gesprek over dit profiel" in read(client, made)
    log_in(client, tom)
    assert f"/gesprekken/nieuw?wie={jet.id}" in links(client, made)
    talk_id = make_conversation(app, jet, tom, part_id=made.part_id)
    with app.app_context():
        db.session.get_one(Conversation, talk_id).planned_at = dt.datetime(2026, 12, 1, 13, 30, tzinfo=dt.UTC)
        db.session.commit()
    for person, other in ((jet, "Tom Vos"), (tom, "Jet")):
        log_in(client, person)
        assert f"Op dinsdag 1 december om 14.30 uur bespreek je dit met {other}." in read(client, made)
        assert f"/gesprekken/{talk_id}" in links(client, made)
    with app.app_context():
        db.session.get_one(Conversation, talk_id).called_off_at = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
        db.session.commit()
    log_in(client, jet)
    assert "plant met jou een gesprek over dit profiel" in read(client, made)
