"""The demo organisation, built through the services as its people would have, at moments in the past.

Reproducible: the same day gives the same dienst. The people, remarks and Noor's goals are in dienst.yaml, those of her
colleagues in doelen.yaml; the answers are drawn with a fixed seed.
"""

from __future__ import annotations

import datetime as dt
import random
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from app.access import Actor, Role
from app.accounts.passwords import hash_of
from app.assessments import services as assessments
from app.assessments.changes import AS_IT_IS, Change
from app.assessments.models import Measurement, SelfAssessment
from app.assessments.questionnaire import Answer, Questionnaire
from app.competencies.catalog import Asked
from app.competencies.queries import current_framework
from app.db import db
from app.development.goals import queries as goals
from app.development.goals import services as development
from app.development.models import Goal
from app.organisations import services as organisations
from app.people import services as people
from app.people.models import Person
from app.people.services import Details
from app.web.formats import AMSTERDAM, as_if, now, today
from seed.demo.actions import build_actions
from seed.demo.evidence import build_evidence
from seed.demo.needs import build_first_needs, build_needs
from seed.demo.plans import build_plans
from seed.demo.practice import build_practice
from seed.demo.pulses import build_pulses
from seed.demo.rounds import Member, build_rounds
from seed.demo.sessions import build_sessions
from seed.demo.training_plans import build_training_plans

PASSWORD = "groeispiegel-demo"
LOG_INS = tuple(
    f"{role}@dienst.example, wachtwoord {PASSWORD}" for role in ("begeleider", "teamleider", "hr", "beheerder")
)
ORDINARY_SETS = (("tweede", 610), ("tweede", 240))       # what most people filled in, and how many days ago
ORDINARY_END = 120      # days, of a goal that says no other


@dataclass(frozen=True, slots=True)
class Leaning:
    """How somebody sees herself: a level on the scale 1–5, shifted per aspect, growing with each self-assessment."""

    level: float
    lean: dict[str, float] = field(default_factory=dict)
    growth: dict[str, float] = field(default_factory=dict)

    def at(self, aspect: str, time: int) -> float:
        return self.level + self.lean.get(aspect, 0) + time * self.growth.get(aspect, 0.08)


def build_demo() -> None:
    """Adds the demo organisation to the database. Flushes only."""
    dienst = _read("dienst.yaml")
    own_goals = {goal["who"]: goal for goal in _read("doelen.yaml")["goals"]}
    invited_at = _moment(9)
    with as_if(_moment(720)):
        organisation = organisations.create(dienst["name"], demo=True)
        staff = _People(organisation.id, hash_of(PASSWORD), invited_at)
        begeleiders = staff.add_all(dienst)
    framework = current_framework()
    leanings: dict[int, Leaning] = {}
    for number, (person, described) in enumerate(begeleiders):
        if not described.get("invited"):
            answering = _Answering(person, described, number, dienst["remarks"], framework.version_id)
            answering.all_sets()
            leanings[person.id] = answering.leaning
    oost, zuid = (staff.leaders[team["leader"]["name"]].actor for team in dienst["teams"][1:3])
    members = {actor: [(person, Member(person.id, person.name, person.account.email, leanings[person.id]))
                       for person, _ in begeleiders if person.team_ids & actor.leads and person.id in leanings]
               for actor in (oost, zuid)}
    lead = staff.leaders[dienst["teams"][0]["leader"]["name"]]
    build_rounds(lead.actor, [Member(person.id, person.name, person.account.email, leanings[person.id])
                              for person, _ in begeleiders
                              if person.team_ids & lead.actor.leads and person.id in leanings],
                 lambda: build_first_needs(oost, [member for _, member in members[oost]]))
    noor = begeleiders[0][0]
    first, *later = dienst["goals"]
    _make_goal(noor, first)
    team = [person for person, _ in begeleiders[1:] if person.team_ids & lead.actor.leads and person.id in leanings]
    of_team = {person.id for person in team}
    build_plans(lead.actor, noor, team[1:], own_goals, _make_goal, later)
    elsewhere = [person for person, _ in begeleiders
                 if person.name in own_goals and person.id not in of_team and "hours" not in own_goals[person.name]]
    for person in elsewhere:
        _make_goal(person, {**own_goals[person.name], "made_days_ago": 20, "done": 1})
    build_pulses(noor, lead.actor, *next(
        (person, leader.actor) for person in elsewhere for leader in staff.leaders.values()
        if leader.id != person.id and person.team_ids & leader.actor.leads))
    build_actions(noor.actor, [person.actor for person in team])
    build_practice(begeleiders[0][0].actor)
    build_evidence(begeleiders[0][0].actor)
    of_oost = [person for person, _ in members[oost]]
    apart = of_team | {person.id for person in of_oost}
    others = [person for person, described in begeleiders[1:]
              if not described.get("invited") and person.id not in apart]
    build_sessions(noor, of_oost, others + team, lead.actor, team)
    build_needs(staff.hr, oost, [member for _, member in members[oost]], zuid,
                [member for _, member in members[zuid]], of_oost, own_goals, _make_goal)
    build_training_plans(organisation.id)


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return found


