"""A set as text for a link: it travels in the link itself, so nothing of it is kept on a server."""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hashlib import sha256

from pathway.errors import Fault, Unusable
from pathway.practice.case_set import CaseSet
from pathway.yaml.document import Document, parse

LONGEST_SET = 6_000
"""Characters of a set in a link: some twenty cases. Browsers take more, but chat programs cut it."""
LARGEST = 400_000
"""Bytes of a set once it is unpacked, so that no link can fill the memory."""
CHECK_LENGTH = 6
NAME = "the link"
CUT = "is cut or was altered; ask for the link again, or for the set as a file"
SHAPE = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST_SET}}}")


def set_token(case_set: CaseSet) -> str | None:
    """Return a set as letters and digits that a link can hold; None where they are too many."""
    text = json.dumps(case_set.as_data(), ensure_ascii=False, separators=(",", ":"))
    packed = urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    token = f"{packed}{_check(packed)}"
    return token if len(token) <= LONGEST_SET else None


def set_in_link(token: str) -> Document:
    """Return the document of the set in a token. Raises Unusable where it is cut, altered or too large."""
    packed, check = token[:-CHECK_LENGTH], token[-CHECK_LENGTH:]
    if not SHAPE.fullmatch(token) or check != _check(packed):
        raise Unusable([Fault(NAME, None, CUT)])
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), LARGEST)
        if unpacking.unconsumed_tail or not unpacking.eof:
            raise Unusable([Fault(NAME, None, CUT)])
        return parse(content.decode(), NAME)
    except (zlib.error, Error, UnicodeDecodeError):
        raise Unusable([Fault(NAME, None, CUT)]) from None


def _check(packed: str) -> str:
    """Return hex digits, so that a link ends in a letter or a digit."""
    return sha256(packed.encode()).hexdigest()[:CHECK_LENGTH]
