"""Every permission rule, each stated once. What an actor may not know exists is a 404, what she may not do a 403."""

from __future__ import annotations

import datetime as dt

from app.access.actors import (
    Accompanied,
    Actor,
    Commented,
    Held,
    LedTeam,
    MadeTogether,
    OfOneOrganisation,
    OfSubject,
    Owned,
    Planned,
    Readable,
    Role,
    Sent,
    Shown,
    Subject,
)


def can_see_person(actor: Actor, subject: Subject) -> bool:
    """Know that somebody exists and where she works: oneself, the teams one leads, and all for hr and beheerder."""
    return actor.organisation_id == subject.organisation_id and (
        actor.person_id == subject.id
        or bool(actor.roles & {Role.BEHEERDER, Role.HR})
        or bool(actor.leads & subject.team_ids)
    )


def can_manage_people(actor: Actor) -> bool:
    return Role.BEHEERDER in actor.roles


def can_edit_person(actor: Actor, subject: Subject) -> bool:
    return can_manage_people(actor) and actor.organisation_id == subject.organisation_id


def can_read_message(actor: Actor, message: Sent, demo: bool) -> bool:
    """In the demo everything; elsewhere only invitations: behind those nothing private exists yet."""
    return (
        can_manage_people(actor)
        and actor.organisation_id == message.organisation_id
        and (demo or message.template == "invite")
    )


def can_edit_function_profile(actor: Actor, profile: OfOneOrganisation) -> bool:
    return Role.BEHEERDER in actor.roles and actor.organisation_id == profile.organisation_id


def can_use_self_assessment(actor: Actor, assessment: Owned) -> bool:
    """A self-assessment is private to its maker (measurement.md §3)."""
    return _is_own(actor, assessment)


def can_view_profile(actor: Actor, measurement: OfSubject) -> bool:
    """Do with a profile what only its subject does: share it, make goals of it."""
    return actor.organisation_id == measurement.organisation_id and actor.person_id == measurement.subject_id


def can_read_profile(actor: Actor, profile: Readable, subject: Accompanied, today: dt.date) -> bool:
    """Read it: she herself from the release on; whoever leads her, or is her gesprekspartner, from the day that holds
    for the round; and with whom she shares it. The beheerder and hr do not.
    """
    if actor.organisation_id != profile.organisation_id or not profile.released:
        return False
    return (
        actor.person_id == profile.subject_id
        or actor.person_id in profile.shared_with
        or (_is_due(profile, today) and _accompanies(actor, subject))
    )


def can_read_comments(actor: Actor, profile: Commented, subject: Accompanied, today: dt.date) -> bool:
    """Read what people wrote: she herself; whoever leads her, where that was told beforehand and she does not keep it;
    and with whom she shares it. What was told to stay closed to whoever leads her, no share opens to her.
    """
    if not can_read_profile(actor, profile, subject, today):
        return False
    if actor.person_id == profile.subject_id:
        return True
    leads = _accompanies(actor, subject)
    if leads and not profile.lead_reads_comments:
        return False
    return actor.person_id in profile.comments_shared_with or (
        leads and _is_due(profile, today) and not profile.comments_kept
    )


def _is_due(profile: Readable, today: dt.date) -> bool:
    """Whether whoever leads the subject may read by now."""
    return profile.lead_reads_from is not None and profile.lead_reads_from <= today


def _accompanies(actor: Actor, subject: Accompanied) -> bool:
    return bool(actor.leads & subject.team_ids) or actor.person_id == subject.discussion_partner_id


def can_release(actor: Actor, subject: Accompanied) -> bool:
    """Release somebody's part of a closed round: whoever may approve whom she asks."""
    return can_approve_raters(actor, subject)


def can_talk_with(actor: Actor, subject: Accompanied) -> bool:
    """Hold conversations about somebody's work with her: who leads her team, and her gesprekspartner."""
    return (
        actor.organisation_id == subject.organisation_id
        and actor.person_id != subject.id
        and _accompanies(actor, subject)
    )


def can_hold_conversation(actor: Actor, conversation: Held, subject: Accompanied) -> bool:
    """Change a conversation, or add to it: she herself, and the other of the two while they work together."""
    return actor.organisation_id == conversation.organisation_id and (
        actor.person_id == conversation.person_id
        or (actor.person_id == conversation.partner_id and can_talk_with(actor, subject))
    )


def can_call_off(actor: Actor, conversation: Held, subject: Accompanied) -> bool:
    """Take a planned conversation off again: the one of the two who plans them, while they work together."""
    return actor.person_id == conversation.partner_id and can_hold_conversation(actor, conversation, subject)


def can_read_conversation(actor: Actor, conversation: Held, subject: Accompanied) -> bool:
    """See it: the two who hold it, and nobody else. Who no longer leads her keeps only what was fixed with her."""
    return can_hold_conversation(actor, conversation, subject) or (
        actor.organisation_id == conversation.organisation_id
        and actor.person_id == conversation.partner_id
        and conversation.fixed
    )


