"""The feedbackrondes of the demo dienst: planned, chosen, approved, answered and closed through the services.

What others see is how somebody looks at herself, a little lower and a little different per group, with a leniency of
each rater's own.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import yaml
from sqlalchemy import select

from app.access import Actor
from app.assessments.questionnaire import SELF
from app.competencies.queries import current_framework
from app.conversations import agreeing, releasing
from app.conversations import planning as talks
from app.conversations import queries as conversations
from app.db import db
from app.measurement.scale import Group, rule_of
from app.messages import services as messages
from app.rating import drafts, making, packing, sending
from app.rating.opening import plan_of
from app.rating.packing import Value
from app.rating.queries import Asked, find
from app.rounds import approving, choosing, letters, links, moves, planning, raters, settings, sheets
from app.rounds.calendar import Dates, Holiday
from app.rounds.invitations import relations_of
from app.rounds.models import Invitation, Round, RoundSubject
from app.rounds.planning import GroupPlan, Plan
from app.rounds.queries import asked as of_part
from app.rounds.raters import Rater
from app.web.formats import AMSTERDAM, as_if, today

SELF_FLATTERY = 0.25        # by so much people see themselves more favourably than others do (measurement.md §5)
LENIENCY = 0.45             # how much raters differ in strictness
EMAIL = "{}@school.example"
APART = (Group.PARENT, Group.PUPIL)
AIMED_AT = {"verwachtingsmanagement": 2, "acquisitie": 2}
"""What is agreed of the aspects that the goals of the demo are about: the niveau from which they begin."""


class Leaning(Protocol):
    """How somebody sees herself, on the scale 1–5, at one of her measurements."""

    def at(self, aspect: str, time: int) -> float: ...


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team that is asked about, and how she sees herself."""

    id: int
    name: str
    email: str
    leaning: Leaning


def build_rounds(lead: Actor, members: Sequence[Member], after_the_first: Callable[[], None]) -> None:
    """Two released rounds a year apart about this team, one that runs, and one about one person that waits to be
    released; and a conversation to prepare for the first of them. Flushes only.

    `after_the_first` builds what knows of the first round only.
    """
    told = yaml.safe_load((Path(__file__).parent / "rondes.yaml").read_text(encoding="utf-8"))
    _settings(lead.organisation_id, told)
    for number, described in enumerate(told["rounds"]):
        _Course(told, described, number, lead, members).run()
        db.session.info.pop("organisation_id", None)        # a rater's link set it
        if not number:
            after_the_first()
    _plan_talk(lead, members[0], told["conversation"])


def build_released_round(lead: Actor, members: Sequence[Member], name: str, ago: int, time: int) -> None:
    """A smaller round about everybody in another team, which opened so many days ago and was released. `time` counts
    the rounds about them. Flushes only.
    """
    told = yaml.safe_load((Path(__file__).parent / "rondes.yaml").read_text(encoding="utf-8"))
    few = {**told, "asked": [{Group.COLLEAGUE: 4, Group.SCHOOL: 6, Group.CLIENT: 1}]}
    _Course(few, {"name": name, "ago": ago, "released": True}, time, lead, members).run()
    db.session.info.pop("organisation_id", None)


def _plan_talk(lead: Actor, member: Member, words: Mapping[str, Any]) -> None:
    person = conversations.person_to_talk_with(lead, member.id)
    assert person is not None
    day = today() + dt.timedelta(days=words["planned_in"])
    day += dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    at = dt.datetime.combine(day, dt.time(10), AMSTERDAM)
    talks.plan(person, lead.person_id, current_framework().version_id, at, words["place"], by=lead.person_id)


def _settings(organisation_id: int, told: Mapping[str, Any]) -> None:
    settings.change_settings(organisation_id, settings.Settings(told["contact"], begeleiders_start=True))
    settings.add_holidays(organisation_id, [
        Holiday(one["name"], today() + dt.timedelta(days=one["in_days"]),
                today() + dt.timedelta(days=one["in_days"] + one["days"]))
        for one in told["holidays"]
    ])


