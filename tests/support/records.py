"""What a begeleider leaves behind, made through the services: self-assessments, measurements, goals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask

from app.access import Actor
from app.assessments import services as assessments
from app.assessments.changes import Change
from app.assessments.models import Measurement, SelfAssessment
from app.assessments.questionnaire import Questionnaire
from app.checkins.models import CheckIn, CheckInGoal, Tile
from app.competencies.queries import current_framework
from app.db import db
from app.development.goals import queries as goals
from app.development.goals import services as development
from app.development.library import own as own_library
from app.development.plans import agreeing
from app.development.plans.queries import plan_to_change, unfinished_plan
from app.dossier import services as dossier
from app.dossier.models import EvidenceKind, SeenBy
from app.dossier.services import EvidenceWords, NamedUpload
from app.dossier.uploads import Kind, Upload
from app.profiles.models import Guess
from app.web.formats import now, today
from tests.support.builders import Persona


@dataclass(frozen=True, slots=True)
class MadeGoal:
    goal_id: int
    action_ids: tuple[int, ...]


def actor_of(person: Persona) -> Actor:
    """Whoever she is, without the teams she leads."""
    return Actor(person.id, person.organisation_id, person.roles, frozenset())


def make_assessment(app: Flask, person: Persona, question_set: str = "tweede") -> int:
    """A self-assessment that has just begun."""
    with app.app_context():
        begun = assessments.begin(actor_of(person), question_set)
        db.session.commit()
        return begun.assessment_id


def make_measurement(app: Flask, person: Persona, question_set: str = "tweede", *, score: int = 3) -> int:
    """A finished self-assessment in which every second statement got this score, the others one more or one less."""
    assessment_id = make_assessment(app, person, question_set)
    with app.app_context():
        assessment = db.session.get_one(SelfAssessment, assessment_id)
        questionnaire = Questionnaire.of(current_framework().catalog, question_set)
        for number, page in enumerate(questionnaire.pages):
            answers = {
                asked.code: max(1, min(5, score + (0, 1, 0, -1)[(number + place) % 4]))
                for place, asked in enumerate(page.indicators)
            }
            assessments.save(assessment, Change(page.competency.code, answers, f"Een voorbeeld bij {number + 1}."))
        measurement_id = assessments.finish(assessment, questionnaire)
        db.session.commit()
        return measurement_id


def own_action(**others: object) -> dict[str, object]:
    """What an organisation says of an action of its own."""
    return {
        "title": "Doe mee met onze intervisie", "competencies": ["VM1"], "focus": "verwachtingsmanagement",
        "learning_form": "20", "hours": 4.5, "weeks": 8, "from_level": 1, "to_level": 3, "why": "Samen zie je meer.",
        "task": "Breng een vraag in.", "steps": ["Meld je aan.", "Breng een vraag in."],
        "if_then": "Als ik vastloop, dan breng ik het in.",
        "evidence": {"type": "intervisieverslag", "description": "Het verslag."}, "done_when": "Je bracht iets in.",
        "tool": None, "source": "redactioneel",
    } | others  # fmt: skip


def make_own_action(app: Flask, person: Persona, **others: object) -> int:
    """An action that this person's organisation adds to the library: the number in its code."""
    with app.app_context():
        code = own_library.add(actor_of(person), own_action(**others))
        db.session.commit()
        return int(code.removeprefix("dienst-"))


def would_rather_not(app: Flask, measurement_id: int) -> None:
    """Its subject reads what came out of a round at once, without guessing first."""
    with app.app_context():
        found = db.session.get_one(Measurement, measurement_id)
        db.session.add(Guess(organisation_id=found.organisation_id, measurement_id=found.id, declined=True,
                             seen_most=[], made_at=now()))
        db.session.commit()


