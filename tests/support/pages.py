"""A test client that looks at every page it gets, and fills in forms the way a browser does."""

from __future__ import annotations

import functools
import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from html5lib.constants import E as PARSE_ERRORS
from werkzeug.test import TestResponse

from tests.support.builders import Persona, log_in

LABELLED = frozenset({"input", "select", "textarea"})
PRESSED = frozenset({"submit", "button", "reset", "image", "file"})
TICKED = frozenset({"checkbox", "radio"})
NEEDS_NO_LABEL = PRESSED - {"file"} | {"hidden"}
ASKS = {("link", "href"), ("use", "href"), ("form", "action")}     # besides every src
TOKEN = re.compile(rb'(name="csrf[_-]token"[^>]*? (?:value|content)=")[^"]*')
_good = set[bytes]()        # the pages that were looked through


class CheckedClient(FlaskClient):
    """Every HTML page it receives must be well made; `send` posts with a valid CSRF token.

    A test that runs on both databases gets the same pages on both: they are looked through on SQLite.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        is_page = response.mimetype == "text/html" and response.data and response.location is None
        if is_page and self.application.config["SETTINGS"].database_url.startswith("sqlite"):
            problems = problems_of(response.data)
            assert not problems, f"{response.request.path} ({response.status_code}):\n  " + "\n  ".join(problems)
        return response

    def send(self, path: str, data: Mapping[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """POST with the token that this client's session asks for."""
        headers = dict(kwargs.pop("headers", {})) | {"X-CSRFToken": self.csrf_token()}
        return self.post(path, data=data, headers=headers, **kwargs)

    def csrf_token(self) -> str:
        app: Flask = self.application
        with self.session_transaction() as cookie:
            kept = cookie.get("csrf_token")
            with app.test_request_context():
                from flask import session

                if kept:
                    session["csrf_token"] = kept
                token: str = generate_csrf()
                cookie["csrf_token"] = session["csrf_token"]
        return token

    def submit(self, page: TestResponse, fields: Mapping[str, Any] | None = None, *, to: str | None = None,
               press: str | None = None, **kwargs: Any) -> TestResponse:
        """Fill in a form of this page and send it: the one whose action is `to`, or the only one in <main>.

        `press` is the name or the text of the button that is pressed. A field that the form does not have is refused.
        """
        form = the_form(page, to)
        values = typed(form)
        names = {element.get("name") for element in form.iter() if tag_of(element) in LABELLED | {"button"}}
        for name, value in (fields or {}).items():
            assert name in names, f"this form has no field {name!r}; it has {sorted(n for n in names if n)}"
            values[name] = value if isinstance(value, list) else [value]
        if press is not None:
            button = the_button(form, press)
            if button.get("name"):
                values[str(button.get("name"))] = [button.get("value", "")]
        address = form.get("action") or page.request.full_path.rstrip("?")
        kwargs.setdefault("headers", {"Sec-Fetch-Site": "same-origin"})
        if form.get("method", "get").lower() == "get":
            return self.get(address, query_string=values, **kwargs)
        return self.post(address, data=values, **kwargs)


def tree_of(html: bytes | str) -> Element:
    """The page as elements, the way a browser understands it. Nobody changes them: the next who asks gets the same."""
    return _parsed(html)[0]


