"""Choosing whom to ask. Every function wants a part that is held (queries.asked.part_to_change), and flushes only.

A part is being chosen until its choice is sent; then it waits for whoever approves it; once approved, people may still
be proposed until the round closes, and each waits for approval again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from app.db import db
from app.measurement.scale import Group
from app.rounds.invitations import State, relation, set_for
from app.rounds.letters import choice_waits
from app.rounds.lifecycle import State as RoundState
from app.rounds.minimums import shortfalls
from app.rounds.models import Invitation, RoundSubject
from app.rounds.queries import asked
from app.rounds.queries.asked import Colleague, Reader
from app.rounds.raters import Problem, Rater
from app.web.formats import now, today

ON_THE_LIST = frozenset({State.PROPOSED, State.APPROVED})


class NotNow(Exception):
    """The round does not run, or the choice waits for approval: nothing was changed."""


class NobodyChosen(Exception):
    """There is nothing to send yet."""


class TooFewChosen(Exception):
    """A korte vraag asks at least k+1 people; `short`: so many more."""

    def __init__(self, short: int) -> None:
        super().__init__(short)
        self.short = short


class NoCriticalFriend(Exception):
    """Nobody is ticked as somebody who does not always agree; it is asked once."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What came of it: who was added, and who was not, each with the problem."""

    added: tuple[Invitation, ...]
    refused: tuple[Rater, ...]


def runs(part: RoundSubject) -> bool:
    """Whether people may still be chosen at all: until the round closes."""
    return part.round.state in (RoundState.CHOOSING, RoundState.OPEN) and today() <= part.round.closes_on


def may_choose(part: RoundSubject) -> bool:
    """Whether the subject may change her choice now."""
    return runs(part) and (part.choice_sent_at is None or part.approved_at is not None)


def waits(part: RoundSubject) -> bool:
    return part.choice_sent_at is not None and part.approved_at is None


def propose(part: RoundSubject, group: str, raters: Sequence[Rater], *, by_approver: bool = False) -> Proposed:
    """Puts people on the list, the refused aside. Raises NotNow, and KeyError for a group that this round does not ask.

    What an approver adds waits for the approval as well, which invites everybody at once.
    """
    if not (runs(part) if by_approver else may_choose(part)):
        raise NotNow
    question_set = {known.rater_group: known.question_set for known in part.round.groups}[group]
    added: list[Invitation] = []
    refused: list[Rater] = []
    for rater in judged(part, group, raters, by_approver=by_approver):
        if rater.problem is not None:
            refused.append(rater)
            continue
        added.append(_put(part, group, question_set, rater, by_approver=by_approver))
    db.session.flush()
    if added and not by_approver and part.approved_at is not None:
        choice_waits(part)
    return Proposed(tuple(added), tuple(refused))


def take_back(part: RoundSubject, invitation: Invitation) -> None:
    """What she proposed herself and nobody approved yet. Raises NotNow."""
    if not may_choose(part) or invitation.state != State.PROPOSED or invitation.added_by_approver:
        raise NotNow
    part.invitations.remove(invitation)
    db.session.flush()


def send_choice(part: RoundSubject, critical_friends: Collection[int] = (), *, sure: bool = False) -> None:
    """Gives the choice to whoever approves it. `critical_friends`: ids of the invitations she ticks as such.

    Raises NotNow, NobodyChosen, TooFewChosen of a korte vraag, and of a round NoCriticalFriend unless there is one or
    she is sure.
    """
    if not may_choose(part) or part.choice_sent_at is not None:
        raise NotNow
    chosen = [one for one in part.invitations if one.state == State.PROPOSED and one.email is not None]
    if not chosen:
        raise NobodyChosen
    if part.round.is_pulse:
        if found := shortfalls(Counter(one.rater_group for one in chosen),
                               {group.rater_group: group.minimum for group in part.round.groups}, small_circle=True):
            raise TooFewChosen(found[0].short)
    elif not sure and not any(one.id in critical_friends for one in chosen):
        raise NoCriticalFriend
    for one in chosen:
        one.critical_friend = one.id in critical_friends
    part.choice_sent_at = now()
    db.session.flush()
    choice_waits(part)


