"""Everything that somebody can get from the application: her pages, and those whose address she may type."""

from __future__ import annotations

import html
import io
import json
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl  # type: ignore[import-untyped]
import pypdf
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from tests.support.builders import Persona, log_in
from tests.support.pages import TOKEN, tree_of

Pages = Mapping[str, str]
Kind = tuple[str, tuple[str, ...]]

OF_A_KIND = 2
NO_PAGES = frozenset({"static"})

FROM = (
    "/start", "/profiel", "/gesprekken", "/rondes", "/gedeeld", "/ontwikkelplan", "/beheer/mensen", "/beheer/postvak",
)  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def everything(app: Flask, person: Persona, known: Iterable[str]) -> Pages:
    """The words and numbers of every page by its address: what is `known`, where she begins, and what the links on all
    of these lead to, page after page: of every kind of page (a route, and what stands behind the question mark) the
    first few that are found, of what is no page the first. So what is built later is read too.

    A page that refuses is there with its status alone.
    """
    client = app.test_client()
    log_in(client, person)
    found: dict[str, str] = {}
    kinds: Counter[Kind] = Counter()
    files = set[str]()
    asked = deque(dict.fromkeys((*known, *FROM)))
    given = set(asked)
    while asked:
        address = asked.popleft()
        response = client.get(address, follow_redirects=True)
        found[address] = content_of(response)
        if response.mimetype != "text/html":
            files.update(kind[0] for kind in (kind_of(app, address),) if kind is not None)
            continue
        for link in links_of(response.get_data(as_text=True)):
            kind = kind_of(app, link)
            if link not in given and kind and kind[0] not in files and kinds[kind] < OF_A_KIND:
                kinds[kind] += 1
                given.add(link)
                asked.append(link)
    return found


def links_of(page: str) -> Iterator[str]:
    """Where a page leads on this site, without the place on that page."""
    for found in re.findall(r'<a\b[^>]*?\bhref="([^"]*)"', page):
        address = urlsplit(html.unescape(found))
        if not address.scheme and not address.netloc and address.path.startswith("/"):
            yield address._replace(fragment="").geturl()


def kind_of(app: Flask, address: str) -> Kind | None:
    """Which page of the application this is, and how it is asked for; None for what nobody reads as a page."""
    parts = urlsplit(address)
    try:
        endpoint, _arguments = app.url_map.bind("dienst.example").match(parts.path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return (endpoint, tuple(sorted(parse_qs(parts.query)))) if endpoint not in NO_PAGES else None


def content_of(response: TestResponse) -> str:
    """What a response tells, in any of the forms there are; not what is drawn or dated anew for every request."""
    told = f"{response.status_code} {response.mimetype}\n"
    if response.status_code != 200:
        return told
    if response.mimetype == "application/pdf":
        return told + words_on_paper(response.data)
    if response.mimetype == XLSX:
        book = openpyxl.load_workbook(io.BytesIO(response.data))
        return told + "\n".join(str(row) for sheet in book for row in sheet.iter_rows(values_only=True))
    return told + re.sub(r'nonce="[^"]*"|^DTSTAMP:.*$', "", TOKEN.sub(rb"\1-", response.data).decode(),
                         flags=re.MULTILINE)


@lru_cache(maxsize=8)
def words_on_paper(data: bytes) -> str:
    """Of the same paper, which is made twice, the words are read once: that takes longer than making it."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


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