def can_plan_rounds(actor: Actor) -> bool:
    return bool(actor.roles & {Role.TEAMLEIDER, Role.BEHEERDER})


def can_be_subject_for(actor: Actor, person: Subject) -> bool:
    """Plan a round about somebody: the beheerder about everybody, a teamleider about whoever works in her teams."""
    return actor.organisation_id == person.organisation_id and (
        Role.BEHEERDER in actor.roles or (Role.TEAMLEIDER in actor.roles and bool(actor.leads & person.team_ids))
    )


def can_manage_round(actor: Actor, planned: Planned) -> bool:
    """Change a round and move it on: the beheerder, and whoever planned it, as a teamleider or about herself."""
    return actor.organisation_id == planned.organisation_id and (
        Role.BEHEERDER in actor.roles
        or (actor.person_id == planned.created_by_id and (Role.TEAMLEIDER in actor.roles or planned.own_initiative))
    )


def can_choose_raters(actor: Actor, part: Owned) -> bool:
    """Choose whom one asks: each for her own part of a round."""
    return _is_own(actor, part)


def can_approve_raters(actor: Actor, subject: Accompanied) -> bool:
    """Approve whom somebody asks (measurement.md §3: never the subject herself): who leads her team, her
    gesprekspartner, or the beheerder.
    """
    return (
        actor.organisation_id == subject.organisation_id
        and actor.person_id != subject.id
        and (Role.BEHEERDER in actor.roles or _accompanies(actor, subject))
    )


def can_use_goal(actor: Actor, goal: Owned) -> bool:
    return _is_own(actor, goal)


def can_use_plan(actor: Actor, plan: Owned) -> bool:
    """Write in a plan, and move it on: she whose plan it is."""
    return _is_own(actor, plan)


def can_read_plan(actor: Actor, plan: Shown, subject: Accompanied) -> bool:
    """See somebody's plan, with its goals, actions and tussenstanden: she herself; who leads her, and her
    gesprekspartner, from the moment she puts it before them.
    """
    return _is_own(actor, plan) or (plan.shown and can_talk_with(actor, subject))


def can_agree_plan(actor: Actor, plan: MadeTogether, subject: Accompanied) -> bool:
    """Confirm somebody's plan or tussenstand as the second of the two, and react to it: whom she put it before; when
    that one accompanies her no longer, whoever else does. `plan.partner` comes with his teams.
    """
    return (
        plan.shown
        and can_talk_with(actor, subject)
        and (plan.partner_id == actor.person_id or not has_partner(plan, subject))
    )


def has_partner(plan: MadeTogether, subject: Accompanied) -> bool:
    """Whether the one she put it before still works here, and accompanies her."""
    return plan.partner is not None and plan.partner.active and can_talk_with(plan.partner.actor, subject)


def can_use_practice(actor: Actor, thing: Owned) -> bool:
    """Trajecten and practice sheets are private to their maker; as evidence she can let them be seen."""
    return _is_own(actor, thing)


def can_use_evidence(actor: Actor, evidence: Owned) -> bool:
    return _is_own(actor, evidence)


def can_read_evidence(actor: Actor, evidence: Shown, subject: Accompanied) -> bool:
    """See one piece of evidence: she herself; who leads her, and her gesprekspartner, when she shows it to them."""
    return _is_own(actor, evidence) or (evidence.shown and can_talk_with(actor, subject))


def can_add_to_library(actor: Actor) -> bool:
    """Add actions of the organisation's own to the library."""
    return bool(actor.roles & {Role.BEHEERDER, Role.HR})


def can_lead_team(actor: Actor, team: LedTeam) -> bool:
    """See the people of a team side by side, as far as each may be read: whoever leads it."""
    return actor.organisation_id == team.organisation_id and Role.TEAMLEIDER in actor.roles and team.id in actor.leads


def can_read_needs(actor: Actor) -> bool:
    """Read the figures over people of the momentopname: hr of the whole dienst, a teamleider of the teams she leads."""
    return bool(actor.roles & {Role.HR, Role.TEAMLEIDER})


def can_plan_trainings(actor: Actor) -> bool:
    """Take momentopnamen, keep the aanbod and its sessions, make the opleidingsplan, follow the voortgang: hr."""
    return Role.HR in actor.roles


def can_set_cuts(actor: Actor) -> bool:
    """Say what figures over people may be cut by, and whether a zelfbeeld counts in them."""
    return bool(actor.roles & {Role.HR, Role.BEHEERDER})


def can_use_enrolment(actor: Actor, enrolment: Owned) -> bool:
    """Sign up for a session, decline it, or withdraw: each for herself."""
    return _is_own(actor, enrolment)


def can_propose_training(actor: Actor, person: Subject) -> bool:
    """Propose a session to somebody: a teamleider to whoever works in her teams."""
    return (actor.organisation_id == person.organisation_id and Role.TEAMLEIDER in actor.roles
            and bool(actor.leads & person.team_ids))


def _is_own(actor: Actor, thing: Owned) -> bool:
    return actor.organisation_id == thing.organisation_id and actor.person_id == thing.person_id
