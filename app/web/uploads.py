"""Files that come along with a form stay in memory: none of them is ever left behind in a temporary folder.

How much is taken at all is set per page (MAX_CONTENT_LENGTH, request.max_content_length), and the gate reads it whole.
"""

from __future__ import annotations

import io
from typing import IO, Any

from flask import Flask, Request


class RequestInMemory(Request):
    def _get_file_stream(self, *_about: Any, **_more: Any) -> IO[bytes]:
        return io.BytesIO()


def init_app(app: Flask) -> None:
    app.request_class = RequestInMemory
