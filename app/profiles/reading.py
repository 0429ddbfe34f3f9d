"""Everything one page of a profile needs, read and put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.competencies.catalog import Anchors, Asked, Competency
from app.competencies.queries import Framework, framework_of, function_profile_of
from app.measurement.scale import Group
from app.profiles import answers, queries
from app.profiles.answers import NextStep, Statement
from app.profiles.figures import CompetencyLine, Figures, Taken, figures
from app.profiles.neighbours import SuggestedAction, neighbours
from app.profiles.queries import Heading, Said


@dataclass(frozen=True, slots=True)
class Reading:
    """One measurement with its figures, beside the earlier one it is compared with."""

    heading: Heading
    others: tuple[Heading, ...]
    earlier: Heading | None
    framework: Framework
    same_framework: bool
    figures: Figures
    goals: frozenset[str]
    earlier_answers: dict[str, dict[str, float]]

    @property
    def question_set_name(self) -> str:
        return self.framework.catalog.question_set(self.heading.question_set).name


@dataclass(frozen=True, slots=True)
class CompetencyReading:
    """One competency of a reading, from close by."""

    reading: Reading
    line: CompetencyLine
    competency: Competency
    among: tuple[CompetencyLine, ...]
    said: Said
    statements: tuple[Statement, ...]
    step: NextStep | None
    actions: Sequence[SuggestedAction]
    anchors: Anchors | None
    anchors_of: str
    following: CompetencyLine | None

    @property
    def place(self) -> int:
        """Which of its aspect's competencies this is, counting from one."""
        return self.among.index(self.line) + 1

    @property
    def has_goal(self) -> bool:
        return self.line.code in self.reading.goals


def read(heading: Heading) -> Reading:
    """The profile of one measurement."""
    all_of_person = queries.headings_of(heading.subject_id, heading.organisation_id)
    earlier = earlier_of(heading, all_of_person)
    shown = (heading, earlier) if earlier else (heading,)
    cells = queries.self_cells_of(shown)
    frameworks = {one.framework_version_id: framework_of(one.framework_version_id) for one in _per_version(shown)}
    taken = {
        one.id: Taken(frameworks[one.framework_version_id].catalog, one.question_set, cells[one.id]) for one in shown
    }
    targets = function_profile_of(heading.subject_id, heading.organisation_id)
    return Reading(
        heading=heading,
        others=tuple(one for one in all_of_person if one.id != heading.id),
        earlier=earlier,
        framework=frameworks[heading.framework_version_id],
        same_framework=len(frameworks) == 1,
        figures=figures(taken[heading.id], targets, taken[earlier.id] if earlier else None),
        goals=neighbours().open_goals_for(heading.subject_id),
        earlier_answers={c.competency_code: dict(c.indicator_means) for c in cells[earlier.id]} if earlier else {},
    )


def read_competency(heading: Heading, slug: str) -> CompetencyReading | None:
    """One competency of a measurement; None when it was not asked there."""
    reading = read(heading)
    lines = reading.figures.competencies
    line = next((line for line in lines if line.slug == slug), None)
    if line is None:
        return None
    catalog = reading.framework.catalog
    competency = catalog.competency(line.code)
    said = queries.said_about(heading, line.code)
    comparable = line.difference is not None
    statements = answers.statements(
        _asked(reading, line), catalog, said.answers, reading.earlier_answers[line.code] if comparable else {}
    )
    place = lines.index(line)
    of_aspect = catalog.anchors_of_aspect(line.aspect)
    return CompetencyReading(
        reading=reading,
        line=line,
        competency=competency,
        among=tuple(one for one in lines if one.aspect == line.aspect),
        said=said,
        statements=statements,
        step=answers.next_step(statements),
        actions=neighbours().suggest_actions(line.code, None),
        anchors=of_aspect or catalog.anchors_of_role(competency.main_role),
        anchors_of=(catalog.aspect(line.aspect) if of_aspect else catalog.role(competency.main_role)).name,
        following=lines[place + 1] if place + 1 < len(lines) else None,
    )


def earlier_of(heading: Heading, newest_first: Sequence[Heading]) -> Heading | None:
    """What to compare with: the last earlier one with the same questions, else the last earlier one."""
    before = [one for one in newest_first if (one.closed_at, one.id) < (heading.closed_at, heading.id)]
    return next((one for one in before if one.question_set == heading.question_set), before[0] if before else None)


def _per_version(headings: Sequence[Heading]) -> Sequence[Heading]:
    return tuple({one.framework_version_id: one for one in headings}.values())


def _asked(reading: Reading, line: CompetencyLine) -> Asked:
    pages = reading.framework.catalog.asked(reading.heading.question_set, Group.SELF)
    return next(page for page in pages if page.competency.code == line.code)
