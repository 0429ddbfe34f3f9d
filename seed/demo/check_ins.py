"""The first tussenstand of Noor's plan; the second is due now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from app.access import Actor
from app.checkins import agreeing
from app.checkins.agreeing import change_field, tile_field, values_of
from app.checkins.models import CheckIn, Tile
from app.checkins.queries import check_in_to_change, goals_for
from app.development.models import Plan
from app.web.formats import AMSTERDAM, as_if, today

ANSWERS = {
    "went_well": "Bij twee starts vroeg ik eerst waaraan we straks merken dat het beter gaat. Dat gaf rust.",
    "better": "Als er haast is, begin ik toch nog te snel met oplossingen.",
    "yielded": "De ib’er van casus B7 kon zelf vertellen wat we hadden afgesproken.",
    "next_up": "De drie vragen neem ik mee naar elk startgesprek.",
}
CHANGE = "Ik zet de drie vragen boven aan mijn startformulier."
REACTION = "Ik hoorde het terug van de school: ze wisten wat ze konden verwachten. Neem haast als volgende stap."


def build_check_in(plan: Plan, lead: Actor, *, days_ago: int) -> None:
    """Begun and shown on one day, read and confirmed by both two days later. Flushes only."""
    with as_if(_moment(days_ago)):
        made = _held(agreeing.begin(plan), lead)
        goals = goals_for(made)
        about = {tile_field(goal.id): str(Tile.STARTED) for goal in goals}
        about |= {change_field(goal.id): CHANGE for goal in goals}
        agreeing.write(made, goals, {**values_of(made, goals), **ANSWERS, **about})
        agreeing.show(made, lead.person_id)
    with as_if(_moment(days_ago - 2)):
        agreeing.react(made, lead.person_id, {"reaction": REACTION})
        both: Sequence[int] = (lead.person_id, made.person_id)
        for one in both:
            agreeing.confirm(made, one)


def _held(made: CheckIn, lead: Actor) -> CheckIn:
    found = check_in_to_change(lead, made.id)
    assert found is not None
    return found


def _moment(days_ago: int) -> dt.datetime:
    return dt.datetime.combine(today() - dt.timedelta(days=days_ago), dt.time(14), AMSTERDAM)
