"""The personal link of a rater, derived whenever somebody needs it and never stored (measurement.md §11)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from flask import current_app

TOKEN = re.compile(r"([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})")


def token(public_id: str, renewal: int) -> str:
    """The invitation's random id and a 256-bit HMAC over it and its renewal: a new renewal kills the older links."""
    return f"{public_id}.{_proof(public_id, renewal)}"


def read(text: str) -> tuple[str, str] | None:
    """The id and the proof in a token; None for what cannot be one."""
    found = TOKEN.fullmatch(text)
    return (found[1], found[2]) if found else None


def proves(proof: str, public_id: str, renewal: int) -> bool:
    """Whether this is the proof of this invitation at this renewal."""
    return hmac.compare_digest(proof, _proof(public_id, renewal))


def address(public_id: str, renewal: int) -> str:
    """The whole address, for a mail or a sheet; also where no request is going on."""
    base_url: str = current_app.config["SETTINGS"].base_url
    return f"{base_url}/b/{token(public_id, renewal)}"


def _proof(public_id: str, renewal: int) -> str:
    mac = hmac.digest(_key(), f"{public_id} {renewal}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def _key() -> bytes:
    """Derived once per application."""
    found: bytes | None = current_app.extensions.get("rater-link-key")
    if found is None:
        found = current_app.extensions["rater-link-key"] = current_app.config["SETTINGS"].key("rater-link")
    return found
