"""What camt.053 and camt.054 have in common: reports of one account each, read as a stream, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from kontali_desktop.adapters.files.camt_entry import canonical
from kontali_desktop.adapters.files.camt_payment import Own, account_in, folded
from kontali_desktop.adapters.files.camt_values import fields_of, local_name, text_in, texts_in
from kontali_desktop.adapters.files.reasons import Reason, not_understood, refused_row
from kontali_desktop.adapters.files.safe_xml import streamed
from kontali_desktop.adapters.files.values import currency_of, orgnr_of
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow

_MOST_RAW = 10_000_000  # characters of refused entries that are kept to be corrected


def report_elements(file: IO[bytes], report: str) -> Iterator[tuple[str, etree._Element]]:
    """The account, balances and entries of each report (`Stmt`, `Ntfctn`), and the report itself when it ends.

    Each is emptied once it is dealt with. Raises FileNotUnderstood where the XML is not whole.
    """
    for element in streamed(file, ("{*}Acct", "{*}Bal", "{*}Ntry", f"{{*}}{report}")):
        name = local_name(element.tag)
        parent = element.getparent()
        if name != report and (parent is None or local_name(parent.tag) != report):
            continue  # an element of the same name deeper inside, which its own entry reads
        yield name, element
        _forget(element)


def _forget(element: etree._Element) -> None:
    """Empty an element that was read, and cut off those before it, so that the tree never grows."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


@dataclass(slots=True)
class Heading:
    """What is known of the report that is being read; `place` counts reports from one."""

    report: str
    place: int = 1
    number: str = ""
    currency: str = ""
    owner_name: str = ""
    owner_orgnr: str = ""
    account_xml: str = ""
    own: Own = field(default_factory=Own)
    seen: dict[str, int] = field(default_factory=dict)

    def next_place(self, name: str) -> str:
        """Where the element is that comes now, such as `Stmt[1]/Ntry[12]`."""
        if name == "Acct":
            return f"{self.report}[{self.place}]/{name}"
        self.seen[name] = self.seen.get(name, 0) + 1
        return f"{self.report}[{self.place}]/{name}[{self.seen[name]}]"

    def read_account(self, element: etree._Element) -> None:
        account = fields_of(element)
        self.account_xml = canonical(element)
        self.number = account_in({"Acct": [account]}, "Acct")
        currency = text_in(account, "Ccy")
        self.currency = currency_of(currency, "Ccy") if currency else ""
        self.owner_name = text_in(account, "Ownr", "Nm") or text_in(account, "Ownr", "Pty", "Nm")
        for identification in texts_in(account, "Ownr", "Id", "OrgId", "Othr", "Id"):
            self.owner_orgnr = self.owner_orgnr or orgnr_of(identification)
        self.own = Own(self.number, folded(self.owner_name))

    def no_account(self) -> RefusedRow:
        """The report as refused, for it says nothing of whose entries these are."""
        error = not_understood("", Reason.FIELD_MISSING, field="Acct/Id")
        return refused_row(error, f"{self.report}[{self.place}]/Acct/Id")


class Refusals:
    """What was not taken, by its place. An entry is kept in a report of its own, so that it can be read by itself."""

    def __init__(self, message: str) -> None:
        self._message = message
        self._room = _MOST_RAW
        self.rows: list[RefusedRow] = []
        self.head = ""
        self.tail = ""

    def add(self, error: FileNotUnderstood, place: str, heading: Heading, element: etree._Element) -> None:
        where = f"{place}/{error.parameters['where']}"
        raw = ""
        if local_name(element.tag) == "Ntry":
            raw = f"<{heading.report}>{heading.account_xml}{canonical(element)}</{heading.report}>"
            self._room -= len(raw)
        if self._room < 0:
            raw = ""
        elif raw and not self.head:
            namespace = etree.QName(element).namespace or ""
            self.head = f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{namespace}"><{self._message}>'
            self.tail = f"</{self._message}></Document>\n"
        self.rows.append(refused_row(error, where, raw))

    def nothing_taken(self) -> FileNotUnderstood:
        """The first reason, for a file of which nothing can be taken."""
        for row in self.rows:
            return FileNotUnderstood(where=row.where, why=row.why, **row.facts)
        return not_understood(self._message, Reason.NO_STATEMENTS)
