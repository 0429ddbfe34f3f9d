"""The bekwaamheidsdossier: plans, agreed niveaus, trainings and evidence of one person, on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _

from app.access import Actor
from app.checkins import words as check_ins
from app.checkins.models import CheckIn
from app.competencies.queries import Framework, current_framework
from app.development.goals.cards import GoalCard, plan_of
from app.development.goals.queries import goals_of
from app.development.models import Plan
from app.dossier import queries
from app.dossier.cards import Card
from app.dossier.neighbours import followed_by
from app.papers import Paper, Running, pdf
from app.profiles import round_page
from app.profiles.neighbours import AgreedNiveau, neighbours
from app.profiles.queries import Heading, readable_of
from app.profiles.reading import read
from app.profiles.round_labels import figure
from app.profiles.round_reading import read_round
from app.web.formats import date, day_of, score, today

FILE_NAME = "bekwaamheidsdossier-{day}.pdf"     # says nothing about whose it is: it ends in a folder of downloads


@dataclass(frozen=True, slots=True)
class ToldCheckIn:
    """A tussenstand. `tiles`: what she will show with a goal, and how that went."""

    name: str
    on: dt.date
    tiles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A plan with its goals; without a plan: the goals that are in none."""

    plan: Plan | None
    cards: tuple[GoalCard, ...]
    check_ins: tuple[ToldCheckIn, ...] = ()


@dataclass(frozen=True, slots=True)
class Niveau:
    """An agreed niveau in words, and the earlier ones about the same, the newest first."""

    about: str
    kind: str
    level: str
    agreed: AgreedNiveau
    earlier: tuple[tuple[str, AgreedNiveau], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What was published of an aspect; empty where nothing was."""

    name: str
    own: str
    others: str


@dataclass(frozen=True, slots=True)
class Scores:
    heading: Heading
    lines: tuple[Score, ...]


def made(actor: Actor, name: str, *, with_scores: bool) -> bytes:
    """Her own dossier as a PDF."""
    framework = current_framework()
    markup = render_template(
        "dossier/paper.html",
        name=name,
        plans=_plans(actor),
        niveaus=_niveaus(actor, framework),
        cards=[Card(one, framework.catalog) for one in queries.own_evidence(actor)],
        trainings=followed_by(actor.person_id, actor.organisation_id),
        scores=_scores(actor) if with_scores else None,
    )
    running = Running(_("Vertrouwelijk"), name, _("Bekwaamheidsdossier, gemaakt op %(day)s", day=date(today())),
                      _("bladzijde"), _("van"))
    return pdf(Paper(_("Bekwaamheidsdossier van %(name)s", name=name), markup, running))


def file_name() -> str:
    return FILE_NAME.format(day=today().isoformat())


def _plans(actor: Actor) -> tuple[PlanPart, ...]:
    """The latest first; ideas are no part of it."""
    cards = tuple(card for card in plan_of(goals_of(actor)).cards if card.goal.state != "idea")
    said = {card.goal.id: card.goal.behaviour for card in cards}
    told = queries.told_check_ins(actor)
    found = [PlanPart(plan, tuple(card for card in cards if card.goal.plan_id == plan.id),
                      tuple(_told(one, said) for one in told if one.plan_id == plan.id))
             for plan in queries.plans_of(actor)]
    loose = tuple(card for card in cards if card.goal.plan_id is None)
    return (*found, PlanPart(None, loose)) if loose else tuple(found)


def _told(check_in: CheckIn, said: Mapping[int, str]) -> ToldCheckIn:
    return ToldCheckIn(check_ins.name(check_in.number), day_of(check_in.held_at), tuple(
        (said[one.goal_id], check_ins.tile(one.tile)) for one in check_in.goals if one.tile and one.goal_id in said
    ))


def _niveaus(actor: Actor, framework: Framework) -> tuple[Niveau, ...]:
    """The latest of each aspect and role, in the order of the framework."""
    catalog = framework.catalog
    agreed: dict[tuple[str, str], list[AgreedNiveau]] = {}
    for one in neighbours().agreed_levels_of(actor.person_id, actor.organisation_id):
        agreed.setdefault((one.kind, one.code), []).append(one)
    known = [("aspect", one.code, one.name, _("aspect")) for one in catalog.aspects]
    known += [("role", role.code, role.name, _("rol"))
              for whole in catalog.professionaliteiten for role in catalog.roles_of(whole.code)]
    found = []
    for key, code, about, kind in known:
        steps = [(catalog.level(one.level).name, one) for one in agreed.get((key, code), ())]
        if steps:
            (level, latest), *earlier = steps
            found.append(Niveau(about, kind, level, latest, tuple(earlier)))
    return tuple(found)


def _scores(actor: Actor) -> Scores | None:
    """Per aspect, what the profile of her latest round shows; without one, that of her latest self-assessment."""
    measurements: Sequence[Heading] = readable_of(actor, actor.person_id)
    if not measurements:
        return None
    heading = next((one for one in measurements if one.of_round), measurements[0])
    if heading.of_round:
        aspects = round_page.made(read_round(heading, actor, tuple(measurements))).figures.aspects
        return Scores(heading, tuple(
            Score(one.line.name,
                  figure(one.line.own.mean, one.line.own.bound) if one.line.own else "",
                  figure(one.line.others.mean, one.line.others.bound) if one.line.others else "")
            for one in aspects if one.line.own or one.line.others
        ))  # fmt: skip
    found = read(heading, actor, tuple(measurements)).figures.aspects
    return Scores(heading, tuple(Score(one.line.name, score(one.line.score), "")
                                 for one in found if one.line.score is not None))
