"""Boxes that only the holder of the secret can open: AES-256-GCM, padded, bound to where they belong. PURE.

Not Fernet: that carries a clear timestamp and binds nothing. What is bound (the associated data) is not in the box: a
box that is moved to another row, group or round does not open.
"""

from __future__ import annotations

import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12      # bytes, random: a key seals far fewer than 2**32 boxes
SIZE = struct.Struct(">H")


class Tampered(Exception):
    """This box was changed, was moved, or was sealed with another key."""


def seal(key: bytes, content: bytes, belongs_to: str, length: int) -> bytes:
    """A box that holds `content`, whose size tells only `length`. ValueError for more than `length` bytes."""
    if len(content) > length:
        raise ValueError(f"{len(content)} bytes in a box of {length}")
    padded = SIZE.pack(len(content)) + content.ljust(length, b"\0")
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, padded, belongs_to.encode())


def open_box(key: bytes, box: bytes, belongs_to: str) -> bytes:
    """What is in it. Raises Tampered."""
    try:
        padded = AESGCM(key).decrypt(box[:NONCE], box[NONCE:], belongs_to.encode())
    except (InvalidTag, ValueError):
        raise Tampered from None
    (size,) = SIZE.unpack_from(padded)
    return padded[SIZE.size : SIZE.size + size]
