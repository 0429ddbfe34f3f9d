"""Everything one page of a profile needs, read and put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.competencies.catalog import Asked
from app.competencies.parts import Anchors, Competency
from app.competencies.queries import Framework, FunctionTargets, framework_of, function_profile_of
from app.measurement.scale import Group
from app.measurement.scoring import Cell
from app.profiles import answers, queries
from app.profiles.answers import NextStep, Statement
from app.profiles.figures import CompetencyLine, Figures, Taken, figures
from app.profiles.neighbours import SuggestedAction, neighbours
from app.profiles.queries import Earlier, Heading, Said


@dataclass(frozen=True, slots=True)
class Basis:
    """All that the page of one measurement rests on, as it was read; two that are equal make the same page."""

    heading: Heading
    others: tuple[Heading, ...]
    earlier: Heading | None
    framework: Framework = field(hash=False)
    earlier_framework: Framework | None = field(hash=False)
    cells: tuple[Cell, ...]
    earlier_cells: tuple[Cell, ...]
    targets: FunctionTargets = field(hash=False)
    goals: frozenset[str]

    @property
    def figures(self) -> Figures:
        """The figures of this measurement, beside those of the earlier one."""
        now = Taken(self.framework.catalog, self.heading.question_set, self.cells)
        if self.earlier is None or self.earlier_framework is None:
            return figures(now, self.targets)
        before = Taken(self.earlier_framework.catalog, self.earlier.question_set, self.earlier_cells)
        return figures(now, self.targets, before)

    @property
    def same_framework(self) -> bool:
        """Whether the earlier one was asked in the words of the same version."""
        return self.earlier_framework is None or self.earlier_framework.version_id == self.framework.version_id

    def earlier_answers(self, competency_code: str) -> Mapping[str, float]:
        """What was answered to each statement of a competency last time."""
        found = (c.indicator_means for c in self.earlier_cells if c.competency_code == competency_code)
        return next(found, {})

    def name_of(self, heading: Heading) -> str:
        """What the questions of a measurement are called; its code when this version does not know them."""
        names = {known.code: known.own_name for known in self.framework.catalog.question_sets}
        return names.get(heading.question_set, heading.question_set)


@dataclass(frozen=True, slots=True)
class CompetencyReading:
    """One competency of a reading, from close by."""

    basis: Basis
    line: CompetencyLine
    competency: Competency
    among: tuple[CompetencyLine, ...]
    said: Said
    looked_back_on: Earlier | None
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
        return self.line.code in self.basis.goals


def read(heading: Heading) -> Basis:
    """What the profile of one measurement rests on."""
    all_of_person = queries.headings_of(heading.subject_id, heading.organisation_id)
    earlier = earlier_of(heading, all_of_person)
    cells = queries.self_cells_of((heading, earlier) if earlier else (heading,))
    framework = framework_of(heading.framework_version_id)
    return Basis(
        heading=heading,
        others=tuple(one for one in all_of_person if one.id != heading.id),
        earlier=earlier,
        framework=framework,
        earlier_framework=_framework_of(earlier, framework) if earlier else None,
        cells=cells[heading.id],
        earlier_cells=cells[earlier.id] if earlier else (),
        targets=function_profile_of(heading.subject_id, heading.organisation_id),
        goals=neighbours().open_goals_for(heading.subject_id),
    )


def read_competency(heading: Heading, slug: str) -> CompetencyReading | None:
    """One competency of a measurement; None when it was not asked there."""
    basis = read(heading)
    lines = basis.figures.competencies
    line = next((line for line in lines if line.slug == slug), None)
    if line is None:
        return None
    catalog = basis.framework.catalog
    competency = catalog.competency(line.code)
    said = queries.said_about(heading, line.code)
    comparable = line.difference is not None
    statements = answers.statements(
        _asked(basis, line), catalog, said.answers, basis.earlier_answers(line.code) if comparable else {}
    )
    place = lines.index(line)
    of_aspect = catalog.anchors_of_aspect(line.aspect)
    return CompetencyReading(
        basis=basis,
        line=line,
        competency=competency,
        among=tuple(one for one in lines if one.aspect == line.aspect),
        said=said,
        looked_back_on=queries.last_score_before(heading, line.code) if said.look_back else None,
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


def _framework_of(earlier: Heading, framework: Framework) -> Framework:
    same = earlier.framework_version_id == framework.version_id
    return framework if same else framework_of(earlier.framework_version_id)


def _asked(basis: Basis, line: CompetencyLine) -> Asked:
    pages = basis.framework.catalog.asked(basis.heading.question_set, Group.SELF)
    return next(page for page in pages if page.competency.code == line.code)
