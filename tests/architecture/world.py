"""Two diensten in which everybody has one of everything, to ask every route about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from app.access import Role, declared_access, may_open
from app.accounts import links
from app.accounts.models import Account, LinkPurpose
from app.competencies.models import FunctionProfile
from app.db import db
from app.development.agenda import addresses
from app.development.models import GoalAction
from app.dossier.models import EvidenceKind
from app.measurement.scale import Group
from app.messages import services as messages
from app.profiles.models import Share
from app.rounds import links as rater_links
from app.rounds.models import Invitation, SchoolHoliday
from app.trainings.lifecycle import EnrolmentState
from app.web.formats import now, today
from tests.profiles.released import change_part, release
from tests.support.builders import Persona, make_organisation, make_person, make_team
from tests.support.conversations import make_conversation
from tests.support.needs import make_snapshot
from tests.support.pages import CheckedClient, browser_of
from tests.support.practice import make_sheet
from tests.support.pulses import open_pulse
from tests.support.records import (
    actor_of,
    make_assessment,
    make_check_in,
    make_evidence,
    make_goal,
    make_measurement,
    make_own_action,
    make_plan,
)
from tests.support.rounds import make_round
from tests.support.sessions import make_session, put
from tests.support.training_plans import make_training_plan
from tests.support.trainings import make_training

FIXED = {
    "slug": "verwachtingen-ophalen",
    "filename": "css/groeispiegel.css",
    "said": "gedaan",
    "step": "zet-stil",
    "number": 1,
    "move": "breek-af",
    "stand": "bezig",
    "group": "collega",
    "tool": "verwachtingengesprek-canvas",
    "kind": "notitie",
}
CODES = {"competencies.aspect": "vakmanschap", "competencies.role": "coach"}
OF_ONE_PERSON = {"assessment_id", "measurement_id", "goal_id", "action_id", "share_id",     # private to their maker
                 "conversation_id", "plan_id", "check_in_id", "evidence_id", "sheet_id", "traject_id"}
OF_ONE_DIENST = {"person_id", "team_id", "profile_id", "round_id", "part_id", "invitation_id", "holiday_id",
                "message_id", "library_number", "training_id", "snapshot_id", "session_id", "enrolment_id",
                "training_plan_id"}
OWN = "/profiel/<"       # no role opens these: she herself does, and with whom she shares
EVIDENCE = {f"/dossier/bewijs/<int:evidence_id>{of}" for of in ("", "/bestand")}      # hers, and whom she shows it
OTHERS_EVIDENCE = "/dossier/van/<int:person_id>"       # for whoever leads her
OF_A_ROUND = {"profiles.comments", "profiles.before_reading"}      # ask for the measurement of a round; others take any
PLAN = "/ontwikkelplan/van/<int:plan_id>"       # hers, and who accompanies her reads, confirms and reopens it
OF_BOTH = {*(f"{PLAN}{of}" for of in ("", "/bevestig", "/heropen")), "/tussenstand/<int:check_in_id>"}
REACTIONS = {f"{PLAN}/opmerking",          # for who accompanies her
             *(f"/tussenstand/<int:check_in_id>/reactie{of}" for of in ("", "/veld"))}
APPROVING = "/rondes/mensen/"    # for whoever approves somebody's choice, whatever her role: no role opens it by itself
TALK = "/gesprekken/<"           # for the two who hold it, jet and tom; these of their pages for one of them
OF_ONE = {f"{TALK}int:conversation_id>/dank": ("begeleider",), f"{TALK}int:conversation_id>/gids": ("teamleider",),
          f"{TALK}int:conversation_id>/afzeggen": ("teamleider",)}
NEW_TALK = "/gesprekken/nieuw"   # for whoever leads somebody
NOT_OF_A_PULSE = {"conversations.release", "conversations.do_release", "rating.practice", "rating.device",
                  "rating.next_child"}         # nothing is released of it, and no pupils answer it
OF_A_PART = {"part_id", "invitation_id"}        # of a round, and once more of a korte vraag
EVERY_ROLE = (Role.BEGELEIDER, Role.TEAMLEIDER, Role.HR, Role.BEHEERDER)
Things: TypeAlias = Mapping[str, int | str]


@dataclass(frozen=True)
class World:
    """Two diensten. `own` are jet's things, `colleague` those of somebody in her team, `elsewhere` a stranger's.

    `rater`: the link of a pupil who is asked about jet; `device`: that of the device on which pupils answer.
    `calendar`: that of jet's calendar.
    `of_round`: per self-assessment of these people a measurement of a round about the same person.
    `of_pulse`: per part of a round of theirs, the same things of a korte vraag about the same person.
    """

    app: Flask
    people: Mapping[str, Persona | None]
    own: Things
    colleague: Things
    elsewhere: Things
    link: str
    rater: str
    device: str
    calendar: str
    of_round: Mapping[int, int]
    of_pulse: Mapping[int, Things]

    def client(self, who: str) -> CheckedClient:
        return browser_of(self.app, self.people[who])

    def turns(self, rule: Rule, things: Things) -> Iterator[Things]:
        """What this route is asked about: these things, and where it takes a part of a round those of a korte vraag."""
        yield things
        if (rule.arguments & OF_A_PART or rule.rule.startswith("/b/")) and rule.endpoint not in NOT_OF_A_PULSE:
            yield {**things, **self.of_pulse[int(things["part_id"])]}

    def address(self, rule: Rule, things: Things) -> str:
        token = {"rating.device": self.device, "development.calendar": self.calendar}.get(rule.endpoint, self.rater)
        known = {"link": self.link, "token": token, **FIXED, **things}
        if rule.endpoint in CODES:
            known["code"] = CODES[rule.endpoint]
        if rule.endpoint in OF_A_ROUND:
            self_view = int(things["measurement_id"])
            known["measurement_id"] = self.of_round.get(self_view, self_view)
        with self.app.test_request_context():
            built = rule.build({name: known[name] for name in rule.arguments}, append_unknown=False)
        assert built
        return built[1]


def things_of(app: Flask, person: Persona, team_id: int, organiser: Persona, *, alone: bool = False) -> dict[str, int]:
    """One of everything that a route can ask for, belonging to this person or to where she works.

    `alone`: she did not put her plan before anybody.
    """
    planned = make_round(app, organiser, [person])
    measurement_id = make_measurement(app, person, "focus")
    assessment_id = make_assessment(app, person)
    goal = make_goal(app, person)
    practised = make_sheet(app, person)
    with app.app_context():
        db.session.get_one(GoalAction, goal.action_ids[0]).due_on = today() + dt.timedelta(days=30)
        profile_id = db.session.scalars(
            select(FunctionProfile.id).where(FunctionProfile.organisation_id == person.organisation_id)
        ).one()
        holiday = SchoolHoliday(organisation_id=person.organisation_id, name="Meivakantie",
                                first_day=dt.date(2030, 4, 27), last_day=dt.date(2030, 5, 5))
        db.session.add(holiday)
        db.session.flush()
        holiday_id = holiday.id
        db.session.commit()
        share = Share(organisation_id=person.organisation_id, measurement_id=measurement_id, reader_id=organiser.id,
                      until=today(), shared_at=now(), withdrawn_at=now())
        db.session.add(share)
        db.session.flush()
        share_id = share.id
        message_id = messages.put(person.organisation_id, "invite", person.email, link="x", name="Jet",
                                  organisation="Dienst Noord", until="12 maart").id
        db.session.commit()
    partner = organiser
    if organiser.id == person.id:
        partner = make_person(app, person.organisation_id, roles=["teamleider"], leads=[team_id])
    plan_id = make_plan(app, person, partner, shown=not alone)
    training_id = make_training(app, person.organisation_id)
    session_id = make_session(app, person.organisation_id, 30, 37, training_id=training_id)
    return {
        "plan_id": plan_id,
        "check_in_id": make_check_in(app, person, partner, plan_id, shown=not alone),
        "conversation_id": make_conversation(app, person, partner, part_id=planned.part_ids[0]),
        "message_id": message_id,
        "round_id": planned.round_id,
        "part_id": planned.part_ids[0],
        "invitation_id": planned.invitation_ids[0],
        "holiday_id": holiday_id,
        "person_id": person.id,
        "team_id": team_id,
        "profile_id": profile_id,
        "measurement_id": measurement_id,
        "share_id": share_id,
        "assessment_id": assessment_id,
        "goal_id": goal.goal_id,
        "action_id": goal.action_ids[0],
        "library_number": make_own_action(app, organiser),
        "training_id": training_id,
        "snapshot_id": make_snapshot(app, person.organisation_id),
        "training_plan_id": make_training_plan(app, person.organisation_id),
        "session_id": session_id,
        "enrolment_id": put(app, session_id, person, EnrolmentState.PROPOSED, by=organiser),
        "sheet_id": practised.sheet_id,
        "traject_id": practised.traject_id,
        "evidence_id": make_evidence(app, person, EvidenceKind.FILE),
    }


def make_world(app: Flask) -> World:
    here, elsewhere = make_organisation(app), make_organisation(app, "Dienst Zuid")
    team_id, other_team_id = make_team(app, here), make_team(app, elsewhere)
    jet = make_person(app, here, works_in=[team_id])
    ans = make_person(app, here, works_in=[team_id])
    vera = make_person(app, elsewhere, works_in=[other_team_id], roles=EVERY_ROLE)
    tom = make_person(app, here, roles=["teamleider"], leads=[team_id])
    made = make_round(app, tom, [jet], {Group.PUPIL: 1})
    with app.app_context():
        device = rater_links.class_token(made.part_ids[0])
        addresses.begin(actor_of(jet))
        calendar = str(addresses.token_of(addresses.wishes_of(actor_of(jet))))
        link = links.make(db.session.get_one(Account, ans.account_id), LinkPurpose.RESET)
        token = links.token(link.public_id)
        db.session.commit()
    own, colleague = things_of(app, jet, team_id, tom), things_of(app, ans, team_id, tom, alone=True)
    elsewheres = things_of(app, vera, other_team_id, vera)
    wim = make_person(app, elsewhere, roles=["teamleider"], leads=[other_team_id])
    return World(
        app,
        people={
            "nobody": None,
            "begeleider": jet,
            "teamleider": tom,
            "hr": make_person(app, here, roles=["hr"]),
            "beheerder": make_person(app, here, roles=["beheerder"]),
            "everything": make_person(app, here, roles=EVERY_ROLE, leads=[team_id]),
        },
        own=own,
        colleague=colleague,
        elsewhere=elsewheres,
        link=token,
        rater=made.tokens[0],
        device=device,
        calendar=calendar,
        of_pulse={things["part_id"]: asked_shortly(app, person, approver, things)
                  for things, person, approver in ((own, jet, tom), (colleague, ans, tom), (elsewheres, vera, wim))},
        of_round={things["measurement_id"]: measured_in_a_round(app, person, tom if person is not vera else vera)
                  for things, person in ((own, jet), (colleague, ans), (elsewheres, vera))},
    )


def asked_shortly(app: Flask, person: Persona, approver: Persona, things: Mapping[str, int]) -> Things:
    """A korte vraag that runs, about her goal."""
    made = open_pulse(app, person, approver, things["goal_id"])
    with app.app_context():
        invitation_id = db.session.scalars(
            select(Invitation.id).where(Invitation.round_subject_id == made.part_id).order_by(Invitation.id)).first()
    assert invitation_id
    return {"part_id": made.part_id, "invitation_id": invitation_id, "token": made.tokens[0]}


def measured_in_a_round(app: Flask, person: Persona, organiser: Persona) -> int:
    """The measurement of a released round, which nobody else reads yet."""
    made = release(app, organiser, person, [], own_view=False)
    change_part(app, made, lead_reads_from=None)
    return made.measurement_id


def ways(rule: Rule) -> Iterator[str]:
    yield from sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def roles_of(world: World, who: str) -> frozenset[Role]:
    person = world.people[who]
    return person.roles if person else frozenset()


def may(world: World, rule: Rule, who: str) -> bool:
    declared = declared_access(world.app.view_functions[rule.endpoint])
    if rule.rule.startswith(OWN):
        return who == "begeleider"
    if rule.rule in EVIDENCE:
        return who == "begeleider"
    if rule.rule in OF_BOTH:
        return who in ("begeleider", "teamleider", "everything")
    if rule.rule in (NEW_TALK, OTHERS_EVIDENCE, *REACTIONS):
        return who in ("teamleider", "everything")
    if rule.rule.startswith(TALK):
        return who in OF_ONE.get(rule.rule, ("begeleider", "teamleider"))
    if rule.rule.startswith(APPROVING):
        return bool(roles_of(world, who) & {Role.TEAMLEIDER, Role.BEHEERDER})
    if isinstance(declared, frozenset):
        return world.people[who] is not None and may_open(declared, roles_of(world, who))
    return declared in ("public", "link")


def refusal(rule: Rule) -> int:
    """What somebody gets who is signed in and may not open this: what is no role's business does not exist for her."""
    of_two = rule.rule in {*EVIDENCE, OTHERS_EVIDENCE, *REACTIONS, *OF_BOTH}
    return 404 if of_two or rule.rule.startswith((APPROVING, OWN, TALK, NEW_TALK)) else 403
