"""Markup as a tree, with what is only for screens left out.

PURE. The markup is what our templates make: every element closed, everything that people wrote escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final, TypeAlias

INLINE: Final = frozenset({"a", "b", "br", "cite", "em", "i", "img", "mark", "small", "span", "strong", "time"})
_EMPTY: Final = frozenset({"br", "hr", "img", "input", "link", "meta"})
_SCREEN_ONLY: Final = frozenset({
    "button", "form", "input", "label", "link", "meta", "nav", "script", "select", "style", "template", "textarea",
})  # fmt: skip
_HIDDEN: Final = frozenset({"vh", "no-print", "once"})      # `once`: what a paper says once for all its parts
_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_ENDLESS: Final = re.compile(r"\S{30}(?<!\u200d)(?=[^\s\u200d\ufe0f\u0300-\u036f])")
BREAK: Final = "\u200b"      # where a line may end within a word


@dataclass(frozen=True, slots=True)
class Element:
    """A tag with its classes (`look`), the other attributes, and what is in it."""

    tag: str
    look: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    inside: tuple[Element | str, ...] = ()

    @property
    def inline(self) -> bool:
        return self.tag in INLINE

    def text(self) -> str:
        """All words in it."""
        return "".join(one if isinstance(one, str) else one.text() for one in self.inside)

    def of(self, *tags: str) -> tuple[Element, ...]:
        """Every element of these tags below it, in the order in which it is read."""
        found: list[Element] = []
        for one in self.inside:
            if isinstance(one, Element):
                found += (one,) if one.tag in tags else ()
                found += one.of(*tags)
        return tuple(found)


Part: TypeAlias = Element | str


def read(markup: str, place: Callable[[str], str | None] = lambda _address: None) -> Element:
    """The markup below one root, in which words stand in paragraphs and space means a space.

    `place` says which id in the markup stands for the address of a page; a link to anything else is plain text, and
    one for which it says "" is left out with its words.
    """
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return _Tidier(place).whole(reader.root)


def breakable(text: str) -> str:
    """The text with places where a line may end within words that no line has room for."""
    return _ENDLESS.sub(rf"\g<0>{BREAK}", text)


@dataclass(slots=True)
class _Open:
    tag: str
    given: Mapping[str, str]
    inside: list[Part] = field(default_factory=list)

    def closed(self) -> Element:
        look = tuple(self.given.get("class", "").split())
        return Element(self.tag, look, self.given, tuple(self.inside))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open = [_Open("div", {})]

    @property
    def root(self) -> Element:
        return self._open[0].closed()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        found = _Open(tag, {name: value or "" for name, value in attrs})
        if tag in _EMPTY:
            self._open[-1].inside.append(found.closed())
        else:
            self._open.append(found)

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1].tag != tag:
            raise ValueError(f"</{tag}> closes <{self._open[-1].tag}>")
        found = self._open.pop().closed()
        self._open[-1].inside.append(found)

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


class _Tidier:
    """Makes a tree fit to be set: every id once, no level of headings skipped, every word in something."""

    def __init__(self, place: Callable[[str], str | None]) -> None:
        self._place = place
        self._ids: set[str] = set()
        self._level = 0

    def whole(self, root: Element) -> Element:
        shaped = Element("div", inside=self._blocks(root.inside))
        return _linked(shaped, self._ids)

    def _blocks(self, parts: Sequence[Part]) -> tuple[Part, ...]:
        """The parts with every run of words between blocks in a paragraph of its own."""
        found: list[Part] = []
        run: list[Part] = []
        for part in (*parts, None):
            if isinstance(part, str) or (part is not None and part.inline):
                run.append(part)
                continue
            words = self._words(run)
            if words:
                found.append(Element("p", ("bare",), inside=words))
            run = []
            if part is not None and not _screen_only(part):
                block = self._block(part)
                found += (block,) if block.inside or block.tag != "p" else ()
        return tuple(found)

    def _block(self, one: Element) -> Element:
        given = self._given(one)
        if re.fullmatch("h[1-6]", one.tag):
            self._level = min(int(one.tag[1]), self._level + 1)
            return Element(f"h{self._level}", one.look, given, self._words(one.inside))
        if one.tag == "blockquote" and "typed" in one.look:
            return Element(one.tag, one.look, given, tuple(_lines(one.text())))
        if one.tag in ("p", "summary", "caption", "dt"):
            return Element(one.tag, one.look, given, self._words(one.inside))
        return Element(one.tag, one.look, given, self._blocks(one.inside))

    def _words(self, parts: Sequence[Part]) -> tuple[Part, ...]:
        """Inline parts with one space where there is any, and none at either end."""
        return _trimmed(self._inline(parts))

    def _inline(self, parts: Sequence[Part]) -> list[Part]:
        found: list[Part] = []
        for part in parts:
            if isinstance(part, str):
                found.append(breakable(_SPACE.sub(" ", part)))
            elif not self._left_out(part):
                found.append(Element(part.tag, part.look, self._given(part), tuple(self._inline(part.inside))))
        return found

    def _left_out(self, one: Element) -> bool:
        return _screen_only(one) or (one.tag == "a" and self._place(one.given.get("href", "")) == "")

    def _given(self, one: Element) -> Mapping[str, str]:
        kept = {name: " ".join(one.given[name].split()) for name in ("alt", "src", "scope", "colspan", "wide")
                if name in one.given}
        named, address = one.given.get("id"), one.given.get("href", "")
        if named and named not in self._ids:
            self._ids.add(named)
            kept["id"] = named
        to = address[1:] if address.startswith("#") else self._place(address) if address else None
        return {**kept, "to": to} if to else kept


def _screen_only(one: Element) -> bool:
    return one.tag in _SCREEN_ONLY or bool(_HIDDEN & set(one.look))


def _trimmed(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Without space at the ends, and without a second space where one element follows another."""
    found = _once_spaced(parts, " ")[0]
    last = found[-1] if found else None
    if isinstance(last, str):
        found[-1:] = [last.rstrip(" ")] if last.strip(" ") else []
    return tuple(found)


def _once_spaced(parts: Sequence[Part], before: str) -> tuple[list[Part], str]:
    """The parts after a text that ends in `before`, and the character that they end in."""
    found: list[Part] = []
    for part in parts:
        if isinstance(part, str):
            text = part.lstrip(" ") if before == " " else part
            if text:
                found.append(text)
                before = text[-1]
        elif part.inside:
            inside, before = _once_spaced(part.inside, before)
            found.append(Element(part.tag, part.look, part.given, tuple(inside)))
        else:
            found.append(part)
            before = " " if part.tag == "br" else "x"
    return found, before


def _lines(text: str) -> list[Part]:
    """What somebody typed, line by line."""
    found: list[Part] = []
    for line in text.strip("\n\r").splitlines():
        found += [breakable(line), Element("br")]
    return found[:-1]


def _linked(one: Element, ids: set[str]) -> Element:
    """Links that lead nowhere in this markup become plain words."""
    lost = one.given.get("to", "") not in ids if "to" in one.given else False
    inside = tuple(part if isinstance(part, str) else _linked(part, ids) for part in one.inside)
    if not lost and all(new is old for new, old in zip(inside, one.inside, strict=True)):
        return one
    given = {name: value for name, value in one.given.items() if name != "to"} if lost else one.given
    return Element(one.tag, one.look, given, inside)
