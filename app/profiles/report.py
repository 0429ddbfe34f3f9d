"""A page as a PDF that can be read aloud (PDF/UA-1), without asking the network or the disk for anything.

WeasyPrint and the system's libraries that it needs are looked for when a report is asked for, and not before.
"""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from app.web.assets import FOLDER

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

KEPT: Final = 16        # reports of about 100 kB, per process
SCHEME: Final = "plaatje:"
GUIDE: Final = "uitleg"         # where the reader's guide stands; its parts are called after it
_PICTURE = re.compile(r"<svg\b(?P<given>[^>]*)>(?P<inside>.*?)</svg>", re.S)
_EXPLAINED = re.compile(r'\bhref="[^"#]*/zo-lees-je-dit(?:#([\w-]+))?"')
_ELSEWHERE = re.compile(r'<a\b[^>]*\bhref="(?!#)[^"]*"[^>]*>(.*?)</a>', re.S)
_NAME = re.compile(r'\baria-label="([^"]*)"')
_FRAME = re.compile(r'\bviewBox="0 0 ([\d.]+) ([\d.]+)"')
_LOOK = re.compile(r'\bclass="([^"]*)"')
_DATA = re.compile(r"<script\b.*?</script>|<nav\b.*?</nav>", re.S)
_one_at_a_time = threading.Lock()      # a report takes a core for a second, and some memory


class NoLibraries(Exception):
    """The system lacks what PDFs are made with; docs/deployment.md says what to install."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Markup for a report with its pictures, by the address that stands in it. `chapters`: id and text of each h2."""

    markup: str
    pictures: Mapping[str, str]

    @property
    def chapters(self) -> tuple[tuple[str, str], ...]:
        found = re.findall(r'<h2 id="([\w-]+)">(.*?)</h2>', self.markup, re.S)
        return tuple((name, unescape(re.sub(r"<[^>]+>", "", text)).strip()) for name, text in found)


def on_paper(markup: str, swatches: Mapping[str, str]) -> Paper:
    """A page's own markup, made by our templates, as it can be printed: its drawings become pictures with the same
    words for who listens, links into the reader's guide lead to where it stands in the report, and links to other pages
    become plain text.

    `swatches`: what a small drawing of the key is called, by the class of its mark. Any other drawing without a name is
    left out, as it says nothing.
    """
    pictures: dict[str, str] = {}

    def drawing(found: re.Match[str]) -> str:
        given, inside = found["given"], found["inside"]
        named, frame = _NAME.search(given), _FRAME.search(given)
        looks = _LOOK.findall(inside)
        name = named[1] if named else swatches.get(looks[-1], "") if looks else ""
        if not name or frame is None:
            return ""
        address = f"{SCHEME}{len(pictures) + 1}"
        wide, high = frame.groups()
        pictures[address] = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}">'
            f"<style>{_sheet('report_pictures.css')}</style>{inside}</svg>"
        )
        look = "swatch" if named is None else " ".join(_LOOK.findall(given))
        return f'<img class="{look}" src="{address}" alt="{name}">'

    shown = _PICTURE.sub(drawing, _DATA.sub("", markup))
    guided = _EXPLAINED.sub(lambda found: f'href="#{GUIDE}-{found[1]}"' if found[1] else f'href="#{GUIDE}"', shown)
    return Paper(_ELSEWHERE.sub(r"\1", guided), pictures)


def pdf(page: str, paper: Paper) -> bytes:
    """The whole page, in which the paper's markup stands. Raises NoLibraries."""
    return _made(page, tuple(paper.pictures.items()))


@lru_cache(maxsize=KEPT)
def _made(page: str, pictures: tuple[tuple[str, str], ...]) -> bytes:
    try:
        import weasyprint
    except (ImportError, OSError) as missing:
        raise NoLibraries from missing
    fetcher = _fetcher(dict(pictures))
    sheet = weasyprint.CSS(string=_sheet("report.css"), url_fetcher=fetcher)
    into = io.BytesIO()
    with _one_at_a_time:
        weasyprint.HTML(string=page, base_url=SCHEME, url_fetcher=fetcher).write_pdf(
            into, stylesheets=[sheet], pdf_variant="pdf/ua-1"
        )
    return into.getvalue()


def _fetcher(pictures: Mapping[str, str]) -> URLFetcher:
    """Knows the pictures of one report, and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnPictures(URLFetcher):
        def fetch(self, url: str, _headers: Any = None) -> URLFetcherResponse:
            if url not in pictures:
                raise ValueError(f"a report asks nobody for {url[:80]!r}")
            return URLFetcherResponse(url, pictures[url].encode(), {"Content-Type": "image/svg+xml"})

    return OwnPictures()


@lru_cache(maxsize=4)
def _sheet(name: str) -> str:
    return (FOLDER / "css" / name).read_text(encoding="utf-8")
