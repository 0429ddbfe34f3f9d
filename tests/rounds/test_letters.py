"""Each mail that asks somebody for feedback, read: what it must say to whom, and when nobody gets it any more."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.db import db
from app.messages.letters import letter
from app.messages.models import Message
from app.people.models import Person
from app.rounds import letters
from app.rounds.invitations import State
from app.rounds.models import Invitation, Round, RoundGroup, RoundSettings
from app.web.formats import as_if, now
from tests.rounds.post import ADULTS, EVERYBODY, START, asked, written
from tests.support.builders import Persona
from tests.support.rounds import SETS, make_round


@pytest.mark.parametrize("reminder", [False, True])
@pytest.mark.parametrize("group", EVERYBODY)
def test_what_every_letter_says(app: Flask, teamleider: Persona, begeleider: Persona, group: str,
                                reminder: bool) -> None:
    read = asked(app, teamleider, begeleider, group, reminder=reminder, contact="Bea Jansen, 030 123 45 67")
    assert "\n" not in read.subject
    for said in ("Jet de Vries", "Leren van wat anderen zien in mijn werk op scholen.", "maandag 30 maart",
                 "Dienst Noord", "Bea Jansen, 030 123 45 67", "alleen voor", "link"):
        assert said in read.text, said
    assert re.search(r"ongeveer \d+ minuten", read.text)
    assert re.search(r"Liever niet|komt het niet uit|niet meedoen|Wil je niet", read.text)
    assert "{" not in read.text + read.subject


@pytest.mark.parametrize("group", EVERYBODY)
def test_the_form_of_address(app: Flask, teamleider: Persona, begeleider: Persona, group: str) -> None:
    for reminder in (False, True):
        with app.app_context():
            db.session.execute(delete(RoundSettings))
            db.session.execute(delete(Round))
            db.session.commit()
        read = asked(app, teamleider, begeleider, group, reminder=reminder).text
        assert bool(re.search(r"\b(je|jij|jou|jouw)\b", read, re.I)) is (group != "ouder")
        assert bool(re.search(r"\b(u|uw)\b", read, re.I)) is (group == "ouder")


@pytest.mark.parametrize(("group", "others"), [("collega", 2), ("school", 2), ("opdrachtgever", 2), ("ouder", 2),
                                               ("leerling", 4)])
def test_with_how_many_others(app: Flask, teamleider: Persona, begeleider: Persona, group: str, others: int) -> None:
    assert f"minstens {others}" in asked(app, teamleider, begeleider, group).text


@pytest.mark.parametrize("reminder", [False, True])
@pytest.mark.parametrize("group", ["ouder", "leerling"])
def test_who_would_rather_not_is_promised_no_more_than_holds(app: Flask, teamleider: Persona, begeleider: Persona,
                                                             group: str, reminder: bool) -> None:
    """That somebody declines is seen; whether somebody answered is not."""
    read = asked(app, teamleider, begeleider, group, reminder=reminder).text
    assert "Niemand ziet of " in read
    assert not re.search("Niemand ziet of (u|je) meedoet", read)


def test_the_teamleider_is_told_that_it_is_not_anonymous(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    read = asked(app, teamleider, begeleider, "teamleider").text
    assert "niet anoniem" in read
    assert "minstens" not in read
    assert "Niemand ziet" not in read


@pytest.mark.parametrize("group", ["collega", "ouder", "leerling"])
def test_who_reads_ones_own_words(app: Flask, teamleider: Persona, begeleider: Persona, group: str) -> None:
    read = asked(app, teamleider, begeleider, group, lead_reads=False).text
    assert "teamleider niet" in read or "teamleider" not in read


@pytest.mark.parametrize("lead_reads", [True, False])
@pytest.mark.parametrize("group", ADULTS)
def test_ones_own_words_are_read_only_beside_those_of_others(app: Flask, teamleider: Persona, begeleider: Persona,
                                                             group: str, lead_reads: bool) -> None:
    """As the first page says it."""
    read = asked(app, teamleider, begeleider, group, lead_reads=lead_reads).text
    assert "zonder naam, en alleen als minstens 3 mensen iets schreven" in read


@pytest.mark.parametrize("group", ADULTS)
def test_in_a_small_circle(app: Flask, teamleider: Persona, begeleider: Persona, group: str) -> None:
    """One group of all anonymous adults, with the strictest minimum of theirs."""
    with as_if(START):
        made = make_round(app, teamleider, [begeleider], {group: 1}, opened_days_ago=0, small_circle=True)
    with app.app_context(), as_if(START):
        db.session.execute(update(RoundGroup).where(RoundGroup.rater_group == "opdrachtgever").values(minimum=4))
        letters.ask(db.session.get_one(Invitation, made.invitation_ids[0]), made.round_id)
        read = written().text
    assert "in één groep, samen met die van minstens 3 anderen" in read
    assert "voegen we" not in read


def test_schools_and_clients_may_become_one_group(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    with as_if(START):
        made = make_round(app, teamleider, [begeleider], {"school": 1}, opened_days_ago=0)
    texts = []
    with app.app_context(), as_if(START):
        for _ in range(2):
            letters.ask(db.session.get_one(Invitation, made.invitation_ids[0]), made.round_id)
            texts.append(written().text)
            db.session.execute(delete(RoundGroup).where(RoundGroup.rater_group == "opdrachtgever"))
            db.session.commit()
    assert "voegen we opdrachtgevers toe" in texts[0]
    assert "voegen we" not in texts[1]


def test_without_a_contact_it_is_who_planned_the_round(app: Flask, teamleider: Persona, begeleider: Persona,
                                                       beheerder: Persona) -> None:
    read = asked(app, teamleider, begeleider, "school").text
    assert f"Tom Bakker ({teamleider.email})" in read
    with app.app_context():
        planned = db.session.scalars(select(Round)).one()
        planned.own_initiative, planned.created_by_id = True, begeleider.id
        assert letters.contact_of(planned) == f"Bea Jansen ({beheerder.email})"


# --- who gets none any more ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [
    {"answered": True}, {"answered": None}, {"state": State.DECLINED}, {"state": State.REMOVED}, {"renewal": 1},
    {"email": "elders@school.example"},
])
def test_who_needs_no_letter_any_more(app: Flask, teamleider: Persona, begeleider: Persona,
                                      values: dict[str, object]) -> None:
    made = make_round(app, teamleider, [begeleider], {"school": 1})
    with app.app_context():
        letters.ask(db.session.get_one(Invitation, made.invitation_ids[0]), made.round_id)
        db.session.execute(update(Invitation).values(**values))
        assert letter(db.session.scalars(select(Message)).one()) is None
        db.session.rollback()


@pytest.mark.parametrize(("state", "days"), [("choosing", 0), ("closed", 0), ("aborted", 0), ("open", 29)])
def test_no_letter_once_it_is_over(app: Flask, teamleider: Persona, begeleider: Persona, state: str,
                                   days: int) -> None:
    made = make_round(app, teamleider, [begeleider], {"school": 1}, opened_days_ago=0)
    with app.app_context(), as_if(now() + dt.timedelta(days=days)):
        letters.ask(db.session.get_one(Invitation, made.invitation_ids[0]), made.round_id)
        db.session.execute(update(Round).values(state=state))
        assert letter(db.session.scalars(select(Message)).one()) is None
        db.session.rollback()


def test_no_letter_about_somebody_who_left(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], {"school": 1})
    with app.app_context():
        letters.ask(db.session.get_one(Invitation, made.invitation_ids[0]), made.round_id)
        assert letter(db.session.scalars(select(Message)).one()) is not None
        db.session.get_one(Person, begeleider.id).active = False
        db.session.flush()
        assert letter(db.session.scalars(select(Message)).one()) is None


def test_there_is_a_letter_for_every_group(app: Flask) -> None:
    assert set(EVERYBODY) == set(SETS)
