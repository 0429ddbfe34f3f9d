"""The main navigation: at most five entries per role, and only what works.

A begeleider has her five; she finds her conversations on the start page, also when she leads a team.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.access import Role
from app.db import db


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `areas` are the first parts of the addresses that belong to it; see `belongs_to`."""

    label: str
    endpoint: str
    areas: tuple[str, ...]

    @property
    def address(self) -> str:
        return url_for(self.endpoint)

    @property
    def here(self) -> bool:
        path: str = g.get("belongs to", request.path)
        return any(path == area or path.startswith(area + "/") for area in self.areas)


def belongs_to(area: str) -> None:
    """The page of this request belongs to another area than its address says."""
    setattr(g, "belongs to", area)


def entries() -> list[Entry]:
    """What stands in the main navigation for the person who is signed in."""
    if not current_user.is_authenticated:
        return []
    roles = current_user.actor.roles
    found = [Entry(_("Start"), "home.start", ("/start",))]
    if Role.BEGELEIDER in roles:
        chooses = () if Role.HR in roles else ("/opleidingen",)     # what hr keeps there has an entry of its own
        found += [
            Entry(_("Metingen"), "assessments.measurements", ("/metingen", "/zelfbeeld", "/feedback")),
            Entry(_("Profiel"), "profiles.latest", ("/profiel",)),
            Entry(_("Ontwikkelplan"), "development.plan",
                  ("/ontwikkelplan", "/tussenstand", "/dossier", "/maatjes", *chooses)),
            Entry(_("Praktijk"), "practice.overview", ("/praktijk",)),
        ]
    if Role.TEAMLEIDER in roles:
        found.append(Entry(_("Team"), "team.overview", ("/team",)))
    if roles & {Role.TEAMLEIDER, Role.BEHEERDER}:
        found.append(Entry(_("Rondes"), "rounds.overview", ("/rondes",)))
    if Role.BEGELEIDER not in roles and (Role.TEAMLEIDER in roles or db.session.info.get("talks")):
        found.append(Entry(_("Gesprekken"), "conversations.overview",
                           ("/gesprekken", "/ontwikkelplan", "/tussenstand", "/dossier")))
    if Role.TEAMLEIDER in roles and not roles & {Role.BEGELEIDER, Role.HR}:     # others come there from their own pages
        found.append(Entry(_("Opleidingen"), "trainings.offer", ("/opleidingen",)))
    if Role.HR in roles:
        found.append(Entry(_("Behoefte"), "needs.overview", ("/opleidingen/behoefte", "/opleidingen/momentopnamen")))
        found.append(Entry(_("Aanbod"), "trainings.catalogue", ("/opleidingen/aanbod", "/opleidingen/bijeenkomst")))
        found.append(Entry(_("Opleidingsplan"), "training_plans.overview", ("/opleidingen/plan",)))
        found.append(Entry(_("Voortgang"), "progress.overview", ("/voortgang",)))
    if Role.BEHEERDER in roles:
        found.append(Entry(_("Mensen"), "people.overview", ("/beheer",)))      # the rest stands in its second row
    return found


def init_app(app: Flask) -> None:
    app.jinja_env.globals["navigation"] = entries
