"""Files that come inside documents: which kinds are taken, and names that are safe to save them under."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

# The media types that Peppol BIS Billing 3 allows (code list MimeCode), each with the endings its names may have.
ENDINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "application/pdf": (".pdf",),
        "image/png": (".png",),
        "image/jpeg": (".jpg", ".jpeg"),
        "text/csv": (".csv",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
        "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    }
)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')  # reserved, or turns text around
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # names of devices on Windows
_LONGEST_NAME = 100


def safe_name(told: str, media_type: str) -> str:
    """The last part of the name without what any system reserves, ending as its media type (of ENDINGS) does."""
    bare = _UNSAFE.sub("", re.split(r"[/\\]", told)[-1]).strip(" .") or "attachment"
    if _RESERVED.fullmatch(bare):
        bare = f"_{bare}"
    endings = ENDINGS[media_type]
    ending = next((ending for ending in endings if bare.lower().endswith(ending)), "")
    stem = bare[: len(bare) - len(ending)] or "attachment"
    return stem[:_LONGEST_NAME].rstrip(" .") + (ending or endings[0])
