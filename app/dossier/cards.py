"""What a page shows of a piece of evidence, with the words of the framework."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.competencies.catalog import Catalog
from app.competencies.parts import Aspect, Competency
from app.development.models import Goal
from app.dossier import words
from app.dossier.models import Evidence, EvidenceKind, SeenBy
from app.practice.privacy import findings
from app.practice.reading import Line, lines_of, title_in
from app.practice.tools import Tool
from app.web.formats import today

SHORT = 1500    # characters


@dataclass(frozen=True)
class Card:
    """One piece. A competency that the framework has no more is not named, nor a goal that is not among `goals`: those
    that whoever reads it may know, None for all.
    """

    evidence: Evidence
    catalog: Catalog
    goals: frozenset[int] | None = None

    @property
    def kind(self) -> str:
        return str(words.KINDS[EvidenceKind(self.evidence.kind)])

    @property
    def seen_by(self) -> str:
        return str(words.SEEN_BY[SeenBy(self.evidence.seen_by)])

    @property
    def competencies(self) -> tuple[Competency, ...]:
        codes = {one.competency_code for one in self.evidence.competencies}
        return tuple(one for one in self.catalog.competencies if one.code in codes)

    @property
    def goal(self) -> Goal | None:
        goal = self.evidence.goal
        return goal if goal is not None and (self.goals is None or goal.id in self.goals) else None

    @property
    def file_size(self) -> str:
        return words.size(self.evidence.size or 0)

    @property
    def sheet(self) -> tuple[Line, ...]:
        """What stood on the practice sheet when it was kept, question by question."""
        tool = self._tool
        return lines_of(tool, self.evidence.answers or {}) if tool else ()

    @property
    def sheet_title(self) -> str:
        tool = self._tool
        return title_in(tool, self.evidence.answers or {}) if tool else ""

    @property
    def behind(self) -> bool:
        """Whether her sheet says something else by now."""
        sheet, copy = self.evidence.sheet, (self.evidence.tool_id, self.evidence.answers)
        return sheet is not None and (sheet.tool_id, sheet.answers) != copy

    @property
    def renewable(self) -> bool:
        return self.behind and self.evidence.sheet is not None and self.evidence.sheet.finished_at is not None

    @property
    def _tool(self) -> Tool | None:
        return Tool.model_validate(self.evidence.tool.document) if self.evidence.tool else None

    @property
    def short(self) -> bool:
        """Whether all of it fits on one page of paper, so that it need not be torn apart."""
        return not self.sheet and len(self.evidence.text) + len(self.evidence.reflection) < SHORT

    @property
    def persons(self) -> tuple[str, ...]:
        """What in its texts looks like a name, a birth date or a citizen service number."""
        typed = (self.evidence.title, self.evidence.text, self.evidence.reflection)
        return tuple(dict.fromkeys(one.text for text in typed for one in findings(text, today())))


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list of evidence, and what it can be narrowed to. `goal`, `topic`: what it is narrowed to now."""

    cards: tuple[Card, ...]
    total: int
    goals: Sequence[tuple[int, str]]
    topics: Sequence[Competency]
    goal: int | None
    topic: str


def shelf(evidence: Iterable[Evidence], catalog: Catalog, goal: int | None, topic: str,
          known: frozenset[int] | None = None) -> Shelf:
    """What belongs to one goal and is about one topic (a slug), of all that there is; None and '' for any. `known`: the
    goals that whoever reads it may know, None for all.
    """
    every = tuple(Card(one, catalog, known) for one in evidence)
    goals = {card.goal.id: card.goal.behaviour for card in every if card.goal is not None}
    present = {one.code for card in every for one in card.competencies}
    topics = [one for one in catalog.competencies if one.code in present]
    goal = goal if goal in goals else None
    topic = topic if topic in {one.slug for one in topics} else ""
    chosen = tuple(
        card for card in every
        if (goal is None or card.evidence.goal_id == goal)
        and (not topic or topic in {one.slug for one in card.competencies})
    )
    return Shelf(chosen, len(every), sorted(goals.items(), key=lambda one: one[1]), topics, goal, topic)


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """The competencies of an aspect, to choose from."""

    aspect: Aspect
    competencies: Sequence[Competency]


def topic_groups(catalog: Catalog) -> tuple[TopicGroup, ...]:
    """All of them, those of the focus areas first."""
    groups = [TopicGroup(aspect, catalog.competencies_of(aspect.code)) for aspect in catalog.aspects]
    return tuple(sorted((one for one in groups if one.competencies), key=lambda one: not one.aspect.focus))
