"""The start page, the help page and the reader's guide of a profile."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import Role, actor, needs, public
from app.checkins.cards import waiting_for
from app.conversations.cards import open_talks
from app.conversations.neighbours import plans_shown
from app.conversations.releasing import waiting
from app.db import db
from app.development.buddies.queries import who_asked
from app.home import house, queries
from app.home.next_step import next_step
from app.home.year import year
from app.profiles.sharing import given_to
from app.rounds.queries.planned import has_rounds, waiting_choices
from app.training_plans import words as plan_words
from app.training_plans.proposing import waiting_for_people
from app.trainings.queries import unsettled
from app.web.formats import today

bp = Blueprint("home", __name__)


@bp.get("/")
@needs()
def door() -> Response:
    return redirect(url_for("home.start"))


@bp.get("/start")
@needs()
def start() -> str:
    """A section for each role that the person has; the first one with something to do stands out."""
    who = actor()
    organises = bool(who.roles & {Role.TEAMLEIDER, Role.BEHEERDER})
    talks = open_talks(who) if db.session.info.get("talks") else ()
    facts = queries.facts_of(who, today(), talks) if Role.BEGELEIDER in who.roles else None
    return render_template(
        "home/start.html",
        name=current_user.first_name,
        facts=facts,
        step=next_step(facts) if facts else None,
        year=year(facts) if facts else (),
        teams=house.led_teams(who) if Role.TEAMLEIDER in who.roles else None,
        choices=waiting_choices(who) if organises or db.session.info.get("choices_wait") else (),
        organises=organises,
        to_release=waiting(who) if organises else (),
        plans=[one for one in plans_shown(who) if one.waits] if db.session.info.get("plans_wait") else (),
        check_ins=waiting_for(who) if db.session.info.get("check_ins_wait") else (),
        talks=talks,
        has_talks=bool(db.session.info.get("talks")),
        asked=who_asked(who, unanswered=True) if facts and db.session.info.get("buddy_asked") else (),
        given=given_to(who.person_id, who.organisation_id) if db.session.info.get("given") else (),
        has_rounds=organises and has_rounds(who),
        places_wait=waiting_for_people(who) if db.session.info.get("places_kept") else 0,
        is_teamleider=Role.TEAMLEIDER in who.roles,
        set_up=house.set_up_of(who.organisation_id, today()) if who.roles & {Role.HR, Role.BEHEERDER} else None,
        planned=house.planned_of(who, today()) if Role.HR in who.roles else None,
        plan_words=plan_words,
        unsettled=unsettled(who.organisation_id) if Role.HR in who.roles else (),
        is_hr=Role.HR in who.roles,
        is_beheerder=Role.BEHEERDER in who.roles,
    )


@bp.get("/hulp", endpoint="help")
@public
def show_help() -> str:
    return render_template("help.html")


@bp.get("/hulp/zo-lees-je-dit")
@public
def guide() -> str:
    """What the figures and words of a profile mean, and what helps when it is hard to read."""
    return render_template("guide.html")
