"""The XML in an office document, read without following anything that it points at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn
from xml.parsers import expat

from app.dossier.uploads.known import Reason, Refused

Attributes = Mapping[str, str]      # by whole name; said() looks by the last part of it
_BETWEEN = " "


def said(attributes: Attributes, name: str) -> list[str]:
    """What an element says by this name: in any namespace, so that nothing is said twice unseen."""
    end = _BETWEEN + name
    return [value.strip() for key, value in attributes.items() if key == name or key.endswith(end)]


class Reader:
    """Calls `begins` for every element with its name, in small letters and without its namespace. Of the elements that
    `keeps` names the text is put in `text`; whoever is called may put more there.
    """

    def __init__(self, begins: Callable[[str, Attributes], None], keeps: frozenset[str] = frozenset()) -> None:
        self.text: list[str] = []
        self._locals: dict[str, str] = {}
        self._begins, self._keeps = begins, keeps
        self._parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        self._parser.StartElementHandler = self._start
        self._parser.EntityDeclHandler = _refuse
        if keeps:
            self._parser.EndElementHandler = self._end

    def read(self, content: bytes) -> None:
        """Raises Refused for what is no XML, or has words of its own that stand for others."""
        try:
            self._parser.Parse(content, True)
        except (expat.ExpatError, LookupError, ValueError):
            raise Refused(Reason.DAMAGED) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._locals.get(name)
        if local is None:
            local = self._locals[name] = _local(name).lower()
        if local in self._keeps:
            self._parser.CharacterDataHandler = self.text.append
        self._begins(local, attributes)

    def _end(self, name: str) -> None:
        if _local(name).lower() in self._keeps:
            self._parser.CharacterDataHandler = None


def _local(name: str) -> str:
    return name.rsplit(_BETWEEN, 1)[-1]


def _refuse(*_declared: object) -> NoReturn:
    raise Refused(Reason.DAMAGED)
