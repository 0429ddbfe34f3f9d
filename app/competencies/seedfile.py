"""Reading a seed file strictly: every problem is reported with its file and place, none is raised.

PURE. Places are written with natural keys: "competencies VM1 › indicators VM1.2 › self".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml
from pydantic import BaseModel, ValidationError

Document = dict[str, Any]
M = TypeVar("M", bound=BaseModel)

MESSAGES = {
    "missing": "ontbreekt",
    "extra_forbidden": "onbekende sleutel",
    "string_too_short": "lege tekst",
    "string_type": "moet tekst zijn",
    "string_pattern_mismatch": "geen geldige code",
    "bool_type": "moet true of false zijn",
    "bool_parsing": "moet true of false zijn",
    "int_type": "moet een heel getal zijn",
    "int_parsing": "moet een heel getal zijn",
    "float_type": "moet een getal zijn",
    "float_parsing": "moet een getal zijn",
    "greater_than": "is te klein",
    "greater_than_equal": "is te klein",
    "less_than_equal": "is te groot",
    "literal_error": "is geen van de bekende waarden",
    "too_short": "mag niet leeg zijn",
    "tuple_type": "moet een lijst zijn",
    "dict_type": "moet sleutels met waarden bevatten",
    "model_type": "moet sleutels met waarden bevatten",
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong in which file, and where."""

    file: str
    place: str
    message: str


class _StrictLoader(yaml.CSafeLoader):
    """Refuses the same key twice, which YAML would silently settle for the last one."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> Document:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"dubbele sleutel {key!r}", key_node.start_mark)
        seen.add(key)
    return cast(Document, loader.construct_mapping(node, deep=True))


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read(path: Path) -> tuple[Document | None, list[Problem]]:
    """The document in a file, or why there is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None, [Problem(path.name, "bestand", "ontbreekt")]
    except UnicodeDecodeError:
        return None, [Problem(path.name, "bestand", "is geen UTF-8")]
    try:
        document = yaml.load(text, _StrictLoader)  # noqa: S506 (a safe loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, [Problem(path.name, f"regel {line}", error.problem or "geen geldige YAML")]
    except yaml.YAMLError as error:
        return None, [Problem(path.name, "bestand", f"geen geldige YAML: {error}")]
    if not isinstance(document, dict):
        return None, [Problem(path.name, "bestand", "moet bovenaan sleutels met waarden bevatten")]
    return document, []


def validate(model: type[M], document: Document, file: str) -> tuple[M | None, list[Problem]]:
    """The document as a model, or every way in which it does not fit."""
    try:
        return model.model_validate(document), []
    except ValidationError as error:
        return None, [
            Problem(file, place_of(document, problem["loc"]), MESSAGES.get(problem["type"], problem["msg"]))
            for problem in error.errors()
        ]


def place_of(document: Any, path: Iterable[str | int]) -> str:
    """A path in the document, with codes where the elements have them."""
    steps: list[str] = []
    here = document
    for step in path:
        here = here[step] if _has(here, step) else None
        if isinstance(step, int):
            steps[-1:] = [f"{steps[-1]} {code_of(here) or step + 1}"] if steps else [str(step + 1)]
        elif step != "[key]":
            steps.append(str(step))
    return " › ".join(steps) or "bestand"


def code_of(part: Any) -> str | None:
    code = part.get("code") if isinstance(part, dict) else None
    return code if isinstance(code, str) else None


def parts(document: Any, *keys: str) -> Iterator[Document]:
    """The elements under these keys that are mappings; nothing where the document is not as it should be."""
    here = document
    for key in keys:
        here = here.get(key) if isinstance(here, dict) else None
    for part in here if isinstance(here, list) else ():
        if isinstance(part, dict):
            yield part


def words(part: Any, key: str) -> list[str]:
    """The list of texts under a key, or what there is of it."""
    value = part.get(key) if isinstance(part, dict) else None
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def codes(document: Any, *keys: str) -> list[str]:
    return [code for part in parts(document, *keys) if (code := code_of(part))]


def _has(here: Any, step: str | int) -> bool:
    if isinstance(here, dict):
        return step in here
    return isinstance(here, list) and isinstance(step, int) and step < len(here)
