"""Reading the books of a large company (SAF-T Financial of 200 MB): time and memory, in a process of its own."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from kontali_desktop.adapters.files.reader import FormatReader
from tests.adapters.files.saf_t_books import Entry, Holder, Row, SafT, payment, purchase, remittance, sale
from tests.benchmarks.children import environment
from tests.benchmarks.figures import Figure

MEGABYTES = 200
_ORGNR = "210000011"
_PARTIES = 5_000
_RUNS = 3
_MOST_MEMORY_MB = 500
_MOST_SECONDS = 60.0
_SPLIT = "<NumberOfEntries>1</NumberOfEntries>"


def measure() -> list[Figure]:
    what = f"read SAF-T of {MEGABYTES} MB"
    with tempfile.TemporaryDirectory(prefix="kontali-") as name:
        path = Path(name, "books.xml")
        write_books(path, MEGABYTES)
        runs = [_read_apart(path) for _ in range(_RUNS)]
        imported = _import_apart(Path(name, "data"), path)
    peak = max(memory for _, memory in runs)
    over = f"{peak:.0f} MB of memory, {_MOST_MEMORY_MB} are promised" if peak > _MOST_MEMORY_MB else ""
    return [
        Figure(f"{what}, peak {peak:.0f} MB", tuple(s for s, _ in runs), most_seconds=_MOST_SECONDS, not_measured=over),
        Figure(f"import of the same, peak {imported[1]:.0f} MB", (imported[0],)),
    ]


def write_books(path: Path, megabytes: int) -> None:
    """A year's books of invoices, of which nine in ten are paid, until the file is that large."""
    drawn = random.Random(7)
    holders = tuple(
        Holder(str(10_000 + place), f"Motpart {place} AS", None, None, "1500" if place % 2 else "2400", "")
        for place in range(_PARTIES)
    )
    head, tail = SafT(holders=holders, orgnr=_ORGNR).text().split(_SPLIT)
    with path.open("w", encoding="utf-8") as file:
        size = file.write(head + _SPLIT)
        size += file.write("<Journal><JournalID>GL</JournalID><Description>Alt</Description><Type>GL</Type>\n")
        for entry in _entries(drawn):
            size += file.write(_as_real_ones(entry.text()))
            if size > megabytes * 1_000_000:
                break
        file.write("</Journal>" + tail)


def _as_real_ones(voucher: str) -> str:
    """Analysis and VAT, as the lines of real systems carry them, indented as these write them."""
    analysis = "<Analysis><AnalysisType>P</AnalysisType><AnalysisID>100</AnalysisID></Analysis>"
    vat = (
        "<TaxInformation><TaxType>MVA</TaxType><TaxCode>3</TaxCode><TaxPercentage>25</TaxPercentage><TaxBase>100.00"
        "</TaxBase><DebitTaxAmount><Amount>25.00</Amount></DebitTaxAmount></TaxInformation>"
    )
    voucher = voucher.replace("<Description>Linje", f"{analysis}<Description>Varer og tjenester etter avtale")
    return voucher.replace("</DebitAmount>", f"</DebitAmount>{vat}").replace("><", ">\n\t\t\t<")


def _entries(drawn: random.Random) -> Iterator[Entry]:
    day, number = date(2026, 1, 1), 0
    while True:
        number += 1
        place = drawn.randrange(_PARTIES)
        party, amount = str(10_000 + place), drawn.randrange(10_000, 9_000_000)
        booked, paid = day + timedelta(number % 300), day + timedelta(number % 300 + 20)
        reference, kid, due = str(100_000 + number), f"{number:09d}", paid.isoformat()
        invoice, settle = (sale, payment) if place % 2 else (purchase, remittance)
        yield invoice(f"{number}", booked.isoformat(), party, amount, reference, kid=kid, due=due)
        if number % 10:
            yield settle(f"B{number}", due, party, amount, reference if number % 3 else "", kid=kid)
        if number % 7 == 0:
            yield Entry(f"L{number}", (Row("5000", amount), Row("2780", -amount // 2), Row("1920", -amount // 2)), due)


def _read_apart(path: Path) -> tuple[float, float]:
    """Seconds, and megabytes at most."""
    command = [sys.executable, "-m", "tests.benchmarks.saf_t", str(path)]
    done = subprocess.run(command, capture_output=True, env=environment(), check=True)
    seconds, memory = json.loads(done.stdout)
    return float(seconds), float(memory)


def _import_apart(data_dir: Path, path: Path) -> tuple[float, float]:
    program = [sys.executable, "-m", "kontali_desktop", "--data-dir", str(data_dir), "--json"]
    client = ["client", "add", "--name", "Klient AS", "--orgnr", _ORGNR]
    subprocess.run([*program, *client], capture_output=True, env=environment(), check=True)
    measured = (
        "import json, resource, subprocess, sys, time; started = time.perf_counter();"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True);"
        "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000;"
        "print(json.dumps([time.perf_counter() - started, peak]))"
    )
    command = [sys.executable, "-c", measured, *program, "import", str(path)]
    done = subprocess.run(command, capture_output=True, env=environment(), check=True)
    seconds, memory = json.loads(done.stdout)
    return float(seconds), float(memory)


def _main(path: Path) -> None:
    import resource  # only where there is one: not on Windows

    started = time.perf_counter()
    content = FormatReader().read(path, _ORGNR)
    seconds = time.perf_counter() - started
    if content is None or not content.documents or not content.postings or content.refused:
        raise AssertionError("the books were not read whole")
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000]))


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
