"""Links that are a permission: a random id with the proof that we gave it out, derived whenever it is needed and never
stored. Each kind of link has a label, and by that a key of its own.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from flask import current_app

TOKEN = re.compile(r"([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})")


def token(label: str, public_id: str, renewal: int) -> str:
    """The id (of 22 characters) and a 256-bit HMAC over it and its renewal: a new renewal kills the older links."""
    return f"{public_id}.{_proof(label, public_id, renewal)}"


def read(text: str) -> tuple[str, str] | None:
    """The id and the proof in a token; None for what cannot be one."""
    found = TOKEN.fullmatch(text)
    return (found[1], found[2]) if found else None


def proves(proof: str, label: str, public_id: str, renewal: int) -> bool:
    """Whether this is the proof of this id at this renewal."""
    return hmac.compare_digest(proof, _proof(label, public_id, renewal))


def mark(label: str, text: str) -> str:
    """The proof of any text: 43 characters that an address may hold."""
    mac = hmac.digest(_key(label), text.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def proves_text(proof: str, label: str, text: str) -> bool:
    """Whether this is the mark of this text."""
    return hmac.compare_digest(proof.encode(), mark(label, text).encode())


def _proof(label: str, public_id: str, renewal: int) -> str:
    return mark(label, f"{public_id} {renewal}")


def _key(label: str) -> bytes:
    """Derived once per application."""
    keys: dict[str, bytes] = current_app.extensions.setdefault("link-keys", {})
    if label not in keys:
        keys[label] = current_app.config["SETTINGS"].key(label)
    return keys[label]
