"""The reference: a plain Flask page of the same size, without queries, compressed in the same way."""

from __future__ import annotations

import os
import random

from flask import Flask
from flask_compress import Compress

app = Flask(__name__)
app.config.update(COMPRESS_ALGORITHM=["gzip"], COMPRESS_STREAMS=False)
Compress(app)

WORDS = ["<p class=quiet>", "</p>\n", "Ik", "vraag", "bij", "de", "start", "wat", "betrokkenen", "verwachten"]
_chance = random.Random(1)
PAGE = ""
while len(PAGE) < int(os.environ.get("BARE_BYTES", "20000")):
    PAGE += _chance.choice(WORDS) + " "


@app.get("/")
def page() -> str:
    return PAGE