class _Course:
    """One round from its plan to where it stands today. `time` counts the measurements of everybody in it."""

    def __init__(self, told: Mapping[str, Any], described: Mapping[str, Any], time: int, lead: Actor,
                 members: Sequence[Member]) -> None:
        self.told, self.described, self.time, self.lead, self.members = told, described, time, lead, members
        named, besides = described.get("about"), described.get("besides", ())
        self.subjects = [one for one in members if one.name not in besides and (not named or one.name in named)]
        self.opens_on = today() - dt.timedelta(days=described["ago"])
        self.closes_on = self.opens_on + dt.timedelta(days=28)
        self.runs_now = self.closes_on >= today()
        self.chance = random.Random(f"groeispiegel {described['name']}")
        self.round: Round
        self.aspects = {
            indicator.code: competency.aspect
            for competency in current_framework().catalog.competencies for indicator in competency.indicators
        }

    def run(self) -> None:
        with as_if(self._at(-20)):
            self.round = self._plan()
            moves.publish(self.round)
        parts = db.session.scalars(
            select(RoundSubject).where(RoundSubject.round_id == self.round.id).order_by(RoundSubject.id)
        ).all()
        about = {member.id: member for member in self.members}
        for number, (part, member) in enumerate((part, about[part.person_id]) for part in parts):
            late = self.runs_now and number >= len(parts) - 2      # one choice waits, one person has to choose yet
            self._choose(part.id, member, number, send=not late or number == len(parts) - 2, approve=not late)
        with as_if(self._at(0)):
            moves.open_round(self.round)
        for part in parts:
            self._answer(part.id, about[part.person_id])
        if not self.runs_now:
            self._close([part.id for part in parts])

    def _plan(self) -> Round:
        asked = current_framework().catalog.rater_groups
        return planning.plan(self.lead, Plan(
            name=self.described["name"],
            purpose=self.told["purpose"],
            person_ids=frozenset(member.id for member in self.subjects),
            groups=tuple(
                GroupPlan(group.code, "beleving" if group.code in APART else "kern", group.minimum, group.advice)
                for group in asked if group.code != SELF
            ),
            dates=Dates(self.opens_on - dt.timedelta(days=3), self.opens_on, self.closes_on),
            reminder_days=(7, 18),
        ))

    def _choose(self, part_id: int, member: Member, number: int, *, send: bool, approve: bool) -> None:
        organisation_id = self.lead.organisation_id
        with as_if(self._at(-12 + number % 5)):
            part = of_part.part_to_change(organisation_id, part_id)
            assert part is not None
            if not send:
                return
            counts = self.told["asked"][number % len(self.told["asked"])]
            for group, people in self._people(member, number, counts):
                proposed = choosing.propose(part, group, people)
                assert not proposed.refused, proposed.refused
            critical = next(one for one in part.invitations if one.rater_group == Group.SCHOOL)
            choosing.send_choice(part, {critical.id})
        if not approve:
            return
        with as_if(self._at(-4)):
            if counts.get(Group.PUPIL):
                sheets.add(part, relations_of(Group.PUPIL)[0].code, counts[Group.PUPIL])
            approving.approve(part, self.lead.person_id, [one.id for one in approving.waiting(part)])

    def _people(self, member: Member, number: int, counts: Mapping[str, int]) -> Iterator[tuple[str, list[Rater]]]:
        """Whom somebody asks, per group; pupils get sheets from whoever approves."""
        others = [one for one in self.members if one.id != member.id]
        picked = self.chance.sample(others, min(counts[Group.COLLEAGUE], len(others)))
        yield Group.COLLEAGUE, [raters.one(one.name, one.email, "begeleider", "", one.id) for one in picked]
        schools = [self.told["schools"][(number + at) % len(self.told["schools"])] for at in range(3)]
        names = self._turned(self.told["school_people"], number * 3)[: counts[Group.SCHOOL]]
        yield Group.SCHOOL, [
            raters.one(name, self._email(name), "intern-begeleider" if at % 3 == 0 else "leraar", schools[at // 3 % 3])
            for at, name in enumerate(names)
        ]
        partners = self._turned(self.told["partners"], number)[: counts[Group.CLIENT]]
        yield Group.CLIENT, [raters.one(name, self._email(name), "samenwerkingsverband", "") for name in partners]
        if counts.get(Group.PARENT):
            yield Group.PARENT, [
                raters.one(name, f"ouder.{at}.{number}@thuis.example", "ouder", "")
                for at, name in enumerate(self.told["parents"][: counts[Group.PARENT]])
            ]

    def _answer(self, part_id: int, member: Member) -> None:
        """Who was invited answers or not; of a round that runs not everybody has yet."""
        invitations = db.session.scalars(
            select(Invitation)
            .where(Invitation.round_subject_id == part_id, Invitation.invited_on.is_not(None))
            .order_by(Invitation.id)
        ).all()
        for number, invitation in enumerate(invitations):
            likely = self.told["answers"][invitation.rater_group] * (0.7 if self.runs_now else 1)
            if self.chance.random() > likely:
                continue
            with as_if(self._at(1 + number % 8)):
                asked = find(links.token(invitation.public_id, invitation.renewal))
                drafts.save(asked, dict(self._answers(asked, member)))
                sending.send(asked)

    def _answers(self, asked: Asked, member: Member) -> Iterator[tuple[str, Value]]:
        view = self.told["views"][asked.group]
        top = rule_of(asked.group).scale.top
        strictness = self.chance.gauss(0, LENIENCY)
        for code in packing.codes(asked.catalog, asked.group, asked.question_set):
            aspect = self.aspects[code]
            unseen = 0.4 if asked.group == Group.SCHOOL and aspect in ("acquisitie", "onderhandelen") else 0.12
            if asked.group != Group.TEAM_LEAD and self.chance.random() < unseen:
                yield code, "niet-gezien"
                continue
            level = member.leaning.at(aspect, self.time) - SELF_FLATTERY + view["level"] + view["lean"].get(aspect, 0)
            on_five = level + strictness + self.chance.gauss(0, 0.6)
            score = on_five if top == 5 else 1 + (on_five + 0.9) / 2
            yield code, min(top, max(1, round(score)))
        if self.chance.random() < 0.65:
            for item, text in zip(packing.OPEN_QUESTIONS, self.chance.choice(self.told["comments"][asked.group]),
                                  strict=True):
                if text:
                    yield item, text

    def _close(self, part_ids: list[int]) -> None:
        """As rating.closing does it, without a transaction of its own per person."""
        with as_if(self._at(29)):
            moves.close(self.round)
            messages.withdraw(self.round.organisation_id, letters.concerns(self.round.id))
            making.make(plan_of(self.round.id), part_ids)
        for part_id in part_ids if self.described.get("released") else ():
            with as_if(self._at(33)):
                part = releasing.part_of(self.lead.organisation_id, part_id)
                assert part is not None
                place = self.told["conversation"]["place"]
                releasing.release(part, releasing.Plan(self.lead.person_id, self._at(43), place),
                                  self.lead.person_id)
            self._talk(part)

    def _talk(self, part: RoundSubject) -> None:
        """They met, agreed on niveaus and both confirmed."""
        words = self.told["conversation"]
        with as_if(self._at(43)):
            about = releasing.conversation_about(part)
            assert about is not None
            held = conversations.conversation_of(self.lead, about.id)
            assert held is not None
            topics = current_framework().catalog.radar_aspects
            levels = {("aspect", aspect.code): self._niveau(part.person_id, aspect.code)
                      for aspect in self.chance.sample(topics, 3)}
            if self.time:       # the second time they come to speak of what the team does together
                levels |= {("role", role.code): self._niveau(part.person_id, "gegevens")
                           for role in self.chance.sample(current_framework().catalog.roles_of("derde"), 2)}
            agreeing.prepare(held, part.person_id, agreeing.Prepared(**words["preparation"], shared=True))
            agreeing.write_down(held, agreeing.Agreed(**words["held"][self.time], levels=levels))
            for person_id in (part.person_id, self.lead.person_id):
                agreeing.confirm(held, person_id)

    def _niveau(self, person_id: int, aspect: str) -> int:
        if aspect in AIMED_AT:
            return AIMED_AT[aspect]
        leaning = next(member.leaning for member in self.members if member.id == person_id)
        return min(4, max(1, round(leaning.at(aspect, self.time) - 0.7)))

    def _at(self, days: int) -> dt.datetime:
        """Ten o'clock, so many days after the opening."""
        return dt.datetime.combine(self.opens_on + dt.timedelta(days=days), dt.time(10), AMSTERDAM)

    def _email(self, name: str) -> str:
        plain = "".join(c for c in name.lower().replace(" ", ".") if c.isalnum() or c in ".-")
        return EMAIL.format(plain)

    @staticmethod
    def _turned(names: Sequence[str], by: int) -> list[str]:
        by %= len(names)
        return [*names[by:], *names[:by]]
