"""One version of the framework, whole, and how the rest of the application asks for it.

PURE. What spans several parts is checked in checks.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from app.competencies.parts import (
    Anchors,
    Aspect,
    Competency,
    Context,
    EvidenceType,
    FrameworkRole,
    GroupCode,
    Indicator,
    Level,
    Levels,
    OpenQuestions,
    Part,
    Professionaliteit,
    QuestionSet,
    RaterGroup,
    Scales,
    Selection,
    Source,
    Text,
    Theme,
)

PULSE = "kort-"     # begins the code of a set made of one competency, whose code follows: what a korte vraag asks
PULSE_GROUPS: tuple[GroupCode, ...] = ("collega", "school", "opdrachtgever")
PULSE_MOST = 5      # statements in it
A_MINUTE = 6        # statements that somebody answers in a minute (ours: the 34 of the set kern in six minutes)


def pulse_set(competency: str) -> str:
    """The code of the set of a korte vraag about this competency."""
    return f"{PULSE}{competency}"


def pulse_competency(question_set: str) -> str | None:
    """The competency that this set of a korte vraag is about; None for any other set."""
    return question_set.removeprefix(PULSE) if question_set.startswith(PULSE) else None


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a source tag says of one document: what it quotes, and what is ours. Without a document it is all ours."""

    document: Source | None
    quotes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def with_words(self, words: str) -> Quotation:
        """With one more piece of the tag: a quotation when it stands between quotation marks as a whole."""
        if quoted := re.fullmatch(r"'([^']*)'", words):
            return replace(self, quotes=(*self.quotes, f"‘{quoted[1]}’"))
        return replace(self, notes=(*self.notes, re.sub(r"'([^']*)'", r"‘\1’", words))) if words else self


class Asked(Part):
    """One page of a questionnaire: a competency and the indicators asked of it, in order."""

    competency: Competency
    indicators: tuple[Indicator, ...]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(indicator.code for indicator in self.indicators)


