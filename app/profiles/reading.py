"""Everything one page of a profile needs, read and put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.access import Actor
from app.competencies.catalog import Asked
from app.competencies.parts import Anchors, Competency
from app.competencies.queries import Framework, FunctionTargets, framework_of, function_profile_of
from app.measurement.scale import Group
from app.measurement.scoring import Cell
from app.profiles import answers, queries
from app.profiles.answers import NextStep, Statement
from app.profiles.figures import CompetencyLine, Figures, Taken, figures
from app.profiles.neighbours import SuggestedAction, neighbours
from app.profiles.queries import Heading, Said


@dataclass(frozen=True, slots=True)
class Basis:
    """All that the page of one measurement rests on, as it was read; two that are equal make the same page.

    `own`: its subject reads it. Somebody else sees none of her goals, and of her other measurements only what she may.
    """

    heading: Heading
    others: tuple[Heading, ...]
    earlier: Heading | None
    framework: Framework = field(hash=False)
    earlier_framework: Framework | None = field(hash=False)
    cells: tuple[Cell, ...]
    earlier_cells: tuple[Cell, ...]
    targets: FunctionTargets = field(hash=False)
    goals: frozenset[str]
    own: bool
    elsewhere: tuple[tuple[str, Heading], ...] = ()
    """Per aspect that was not asked here: the newest measurement that has a score in it."""

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

    def earlier_score(self, competency_code: str) -> float | None:
        """The earlier score of a competency, whether or not it may be compared."""
        return next((c.mean for c in self.earlier_cells if c.competency_code == competency_code), None)

    def measured_in(self, aspect_code: str) -> Heading | None:
        return next((heading for code, heading in self.elsewhere if code == aspect_code), None)

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
    statements: tuple[Statement, ...]
    step: NextStep | None
    anchors: Anchors | None
    anchors_of: str
    following: CompetencyLine | None

    @property
    def actions(self) -> Sequence[SuggestedAction]:
        """What could be practised; read when it is asked for."""
        return neighbours().suggest_actions(self.line.code, None)

    @property
    def place(self) -> int:
        """Which of its aspect's competencies this is, counting from one."""
        return self.among.index(self.line) + 1

    @property
    def has_goal(self) -> bool:
        return self.line.code in self.basis.goals

    @property
    def first_time(self) -> bool:
        """Whether this was never measured before, although there was an earlier self-assessment."""
        return self.basis.earlier is None and bool(before(self.basis.heading, self.basis.others))


def read(heading: Heading, reader: Actor, measurements: tuple[Heading, ...] | None = None) -> Basis:
    """What the profile of one measurement rests on, beside the last one before it.

    `measurements`: what queries.readable_of(reader, heading.subject_id) found, where that was asked already.
    """
    person = own_views(heading, reader, measurements)
    framework = framework_of(heading.framework_version_id)
    [basis] = _bases(heading, reader, person, framework, (next(iter(before(heading, person)), None),))
    catalog = framework.catalog
    asked = {page.competency.aspect for page in catalog.asked(heading.question_set, Group.SELF)}
    missing = [c for c in catalog.competencies if c.aspect not in asked]
    found = queries.newest_with(basis.others, (c.code for c in missing), heading.organisation_id)
    newest: dict[str, Heading] = {}
    for one in sorted((c for c in missing if c.code in found), key=lambda c: basis.others.index(found[c.code])):
        newest.setdefault(one.aspect, found[one.code])
    return replace(basis, elsewhere=tuple(newest.items()))


def read_competency(
    heading: Heading, slug: str, reader: Actor, measurements: tuple[Heading, ...]
) -> CompetencyReading | None:
    """One competency of a measurement, beside the last one before it that has it; None when it was not asked here."""
    return next(iter(read_competencies(heading, reader, measurements, slug)), None)