@functools.lru_cache(maxsize=8)
def _parsed(html: bytes | str) -> tuple[Element, tuple[str, ...]]:
    """The page as elements, and where it is not written as it should be."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    return tree, tuple(f"{place}: {PARSE_ERRORS.get(code, code) % details}" for place, code, details in parser.errors)


def tag_of(element: Element) -> str:
    return element.tag if isinstance(element.tag, str) else ""


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def told(html: bytes | str) -> str:
    """What a page says, without what stands around every page."""
    return text_of(next(tree_of(html).iter("main")))


def the_form(page: TestResponse, to: str | None = None) -> Element:
    tree = tree_of(page.data)
    forms = [f for f in tree.iter("form") if to is None or (f.get("action") or "").split("?")[0] == to.split("?")[0]]
    if to is None and len(forms) > 1:
        forms = [form for main in tree.iter("main") for form in main.iter("form")]
    assert len(forms) == 1, f"{len(forms)} forms to {to}; there are {[f.get('action') for f in tree.iter('form')]}"
    return forms[0]


def the_button(form: Element, press: str) -> Element:
    buttons = [b for b in form.iter() if tag_of(b) == "button" or (tag_of(b) == "input" and b.get("type") == "submit")]
    found = [b for b in buttons if press in (b.get("name"), b.get("value"), text_of(b))]
    assert found, f"no button {press!r}; there are {[text_of(b) or b.get('value') for b in buttons]}"
    return found[0]


def typed(form: Element) -> dict[str, list[Any]]:
    """What a browser would send when nothing is changed."""
    values: dict[str, list[Any]] = {}
    for element in form.iter():
        name, tag, kind = element.get("name"), tag_of(element), element.get("type", "text")
        if not name or element.get("disabled") is not None:
            continue
        if tag == "textarea":
            values.setdefault(name, []).append("".join(element.itertext()))
        elif tag == "select":
            options = list(element.iter("option"))
            chosen = [o for o in options if o.get("selected") is not None]
            if not chosen and element.get("multiple") is None:
                chosen = options[:1]
            for option in chosen:
                values.setdefault(name, []).append(option.get("value", text_of(option)))
        elif tag == "input" and kind in TICKED:
            if element.get("checked") is not None:
                values.setdefault(name, []).append(element.get("value", "on"))
        elif tag == "input" and kind not in PRESSED:
            values.setdefault(name, []).append(element.get("value", ""))
    return values


def browser_of(app: Flask, person: Persona | None = None) -> CheckedClient:
    """A browser without a screen, in which this person is signed in."""
    app.test_client_class = CheckedClient
    browser = app.test_client()
    assert isinstance(browser, CheckedClient)
    if person:
        log_in(browser, person)
    return browser


def problems_of(html: bytes) -> list[str]:
    """What is wrong with this page, whoever looks at it. A page that was good is good with another token too."""
    page = hashlib.sha256(TOKEN.sub(rb"\1-", html)).digest()
    if page in _good:
        return []
    tree, badly_written = _parsed(html)
    problems = [*badly_written, *_structure(tree), *_identities(tree), *_labels(tree), *_strictness(tree)]
    if not problems:
        _good.add(page)
    return problems


def _structure(tree: Element) -> list[str]:
    problems = []
    if not tree.get("lang"):
        problems.append("<html> has no lang")
    if not any(text_of(title) for head in tree.iter("head") for title in head.iter("title")):
        problems.append("no <title>")
    if len(list(tree.iter("main"))) != 1:
        problems.append("not exactly one <main>")
    headings = [element for element in tree.iter() if re.fullmatch(r"h[1-6]", tag_of(element))]
    if sum(heading.tag == "h1" for heading in headings) != 1:
        problems.append("not exactly one <h1>")
    problems += [f"an empty <{heading.tag}>" for heading in headings if not text_of(heading)]
    return problems


def _identities(tree: Element) -> list[str]:
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    problems = [f"id {name!r} stands there {times} times" for name, times in ids.items() if times > 1]
    for element in tree.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list"):
            problems += [f"<{element.tag} {attribute}> names {name!r}, which is not there"
                         for name in (element.get(attribute) or "").split() if name not in ids]
        target = element.get("href") or ""
        if tag_of(element) == "a" and target.startswith("#") and target[1:] not in ids:
            problems.append(f"a link to {target}, which is not there")
    return problems


def _labels(tree: Element) -> list[str]:
    labelled = {label.get("for") for label in tree.iter("label") if text_of(label)}
    inside = {id(element) for label in tree.iter("label") if text_of(label) for element in label.iter()}
    problems = []
    for element in tree.iter():
        tag = tag_of(element)
        if tag in LABELLED and element.get("type", "text") not in NEEDS_NO_LABEL:
            named = element.get("aria-label") or element.get("aria-labelledby")
            if not named and element.get("id") not in labelled and id(element) not in inside:
                problems.append(f"<{tag} name={element.get('name')!r}> has no label")
        if tag in ("a", "button") and not text_of(element) and not any(
            part.get("alt") or part.get("aria-label") for part in element.iter()
        ):
            problems.append(f"an empty <{tag}>")
        if tag == "img" and element.get("alt") is None:
            problems.append(f"<img src={element.get('src')!r}> has no alt")
    return problems


def _strictness(tree: Element) -> list[str]:
    """What the content security policy refuses, and what would ask somebody else's server."""
    problems = []
    for element in tree.iter():
        tag = tag_of(element)
        if tag == "style":
            problems.append("a <style> in the page")
        if tag == "script" and not element.get("src") and element.get("type") not in ("application/json",):
            problems.append("a <script> in the page")
        for attribute, value in element.attrib.items():
            if attribute == "style" or str(attribute).startswith("on"):
                problems.append(f"<{tag} {attribute}=…> in the page")
            fetched = attribute in ("src", "srcset", "poster") or (tag, attribute) in ASKS
            if fetched and re.match(r"(?i)(https?:)?//", value):
                problems.append(f"<{tag} {attribute}={value!r}> asks another server")
        if tag == "form" and element.get("method", "get").lower() == "post":
            by_link = (element.get("action") or "").startswith("/b/")      # no session there to forge anything in
            if _carries_token(element) is by_link:
                problems.append(f"the form to {element.get('action')!r} carries {'a' if by_link else 'no'} CSRF token")
    return problems


def _carries_token(form: Element) -> bool:
    return any(e.get("name") == "csrf_token" and e.get("value") for e in form.iter("input"))