def make_goal(app: Flask, person: Persona, slug: str = "verwachtingen-ophalen") -> MadeGoal:
    """A goal with two actions of her own; it starts from her latest measurement, if she has one."""
    with app.app_context():
        beginning = goals.beginning(actor_of(person), slug, None)
        assert beginning is not None, slug
        words = development.GoalWords(
            reason="Ik wil het eerder vragen.",
            behaviour="Ik vraag het in het eerste gesprek.",
            noticed_by="De leraar zegt het.",
            level_now=2,
            level_target=3,
            end_date=today() + dt.timedelta(days=90),
            if_then="Als ik binnenkom, dan vraag ik het eerst.",
        )
        chosen = development.ChosenActions(titles=("Twee gesprekken nabespreken", "Een collega laten meekijken"))
        goal = development.make_goal(actor_of(person), beginning, words, chosen)
        made = MadeGoal(goal.id, tuple(action.id for action in goal.actions))
        db.session.commit()
        return made


def make_plan(
    app: Flask, person: Persona, partner: Persona, *, shown: bool = True, agreed: bool = False, running: bool = False,
) -> int:
    """The plan of this person with the goals she has, with one goal when she has none: a concept, or put before
    `partner`, confirmed by both, or begun.
    """
    with app.app_context():
        there = unfinished_plan(person.id, person.organisation_id) is not None
    if not there:
        make_goal(app, person)
    with app.app_context():
        found = unfinished_plan(person.id, person.organisation_id)
        assert found is not None
        plan = plan_to_change(actor_of(person), found.id)
        assert plan is not None
        if shown or agreed or running:
            agreeing.put_before(plan, partner.id)
        if agreed or running:
            agreeing.confirm(plan, person.id, plan.revision)
            agreeing.confirm(plan, partner.id, plan.revision)
        if running:
            agreeing.start(plan)
        db.session.commit()
        return plan.id


def make_check_in(
    app: Flask, person: Persona, partner: Persona, plan_id: int, *, number: int = 1, shown: bool = True,
    fixed: bool = False, tiles: Mapping[int, Tile] | None = None, days_ago: int = 0,
) -> int:
    """A tussenstand with one answer, as it stands in the database whatever the state of the plan; `tiles`: per goal."""
    moment = now() - dt.timedelta(days=days_ago)
    with app.app_context():
        made = CheckIn(
            organisation_id=person.organisation_id, plan_id=plan_id, number=number, begun_at=moment, revision=1,
            went_well="Ik vroeg eerder door.", partner_id=partner.id if shown else None,
            shared_at=moment if shown else None, person_confirmed_at=moment if fixed else None,
            partner_confirmed_at=moment if fixed else None, fixed_at=moment if fixed else None,
            goals=[CheckInGoal(organisation_id=person.organisation_id, goal_id=goal_id, tile=tile)
                   for goal_id, tile in (tiles or {}).items()],
        )
        db.session.add(made)
        db.session.commit()
        return made.id


def make_evidence(
    app: Flask, person: Persona, kind: EvidenceKind = EvidenceKind.NOTE, *, title: str = "Een gesprek op school",
    shown: bool = False, goal_id: int | None = None, sheet_id: int | None = None, content: bytes = b"een bestand",
    slug: str = "verwachtingen-ophalen", days_ago: int = 0,
) -> int:
    """A piece of evidence about one competency; of the kind 'bestand' with this content, which nobody looks at."""
    with app.app_context():
        words = EvidenceWords(
            title=title,
            happened_on=today() - dt.timedelta(days=days_ago),
            reflection="Ik vroeg eerder door dan ik gewend was.",
            seen_by=SeenBy.LEAD if shown else SeenBy.ME,
            goal_id=goal_id,
            sheet_id=sheet_id,
            text="Wat er gebeurde." if kind in (EvidenceKind.NOTE, EvidenceKind.REACTION) else "",
            url="https://www.voorbeeld.nl/cursus" if kind == EvidenceKind.LINK else "",
        )
        file = NamedUpload(Upload(Kind.PDF, content), "verslag.pdf") if kind == EvidenceKind.FILE else None
        topic = current_framework().catalog.competency_by_slug(slug).code
        made = dossier.make(actor_of(person), kind, words, frozenset({topic}), file)
        db.session.commit()
        return made.id
