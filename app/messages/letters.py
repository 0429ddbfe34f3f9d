"""A message as somebody reads it. Links are derived here and now; the outbox holds none.

What a message says may depend on what became of things since it was put: a room teaches its templates with a lookup,
which finds out when the letter is written. A lookup that finds nothing says that the letter is not wanted any more.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template

from app.messages.models import Message

Lookup = Callable[[Message], object | None]
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
BUTTON = re.compile("\x01(.+)\x02(.+)\x01")


@dataclass(frozen=True, slots=True)
class Taught:
    """How to fill in a template; `fleeting`: the message is forgotten as soon as it was delivered or refused."""

    lookup: Lookup
    fleeting: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """Whom a message is about, to which group of people it goes (a code, or empty), and whether it is still of use."""

    about: str
    group: str = ""
    wanted: bool = True


_taught: dict[str, Taught] = {}
_tellers: list[Callable[[Sequence[Message]], Mapping[int, Brief]]] = []


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of a letter; with an address it is a button of that name."""

    words: str
    address: str | None = None

    @property
    def text(self) -> str:
        return self.words if self.address is None else f"{self.words}:\n{self.address}"


@dataclass(frozen=True, slots=True)
class Letter:
    recipient: str
    subject: str
    paragraphs: tuple[Paragraph, ...]
    created_at: dt.datetime

    @property
    def text(self) -> str:
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def html(self) -> str:
        """The same words, laid out, with the link as a button."""
        return render_template("messages/letter.html", letter=self)


def teach(template: str, lookup: Lookup, *, fleeting: bool = False) -> None:
    """From now on this template is written with what `lookup` finds, under the name `about`; None: not wanted."""
    _taught[template] = Taught(lookup, fleeting)


def teach_briefs(teller: Callable[[Sequence[Message]], Mapping[int, Brief]]) -> None:
    """From now on `teller` says in a list whom those of its messages are about that it knows."""
    if teller not in _tellers:
        _tellers.append(teller)


def briefs(messages: Sequence[Message]) -> Mapping[int, Brief]:
    """By message, without writing any letter."""
    return {message_id: brief for teller in _tellers for message_id, brief in teller(messages).items()}


def is_fleeting(message: Message) -> bool:
    """Whether the outbox forgets this message once there is nothing left to do."""
    taught = _taught.get(message.template)
    return taught is not None and taught.fleeting


def letter(message: Message) -> Letter | None:
    """The first paragraph of a template is the subject. None: not wanted any more."""
    taught = _taught.get(message.template)
    about = taught and taught.lookup(message)
    return None if taught and about is None else compose(message, about)


def compose(message: Message, about: object | None = None) -> Letter:
    """The letter as it reads with what was found out, wanted or not."""
    given = {name: one_line(value) if isinstance(value, str) else value for name, value in message.arguments.items()}
    whole = render_template(f"messages/{message.template}.txt", button=_button, about=about, **given).strip()
    subject, *pieces = (piece.strip() for piece in re.split(r"\n\s*\n", whole))
    return Letter(message.recipient, subject, tuple(_paragraph(piece) for piece in pieces), message.created_at)


def one_line(text: str) -> str:
    """What somebody typed, as it may stand in a letter: a line break there could pass for ours."""
    return CONTROL.sub(" ", text).strip()


def _button(words: str, address: str) -> str:
    return f"\x01{words}\x02{address}\x01"


def _paragraph(piece: str) -> Paragraph:
    if found := BUTTON.fullmatch(piece):
        return Paragraph(found[1], found[2])
    return Paragraph(piece)
