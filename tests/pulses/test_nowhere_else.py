"""What came of a korte vraag is read at its goal and at a tussenstand, and nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import delete, update

from app.checkins.models import CheckIn
from app.db import db
from app.messages.models import Message
from app.pulses.models import Pulse
from app.rating.models import PulseOutcome
from app.rounds.models import Round
from app.web.formats import now
from tests.profiles.attack.readable import Pages, everything
from tests.profiles.released import release, rich
from tests.support.builders import Persona, make_person
from tests.support.pages import browser_of
from tests.support.pulses import MadePulse, closed_pulse
from tests.support.records import make_check_in, make_goal, make_plan

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)      # what is asked here is of the pages
SEEN = {"VM1.1": 3.0, "VM1.2": 3.4}


@dataclass(frozen=True)
class Dienst:
    """A begeleider with a profile, a plan, a tussenstand and a goal with a closed korte vraag."""

    app: Flask
    people: Mapping[str, Persona]
    addresses: Sequence[str]
    goal_id: int
    plan_id: int
    check_in_id: int
    pulse: MadePulse

    def read(self) -> dict[str, Pages]:
        return {who: everything(self.app, person, self.addresses) for who, person in self.people.items()}

    @property
    def told_at(self) -> set[str]:
        """Where it may be read."""
        return {f"/ontwikkelplan/doelen/{self.goal_id}", f"/tussenstand/{self.check_in_id}"}


@pytest.fixture
def dienst(app: Flask, begeleider: Persona, teamleider: Persona) -> Dienst:
    goal_id = make_goal(app, begeleider).goal_id
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    check_in_id = make_check_in(app, begeleider, teamleider, plan_id)
    found = release(app, teamleider, begeleider, [rich("collega", "VM1", 6, 3.2, SEEN),
                                                  rich("school", "VM1", 6, 3.4, SEEN)])
    pulse = closed_pulse(app, begeleider, teamleider, goal_id, (4, 4, 4))
    with app.app_context():
        db.session.execute(delete(Message))
        later = now() + dt.timedelta(days=21)
        db.session.execute(update(CheckIn).values(told_at=later))       # she saved it once more when it was closed
        db.session.commit()
    people = {
        "jet": begeleider, "tom": teamleider,
        "hr": make_person(app, begeleider.organisation_id, roles=["hr"]),
        "beheerder": make_person(app, begeleider.organisation_id, roles=["beheerder"]),
        "colleague": make_person(app, begeleider.organisation_id),
    }
    part, profile = pulse.part_id, found.at()
    addresses = (
        profile, *(found.at(rest) for rest in ("/tabel.xlsx", "/rapport.pdf", "/delen", "/opmerkingen",
                                               "/verwachtingen-ophalen")),
        f"/rondes/{pulse.round_id}", f"/rondes/{pulse.round_id}/bewerken", f"/rondes/nieuw?van={pulse.round_id}",
        f"/rondes/mensen/{part}", f"/rondes/mensen/{part}/vrijgeven", f"/feedback/{part}", f"/feedback/{part}/mensen",
        f"/ontwikkelplan/doelen/{goal_id}", f"/ontwikkelplan/van/{plan_id}", f"/tussenstand/{check_in_id}",
        f"/gesprekken/nieuw?ronde={part}", "/rondes/kwaliteit", f"/rondes/{pulse.round_id}/kwaliteit", "/dossier",
        f"/dossier/van/{begeleider.id}", "/feedback/nieuw",
        "/zelfbeeld", "/metingen", f"/profiel/{part}", f"/profiel/{pulse.round_id}",
    )
    for person in people.values():
        browser_of(app, person).get(profile)       # that it was read is written down, and shown
    return Dienst(app, people, addresses, goal_id, plan_id, check_in_id, pulse)


def become(dienst: Dienst, mean: float | None) -> None:
    with dienst.app.app_context():
        db.session.execute(update(PulseOutcome).values(mean=mean))
        db.session.commit()


def changed(before: Mapping[str, Pages], after: Mapping[str, Pages]) -> dict[str, set[str]]:
    """By reader the addresses that read differently, whatever is unfolded there."""
    return {
        who: {address.partition("?")[0] for address in pages.keys() | after[who].keys()
              if pages.get(address) != after[who].get(address)}
        for who, pages in before.items()
    }


@ON_SQLITE
def test_the_figure_is_read_at_the_goal_and_the_tussenstand_alone(dienst: Dienst) -> None:
    before = dienst.read()
    become(dienst, 1.5)
    found = changed(before, dienst.read())
    assert found == {"jet": dienst.told_at, "tom": {f"/tussenstand/{dienst.check_in_id}"}, "hr": set(),
                     "beheerder": set(), "colleague": set()}


@ON_SQLITE
def test_no_page_shows_the_figure_itself(dienst: Dienst) -> None:
    """Means that give the same word read the same on every page: the figure stands nowhere."""
    become(dienst, 3.7)
    before = dienst.read()
    become(dienst, 4.4)
    assert not any(changed(before, dienst.read()).values())


@ON_SQLITE
def test_without_it_everything_else_reads_the_same(dienst: Dienst) -> None:
    """No profile, wave, growth, proposal, start score, list of rounds, release or report knows of it; her start page
    says that there is something to read at the goal.
    """
    with_it = dienst.read()
    with dienst.app.app_context():
        db.session.execute(delete(Pulse))
        db.session.execute(delete(Round).where(Round.id == dienst.pulse.round_id))
        db.session.commit()
    found = changed(with_it, dienst.read())
    own = {*(one for one in dienst.addresses if f"/{dienst.pulse.part_id}" in one and "profiel" not in one)}
    says_that_it_closed = {"/start", "/inloggen"}      # the second leads to the first
    assert found["jet"] - own == dienst.told_at | says_that_it_closed
    assert found["tom"] - own == {f"/tussenstand/{dienst.check_in_id}"}
    assert not (found["hr"] | found["colleague"]) and not found["beheerder"] - own


@ON_SQLITE
def test_what_a_round_has_is_not_there(dienst: Dienst) -> None:
    pages = dienst.read()
    part, round_id = dienst.pulse.part_id, dienst.pulse.round_id
    for who, read in pages.items():
        for address in (f"/rondes/{round_id}", f"/rondes/{round_id}/bewerken", f"/rondes/{round_id}/kwaliteit",
                        f"/rondes/mensen/{part}/vrijgeven"):
            assert read[address].split()[0] in ("403", "404"), f"{who} at {address}"
        assert "Korte vraag over" not in read.get("/rondes", ""), who
