"""What the pages call what a colleague offers."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _


def buddy_kind(kind: str) -> str:
    """What somebody offers her colleagues."""
    return {"kijk-mee": _("je mag meekijken"), "denk-mee": _("denkt met je mee")}[kind]


def buddy(name: str, teams: Sequence[str], kind: str, competency: str) -> str:
    """Somebody who offers something: "Ans Bos (Team Oost): je mag meekijken bij ‘Netwerken’"."""
    who = f"{name} ({', '.join(teams)})" if teams else name
    return _("%(who)s: %(offer)s bij ‘%(topic)s’", who=who, offer=buddy_kind(kind), topic=competency)
