"""`import` of a large company's bank statements (camt.053) as a whole process: time and memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.benchmarks.children import run_measured
from tests.benchmarks.figures import Figure
from tests.benchmarks.headless import run
from tests.benchmarks.material import DAYS, LAST_DAY, company

ENTRIES = 100_000
MEGABYTES = 300
_RUNS = 3
_MOST_MB = 300.0
_SUM_EVERY, _PARTS = 20, 10
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'
    "<BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>S1</Id><Acct><Id><Othr><Id>{account}</Id></Othr></Id>"
    "<Ccy>NOK</Ccy></Acct>\n"
)
_TAIL = "</Stmt></BkToCstmrStmt></Document>\n"


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kontali-") as name:
        folder = Path(name)
        many, sums, large = folder / "many.xml", folder / "sums.xml", folder / "large.xml"
        write_statement(many, entries=ENTRIES, sum_every=0)
        write_statement(sums, entries=ENTRIES)
        lines = write_statement(large, megabytes=MEGABYTES)
        imports = [_import(folder / f"data-{turn}", many, ENTRIES) for turn in range(_RUNS)]
        again = _import(folder / "data-0", many, 0)
        with_sums = _import(folder / "data-sums", sums, ENTRIES)
        huge = _import(folder / "data-large", large, lines)
    return [
        _figure(f"import of camt.053 of {ENTRIES:,} entries", imports, most_seconds=12.0),
        _figure("import of the same again", [again]),
        _figure(f"import where each {_SUM_EVERY}th is a sum of {_PARTS} payments", [with_sums]),
        _figure(f"import of camt.053 of {MEGABYTES} MB ({lines:,} entries)", [huge]),
    ]


def _figure(what: str, runs: list[tuple[float, float]], most_seconds: float | None = None) -> Figure:
    seconds = tuple(one for one, _ in runs)
    return Figure(what, seconds, most_seconds=most_seconds, peak_mb=max(peak for _, peak in runs), most_mb=_MOST_MB)


def _import(data_dir: Path, path: Path, added: int) -> tuple[float, float]:
    """Seconds, and megabytes at most."""
    run(data_dir, "client", "add", "--name", company().name, "--orgnr", company().organisation_number)
    report, seconds, peak = run_measured(data_dir, "import", str(path))
    (file,) = report["files"]
    assert (file["added"], file["refused"]) == (added, [])
    return seconds, peak


def write_statement(path: Path, *, entries: int = 0, megabytes: int = 0, sum_every: int = _SUM_EVERY) -> int:
    """So many entries, or until the file is that large; how many there are. `sum_every` 0: none is a sum."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        size = file.write(_HEAD.format(account=company().daily.number))
        for entry in _entries(entries or megabytes * 1_800, sum_every):
            size += file.write(entry)
            count += 1
            if megabytes and size >= megabytes * 1_000_000:
                break
        file.write(_TAIL)
    return count


def _entries(most: int, sum_every: int) -> Iterator[str]:
    """Incoming and outgoing over the days of a quarter, in order as banks write them."""
    drawn = Random("benchmark/camt")
    for place in range(most):
        day = LAST_DAY - timedelta(days=DAYS - 1 - place * DAYS // most)
        direction = "CRDT" if drawn.random() < 0.6 else "DBIT"
        count = _PARTS if sum_every and place % sum_every == 0 else 1
        amounts = [drawn.randrange(1_00, 20_000_00) for _ in range(count)]
        reference = f"{drawn.randrange(10**15):015}"
        payments = "".join(_payment(drawn, amount, direction, reference) for amount in amounts)
        yield (
            f'<Ntry><Amt Ccy="NOK">{_plain(sum(amounts))}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts>BOOK</Sts>'
            f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt><AcctSvcrRef>{reference}</AcctSvcrRef>"
            "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
            f"<NtryDtls>{payments}</NtryDtls></Ntry>\n"
        )


def _payment(drawn: Random, amount: int, direction: str, reference: str) -> str:
    role = "Dbtr" if direction == "CRDT" else "Cdtr"
    kid = f"{drawn.randrange(10**12):012}"
    told = f"<Strd><CdtrRefInf><Ref>{kid}</Ref></CdtrRefInf></Strd>" if amount % 2 else f"<Ustrd>Faktura {kid}</Ustrd>"
    return (
        f"<TxDtls><Refs><AcctSvcrRef>{reference}</AcctSvcrRef></Refs><AmtDtls><TxAmt>"
        f'<Amt Ccy="NOK">{_plain(amount)}</Amt></TxAmt></AmtDtls><RltdPties><{role}><Nm>Kunde {amount % 5_000} AS</Nm>'
        f"</{role}><{role}Acct><Id><Othr><Id>1503{drawn.randrange(10**7):07}</Id></Othr></Id></{role}Acct></RltdPties>"
        f"<RmtInf>{told}</RmtInf></TxDtls>"
    )


def _plain(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"