def withdraw_choice(part: RoundSubject) -> None:
    """To change it after all, as long as nobody approved it. Raises NotNow."""
    if not runs(part) or not waits(part):
        raise NotNow
    part.choice_sent_at = None
    db.session.flush()


def leads_of(readers: Iterable[Reader]) -> list[Reader]:
    """Who is asked as teamleider: whoever leads her team, else her gesprekspartner."""
    readers = list(readers)
    return [reader for reader in readers if reader.leads] or readers


def judged(part: RoundSubject, group: str, raters: Sequence[Rater], *, by_approver: bool,
           besides: Invitation | None = None) -> list[Rater]:
    """Each with the problem that the list (`besides` one place on it), the dienst and the subject give her."""
    places = [one for one in part.invitations if one is not besides]
    known = asked.people_with(
        part.organisation_id, {rater.email for rater in raters if rater.email},
        {rater.person_id for rater in raters if rater.person_id is not None},
    )
    by_id, by_email = {one.person_id: one for one in known}, {one.email: one for one in known}
    reading = {reader.person_id: reader for reader in asked.readers_of(part.person)}
    reading_emails = {reader.email: reader for reader in reading.values()}
    by_address = {one.email: one for one in places if one.email is not None}
    by_person = {one.person_id: one for one in places if one.person_id and one.state in ON_THE_LIST}
    found: list[Rater] = []
    seen: set[str] = set()
    for rater in raters:
        if rater.problem is None:
            colleague = by_id.get(rater.person_id) if rater.person_id is not None else by_email.get(rater.email)
            reader = reading_emails.get(rater.email) or (reading.get(colleague.person_id) if colleague else None)
            present = (by_person.get(colleague.person_id) if colleague else None) or by_address.get(rater.email)
            rater = _judge(part, group, rater, colleague, reader, present, by_approver=by_approver)
            if rater.problem is None and rater.email in seen:
                rater = rater.refused(Problem.TWICE)
            seen.add(rater.email)
        found.append(rater)
    return found


def _judge(part: RoundSubject, group: str, rater: Rater, colleague: Colleague | None, reader: Reader | None,
           present: Invitation | None, *, by_approver: bool) -> Rater:
    if rater.email == part.person.account.email or (colleague and colleague.person_id == part.person_id):
        return rater.refused(Problem.OWN)
    if reader is not None:
        return rater.refused(Problem.READS_ALONG, reader.name)
    if rater.person_id is not None and (colleague is None or not colleague.active):
        return rater.refused(Problem.GONE)
    if present is not None and present.state in ON_THE_LIST:
        return rater.refused(Problem.ALREADY, present.name)
    if present is not None and present.state == State.DECLINED:
        return rater.refused(Problem.DECLINED)
    if present is not None and not by_approver:
        return rater.refused(Problem.REMOVED)
    if colleague and colleague.active and group != Group.COLLEAGUE:
        return rater.refused(Problem.OF_THIS_DIENST, colleague.name)
    if relation(rater.relation).group != group or _answers_elsewhere(present, group):
        return rater.refused(Problem.OTHER_GROUP)
    if colleague and colleague.active and rater.person_id is None:
        return replace(rater, person_id=colleague.person_id)
    return rater


def _answers_elsewhere(present: Invitation | None, group: str) -> bool:
    """Whether she had a link in another group: what she may have sent stays there, and so does she."""
    return present is not None and present.invited_on is not None and present.rater_group != group


def _put(part: RoundSubject, group: str, question_set: str, rater: Rater, *, by_approver: bool) -> Invitation:
    """A new place on the list, or that of somebody who was removed from it."""
    place = next((one for one in part.invitations if one.email == rater.email), None)
    if place is None:
        place = Invitation(organisation_id=part.organisation_id, email=rater.email)
        part.invitations.append(place)
    place.rater_group, place.relation = group, rater.relation
    place.question_set = set_for(relation(rater.relation), question_set)
    place.name, place.school, place.person_id = rater.name, rater.school, rater.person_id
    place.added_by_approver, place.state, place.critical_friend = by_approver, State.PROPOSED, False
    return place
