"""The stylesheet and the templates as files: small, complete, legible, translatable, and nothing inline."""

from __future__ import annotations

import ast
import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

from app.web.assets import content

APP = Path(__file__).parent.parent / "app"
CSS = APP / "static" / "css"
SHEETS = {sheet.name: content(f"css/{sheet.name}").decode() for sheet in sorted(CSS.glob("*.css"))}
MAIN = SHEETS["groeispiegel.css"]
TEMPLATES = sorted((APP / "templates").rglob("*.html"))
PAGES = [template for template in TEMPLATES if template.name != "letter.html"]     # mail knows no other styles
NAME = "Groeispiegel"
SPOKEN = ("title", "aria-label", "placeholder", "alt")
VOID = "\N{OBJECT REPLACEMENT CHARACTER}"       # stands where the template puts something in

# classes whose names are put together (tints, lines of pictures), and one of Plotly's
MADE = re.compile(r"t[1-5]|l[gprs]|textpoint")

# what is read on what (4.5 : 1, WCAG 1.4.3) and what must be told apart (3 : 1, WCAG 1.4.11)
READ = [
    *[(text, ground) for text in ("ink", "head", "muted", "link", "brand") for ground in ("bg", "soft", "tint")],
    *[(text, ground) for text in ("self", "other", "goal") for ground in ("bg", "soft")],
    ("on-brand", "brand"), ("on-panel", "panel"), ("panel-soft", "panel"), ("panel-mark", "panel"),
    ("on-focus", "focus"), ("ok", "bg"), ("ok", "soft"), ("wrong", "bg"), ("wrong", "soft"), ("wrong", "wrong-soft"),
    ("ink", "wrong-soft"), ("ink", "stroke"), ("head", "stroke"),
]
TOLD_APART = [
    ("edge", "bg"), ("edge", "soft"), ("edge", "tint"), ("brand", "bg"), ("brand", "line"),
]


def tokens(scheme: str) -> dict[str, str]:
    """The tokens as our own values: what stands there when no theme fills them."""
    blocks = re.findall(r':root, \[class\*="-theme"\] \{(.*?)\}', MAIN, re.S)
    found = dict(re.findall(r"--([\w-]+):\s*(.+?);", blocks[0]))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w-]+):\s*(.+?);", blocks[1]))
    return found


def colour(name: str, known: dict[str, str]) -> tuple[float, float, float]:
    value = known[name]
    if same := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(same[1], known)
    if fallback := re.fullmatch(r"var\(--utrecht-[\w-]+, (#\w+)\)", value):
        value = fallback[1]
    digits = value.removeprefix("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def luminance(rgb: tuple[float, float, float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str, scheme: str) -> float:
    """The ratio of WCAG 2: 21 for black on white, 1 for equal colours."""
    known = tokens(scheme)
    high, low = sorted((luminance(colour(first, known)), luminance(colour(second, known))), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READ)
def test_text_can_be_read(text: str, ground: str, scheme: str) -> None:
    assert contrast(text, ground, scheme) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), TOLD_APART)
def test_marks_can_be_told_apart(mark: str, ground: str, scheme: str) -> None:
    assert contrast(mark, ground, scheme) >= 3


def test_contrast_is_that_of_the_standard() -> None:
    assert (luminance((1, 1, 1)) + 0.05) / (luminance((0, 0, 0)) + 0.05) == pytest.approx(21)
    assert luminance(colour("x", {"x": "#777"})) == pytest.approx(0.1845, abs=1e-4)


def test_the_stylesheet_is_small() -> None:
    assert len(gzip.compress(MAIN.encode(), 9)) < 12_000


def test_every_part_of_the_stylesheet_is_in_it_and_short() -> None:
    parts = sorted((CSS / "groeispiegel").iterdir())
    assert len(parts) > 10 and [part for part in parts if MAIN.count(part.read_text()) != 1] == []
    assert [part.name for part in parts if len(part.read_text().splitlines()) > 250] == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_token_used_is_defined(sheet: str) -> None:
    """Shared names of themes may be missing, because they have a value of ours behind them."""
    text = SHEETS[sheet]
    defined = set(re.findall(r"(?:^|[{;\s])--([\w-]+):", MAIN + text))
    bare = set(re.findall(r"var\(--([\w-]+)\)", text))
    assert bare - defined == set()
    backed = {name for name in re.findall(r"var\(--([\w-]+),", text) if not name.startswith("utrecht-")}
    assert backed - defined == set()


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_sheet_asks_for_more(sheet: str) -> None:
    assert not re.search(r"@import|url\(", SHEETS[sheet])