class _People:
    def __init__(self, organisation_id: int, password_hash: str, invited_at: dt.datetime) -> None:
        self.organisation_id, self.invited_at = organisation_id, invited_at
        self.password_hash = password_hash      # made once: forty times would take seconds
        self.leaders: dict[str, Person] = {}
        self.hr: Actor

    def add_all(self, dienst: dict[str, Any]) -> list[tuple[Person, dict[str, Any]]]:
        """Everybody, and of these the begeleiders with how they are described."""
        begeleiders: list[tuple[Person, dict[str, Any]]] = []
        for team in dienst["teams"]:
            team_id = organisations.add_team(self.organisation_id, team["name"]).id
            leader = team["leader"]
            roles = {Role.TEAMLEIDER, Role.BEGELEIDER} if leader.get("also_begeleider") else {Role.TEAMLEIDER}
            self.leaders[leader["name"]] = self._add(leader, roles, leads=team_id)
            if leader.get("also_begeleider"):
                begeleiders.append((self.leaders[leader["name"]], leader))
            for member in team["members"]:
                begeleiders.append((self._add(member, {Role.BEGELEIDER}, works_in=team_id), member))
        for member in dienst["without_team"]:
            partner = self.leaders[member["discussion_partner"]]
            begeleiders.append((self._add(member, {Role.BEGELEIDER}, partner=partner), member))
        for member in dienst["staff"]:
            person = self._add(member, {Role(role) for role in member["roles"]})
            if Role.HR in person.roles:
                self.hr = person.actor
        begeleiders.sort(key=lambda both: both[1].get("email") != "begeleider@dienst.example")
        return begeleiders

    def _add(self, described: dict[str, Any], roles: set[Role], *, works_in: int | None = None,
             leads: int | None = None, partner: Person | None = None) -> Person:
        details = Details(
            name=described["name"],
            email=described.get("email") or f"{_plain(described['name'])}@dienst.example",
            roles=frozenset(roles),
            works_in=frozenset() if works_in is None else frozenset({works_in}),
            leads=frozenset() if leads is None else frozenset({leads}),
            clusters=frozenset(described.get("clusters", ())),
            sectors=frozenset(described.get("sectors", ())),
            discussion_partner_id=partner.id if partner else None,
        )
        if described.get("invited"):
            with as_if(self.invited_at):
                return people.add_and_invite(self.organisation_id, details)
        person = people.add(self.organisation_id, details)
        person.account.password_hash = self.password_hash
        return person


