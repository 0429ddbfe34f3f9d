"""What rooms above this one hand in, so that a profile can point at goals and actions without knowing them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from flask import Flask, current_app

from app.access import Actor


@dataclass(frozen=True, slots=True)
class SuggestedAction:
    """An action from the library, as the profile names it: its title and, in a few words, what it takes."""

    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgreedNiveau:
    """A niveau (1–5) that was agreed in a conversation and fixed. `kind`: 'aspect' or 'role'; `with_whom`: a name."""

    kind: str
    code: str
    level: int
    agreed_on: dt.date
    with_whom: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation about a round that somebody holds. `at`: when, if known; `fixed`: both confirmed what was said."""

    id: int
    with_whom: str
    at: dt.datetime | None
    fixed: bool


OpenGoals: TypeAlias = Callable[[int], frozenset[str]]
SuggestActions: TypeAlias = Callable[[str, int | None], Sequence[SuggestedAction]]
AgreedLevelsOf: TypeAlias = Callable[[int, int], Sequence[AgreedNiveau]]
TalkAbout: TypeAlias = Callable[[Actor, int], Talk | None]


def _no_goals(_person_id: int) -> frozenset[str]:
    return frozenset()


def _no_actions(_competency_code: str, _level: int | None) -> Sequence[SuggestedAction]:
    return ()


def _no_levels(_person_id: int, _organisation_id: int) -> Sequence[AgreedNiveau]:
    return ()


def _no_talk(_actor: Actor, _part_id: int) -> Talk | None:
    return None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`open_goals_for`: the codes of the competencies a person has an open goal for.

    `agreed_levels_of(person_id, organisation_id)`: every niveau agreed with her, the newest first. `talk_about(actor,
    part_id)`: the conversation about a round that the actor is one of the two of, unless it was called off.
    """

    open_goals_for: OpenGoals = _no_goals
    suggest_actions: SuggestActions = _no_actions
    agreed_levels_of: AgreedLevelsOf = _no_levels
    talk_about: TalkAbout = _no_talk


def hand_in(app: Flask, **what: OpenGoals | SuggestActions | AgreedLevelsOf | TalkAbout) -> None:
    """Called by each room that has something, while the application is being made; by the names of Neighbours."""
    app.extensions["profiles"] = replace(app.extensions.get("profiles") or Neighbours(), **what)


def neighbours() -> Neighbours:
    found: Neighbours = current_app.extensions.get("profiles") or Neighbours()
    return found
