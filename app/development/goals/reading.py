"""What is told of a goal: where it began, what was seen since, and what happened in between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask_babel import gettext as _
from markupsafe import Markup

from app.access import Actor
from app.charts.scale import Beyond
from app.charts.timeline import WIDE, Score, Timeline, ends
from app.conversations.queries import agreed_levels_of
from app.development.goals import words
from app.development.goals.cards import Cards, GoalCard, plan_of
from app.development.goals.effects import Effect, Seen, Start, effect, measured_since
from app.development.goals.lifecycle import GoalState
from app.development.goals.measured import Measured, bare, measured, measured_in, taken
from app.development.goals.moments import Moment, moments_of
from app.development.models import Goal, Plan
from app.development.plans.queries import plans_with
from app.measurement.scale import OTHERS, Bound
from app.profiles import AgreedNiveau
from app.profiles.queries import readable_of
from app.profiles.readings import note
from app.profiles.round_labels import figure
from app.web.formats import date, day_of, today

BEYOND: Mapping[Bound, Beyond] = {Bound.OR_HIGHER: "+", Bound.OR_LOWER: "−"}


@dataclass(frozen=True, slots=True)
class GoalReading:
    """A goal with what became of it. `moments`: all that happened, the oldest first; `picture`: the line of time, for
    a phone and for a wide page, when there is more to draw than its beginning. `level_now`: the niveau that was agreed
    since it was made.
    """

    card: GoalCard
    effect: Effect
    level_now: AgreedNiveau | None
    moments: tuple[Moment, ...]
    picture: Markup | None

    @property
    def outcome(self) -> str:
        """What may be said of the change, in a sentence."""
        return words.outcome(self.effect, closed=self.card.goal.state == GoalState.DONE)


def read_goal(actor: Actor, goal: Goal) -> GoalReading:
    """A goal of this actor's own, with everything that was measured of its competency since."""
    niveaus = [one for one in agreed_levels_of(actor.person_id, actor.organisation_id) if one.kind == "aspect"]
    card = plan_of((goal,), niveaus, plans=plans_with(goal)).cards[0]
    known = {goal.framework_version_id: card.framework.catalog}
    found = taken(measured(actor, goal.competency_code), known)
    made_on = day_of(goal.created_at)
    told = effect(goal.competency_code, _start(goal), goal.created_at, found)
    since = [one for one in niveaus if one.code == card.competency.aspect and one.agreed_on >= made_on]
    moments = tuple(sorted((*_own_moments(goal, card, told, since), *moments_of(goal.id)), key=lambda one: one.on))
    return GoalReading(card, told, since[0] if since else None, moments, _picture(card, told, moments))


def closed_without_measurement(goals: Iterable[Goal], found: Sequence[Measured]) -> frozenset[int]:
    """Those of one person's goals that were closed, and of which `found` has nothing from after they were made."""
    seen = bare(found)
    return frozenset(
        goal.id for goal in goals
        if goal.state == GoalState.DONE
        and not measured_since(goal.competency_code, _start(goal), goal.created_at, seen)
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be told of the goals of a plan: by goal where it began and what was seen last; and the closed ones of
    which nothing was measured since, as far as whoever reads it may know.
    """

    effects: Mapping[int, Effect] = field(default_factory=dict)
    without: frozenset[int] = frozenset()


def shown_effects(actor: Actor, plan: Plan, cards: Cards) -> Shown:
    """Of somebody else's plan out of what this actor may read: an effect where that has the goal's own beginning. What
    is read so is written down, as of a profile. Of her own plan no effects: those are on the pages of her goals.

    Only while a page is got. `plan`: with its person's teams.
    """
    goals = [card.goal for card in cards.cards
             if card.goal.state == GoalState.DONE or (card.goal.measurement_id and _start(card.goal))]
    if actor.person_id == plan.person_id:
        return Shown(without=closed_without_measurement(goals, measured(actor) if goals else ()))
    if not goals:
        return Shown()
    headings = {one.id: one for one in readable_of(actor, plan.person_id, plan.person.team_ids)}
    found = measured_in(plan.organisation_id, headings.keys(), {one.competency_code for one in goals})
    begun = [one for one in goals if one.measurement_id in headings and _start(one)]
    known = {card.framework.version_id: card.framework.catalog for card in cards.cards}
    in_words = taken(found, known) if begun else ()
    effects = {one.id: effect(one.competency_code, _start(one), one.created_at, in_words) for one in begun}
    seen = {one.measurement_id for told in effects.values() for one in (told.start, told.now) if one is not None}
    note(actor, *(heading for heading in headings.values() if heading.id in seen))
    return Shown(effects, closed_without_measurement(goals, found))


def _start(goal: Goal) -> Start | None:
    if goal.start_score is None or goal.start_measured_at is None:
        return None
    return Start(goal.measurement_id, day_of(goal.start_measured_at), goal.start_score_from or "", goal.start_score)


def _own_moments(goal: Goal, card: GoalCard, told: Effect, since: list[AgreedNiveau]) -> list[Moment]:
    names = card.framework.catalog
    found = [Moment(day_of(goal.created_at), _("Doel gemaakt"), "")]
    for one in told.seen:
        label = _("Feedbackronde") if one.group == OTHERS else _("Zelfbeeld")
        found.append(Moment(one.on, label, figure(one.score, one.bound)))
    found += [Moment(one.agreed_on, _("Niveau afgesproken"),
                     _("%(level)s %(name)s, met %(who)s", level=one.level, name=names.level(one.level).name,
                       who=one.with_whom)) for one in since]
    found += [Moment(day_of(action.done_at), _("Actie gedaan"), action.title) for action in goal.actions
              if action.done_at is not None]
    if goal.closed_at is not None:
        found.append(Moment(day_of(goal.closed_at), _("Doel afgerond")))
    return found


def _picture(card: GoalCard, told: Effect, moments: tuple[Moment, ...]) -> Markup | None:
    if not told.seen or len({moment.on for moment in moments}) < 2:
        return None
    begins_on, ends_on = ends([moment.on for moment in moments], today())
    compared = told.obstacle is None and told.start is not None and told.now is not None
    scores = tuple(_score(one, joined=compared and one == told.now) for one in told.seen
                   if not (compared and one not in (told.start, told.now) and one.group == _group(told.now)))
    read = "; ".join(_("%(day)s %(who)s %(score)s", day=date(one.on), who=words.whose(one.group),
                       score=figure(one.score, one.bound)) for one in told.seen)
    picture = Timeline(
        _("Lijn van de tijd over ‘%(name)s’. %(scores)s. Dezelfde gegevens staan in de lijst eronder.",
          name=card.competency.name, scores=read),
        scores, tuple(moment.on for moment in moments), begins_on, ends_on, date(begins_on, "d MMM y"),
        date(ends_on, "d MMM y"), _("een moment"),
    )
    return Markup(picture.svg() + replace(picture, width=WIDE).svg())  # noqa: S704


def _score(one: Seen, *, joined: bool) -> Score:
    return Score(one.on, "others" if one.group == OTHERS else "self", one.score, one.band,
                 BEYOND.get(one.bound), joined)


def _group(one: Seen | None) -> str:
    return one.group if one else ""
