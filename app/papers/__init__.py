"""Papers: markup of our own templates as a PDF that can be read aloud (PDF/UA-1), or to go on writing in (DOCX).

PURE: no request and no database. `Paper` says what is on it; `typesetting.pdf` and `word.docx` make it. What may stand
in the markup, and what it looks like, is told in paper.typ.
"""

from __future__ import annotations

from app.papers.typesetting import Paper, Running, pdf
from app.papers.word import docx

__all__ = ["Paper", "Running", "docx", "pdf"]
