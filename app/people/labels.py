"""What roles, clusters and sectors are called on the screen. The keys of the last two are the framework's context."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from app.access import Role

CLUSTERS = ("c1", "c2", "c3", "c4")
SECTORS = ("po", "vo", "so-vso", "mbo")


def role_label(role: Role | str) -> str:
    return {
        Role.BEGELEIDER: _("Begeleider"),
        Role.TEAMLEIDER: _("Teamleider"),
        Role.HR: _("HR"),
        Role.BEHEERDER: _("Beheerder"),
    }[Role(role)]


def role_hints() -> Mapping[Role, str]:
    """What somebody with a role does here."""
    return {
        Role.BEGELEIDER: _("maakt een zelfbeeld en een ontwikkelplan"),
        Role.TEAMLEIDER: _("leest profielen, voert gesprekken en ziet hoe het team ervoor staat"),
        Role.HR: _("ziet wat de dienst nodig heeft en maakt het opleidingsplan"),
        Role.BEHEERDER: _("voegt mensen en teams toe en stelt de dienst in"),
    }


def cluster_label(key: str) -> str:
    return {
        "c1": _("Cluster 1: visuele beperking"),
        "c2": _("Cluster 2: auditieve, taal- en communicatieproblemen"),
        "c3": _("Cluster 3: verstandelijke of motorische beperking, langdurig ziek"),
        "c4": _("Cluster 4: gedrag en leren leren"),
    }[key]


def sector_label(key: str) -> str:
    return {
        "po": _("Primair onderwijs (po)"),
        "vo": _("Voortgezet onderwijs (vo)"),
        "so-vso": _("Speciaal onderwijs (so en vso)"),
        "mbo": _("Mbo"),
    }[key]


def in_order(roles: frozenset[str]) -> list[Role]:
    """Roles in the order in which they are always named."""
    return [role for role in Role if role in roles]
