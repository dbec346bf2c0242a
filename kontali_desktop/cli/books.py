"""Verbs over the database alone: clients, import, match, queue and decisions. They load neither HTTP nor keychain."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from kontali_desktop.cli.door import DONE, FAILED, PERSON_NEEDED, Door
from kontali_desktop.cli.queue_json import queue_json
from kontali_desktop.cli.report_json import import_json, match_json
from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import QueueStatus
from kontali_desktop.services.queue import WAITING
from kontali_desktop.services.review_models import QueueItem


def client(door: Door, given: argparse.Namespace) -> int:
    if given.action == "add":
        added, is_new = door.services.clients.add(given.name, given.orgnr)
        said = door.wording.text("cli.client_added", client=added.name, orgnr=added.orgnr)
        line = said if is_new else door.wording.text("cli.client_known", client=added.name, orgnr=added.orgnr)
        door.answer({"orgnr": added.orgnr, "name": added.name, "added": is_new}, [line])
        return DONE
    clients = door.services.clients.load_all()
    document = [{"orgnr": c.orgnr, "name": c.name} for c in clients]
    door.answer(document, [f"{c.orgnr}  {c.name}" for c in clients])
    return DONE


def import_(door: Door, given: argparse.Namespace) -> int:
    report = door.services.import_files.run(given.client, given.paths, is_complete=given.complete)
    lines = []
    for file in report.files:
        result = door.wording.file_result(file)
        lines.append(f"{file.path.name}: {result}")
        told = [row for row in (*file.refused, *file.doubts) if row is not file.reason]  # that one is the result
        lines += [f"  {door.wording.refusal(row.where, row.why, row.facts)}" for row in told]
        for doubt in file.doubts if door.is_json else ():  # whoever reads only the refused rows sees it all the same
            door.say(f"{file.path.name}: {door.wording.refusal(doubt.where, doubt.why, doubt.facts)}")
    door.answer(import_json(report, door.wording), lines)
    if report.is_all_refused:
        return FAILED
    return PERSON_NEEDED if report.is_partly_refused else DONE


def match(door: Door, given: argparse.Namespace) -> int:
    client_id = door.services.clients.find(given.client).id if given.client else None
    report = door.services.propose.run(client_id)
    line = door.wording.text("cli.matched", proposed=report.proposed, auto_accepted=report.auto_accepted)
    door.answer(match_json(report), [line])
    return DONE


def queue(door: Door, given: argparse.Namespace) -> int:
    owner = door.services.clients.find(given.client)
    found = door.services.queue.load(owner.id, _statuses(given.status))
    door.answer(queue_json(owner, found.items, door.wording), [] if door.is_json else _lines(door, found.items))
    return DONE


def _statuses(wanted: str | None) -> frozenset[QueueStatus] | None:
    """What `--status` asks for: nothing said is what waits for a person, None is everything."""
    if wanted == "all":
        return None
    return WAITING if wanted is None else frozenset({QueueStatus(wanted)})


def accept(door: Door, given: argparse.Namespace) -> int:
    return _decided(door, door.services.review.accept(TransactionId(given.id), given.alternative))


def reject(door: Door, given: argparse.Namespace) -> int:
    return _decided(door, door.services.review.reject(TransactionId(given.id)))


def undo(door: Door, given: argparse.Namespace) -> int:
    return _decided(door, door.services.review.undo(given.count))


def _decided(door: Door, ids: Iterable[TransactionId]) -> int:
    """Propose anew for the clients concerned, then show the decided items as they stand."""
    touched = tuple(ids)
    for client_id in sorted({door.services.review.client_of(i) for i in touched}):
        door.services.propose.propose_anew(client_id)
    if not touched:  # documents were opened again; that changes what can be proposed, but decided no transaction
        door.services.propose.propose_anew(None)
        door.answer({"client": None, "items": []}, [door.wording.text("cli.reopened")])
        return DONE
    items = door.services.queue.load_items(touched)
    owner: Client = items[0].client
    door.answer(queue_json(owner, items, door.wording), [] if door.is_json else _lines(door, items))
    return DONE


def _lines(door: Door, items: Iterable[QueueItem]) -> list[str]:
    wording = door.wording
    lines = []
    for item in items:
        line = item.transaction.reported
        day = wording.day(line.booking_date) if line.booking_date else ""
        who = line.counterparty or line.text
        title = wording.proposal(item.proposal, line.currency).title
        sure = wording.confidence(item.proposal.confidence) if item.proposal else "–"
        amount = wording.amount(line.amount, line.currency)
        lines.append(f"{item.id:>6}  {day}  {amount:>14}  {who[:28]:28}  {sure:>4}  {title}")
    return lines
