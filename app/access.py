"""Roles, the Actor, every permission rule, the declarations, the gate.

Imports no models: rules read small protocols, so that views, templates and lists can share them.
What an actor may not know exists is a 404, what she may not do a 403.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from flask import Flask, abort, request
from flask_login import current_user

from app.db import SAFE


class Role(enum.StrEnum):
    BEGELEIDER = "begeleider"
    TEAMLEIDER = "teamleider"
    HR = "hr"
    BEHEERDER = "beheerder"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking: her person, organisation, roles and the teams she leads."""

    person_id: int
    organisation_id: int
    roles: frozenset[Role]
    leads: frozenset[int]


class Subject(Protocol):
    """What a rule may know of a person."""

    @property
    def id(self) -> int: ...
    @property
    def organisation_id(self) -> int: ...
    @property
    def team_ids(self) -> frozenset[int]: ...


class Owned(Protocol):
    """What a rule may know of a thing that one person made for herself."""

    @property
    def person_id(self) -> int: ...
    @property
    def organisation_id(self) -> int: ...


class OfSubject(Protocol):
    """What a rule may know of a measurement."""

    @property
    def subject_id(self) -> int: ...
    @property
    def organisation_id(self) -> int: ...


# --- the rules -------------------------------------------------------------------------------------------------------


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


class OfOneOrganisation(Protocol):
    """What a rule may know of a thing that belongs to an organisation."""

    @property
    def organisation_id(self) -> int: ...


class Sent(OfOneOrganisation, Protocol):
    """What a rule may know of a message."""

    @property
    def template(self) -> str: ...


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


class Readable(OfSubject, Protocol):
    """What a rule may know of a measurement as a profile. `released`: always, for a self-assessment.

    `lead_reads_from`: of a round, the day on which whoever leads her may read it too; None for nobody. `shared_with`:
    the people whom the subject lets read it today.
    """

    @property
    def released(self) -> bool: ...
    @property
    def lead_reads_from(self) -> dt.date | None: ...
    @property
    def shared_with(self) -> frozenset[int]: ...


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


class Commented(Readable, Protocol):
    """What a rule may know of a measurement with what people wrote in a round, in their own words.

    `lead_reads_comments`: so it was told to everybody who was asked. `comments_kept`: the subject keeps them to
    herself. `comments_shared_with`: the people whom she lets read them today.
    """

    @property
    def lead_reads_comments(self) -> bool: ...
    @property
    def comments_kept(self) -> bool: ...
    @property
    def comments_shared_with(self) -> frozenset[int]: ...


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


class Held(OfOneOrganisation, Protocol):
    """What a rule may know of a conversation. `fixed`: both confirmed it."""

    @property
    def person_id(self) -> int: ...
    @property
    def partner_id(self) -> int: ...
    @property
    def fixed(self) -> bool: ...


def can_talk_with(actor: Actor, subject: Accompanied) -> bool:
    """Hold conversations about somebody's work with her: who leads her team, and her gesprekspartner."""
    return (
        actor.organisation_id == subject.organisation_id
        and actor.person_id != subject.id
        and (bool(actor.leads & subject.team_ids) or actor.person_id == subject.discussion_partner_id)
    )


def can_hold_conversation(actor: Actor, conversation: Held, subject: Accompanied) -> bool:
    """Change a conversation, or add to it: she herself, and the other of the two while they work together."""
    return actor.organisation_id == conversation.organisation_id and (
        actor.person_id == conversation.person_id
        or (actor.person_id == conversation.partner_id and can_talk_with(actor, subject))
    )


def can_read_conversation(actor: Actor, conversation: Held, subject: Accompanied) -> bool:
    """See it: the two who hold it, and nobody else. Who no longer leads her keeps only what was fixed with her."""
    return can_hold_conversation(actor, conversation, subject) or (
        actor.organisation_id == conversation.organisation_id
        and actor.person_id == conversation.partner_id
        and conversation.fixed
    )


class Planned(OfOneOrganisation, Protocol):
    """What a rule may know of a round."""

    @property
    def created_by_id(self) -> int | None: ...


class Accompanied(Subject, Protocol):
    """What a rule may know of somebody whose choices another approves."""

    @property
    def discussion_partner_id(self) -> int | None: ...


def can_plan_rounds(actor: Actor) -> bool:
    return bool(actor.roles & {Role.TEAMLEIDER, Role.BEHEERDER})


def can_be_subject_for(actor: Actor, person: Subject) -> bool:
    """Plan a round about somebody: the beheerder about everybody, a teamleider about whoever works in her teams."""
    return actor.organisation_id == person.organisation_id and (
        Role.BEHEERDER in actor.roles or (Role.TEAMLEIDER in actor.roles and bool(actor.leads & person.team_ids))
    )


def can_manage_round(actor: Actor, planned: Planned) -> bool:
    """Change a round and move it on: whoever planned it, and the beheerder."""
    return actor.organisation_id == planned.organisation_id and (
        Role.BEHEERDER in actor.roles or actor.person_id == planned.created_by_id
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
        and (
            Role.BEHEERDER in actor.roles
            or bool(actor.leads & subject.team_ids)
            or actor.person_id == subject.discussion_partner_id
        )
    )


def can_use_goal(actor: Actor, goal: Owned) -> bool:
    return _is_own(actor, goal)


def _is_own(actor: Actor, thing: Owned) -> bool:
    return actor.organisation_id == thing.organisation_id and actor.person_id == thing.person_id


# --- declarations and the gate ---------------------------------------------------------------------------------------

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Anybody may open this."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def needs(*roles: Role) -> Callable[[View], View]:
    """Somebody with one of these roles; without roles: anybody who is signed in."""

    def declare(view: View) -> View:
        view.access = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return declare


def by_link(view: View) -> View:
    """Whoever holds the link in the address may open this: no session is looked at, and no cookie is read or set."""
    view.access = "link"  # type: ignore[attr-defined]
    return view


def declared_access(view: Callable[..., Any]) -> frozenset[Role] | str | None:
    access: frozenset[Role] | str | None = getattr(view, "access", None)
    return access


def actor() -> Actor:
    """The Actor of this request; only in views that declare needs(...)."""
    who: Actor = current_user.actor
    return who


def authorize(allowed: bool) -> None:
    """404 unless allowed: what is not yours does not exist for you."""
    if not allowed:
        abort(404)


def init_app(app: Flask, check_csrf: Callable[[], None], signed_out: Callable[[], Any]) -> None:
    """Deny by default. `signed_out` answers for somebody who must sign in first, before the CSRF check."""

    @app.before_request
    def gate() -> Any:
        if request.endpoint is None:
            return None
        if request.method not in SAFE:
            request.get_data()      # all of it, before the database is asked: SQLite's one writer waits for nobody
        declared = declared_access(app.view_functions[request.endpoint])
        if declared is None:
            abort(403)
        if declared == "link":
            if request.method not in SAFE and request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
                abort(403)      # a form on somebody else's page; old browsers do not tell where they come from
            return None
        if isinstance(declared, frozenset):
            if not current_user.is_authenticated:
                return signed_out()
            if not may_open(declared, current_user.actor.roles):
                abort(403)
        check_csrf()
        return None


def may_open(declared: Collection[Role], roles: Collection[Role]) -> bool:
    return not declared or bool(frozenset(declared) & frozenset(roles))
