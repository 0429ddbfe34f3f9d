"""Stylesheets, scripts and pictures: addressed by content, compressed once per process, kept by browsers.

A stylesheet that imports its parts is given out as one: each `@import "part.css";` makes place for what stands there.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, request, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from app.access import declared_access, public

FOLDER = Path(__file__).parent.parent / "static"
COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg")
IMPORT = re.compile(rb'^@import "([^"]+)";\n', re.M)


@dataclass(frozen=True, slots=True)
class Asset:
    body: bytes
    packed: bytes | None
    kind: str
    digest: str


class SessionOfPages(SecureCookieSessionInterface):
    """Assets carry no cookie: they may be kept by a cache that others use too. Neither do pages behind a link.

    A page makes the session last longer. What a script asks for meanwhile does not: its answer may come after that of a
    page, and would bring back the session as it was: without the message of that page, or one that is over.
    """

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        view = app.view_functions.get(request.endpoint or "")
        if request.endpoint != "static" and not (view and declared_access(view) == "link"):
            super().save_session(app, session, response)

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        asks_for_page = "text/html" in request.headers.get("Accept", "text/html")
        return session.modified or (asks_for_page and super().should_set_cookie(app, session))


@lru_cache(maxsize=128)
def _parts(path: Path, _changed: int) -> tuple[Path, ...]:
    """The files that a stylesheet imports, in their order."""
    if path.suffix != ".css":
        return ()
    return tuple(path.parent / name.decode() for name in IMPORT.findall(path.read_bytes()))


@lru_cache(maxsize=128)
def _read(path: Path, _changed: tuple[int, ...]) -> Asset:
    body = path.read_bytes()
    if path.suffix == ".css":
        body = IMPORT.sub(lambda found: (path.parent / found[1].decode()).read_bytes(), body)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = gzip.compress(body, 9, mtime=0) if kind.startswith(COMPRESSIBLE) else None
    return Asset(body, packed, kind, hashlib.sha256(body).hexdigest()[:12])


@lru_cache(maxsize=128)
def _inside(folder: Path, filename: str) -> Path | None:
    try:
        path = (folder / filename).resolve()
        return path if path.is_relative_to(folder) and path.is_file() else None
    except (ValueError, OSError):       # no name that a file can have
        return None


def _find(filename: str) -> Asset | None:
    path = _inside(FOLDER, filename)
    if path is None:
        return None
    changed = path.stat().st_mtime_ns
    return _read(path, (changed, *(part.stat().st_mtime_ns for part in _parts(path, changed))))


def content(filename: str) -> bytes:
    """What stands in an asset, for a page that gives it out by another address."""
    asset = _find(filename)
    if asset is None:
        raise FileNotFoundError(filename)
    return asset.body


def address(filename: str) -> str:
    """The address of an asset, with its content's digest so that it may be kept for a year."""
    asset = _find(filename)
    if asset is None:
        raise FileNotFoundError(filename)
    return _address(request.script_root, filename, asset.digest)


@lru_cache(maxsize=256)
def _address(_mounted_at: str, filename: str, digest: str) -> str:
    return url_for("static", filename=filename, v=digest)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["asset"] = address
    app.session_interface = SessionOfPages()

    @app.get("/static/<path:filename>", endpoint="static")
    @public
    def static(filename: str) -> Response:
        asset = _find(filename)
        if asset is None:
            abort(404)
        packed = asset.packed is not None and request.accept_encodings.quality("gzip") > 0
        response = Response(asset.packed if packed else asset.body, mimetype=asset.kind)
        if packed:
            response.content_encoding = "gzip"
        response.vary.add("Accept-Encoding")
        response.set_etag(asset.digest)
        kept = request.args.get("v") == asset.digest
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if kept else "no-cache"
        response.make_conditional(request)
        return response
