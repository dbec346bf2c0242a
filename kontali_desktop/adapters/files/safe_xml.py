"""XML from strangers: no DTD, no entities, no network, and nothing that grows without end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from lxml import etree

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.services.errors import FileNotUnderstood

HEAD_SIZE = 64 * 1024  # what is looked at to know a file's format
_FIRST_LOOK = 1024  # enough for the root of nearly every file
_LONGEST_TEXT = 9_000_000  # libxml2 refuses a longer text unless it is told that huge ones are meant
_MOST_NODES = 4_000_000  # a tree of so many nodes takes some 500 MB; real documents have a thousandth of it
_ENCODING_ERRORS = frozenset({6, 31, 32, 81})  # libxml2: invalid character encoding, unknown or unsupported encoding
_PREMATURE_END = frozenset({4, 5, 77})  # libxml2: empty, ends too early, a tag is never closed
_RESOURCE_LIMIT = 114  # libxml2: too deep, too long, or entities that multiply


def root_of(head: bytes) -> etree._Element | None:
    """The root element that a file begins with, however broken the rest is; None where there is none so far."""
    return next(elements_of(head), None)


def elements_of(head: bytes) -> Iterator[etree._Element]:
    """The elements that a file begins with, in their order, as far as it can be read."""
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, load_dtd=False, no_network=True)
    for part in (head[:_FIRST_LOOK], head[_FIRST_LOOK:]):
        try:
            parser.feed(part)
            stop = False
        except etree.XMLSyntaxError:
            stop = True  # what came before the fault still counts
        for _, element in parser.read_events():
            yield element  # type: ignore[misc]  # no namespace events were asked for
        if stop or not part:
            break


def name_of(element: etree._Element) -> tuple[str, str]:
    """Namespace and local name, of whatever a file holds: a prefix that was never declared stays part of the name."""
    namespace, _, name = str(element.tag).rpartition("}")
    return namespace[1:], name


def refuse_doctype(root: etree._Element) -> None:
    """A DOCTYPE brings entities and outside files; neither UBL nor ISO 20022 ever has one."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise not_understood("line 1", Reason.HAS_DOCTYPE)


def parsed(data: bytes) -> etree._Element:
    """The root of a whole document in memory. Raises FileNotUnderstood."""
    refuse_overloaded(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        huge_tree=len(data) > _LONGEST_TEXT,  # an attachment; the depth stays bounded, and entities are refused before
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise fault_of(error, data[-HEAD_SIZE:]) from error
    refuse_doctype(root)
    return root


def refuse_overloaded(data: bytes) -> None:
    """What would fill the memory as a tree. Raises FileNotUnderstood."""
    if _nodes_in(data) > _MOST_NODES:
        raise not_understood("line 1", Reason.OVERLOADED)


def streamed(file: IO[bytes], tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """The elements of these tags as they end; the caller empties what it has read. Raises FileNotUnderstood."""
    measured = _Measured(file)
    elements = etree.iterparse(
        measured,
        events=("end",),
        tag=tags,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_blank_text=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        for _, element in elements:
            measured.nodes = 0
            yield element
    except etree.XMLSyntaxError as error:
        raise fault_of(error, measured.tail) from error


def fault_of(error: etree.XMLSyntaxError, tail: bytes) -> FileNotUnderstood:
    """The parser's complaint as a reason; `tail` is the end of what was read."""
    where = f"line {error.lineno}" if error.lineno else "line 1"
    code: int = error.code  # type: ignore[attr-defined]  # lxml has it, its stubs leave it out
    if code in _ENCODING_ERRORS:
        return not_understood(where, Reason.WRONG_ENCODING)
    if code == _RESOURCE_LIMIT:
        return not_understood(where, Reason.OVERLOADED)
    if not tail.replace(b"\0", b"").rstrip().endswith(b">") or code in _PREMATURE_END:
        return not_understood(where, Reason.XML_TRUNCATED)
    return not_understood(where, Reason.XML_BROKEN, detail=str(error.msg or ""))


def _nodes_in(data: bytes) -> int:
    """At most how many elements, closing tags and attributes the text has."""
    return data.count(b"<") + data.count(b"=")


class _Measured:
    """A file that counts what its reader has not dealt with yet, and stops what would fill the memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.nodes = 0
        self.tail = b""

    def read(self, size: int = -1) -> bytes:
        part = self._file.read(size)
        if part:
            self.tail = part
        self.nodes += _nodes_in(part)
        if self.nodes > _MOST_NODES:
            raise not_understood("Document", Reason.OVERLOADED)
        return part