def dressed() -> set[str]:
    """Every class that a sheet names."""
    text = re.sub(r"/\*.*?\*/", "", "".join(SHEETS.values()), flags=re.S)
    return set(re.findall(r"\.([a-zA-Z][\w-]*)(?=[^{};]*\{)", text))


def mentioned() -> set[str]:
    """The words of the class attributes in templates, and of what templates, scripts and our code quote."""
    quoted = re.compile(r"""'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`""")
    said = ["".join(found) for template in TEMPLATES for found in quoted.findall(template.read_text())]
    said += re.findall(r"block \w+_class %}([^{]*)", "".join(template.read_text() for template in TEMPLATES))
    said += ["".join(found) for script in (APP / "static" / "js").glob("*.js")
             for found in quoted.findall(script.read_text())]
    for module in APP.rglob("*.py"):
        tree = ast.parse(module.read_text())
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}     # what docstrings tell
        said += [node.value for node in ast.walk(tree)
                 if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told]
    return {word for text in said for word in re.findall(r"[\w-]+", text)}


def test_every_class_of_a_sheet_is_used() -> None:
    assert {name for name in dressed() - mentioned() if not MADE.fullmatch(name)} == set()


# --- templates -------------------------------------------------------------------------------------------------------


def markup(source: str) -> str:
    """What a template says by itself: without the texts that go through gettext, and with VOID for what it puts in."""
    env = Environment(extensions=["jinja2.ext.i18n"])
    parts: list[str] = []
    words: list[str] = []       # of the block tag that was opened last
    hidden = False
    for _line, kind, value in env.lex(source):
        if kind == "block_begin":
            words = []
        elif kind == "name":
            words.append(value)
        elif kind == "block_end":
            if words[:1] == ["trans"] or words == ["block", "main_class"]:
                hidden = True
            elif words[:1] in (["endtrans"], ["endblock"]):
                hidden = False
        elif kind == "variable_begin":
            parts.append("div" if "".join(parts[-1:]).endswith(("<", "</")) else VOID)
        elif kind == "data":
            parts.append(re.sub(r"[^\n]", VOID, value) if hidden else value)
    return "".join(parts)


class Texts(HTMLParser):
    """Collects what a person would read or hear that did not go through gettext."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.data = False
        self.feed(markup(source))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.data = tag == "script"
        for name, value in attrs:
            if name in SPOKEN and says_something(value or ""):
                self.found.append(f'{self.getpos()[0]}: {name}="{value}"')

    def handle_endtag(self, tag: str) -> None:
        self.data = False

    def handle_data(self, data: str) -> None:
        if not self.data and says_something(data):
            self.found.append(f"{self.getpos()[0]}: {data.strip()}")


def says_something(text: str) -> bool:
    return re.search(r"[^\W\d_]", text.replace(NAME, "").replace(VOID, "")) is not None


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(APP / "templates")))
def test_every_text_goes_through_gettext(template: Path) -> None:
    found = Texts(template.read_text()).found
    assert not found, "wrap in {% trans %}…{% endtrans %} or _('…'):\n  " + "\n  ".join(found)


@pytest.mark.parametrize("template", PAGES, ids=lambda path: str(path.relative_to(APP / "templates")))
def test_nothing_is_inline(template: Path) -> None:
    """The content security policy would refuse it; data that is no program may stand in a page."""
    text = template.read_text()
    assert not re.search(r"\sstyle\s*=|<style\b|\son\w+\s*=\s*[\"']|javascript:", text, re.I)
    programs = [tag for tag in re.findall(r"<script\b[^>]*>", text) if 'type="application/json"' not in tag]
    assert all(" src=" in tag for tag in programs), programs


def test_the_check_on_texts_sees_texts() -> None:
    assert list(texts_of("<p>Hallo {{ name }}</p>")) == ["1: Hallo " + VOID]
    assert list(texts_of('<a title="Verder" href="x">{{ _("Verder") }}</a>')) == ['1: title="Verder"']
    assert not list(texts_of("<p>{% trans n=1 %}Een {{ n }}{% pluralize %}Twee{% endtrans %} · 3/5</p>"))


def texts_of(source: str) -> Iterator[str]:
    yield from Texts(source).found
