"""Who is asked: planning a round, choosing and inviting people, its course."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, url_for

from app.access import Actor
from app.assessments.neighbours import OwnRound, hand_in
from app.messages.delivery import refused
from app.people.queries import tell_with_sign_in
from app.rounds import inviting, letters
from app.rounds.queries.mine import rounds_of
from app.rounds.queries.planned import waits_for_partner
from app.rounds.settings import settings_of
from app.rounds.views import bp
from app.rounds.words.course import own_stand


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    letters.teach_all()
    refused.connect(inviting.come_back)
    app.register_blueprint(bp)
    tell_with_sign_in("choices_wait", waits_for_partner)
    hand_in(app, rounds_of=_own_rounds, begin_at=_begin_at)


def _own_rounds(actor: Actor) -> Sequence[OwnRound]:
    return tuple(
        OwnRound(own.name, own_stand(own), url_for("rounds.feedback", part_id=own.part_id)) for own in rounds_of(actor)
    )


def _begin_at(actor: Actor) -> str | None:
    may = settings_of(actor.organisation_id).begeleiders_start
    return url_for("rounds.begin_own") if may else None
