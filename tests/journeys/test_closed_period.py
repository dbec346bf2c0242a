"""A closed period at the headless door: refused with a code, and what is open goes on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from kontali_desktop.adapters.storage.unit_of_work import SqlStorage
from tests.journeys.headless import Headless
from tests.services.conftest import Office
from tests.support import DAY, SettableClock, invoice, payment

LAST = DAY - timedelta(days=12)


def test_accept_reject_and_undo_are_refused_and_say_what_to_do(tmp_path: Path) -> None:
    clock = SettableClock()
    with SqlStorage(tmp_path / "kontali.sqlite", clock.now()) as storage:
        office = Office(storage, clock)
        client = office.client()
        paid = [(20_345_00, DAY), (10_234_00, LAST), (10_456_00, LAST)]
        lines = (payment(a, f"Faktura {a // 100}", "Bryggen Arkitekter AS", day=day) for a, day in paid)
        office.receive(office.account(client), *lines)
        office.hold(client, *(invoice(str(a // 100), a) for a, _ in paid))
        office.propose.run()
        office.review.accept(office.item("Faktura 10456").id)
        office.clients.close_books(client.id, LAST)
        closed, open_ = (str(office.item(f"Faktura {number}").id) for number in (10234, 20345))
    program = Headless(tmp_path)
    made = program.run("export", "--format", "csv", "--out", str(tmp_path / "bilag.csv"), code=3)
    assert (made["vouchers"], made["closed_period"]) == (0, 1)  # accepted, and not in the file: a person is needed
    before = program.run("queue", "--status", "all")
    for asked in (("accept", closed), ("reject", closed), ("undo",)):
        error = program.run(*asked, code=1)["error"]
        assert error["code"] == "period_closed"
        assert "31.01.2026" in error["message"]
        assert "Innstillinger" in error["action"]
    assert program.run("queue", "--status", "all") == before
    assert program.run("accept", open_)["items"][0]["status"] == "accepted"
    assert program.run("undo")["items"][0]["id"] == open_
