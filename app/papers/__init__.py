"""Papers: markup of our own templates as a PDF that can be read aloud (PDF/UA-1).

PURE: no request and no database. `Paper` says what is on it; `typesetting.pdf` makes it. What may stand in the markup,
and what it looks like, is told in paper.typ.
"""

from __future__ import annotations

from app.papers.typesetting import Paper, Running, pdf

__all__ = ["Paper", "Running", "pdf"]
