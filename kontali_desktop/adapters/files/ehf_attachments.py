"""Files embedded in a UBL document."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from kontali_desktop.adapters.files.ehf_names import path_of, text_at
from kontali_desktop.adapters.files.reasons import Reason, not_understood, refused_row
from kontali_desktop.domain.attachments import ENDINGS, safe_name
from kontali_desktop.services.ports import Attachment, RefusedRow

_REFERENCE = path_of("cac:AdditionalDocumentReference")
_EMBEDDED = path_of("cac:Attachment/cbc:EmbeddedDocumentBinaryObject")
_ID = path_of("cbc:ID")
_WHERE = "cbc:EmbeddedDocumentBinaryObject"


@dataclass(frozen=True, slots=True)
class Embedded:
    """What was kept, and a remark on each that was not."""

    kept: tuple[Attachment, ...] = ()
    remarks: tuple[RefusedRow, ...] = ()


def embedded_in(root: etree._Element) -> Embedded:
    """The attachments decoded, their names safe to save under and each one's own within the document."""
    kept: list[Attachment] = []
    remarks: list[RefusedRow] = []
    for place, (element, reference) in enumerate(_objects(root), 1):
        media_type = (element.get("mimeCode") or "").split(";")[0].strip().lower()
        told = element.get("filename") or reference or f"{place}"
        if media_type not in ENDINGS:
            error = not_understood(_WHERE, Reason.ATTACHMENT_NOT_KEPT, name=told, media_type=media_type or "–")
            remarks.append(refused_row(error, _WHERE))
            continue
        content = _decoded(element.text or "")
        if not content:
            remarks.append(refused_row(not_understood(_WHERE, Reason.ATTACHMENT_BROKEN, name=told), _WHERE))
            continue
        name = _own(safe_name(told, media_type), {attachment.name for attachment in kept})
        kept.append(Attachment(name, media_type, content))
    return Embedded(tuple(kept), tuple(remarks))


def _objects(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for reference in root.iterfind(_REFERENCE):
        for element in reference.iterfind(_EMBEDDED):
            yield element, text_at(reference, _ID)


def _decoded(text: str) -> bytes:
    """The bytes, or none where it is not base64."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _own(name: str, taken: set[str]) -> str:
    stem, _, ending = name.rpartition(".")
    place, own = 2, name
    folded = {other.casefold() for other in taken}
    while own.casefold() in folded:
        own = f"{stem} ({place}).{ending}"
        place += 1
    return own
