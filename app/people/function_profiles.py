"""What this room asks of function profiles. They live above it, in competencies, which hands itself in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import Flask, current_app


@dataclass(frozen=True, slots=True)
class ProfileChoice:
    id: int
    name: str


class FunctionProfiles(Protocol):
    def choices(self, organisation_id: int) -> Sequence[ProfileChoice]:
        """The function profiles to choose from, the default one first."""

    def of(self, person_id: int) -> int | None:
        """The profile that was chosen for somebody; None: the organisation's default one."""

    def assign(self, organisation_id: int, person_id: int, profile_id: int | None) -> None: ...


def use(app: Flask, profiles: FunctionProfiles) -> None:
    app.extensions["function_profiles"] = profiles


def function_profiles() -> FunctionProfiles:
    found: FunctionProfiles = current_app.extensions["function_profiles"]
    return found
