"""Papers: markup of our own templates as a PDF that can be read aloud (PDF/UA-1), or to go on writing in (DOCX).

PURE: no request and no database. `Paper` says what is on it; `pdf` and `docx` make it. What may stand in the markup,
and what it looks like, is told in paper.typ.
"""

from __future__ import annotations

from app.papers.paper import Paper, Running
from app.papers.word import docx

__all__ = ["Paper", "Running", "docx", "pdf"]


def pdf(paper: Paper) -> bytes:
    """As typesetting.pdf; the typesetter is brought in when the first paper is asked for."""
    from app.papers import typesetting

    return typesetting.pdf(paper)