def read_competencies(
    heading: Heading, reader: Actor, measurements: tuple[Heading, ...], slug: str | None = None,
    whole: Basis | None = None,
) -> tuple[CompetencyReading, ...]:
    """All competencies that were asked here, or the one with this slug alone, in the order of the framework; each
    beside the last measurement before this one that has it. `whole`: what `read` found, where that was read already.
    """
    framework = whole.framework if whole else framework_of(heading.framework_version_id)
    pages = [page for page in framework.catalog.asked(heading.question_set, Group.SELF)
             if slug in (None, page.competency.slug)]
    if not pages:
        return ()
    codes = [page.competency.code for page in pages]
    person = own_views(heading, reader, measurements)
    newest = queries.newest_with(before(heading, person), codes, heading.organisation_id)
    earlier = tuple(dict.fromkeys(newest.get(code) for code in codes))
    bases = dict(zip(earlier, _bases(heading, reader, person, framework, earlier, whole), strict=True))
    lines = {one: basis.figures.competencies for one, basis in bases.items()}
    said = queries.said_about(heading, codes)
    return tuple(
        _close_up(bases[newest.get(code)], page, lines[newest.get(code)], said[code], reader)
        for code, page in zip(codes, pages, strict=True)
    )


def _close_up(
    basis: Basis, asked: Asked, lines: tuple[CompetencyLine, ...], said: Said, reader: Actor
) -> CompetencyReading:
    catalog, heading = basis.framework.catalog, basis.heading
    line = next(line for line in lines if line.code == asked.competency.code)
    competency = catalog.competency(line.code)
    if not basis.own and reader.person_id not in heading.comments_shared_with:
        said = replace(said, remark="")
    comparable = line.difference is not None
    statements = answers.statements(
        asked, catalog, said.answers, basis.earlier_answers(line.code) if comparable else {}
    )
    place = lines.index(line)
    of_aspect = catalog.anchors_of_aspect(line.aspect)
    return CompetencyReading(
        basis=basis,
        line=line,
        competency=competency,
        among=tuple(one for one in lines if one.aspect == line.aspect),
        said=said,
        statements=statements,
        step=answers.next_step(statements),
        anchors=of_aspect or catalog.anchors_of_role(competency.main_role),
        anchors_of=(catalog.aspect(line.aspect) if of_aspect else catalog.role(competency.main_role)).name,
        following=lines[place + 1] if place + 1 < len(lines) else None,
    )


def own_views(
    heading: Heading, reader: Actor, measurements: tuple[Heading, ...] | None = None
) -> tuple[Heading, ...]:
    """The self-assessments of whom this measurement is about that this reader may read, the newest first."""
    found = queries.readable_of(reader, heading.subject_id) if measurements is None else measurements
    return tuple(one for one in found if not one.of_round)


def before(heading: Heading, newest_first: Sequence[Heading]) -> tuple[Heading, ...]:
    """The measurements before this one, the newest first, whatever was asked in them."""
    return tuple(one for one in newest_first if (one.closed_at, one.id) < (heading.closed_at, heading.id))


def _bases(
    heading: Heading, reader: Actor, person: tuple[Heading, ...], framework: Framework,
    earlier: Sequence[Heading | None], whole: Basis | None = None,
) -> tuple[Basis, ...]:
    """The basis beside each of these measurements, everything read once. `whole`: one that was read already."""
    own = reader.person_id == heading.subject_id
    known = {framework.version_id: framework}
    for one in earlier:
        if one is not None and one.framework_version_id not in known:
            known[one.framework_version_id] = framework_of(one.framework_version_id)
    cells = queries.self_cells_of((heading, *(one for one in earlier if one is not None)))
    targets = whole.targets if whole else function_profile_of(heading.subject_id, heading.organisation_id)
    goals = whole.goals if whole else neighbours().open_goals_for(heading.subject_id) if own else frozenset()
    return tuple(
        Basis(
            heading=heading,
            others=tuple(other for other in person if other.id != heading.id),
            earlier=one,
            framework=framework,
            earlier_framework=known[one.framework_version_id] if one else None,
            cells=cells[heading.id],
            earlier_cells=cells[one.id] if one else (),
            targets=targets,
            goals=goals,
            own=own,
        )
        for one in earlier
    )
