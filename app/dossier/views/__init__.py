"""Pages of evidence: one's own, and what somebody shows to whoever accompanies her."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, request

from app.dossier.models import EvidenceKind
from app.dossier.uploads import MOST

bp = Blueprint("dossier", __name__)
WITH_A_FILE: Final = frozenset({"dossier.new", "dossier.edit"})
WORDS: Final = 500_000      # bytes of the rest of such a form, at most


@bp.url_value_preprocessor
def take_a_file(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Before anything of it is read."""
    if endpoint in WITH_A_FILE and (values or {}).get("kind") in (None, EvidenceKind.FILE):
        request.max_content_length = MOST + WORDS


from app.dossier.views import evidence, files, paper, too_big  # noqa: E402  they hang their pages on bp

__all__ = ["bp", "evidence", "files", "paper", "too_big"]