class Catalog(Part):
    """One version of the framework, whole."""

    version: Text
    status: Literal["concept", "final"]
    name: Text
    main_source: Text
    note: Text
    sources: tuple[Source, ...]
    professionaliteiten: tuple[Professionaliteit, ...]
    roles: tuple[FrameworkRole, ...]
    aspects: tuple[Aspect, ...]
    scales: Scales
    levels: Levels
    aspect_anchors: tuple[Anchors, ...]
    role_anchors: tuple[Anchors, ...]
    rater_groups: tuple[RaterGroup, ...]
    open_questions: OpenQuestions
    competencies: tuple[Competency, ...]
    question_sets: tuple[QuestionSet, ...]
    themes: tuple[Theme, ...]
    context: Context
    evidence_types: tuple[EvidenceType, ...]

    # --- looking things up; each raises KeyError for a code that this version does not have --------------------------

    def competency(self, code: str) -> Competency:
        return self._competencies[code]

    def has_competency(self, slug: str) -> bool:
        return slug in self._slugs

    def competency_by_slug(self, slug: str) -> Competency:
        return self._slugs[slug]

    def indicator(self, code: str) -> Indicator:
        return self._indicators[code]

    def aspect(self, code: str) -> Aspect:
        return self._aspects[code]

    def role(self, code: str) -> FrameworkRole:
        return self._roles[code]

    def professionaliteit(self, code: str) -> Professionaliteit:
        return self._professionaliteiten[code]

    def level(self, number: int) -> Level:
        return self._levels[number]

    def question_set(self, code: str) -> QuestionSet:
        about = pulse_competency(code)
        return self._question_sets[code] if about is None else self._pulse(code, self.competency(about))

    def anchors_of_aspect(self, code: str) -> Anchors | None:
        return next((a for a in self.aspect_anchors if a.code == code), None)

    def anchors_of_role(self, code: str) -> Anchors | None:
        return next((a for a in self.role_anchors if a.code == code), None)

    def aspects_of(self, professionaliteit: str) -> tuple[Aspect, ...]:
        return tuple(a for a in self.aspects if a.professionaliteit == professionaliteit)

    def roles_of(self, professionaliteit: str) -> tuple[FrameworkRole, ...]:
        return tuple(r for r in self.roles if r.professionaliteit == professionaliteit)

    def competencies_of(self, aspect: str) -> tuple[Competency, ...]:
        return tuple(c for c in self.competencies if c.aspect == aspect)

    def competencies_for_role(self, role: str) -> tuple[Competency, ...]:
        """First those it is the main role of, then those it also serves."""
        main = tuple(c for c in self.competencies if c.main_role == role)
        return main + tuple(c for c in self.competencies if role in c.also_roles)

    @property
    def radar_aspects(self) -> tuple[Aspect, ...]:
        """The six aspects of the first picture, in their fixed order."""
        return tuple(a for a in self.aspects if a.radar)

    @property
    def focus_competencies(self) -> tuple[Competency, ...]:
        return tuple(c for c in self.competencies if c.focus)

    def asked(self, question_set: str, group: str) -> tuple[Asked, ...]:
        """What a rater of this group is asked, page by page. Empty when the set is not for this group."""
        if (found := self._asked.get((question_set, group))) is None:
            found = self._asked[question_set, group] = tuple(self._pages(question_set, group))
        return found

    def minutes(self, question_set: str, group: str) -> int:
        """How long it takes somebody of this group: the set's minutes, and more where her list is longer than most."""
        statements = sum(len(page.indicators) for page in self.asked(question_set, group))
        return max(self.question_set(question_set).minutes, math.ceil(statements / A_MINUTE))

    def quotations(self, source: str) -> tuple[Quotation, ...]:
        """A source tag ("000: '…'; LBBO: …") by document: what is quoted, and what we say of it."""
        found: list[Quotation] = []
        for part in source.split("; "):
            code = re.match(r"\w+", part)
            document = next((s for s in self.sources if code and s.code == code[0]), None)
            if document is not None:
                found.append(Quotation(document).with_words(part[len(document.code) :].lstrip(": ,")))
            elif found and not part.startswith("redactioneel"):
                found[-1] = found[-1].with_words(part)
            else:
                found.append(Quotation(None).with_words(part))
        return tuple(found)

    def codes(self) -> Iterator[tuple[str, str]]:
        """Every (kind, code) of this version."""
        kinds: tuple[tuple[str, Iterable[Part]], ...] = (
            ("professionaliteit", self.professionaliteiten),
            ("role", self.roles),
            ("aspect", self.aspects),
            ("competency", self.competencies),
            ("indicator", self._indicators.values()),
        )
        for kind, parts in kinds:
            for part in parts:
                yield kind, part.code  # type: ignore[attr-defined]

    def _pages(self, question_set: str, group: str) -> Iterator[Asked]:
        chosen = self.question_set(question_set)
        if chosen.only_for and group not in chosen.only_for:
            return
        if about := pulse_competency(question_set):
            # everybody gets the same: it is published of all of them together, and who cannot say leaves it open
            of = self.competency(about)
            yield Asked(competency=of, indicators=tuple(i for i in of.indicators if i.code in chosen.select.indicators))
            return
        codes = self._selected(chosen.per_group.get(group, chosen.select))  # type: ignore[call-overload]
        for competency in self.competencies:
            asked = (i for i in competency.indicators if i.code in codes and (group == "zelf" or group in i.groups))
            if indicators := tuple(asked):
                yield Asked(competency=competency, indicators=indicators)

    def _pulse(self, code: str, of: Competency) -> QuestionSet:
        """A set that is made on the fly: the statements that most groups can see, at most five."""
        seen = sorted(of.indicators, key=lambda indicator: -len({*PULSE_GROUPS} & {*indicator.groups}))
        return QuestionSet(
            code=code, name="Korte vraag", description=of.name, minutes=1, only_for=PULSE_GROUPS,
            select=Selection(indicators=tuple(indicator.code for indicator in seen[:PULSE_MOST])),
        )

    def _selected(self, selection: Selection) -> frozenset[str]:
        return frozenset(
            indicator.code
            for competency in self.competencies
            for indicator in competency.indicators
            if selection.everything
            or (selection.focus and competency.focus is not None)
            or selection.professionaliteit == competency.professionaliteit
            or indicator.code in selection.indicators
        )

    @cached_property
    def _asked(self) -> dict[tuple[str, str], tuple[Asked, ...]]:
        """What was asked for before: a round asks the same of hundreds of people."""
        return {}

    @cached_property
    def _competencies(self) -> dict[str, Competency]:
        return {c.code: c for c in self.competencies}

    @cached_property
    def _slugs(self) -> dict[str, Competency]:
        return {c.slug: c for c in self.competencies}

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {i.code: i for c in self.competencies for i in c.indicators}

    @cached_property
    def _aspects(self) -> dict[str, Aspect]:
        return {a.code: a for a in self.aspects}

    @cached_property
    def _roles(self) -> dict[str, FrameworkRole]:
        return {r.code: r for r in self.roles}

    @cached_property
    def _professionaliteiten(self) -> dict[str, Professionaliteit]:
        return {p.code: p for p in self.professionaliteiten}

    @cached_property
    def _levels(self) -> dict[int, Level]:
        return {level.level: level for level in self.levels.items}

    @cached_property
    def _question_sets(self) -> dict[str, QuestionSet]:
        return {s.code: s for s in self.question_sets}
