"""The personal link of a rater, derived whenever somebody needs it and never stored (measurement.md §11)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from flask import current_app

TOKEN = re.compile(r"([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})")
CLASS_TOKEN = re.compile(r"([1-9][0-9]{0,17})\.([A-Za-z0-9_-]{43})")


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


def class_token(part_id: int) -> str:
    """Opens the device that pupils pass on to each other: all sheets of one subject's part of a round, one by one."""
    return f"{part_id}.{_encoded('rater-class', str(part_id))}"


def read_class(token: str) -> int | None:
    """The part of a round that a class token was made for; None when nobody here made it."""
    found = CLASS_TOKEN.fullmatch(token)
    if found is None or not hmac.compare_digest(found[2], _encoded("rater-class", found[1])):
        return None
    return int(found[1])


def _proof(public_id: str, renewal: int) -> str:
    return _encoded("rater-link", f"{public_id} {renewal}")


def _encoded(label: str, text: str) -> str:
    mac = hmac.digest(_key(label), text.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def _key(label: str) -> bytes:
    """Derived once per application."""
    keys: dict[str, bytes] = current_app.extensions.setdefault("rater-keys", {})
    if label not in keys:
        keys[label] = current_app.config["SETTINGS"].key(label)
    return keys[label]
