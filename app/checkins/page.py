"""What the page of a tussenstand shows to one of the two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.access import Actor, can_agree_plan, has_partner
from app.checkins import words
from app.checkins.agreeing import confirmed_by, reaction_of, readers_for, values_of
from app.checkins.forms import CheckInForm, ReactionForm, check_in_form, reaction_form
from app.checkins.models import CheckIn, CheckInGoal
from app.checkins.queries import KEPT_IN, goals_for, reactions_before, tiles_before
from app.development.models import Goal
from app.people.models import Person
from app.pulses.cards import Answered, answered_about
from app.pulses.services import may_begin
from app.rounds.queries.asked import Reader


@dataclass(frozen=True, slots=True)
class GoalPart:
    """One goal on the page. `row`: what is stored of it; `before`: its tile of the time before.
    `pulses`: what came of the korte vragen about it.
    """

    goal: Goal
    row: CheckInGoal | None
    before: str
    pulses: Sequence[Answered] = ()

    @property
    def tile(self) -> str:
        """What is stored, in words."""
        return words.tile(self.row.tile) if self.row and self.row.tile else ""

    @property
    def change(self) -> str:
        return self.row.change if self.row else ""


@dataclass(frozen=True, slots=True)
class CheckInPage:
    """A tussenstand as one of the two sees it. `form` or `reaction`: what she can write in, if anything.

    `torn`: per field what is stored there, where that changed meanwhile. `lost`: what she typed and cannot be kept.
    `readers`: to whom she can show it, while it lies before nobody who accompanies her. `may_ask`: she may begin a
    korte vraag. `accompanies`: she showed it to another, and whoever reads this accompanies her too. `before`: what
    those wrote who were her partner before, with their names.
    """

    check_in: CheckIn
    own: bool
    goals: Sequence[GoalPart]
    form: CheckInForm | None = None
    reaction: ReactionForm | None = None
    readers: Sequence[Reader] = ()
    torn: Mapping[str, str] = field(default_factory=dict)
    lost: Sequence[str] = ()
    may_ask: bool = False
    accompanies: bool = False
    before: Sequence[tuple[str, str]] = ()

    @property
    def person(self) -> Person:
        return self.check_in.plan.person

    @property
    def other(self) -> Person | None:
        """The other of the two; none before she showed it."""
        return self.check_in.partner if self.own else self.person

    @property
    def other_name(self) -> str:
        return self.other.first_name if self.other else ""

    def is_told(self, one: Answered) -> bool:
        """Whether the other reads this of a korte vraag already."""
        until = self.check_in.told_until
        return until is None or one.at <= until

    @property
    def writes(self) -> bool:
        return self.form is not None or self.reaction is not None

    @property
    def keeps(self) -> bool:
        """Whether what either of the two fills in is kept at once: not when that would take a confirmation back, nor
        while she makes one text of two.
        """
        return self.writes and not (self.torn or self.confirmed or self.other_confirmed)

    @property
    def can_discard(self) -> bool:
        """Whether it is still hers to throw away."""
        return self.form is not None and not (self.check_in.reaction or self.before or self.other_confirmed)

    @property
    def shows(self) -> bool:
        """Whether she is still to show it."""
        return self.form is not None and bool(self.readers)

    @property
    def confirmed(self) -> bool:
        return confirmed_by(self.check_in, own=self.own)

    @property
    def other_confirmed(self) -> bool:
        return confirmed_by(self.check_in, own=not self.own)

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The questions that she answered, with what she wrote."""
        return [(question, getattr(self.check_in, name)) for name, question in words.questions().items()
                if getattr(self.check_in, name)]


def accompanied(check_in: CheckIn) -> bool:
    """Whether the one she showed it to still leads her or is her gesprekspartner."""
    return has_partner(check_in, check_in.plan.person)


def page_of(
    check_in: CheckIn, who: Actor, *, form: CheckInForm | None = None, reaction: ReactionForm | None = None,
    torn: Mapping[str, str] | None = None, lost: Sequence[str] = (),
) -> CheckInPage:
    """The page as it is stored, or with a form that was refused."""
    me, own = who.person_id, who.person_id == check_in.person_id
    agrees = not own and can_agree_plan(who, check_in, check_in.plan.person)
    goals = goals_for(check_in, form.goal_ids if form else ())
    rows = {row.goal_id: row for row in check_in.goals}
    before = {row.goal_id: words.tile(row.tile) for row in tiles_before(check_in) if row.tile}
    readers: Sequence[Reader] = ()
    if check_in.fixed or check_in.plan.state not in KEPT_IN:
        form = reaction = None
    elif own:
        stored = values_of(check_in, goals)
        form = form or check_in_form(goals, stored, check_in.revision)
        readers = () if check_in.shown and accompanied(check_in) else readers_for(check_in)
        form.offer(readers)
    elif agrees:
        reaction = reaction or reaction_form(reaction_of(check_in, me), check_in.revision)
    hers_alone = form is not None and not confirmed_by(check_in, own=False)
    until = None if hers_alone else check_in.told_until
    pulses = answered_about([goal.id for goal in goals], me, until)
    parts = [GoalPart(goal, rows.get(goal.id), before.get(goal.id, ""), pulses.get(goal.id, ())) for goal in goals]
    may_ask = form is not None and may_begin(check_in.organisation_id)
    return CheckInPage(check_in, own, parts, form, reaction, readers, torn or {}, lost, may_ask,
                       accompanies=not own and not agrees, before=reactions_before(check_in, me if agrees else None))
