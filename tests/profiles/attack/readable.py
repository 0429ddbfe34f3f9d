"""Everything that somebody can get from the application: her pages, and those whose address she may type."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pypdf
from flask import Flask
from werkzeug.test import TestResponse

from tests.support.builders import Persona, log_in
from tests.support.pages import TOKEN, tree_of

Pages = Mapping[str, str]

FROM = (
    "/start", "/profiel", "/gesprekken", "/rondes", "/gedeeld", "/ontwikkelplan", "/beheer/mensen", "/beheer/postvak",
)  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def everything(app: Flask, person: Persona, known: Iterable[str]) -> Pages:
    """The words and numbers of every page by its address: where she begins, and what is `known`.

    A page that refuses is there with its status alone.
    """
    client = app.test_client()
    log_in(client, person)
    return {address: content_of(client.get(address, follow_redirects=True)) for address in (*FROM, *known)}


def content_of(response: TestResponse) -> str:
    """What a response tells, in any of the forms there are; not what is drawn or dated anew for every request."""
    told = f"{response.status_code} {response.mimetype}\n"
    if response.status_code != 200:
        return told
    if response.mimetype == "application/pdf":
        return told + "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(response.data)).pages)
    if response.mimetype == XLSX:
        book = openpyxl.load_workbook(io.BytesIO(response.data))
        return told + "\n".join(str(row) for sheet in book for row in sheet.iter_rows(values_only=True))
    return told + re.sub(r'nonce="[^"]*"|^DTSTAMP:.*$', "", TOKEN.sub(rb"\1-", response.data).decode(),
                         flags=re.MULTILINE)


def words_of(page: str) -> str:
    """The text of a page, element by element, without its scripts; of what is no page, all of it."""
    head, _, body = page.partition("\n")
    if "text/html" not in head:
        return body
    body = re.sub(r"<script.*?</script>", "", body, flags=re.DOTALL)
    return " ".join(tree_of(body).itertext())


def drawn(page: str) -> Iterator[float]:
    """Every number in the figures that scripts draw, and in a spreadsheet."""
    head, _, body = page.partition("\n")
    if XLSX in head:
        yield from map(float, re.findall(r"(?<![\w.])\d+\.\d+(?![\w.])", body))
    for found in re.findall(r'<script type="application/json">(.*?)</script>', page, re.DOTALL):
        yield from _numbers(json.loads(found).get("data", []))


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            if name != "theta":         # where an axis stands, not what is on it
                yield from _numbers(one)
    elif isinstance(value, list):
        for one in value:
            yield from _numbers(one)
