"""The gespreksgids: what its seed file may hold, and what it must hold. PURE."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.competencies.checks import doubles
from app.competencies.parts import Code, Part, Text
from app.competencies.seedfile import Document, Problem, codes
from app.conversations.patterns import Pattern

Questions = Annotated[tuple[Text, ...], Field(min_length=2)]


class Advice(Part):
    """What to ask, and what better not to say."""

    name: Text
    about: Text
    questions: Questions
    rather_not: Annotated[tuple[Text, ...], Field(min_length=1)]


class OfPattern(Advice):
    """Advice for what a profile shows; `code` is a value of Pattern."""

    code: Code


class Guide(Part):
    """`before`: what helps in every conversation, `before_profile`: in one about a profile; `general` and
    `without_profile`: to begin with, whatever the figures say, and when there are none.
    """

    source: Text
    before: Annotated[tuple[Text, ...], Field(min_length=1)]
    before_profile: Annotated[tuple[Text, ...], Field(min_length=1)]
    general: Advice
    without_profile: Advice
    patterns: tuple[OfPattern, ...]
    closing: Questions

    def of(self, pattern: Pattern) -> OfPattern:
        return next(one for one in self.patterns if one.code == pattern)


def problems(document: Document, file: str) -> list[Problem]:
    """Every pattern has its advice, once, and nothing else has."""
    given, known = codes(document, "patterns"), [str(pattern) for pattern in Pattern]
    found = [(f"patterns {code}", "code komt vaker voor") for code in doubles(given)]
    found += [(f"patterns {code}", "is geen bekend patroon") for code in given if code not in known]
    found += [("patterns", f"{code} ontbreekt") for code in known if code not in given]
    return [Problem(file, place, message) for place, message in found]
