"""The personal link of a rater, derived whenever somebody needs it and never stored (measurement.md §11)."""

from __future__ import annotations

import hmac
import re

from flask import current_app

from app.web import proofs

LABEL, CLASS = "rater-link", "rater-class"
CLASS_TOKEN = re.compile(r"([1-9][0-9]{0,17})\.([A-Za-z0-9_-]{43})")
read = proofs.read


def token(public_id: str, renewal: int) -> str:
    """The invitation's random id with its proof: a new renewal kills the older links."""
    return proofs.token(LABEL, public_id, renewal)


def proves(proof: str, public_id: str, renewal: int) -> bool:
    """Whether this is the proof of this invitation at this renewal."""
    return proofs.proves(proof, LABEL, public_id, renewal)


def address(public_id: str, renewal: int) -> str:
    """The whole address, for a mail or a sheet; also where no request is going on."""
    base_url: str = current_app.config["SETTINGS"].base_url
    return f"{base_url}/b/{token(public_id, renewal)}"


def class_token(part_id: int) -> str:
    """Opens the device that pupils pass on to each other: all sheets of one subject's part of a round, one by one."""
    return f"{part_id}.{proofs.mark(CLASS, str(part_id))}"


def read_class(token: str) -> int | None:
    """The part of a round that a class token was made for; None when nobody here made it."""
    found = CLASS_TOKEN.fullmatch(token)
    if found is None or not hmac.compare_digest(found[2], proofs.mark(CLASS, found[1])):
        return None
    return int(found[1])