class _Answering:
    """One begeleider filling in her self-assessments."""

    def __init__(self, person: Person, described: dict[str, Any], number: int, remarks: list[str],
                 version_id: int) -> None:
        self.person, self.number, self.remarks, self.version_id = person, number, remarks, version_id
        self.chance = random.Random(f"groeispiegel {person.name}")
        self.leaning = Leaning(
            level=3.2 if "lean" in described else self.chance.gauss(3.2, 0.35),
            lean=described.get("lean") or {aspect.code: self.chance.gauss(0, 0.4)
                                           for aspect in current_framework().catalog.aspects},
            growth=described.get("growth", {}),
        )
        self.sets = [(s["code"], s["days_ago"]) for s in described.get("sets", ())] or self._ordinary_sets()

    def _ordinary_sets(self) -> list[tuple[str, int]]:
        later = self.chance.choice([[], [("focus", 60)], [("volledig", 35)]])
        return [(code, days + self.chance.randrange(-40, 40)) for code, days in (*ORDINARY_SETS, *later)]

    def all_sets(self) -> None:
        for time, (code, days_ago) in enumerate(self.sets):
            self._fill_in(code, days_ago, time)
        if self.number % 6 == 3:
            self._fill_in("tweede", 2, len(self.sets), pages=7)

    def _fill_in(self, code: str, days_ago: int, time: int, pages: int | None = None) -> None:
        """A whole self-assessment, or its first pages: that one is still running."""
        with as_if(_moment(days_ago, hour=9 + self.number % 8)):
            begun = assessments.begin(self.person.actor, code)
        assessment = db.session.get_one(SelfAssessment, begun.assessment_id)
        questionnaire = Questionnaire.of(current_framework().catalog, code)
        with as_if(_moment(days_ago, hour=9 + self.number % 8, minutes=questionnaire.question_set.minutes)):
            for page in questionnaire.pages[:pages]:
                assessments.save(assessment, self._page(page, time))
            if pages is None:
                assessments.finish(assessment, questionnaire)

    def _page(self, page: Asked, time: int) -> Change:
        level = self.leaning.at(page.competency.aspect, time) + self.chance.gauss(0, 0.25)
        answers = {i.code: answer for i in page.indicators if (answer := self._answer(level)) is not None}
        hostile = self.number == 0 or self.number % 7 == 0
        remarks = self.remarks if hostile else self.remarks[:6]
        remark = self.chance.choice(remarks) if self.chance.random() < (0.5 if hostile else 0.12) else AS_IT_IS
        return Change(page.competency.code, answers, remark)

    def _answer(self, level: float) -> Answer | None:
        luck = self.chance.random()
        if luck < 0.03:
            return "niet-gezien" if luck < 0.02 else "nvt"
        if luck < 0.04:
            return None
        return min(5, max(1, round(level + self.chance.gauss(0, 0.7))))


def _make_goal(person: Person, goal: Mapping[str, Any]) -> Goal:
    with as_if(_moment(goal["made_days_ago"], hour=15)):
        beginning = goals.beginning(person.actor, goal["competency"], _measured_then(person))
        assert beginning is not None, goal["competency"]
        words = development.GoalWords(
            **{key: goal[key] for key in ("reason", "behaviour", "noticed_by", "level_now", "level_target", "if_then")},
            end_date=now().astimezone(AMSTERDAM).date() + dt.timedelta(days=goal.get("end_days", ORDINARY_END)),
        )
        chosen = development.ChosenActions(tuple(goal["actions"]), tuple(goal.get("own", ())))
        made = development.make_goal(person.actor, beginning, words, chosen)
    for days_ago, action in zip((6, 3), made.actions[: goal["done"]], strict=False):
        with as_if(_moment(days_ago, hour=16)):
            development.mark_action(made, action, done=True)
    return made


def _measured_then(person: Person) -> int | None:
    """Her latest self-assessment of before this moment, when she made another one after it."""
    found = db.session.execute(
        select(Measurement.id, Measurement.closed_at)
        .where(Measurement.subject_id == person.id, Measurement.self_assessment_id.is_not(None))
        .order_by(Measurement.closed_at.desc())
    ).all()
    before = [measurement_id for measurement_id, closed_at in found if closed_at < now()]
    return before[0] if before and len(before) < len(found) else None


def _moment(days_ago: int, hour: int = 10, minutes: int = 0) -> dt.datetime:
    """A moment on a working day, so many days ago or a little more."""
    day = today() - dt.timedelta(days=days_ago)
    day -= dt.timedelta(days=max(0, day.weekday() - 4))
    return dt.datetime.combine(day, dt.time(hour, minutes), AMSTERDAM)


def _plain(name: str) -> str:
    """A name as it stands in an address: noor.visser."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("ı", "i")).encode("ascii", "ignore").decode()
    return ".".join("".join(c for c in word if c.isalnum() or c == "-") for word in plain.split())
