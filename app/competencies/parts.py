"""What the framework is made of: the parts that the seed file may hold.

PURE. The schema refuses unknown keys and empty texts. Codes are natural keys: they never change meaning, and answers,
cells and goals refer to them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$")]
GroupCode = Literal["zelf", "teamleider", "collega", "school", "opdrachtgever", "ouder", "leerling"]
ScaleCode = Literal["adult", "parent", "pupil"]
LevelNumber = Annotated[int, Field(ge=1, le=5)]

INSIDE = frozenset({"zelf", "teamleider", "collega"})


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Part):
    """A document that the framework quotes."""

    code: Code
    title: Text


class Professionaliteit(Part):
    code: Code
    number: Literal[1, 2, 3]
    name: Text
    short: Text
    description: Text
    task: Text
    source: Text


class FrameworkRole(Part):
    """One of the 18 roles. Not to be confused with app.access.Role, which says what somebody may do."""

    code: Code
    name: Text
    professionaliteit: Code
    description: Text
    source: Text


class Aspect(Part):
    code: Code
    name: Text
    professionaliteit: Code
    radar: bool
    focus: bool
    source: Text


class AdultPoint(Part):
    score: LevelNumber
    short: Text
    self: Text
    other: Text


class Reason(Part):
    """Why something cannot be said: `self` to say of oneself, `label` of somebody else."""

    code: Code
    self: Text
    label: Text


class CannotSay(Part):
    label: Text
    reasons: tuple[Reason, ...]


class AdultScale(Part):
    self_question: Text
    other_question: Text
    points: tuple[AdultPoint, ...]
    cannot_say: CannotSay


class Point(Part):
    score: LevelNumber
    label: Text
    icon: Code | None = None


class PlainScale(Part):
    question: Text
    note: Text
    points: tuple[Point, ...]
    cannot_say: Text


class ImportanceScale(Part):
    question: Text
    points: tuple[Point, ...]


class Scales(Part):
    adult: AdultScale
    parent: PlainScale
    pupil: PlainScale
    importance: ImportanceScale


class Level(Part):
    level: LevelNumber
    name: Text
    description: Text


class Levels(Part):
    note: Text
    items: tuple[Level, ...]


class Anchors(Part):
    """Behavioural anchors of one aspect or role: what each level looks like."""

    code: Code
    source: Text
    anchors: dict[LevelNumber, Text]


class RaterGroup(Part):
    code: GroupCode
    name: Text
    who: Text
    anonymous: bool
    minimum: Annotated[int, Field(ge=1)]
    advice: Annotated[int, Field(ge=1)]
    scale: ScaleCode
    source: Text


class OpenQuestions(Part):
    adult: tuple[Text, Text]
    parent: tuple[Text, Text]
    pupil: tuple[Text, Text]
    warning: Text


class Indicator(Part):
    """One observable behaviour, in the wording of each group. Without a source of its own it has its competency's."""

    code: Code
    self: Text
    other: Text
    groups: tuple[GroupCode, ...]
    parent: Text | None = None
    pupil: Text | None = None
    source: Text | None = None

    @property
    def inside_only(self) -> bool:
        """True when nobody outside the dienst can see this behaviour."""
        return INSIDE.issuperset(self.groups)


class Competency(Part):
    code: Code
    slug: Code
    name: Text
    definition: Text
    self_definition: Text
    professionaliteit: Code
    aspect: Code
    main_role: Code
    also_roles: tuple[Code, ...]
    focus: Code | None
    source: Text
    indicators: tuple[Indicator, ...]


class Selection(Part):
    """Which indicators: the union of what is named."""

    everything: bool = False
    focus: bool = False
    professionaliteit: Code | None = None
    indicators: tuple[Code, ...] = ()


class QuestionSet(Part):
    """`only_for` limits the groups that may be asked; `per_group` replaces `select` for a group. Minutes: honest.

    `self_name` and `self_description`: what it is called for somebody who looks at herself, where that differs.
    """

    code: Code
    name: Text
    description: Text
    self_name: Text | None = None
    self_description: Text | None = None
    minutes: Annotated[int, Field(ge=1)]
    only_for: tuple[GroupCode, ...] = ()
    maximum: dict[GroupCode, int] = {}
    select: Selection = Selection()
    per_group: dict[GroupCode, Selection] = {}

    @property
    def own_name(self) -> str:
        """What it is called on every page about oneself."""
        return self.self_name or self.name

    @property
    def own_description(self) -> str:
        return self.self_description or self.description


class Theme(Part):
    """What parents or pupils see in place of competencies."""

    group: Literal["ouder", "leerling"]
    code: Code
    name: Text
    indicators: tuple[Code, ...]
    source: Text


class Named(Part):
    code: Code
    name: Text
    description: Text | None = None
    source: Text | None = None


class Axis(Part):
    code: Code
    left: Text
    right: Text
    source: Text


class Context(Part):
    clusters: tuple[Named, ...]
    sectors: tuple[Named, ...]
    axes: tuple[Axis, ...]
    traject_types: tuple[Named, ...]
    question_kinds: tuple[Code, ...]
    client_groups: tuple[Code, ...]


class EvidenceType(Part):
    code: Code
    name: Text
    tool: Code | None = None
    source: Text
