"""The library of actions: what its seed file may hold, and what it must hold together with the framework.

PURE. The schema refuses unknown keys and empty texts; `problems` looks at the file as a whole and in the framework.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from app.competencies.checks import doubles, unknown_source
from app.competencies.parts import Code, LevelNumber, Part, Text
from app.competencies.seedfile import Document, Problem, code_of, codes, parts, validate, words

LearningFormCode = Literal["70", "20", "10"]
OWN = "dienst-"      # so begins the code of an action that an organisation added for its own people
MOST_HOURS = 200    # ours: of one action
FOCUS_LEVEL = 3     # who works on her own at a focus competency finds an action that begins there

Found = Iterator[tuple[str, str]]       # (place, message)


class LearningForm(Part):
    """70 in the work, 20 with and from others, 10 schooling: a label to sort by, no norm."""

    code: LearningFormCode
    name: Text


class Evidence(Part):
    """What shows that it was done; `type` is a code of the framework's evidence types."""

    type: Code
    description: Text


class Action(Part):
    """Something to do that takes somebody from a level to a higher one. Hours are the whole effort, weeks lead time."""

    code: Code
    title: Text
    focus: Code | None
    competencies: Annotated[tuple[Code, ...], Field(min_length=1)]
    learning_form: LearningFormCode
    hours: Annotated[float, Field(gt=0, le=MOST_HOURS)]
    weeks: Annotated[int, Field(ge=1, le=104)]
    from_level: LevelNumber
    to_level: LevelNumber
    why: Text
    task: Text
    steps: Annotated[tuple[Text, ...], Field(min_length=1)]
    if_then: Text
    evidence: Evidence
    done_when: Text
    tool: Code | None = None
    source: Text

    @property
    def own(self) -> bool:
        """Of the organisation, and shown to its own people only."""
        return self.code.startswith(OWN)

    @property
    def own_number(self) -> int:
        """What an address calls it; only of the organisation's own."""
        return int(self.code.removeprefix(OWN))

    def fits(self, level: int | None) -> bool:
        """True when this takes somebody further who stands at this level."""
        return level is not None and self.from_level <= level < self.to_level


class Library(Part):
    learning_forms: tuple[LearningForm, ...]
    actions: tuple[Action, ...]


def problems(document: Document, framework: Document | None, file: str) -> list[Problem]:
    """Every problem that spans parts of the library, or the library and the framework where that can be read."""
    found = [*_unique(document), *_reserved(document), *_levels(document), *_learning_forms(document)]
    if framework is not None:
        found += [*_references(document, framework), *_covered(document, framework)]
    return [Problem(file, place, message) for place, message in found]


def problems_of(action: Document, framework: Document) -> Sequence[tuple[str, str]]:
    """What would be refused of one action that an organisation adds, as pairs of its key and a message."""
    place, alone = "actions", {**action, "code": OWN + "x"}
    found = [(problem.place, problem.message) for problem in validate(Action, alone, "")[1]]
    document = {"learning_forms": [{"code": code} for code in get_args(LearningFormCode)], "actions": [alone]}
    for told, message in (*_unique(document), *_levels(document), *_learning_forms(document),
                          *_references(document, framework)):
        found.append((told.removeprefix(f"{place} {OWN}x › "), message))
    return found


def _reserved(document: Document) -> Found:
    for code in codes(document, "actions"):
        if code.startswith(OWN):
            yield f"actions {code}", f"begint met {OWN}: dat is voor wat een organisatie zelf toevoegt"


def _unique(document: Document) -> Found:
    for kind in ("learning_forms", "actions"):
        for code in doubles(codes(document, kind)):
            yield f"{kind} {code}", "code komt vaker voor"
    for action in parts(document, "actions"):
        for code in doubles(words(action, "competencies")):
            yield f"actions {code_of(action)} › competencies", f"{code} staat er twee keer in"


def _levels(document: Document) -> Found:
    for action in parts(document, "actions"):
        begin, end = action.get("from_level"), action.get("to_level")
        if isinstance(begin, int) and isinstance(end, int) and begin >= end:
            yield f"actions {code_of(action)} › to_level", f"moet hoger zijn dan from_level ({begin})"


def _learning_forms(document: Document) -> Found:
    known = codes(document, "learning_forms")
    for action in parts(document, "actions"):
        if action.get("learning_form") not in known:
            yield f"actions {code_of(action)} › learning_form", f"{action.get('learning_form')} bestaat niet"


def _references(document: Document, framework: Document) -> Found:
    competencies = codes(framework, "competencies")
    focus_areas = [code_of(aspect) for aspect in parts(framework, "aspects") if aspect.get("focus") is True]
    evidence_types = codes(framework, "evidence_types")
    tools = {kind.get("tool") for kind in parts(framework, "evidence_types")} - {None}
    sources = codes(framework, "sources")
    for action in parts(document, "actions"):
        place = f"actions {code_of(action)}"
        for code in words(action, "competencies"):
            if code not in competencies:
                yield f"{place} › competencies", f"{code} bestaat niet in het raamwerk"
        yield from _named(f"{place} › focus", action.get("focus"), focus_areas, "is geen focusgebied")
        evidence = action.get("evidence")
        if isinstance(evidence, dict):
            yield from _named(f"{place} › evidence › type", evidence.get("type"), evidence_types, "bestaat niet")
        yield from _named(f"{place} › tool", action.get("tool"), tools, "hoort bij geen enkele soort bewijs")
        if isinstance(action.get("source"), str) and unknown_source(action["source"], sources):
            yield f"{place} › source", f"noemt geen bekend document: {action['source']}"


def _named(place: str, value: Any, known: Iterable[str | None], message: str) -> Found:
    if isinstance(value, str) and value not in known:
        yield place, f"{value} {message}"


def _covered(document: Document, framework: Document) -> Found:
    """Every competency has an action; one of a focus area has one that begins at niveau 3 too."""
    actions = list(parts(document, "actions"))
    for competency in parts(framework, "competencies"):
        code = code_of(competency)
        own = [action for action in actions if code in words(action, "competencies")]
        place = f"actions bij competentie {code}"
        if not own:
            yield place, "er is geen enkele actie"
        elif competency.get("focus") is not None and all(action.get("from_level") != FOCUS_LEVEL for action in own):
            yield place, f"er is geen actie die op niveau {FOCUS_LEVEL} begint"
