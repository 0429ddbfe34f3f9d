"""Approving whom somebody asks; never done by herself. Every function wants a part that is held, and flushes only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from app.db import db
from app.measurement.scale import Group
from app.rounds import inviting, raters
from app.rounds.choosing import ON_THE_LIST, NobodyChosen, NotNow, judged, leads_of, runs
from app.rounds.invitations import State, relations_of, set_for
from app.rounds.letters import choice_approved
from app.rounds.lifecycle import State as RoundState
from app.rounds.minimums import Shortfall, shortfalls
from app.rounds.models import Invitation, RoundSubject
from app.rounds.moves import open_pulse, spacing_obstacles
from app.rounds.queries import asked
from app.rounds.raters import Problem
from app.rounds.spacing import TooClose
from app.web.formats import now, today


class Changed(Exception):
    """The choice is not what whoever approves it saw."""


class TooFew(Exception):
    """In some groups fewer than k+1 people would be asked."""

    def __init__(self, shortfalls: tuple[Shortfall, ...]) -> None:
        super().__init__(", ".join(f"{found.group}: {found.short}" for found in shortfalls))
        self.shortfalls = shortfalls


class Spaced(Exception):
    """An earlier round stands too close to ask these people now."""

    def __init__(self, obstacles: tuple[TooClose, ...]) -> None:
        super().__init__(f"{len(obstacles)} in the way")
        self.obstacles = obstacles


class Refused(Exception):
    """This address cannot be used."""

    def __init__(self, problem: Problem, hint: str) -> None:
        super().__init__(problem.name)
        self.problem, self.hint = problem, hint


def is_up(part: RoundSubject) -> bool:
    """Whether the choice is before whoever approves it: it was sent, or the time for choosing is over."""
    return part.choice_sent_at is not None or today() > part.round.choose_until


def waiting(part: RoundSubject) -> list[Invitation]:
    """Who waits for approval: before the choice is up only what was added by who approves."""
    return [one for one in part.invitations
            if one.state == State.PROPOSED and (is_up(part) or one.added_by_approver)]


def held_back(part: RoundSubject) -> bool:
    """Whether somebody who was approved was not invited yet: before the opening, or by the spacing rule."""
    return any(one.state == State.APPROVED and one.invited_on is None for one in part.invitations)


def short(part: RoundSubject, people: Iterable[Invitation]) -> tuple[Shortfall, ...]:
    """Where k+1 is not reached with these people. Who declined was asked, and counts; who was removed does not."""
    counted = Counter(one.rater_group for one in people if one.state != State.REMOVED)
    minimums = {group.rater_group: group.minimum for group in part.round.groups}
    return shortfalls(counted, minimums, small_circle=part.round.small_circle)


def approve(part: RoundSubject, approver_id: int, seen: Collection[int]) -> None:
    """Approves everybody who waits; in a running round they are invited at once, with whoever was held back, and a
    korte vraag begins with it.

    `seen`: the ids of the invitations that whoever approves saw waiting. The first approval also asks the teamleider.
    Raises NotNow, Changed, NobodyChosen, TooFew, Refused, or Spaced when the round runs; whoever calls rolls back then.
    """
    if not runs(part) or not is_up(part):
        raise NotNow
    new = waiting(part)
    approved = {one.id for one in part.invitations if one.state == State.APPROVED}
    if not new and seen and approved.issuperset(seen):
        return      # somebody else, or the same button, was just before
    if {one.id for one in new} != set(seen):
        raise Changed
    if not new and not (part.round.state == RoundState.OPEN and held_back(part)):
        raise NobodyChosen
    if found := short(part, part.invitations):
        raise TooFew(found)
    _must_not_read_along(part, new)
    if part.approved_at is None:
        new += _lead(part)
    for invitation in new:
        invitation.state = State.APPROVED
    part.approved_at, part.approved_by_id = now(), approver_id
    db.session.flush()
    begins = part.round.is_pulse and part.round.state == RoundState.CHOOSING
    if (begins or part.round.state == RoundState.OPEN) and (obstacles := spacing_obstacles(part)):
        raise Spaced(obstacles)
    if begins:
        open_pulse(part.round)
    elif part.round.state == RoundState.OPEN:
        for invitation in new:
            if invitation.invited_on is not None:       # was asked, removed, and is asked again
                inviting.renew(invitation)
        inviting.invite_approved(part)
    choice_approved(part)


def remove(part: RoundSubject, invitation: Invitation) -> None:
    """Somebody is not asked (any more); her link is dead unless she answered before. Raises NotNow, and TooFew when
    people of her group were promised more company; who waits for approval is none.
    """
    if not runs(part) or invitation.state not in ON_THE_LIST:
        raise NotNow
    if invitation.state == State.APPROVED:
        company = [one for one in part.invitations if one.state != State.PROPOSED]
        before = {found.group for found in short(part, company)}
        left = short(part, [one for one in company if one is not invitation])
        if worse := tuple(found for found in left if found.group not in before):
            raise TooFew(worse)
    if invitation.added_by_approver and invitation.invited_on is None:
        part.invitations.remove(invitation)     # nobody else has seen her there
    else:
        invitation.state = State.REMOVED
    db.session.flush()


def correct_address(part: RoundSubject, invitation: Invitation, email: str) -> None:
    """Another address for somebody, judged like any other. Raises NotNow or Refused; Spaced when she was invited.

    Who was invited gets a place of her own: whoever corrects an address must not come to a draft by it, nor see by a
    letter that stays away that she had answered. The old place goes when no mail reached it.
    """
    if not runs(part) or invitation.state not in ON_THE_LIST or invitation.email is None:
        raise NotNow
    rater = raters.one(invitation.name, email, invitation.relation, invitation.school)
    if invitation.rater_group != Group.TEAM_LEAD:
        rater = judged(part, invitation.rater_group, [rater], by_approver=True, besides=invitation)[0]
    elif rater.email == part.person.account.email:
        rater = rater.refused(Problem.OWN)
    present = next((known for known in part.invitations if known.email == rater.email), None)
    if rater.problem is None and present is not None:
        rater = rater.refused(Problem.ALREADY, present.name)
    if rater.problem is not None:
        raise Refused(rater.problem, rater.hint)
    person_id = rater.person_id or invitation.person_id
    if invitation.invited_on is None:
        invitation.email, invitation.person_id = rater.email, person_id
        db.session.flush()
        return
    place = Invitation(
        organisation_id=part.organisation_id, rater_group=invitation.rater_group, relation=invitation.relation,
        question_set=invitation.question_set, name=invitation.name, email=rater.email, school=invitation.school,
        person_id=person_id, critical_friend=invitation.critical_friend,
        added_by_approver=invitation.added_by_approver, state=invitation.state,
    )
    if invitation.bounced is None:
        invitation.state = State.REMOVED
    else:
        part.invitations.remove(invitation)
    part.invitations.append(place)
    db.session.flush()
    if place.state == State.APPROVED:
        if obstacles := spacing_obstacles(part):
            raise Spaced(obstacles)
        inviting.invite(place, part.round_id)


def give_new_link(part: RoundSubject, invitation: Invitation) -> None:
    """The old link dies. Raises NotNow for who was not invited yet, or is asked on paper."""
    if not runs(part) or invitation.state != State.APPROVED or not (invitation.invited_on and invitation.email):
        raise NotNow
    inviting.renew(invitation)


def ask_after_all(part: RoundSubject, invitation: Invitation) -> None:
    """Who said that she would rather not wants to after all, and the round runs. What she had answered is gone.

    Raises NotNow, Refused when she came to read along, or Spaced; whoever calls rolls back then.
    """
    if not runs(part) or invitation.state != State.DECLINED or invitation.invited_on is None:
        raise NotNow
    if invitation.rater_group != Group.TEAM_LEAD:
        _must_not_read_along(part, [invitation])
    invitation.state, invitation.decline_reason = State.APPROVED, None
    db.session.flush()
    if obstacles := spacing_obstacles(part):
        raise Spaced(obstacles)


def _must_not_read_along(part: RoundSubject, new: Iterable[Invitation]) -> None:
    """Somebody may have come to lead her since she was proposed."""
    reading = {reader.email: reader.name for reader in asked.readers_of(part.person)}
    for invitation in new:
        if invitation.email in reading:
            raise Refused(Problem.READS_ALONG, reading[invitation.email])


def _lead(part: RoundSubject) -> list[Invitation]:
    """Who leads her, on the list from now on, in a round that asks the teamleider."""
    group = next((group for group in part.round.groups if group.rater_group == Group.TEAM_LEAD), None)
    if group is None:
        return []
    relation, = relations_of(Group.TEAM_LEAD)
    found = [
        Invitation(
            organisation_id=part.organisation_id, rater_group=Group.TEAM_LEAD, relation=relation.code,
            question_set=set_for(relation, group.question_set), name=reader.name, email=reader.email,
            person_id=reader.person_id,
        )
        for reader in leads_of(asked.readers_of(part.person))
        if all(reader.email != one.email for one in part.invitations)
    ]
    part.invitations.extend(found)
    return found
