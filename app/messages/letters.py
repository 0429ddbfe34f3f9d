"""A message as somebody reads it. Links are derived here and now; the outbox holds none."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from flask import render_template

from app.messages.models import Message


@dataclass(frozen=True, slots=True)
class Letter:
    recipient: str
    subject: str
    text: str
    created_at: dt.datetime

    @property
    def paragraphs(self) -> list[str]:
        return self.text.split("\n\n")


def letter(message: Message) -> Letter:
    """The first line of a template is the subject, what follows the empty line under it is the text."""
    whole = render_template(f"messages/{message.template}.txt", **message.arguments).strip()
    subject, _, text = re.sub(r"\n{3,}", "\n\n", whole).partition("\n")
    return Letter(message.recipient, subject.strip(), text.strip(), message.created_at)
