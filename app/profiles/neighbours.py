"""What rooms above this one hand in, so that a profile can point at goals and actions without knowing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flask import Flask, current_app


@dataclass(frozen=True, slots=True)
class SuggestedAction:
    """An action from the library, as the profile names it: its title and, in a few words, what it takes."""

    title: str
    note: str = ""


OpenGoals: TypeAlias = Callable[[int], frozenset[str]]
SuggestActions: TypeAlias = Callable[[str, int | None], Sequence[SuggestedAction]]


def _no_goals(_person_id: int) -> frozenset[str]:
    return frozenset()


def _no_actions(_competency_code: str, _level: int | None) -> Sequence[SuggestedAction]:
    return ()


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`open_goals_for`: the codes of the competencies a person has an open goal for."""

    open_goals_for: OpenGoals = _no_goals
    suggest_actions: SuggestActions = _no_actions


def hand_in(app: Flask, *, open_goals_for: OpenGoals, suggest_actions: SuggestActions) -> None:
    """Called once, while the application is being made."""
    app.extensions["profiles"] = Neighbours(open_goals_for, suggest_actions)


def neighbours() -> Neighbours:
    found: Neighbours = current_app.extensions.get("profiles") or Neighbours()
    return found
