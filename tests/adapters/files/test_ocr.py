"""OCR giro: the sums that banks book, their payments, and control records that must hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.files.ocr import read_ocr
from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.domain.payment_parts import PaymentBatch, PaymentPart
from kontali_desktop.services.errors import FileNotUnderstood
from tests.adapters.files.conftest import Refuse, Take
from tests.adapters.files.ocr_writer import PAYEE, Ocr, OcrPayment, payments

MANDATES = (
    f"NY212420{'0' * 9}0000009{PAYEE}{'0' * 45}",
    f"NY21947000000011{'12345678':>25}J{'0' * 38}",
    f"NY2124880000000100000003{'0' * 56}",
)


def test_an_assignment_is_a_sum_with_its_payments(take: Take) -> None:
    paid = (OcrPayment(), OcrPayment(amount=5_50, kid="0000531", debtor="", reference=""))
    content = take(Ocr((paid,)).data())
    assert content.format == "ocr"
    assert list(content.batches) == [
        PaymentBatch(
            amount=105_50,
            parts=(
                PaymentPart(10_000, counterparty_account="15030000017", kid="00012345678", reference="099038562"),
                PaymentPart(5_50, kid="0000531"),
            ),
            account_number=PAYEE,
            booking_date=date(2026, 1, 20),
            reference="01464",
        )
    ]
    assert (content.statements, content.refused) == ((), ())


def test_payments_of_another_settlement_or_day_are_another_sum_at_the_bank(take: Take) -> None:
    paid = (
        OcrPayment(1_00),
        OcrPayment(2_00, serial="01570"),
        OcrPayment(4_00),
        OcrPayment(8_00, day="210126"),
    )
    batches = take(Ocr((paid, payments(16_00)), more=()).data()).batches
    assert [(b.amount, b.booking_date) for b in batches] == [
        (5_00, date(2026, 1, 20)),
        (2_00, date(2026, 1, 20)),
        (8_00, date(2026, 1, 21)),
        (16_00, date(2026, 1, 20)),
    ]


@pytest.mark.parametrize("serials", [("00001", "00002", "00003"), ("00000", "00000", "00000")])
def test_serial_numbers_that_only_count_payments_part_no_sum(take: Take, serials: tuple[str, ...]) -> None:
    (batch,) = take(Ocr((tuple(OcrPayment(serial=serial) for serial in serials),)).data()).batches
    assert (batch.amount, batch.reference) == (30_000, "0000001")


@pytest.mark.parametrize(
    "back", [OcrPayment(3_00, kind="18"), OcrPayment(3_00, kind="20", text="Retur"), OcrPayment(3_00, sign="-")]
)
def test_reversals_are_money_back_though_the_control_sum_adds_them(take: Take, back: OcrPayment) -> None:
    (batch,) = take(Ocr(((OcrPayment(10_00), back),)).data()).batches
    assert (batch.amount, [part.amount for part in batch.parts]) == (7_00, [10_00, -3_00])
    assert batch.parts[1].text == back.text


@pytest.mark.parametrize("kid", ["00123", "1234567-", "12345678901234567890123", "", "0" * 25])
def test_a_kid_is_kept_as_it_stands_whatever_its_check_digit(take: Take, kid: str) -> None:
    (batch,) = take(Ocr(((OcrPayment(kid=kid),),)).data()).batches
    assert batch.parts[0].kid == kid.removeprefix("0" * 25)


def test_free_text_in_either_encoding(take: Take) -> None:
    text = Ocr(((OcrPayment(kind="21", text="Kjøp på Åsen"),),)).text()
    for encoding in ("iso-8859-1", "utf-8"):
        (batch,) = take(text.encode(encoding)).batches
        assert batch.parts[0].text == "Kjøp på Åsen"


def test_other_services_are_passed_over_but_counted(take: Take) -> None:
    content = take(Ocr(more=MANDATES, more_payments=1).data())
    assert len(content.batches) == 1


def test_several_transmissions_blank_lines_and_the_end_of_file_of_dos(take: Take) -> None:
    assert len(take(b"\r\n" + Ocr().data() + b"\r\n" + Ocr().data() + b"\x1a").batches) == 2


def test_every_cut_is_noticed(refuse: Refuse) -> None:
    lines = Ocr((payments(1_00, 2_00), payments(3_00))).lines()
    for count in range(1, len(lines)):
        assert refuse("\n".join(lines[:count]).encode()) is Reason.OCR_TRUNCATED
    assert refuse("\n".join(lines)[:-3].encode()) is Reason.RECORD_NOT_UNDERSTOOD


def test_a_line_that_was_taken_out_is_noticed(refuse: Refuse) -> None:
    lines = Ocr((payments(1_00, 2_00), payments(3_00))).lines()
    for place in range(len(lines)):
        left = "\n".join(lines[:place] + lines[place + 1 :])
        assert refuse(left.encode()) in (Reason.OCR_TRUNCATED, Reason.RECORD_NOT_UNDERSTOOD)
    assert refuse("\n".join([*lines[:2], *lines[4:]]).encode()) is Reason.CONTROL_COUNT_DIFFERS


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (Ocr(change=1), Reason.CONTROL_SUM_DIFFERS),
        (Ocr(more_payments=1), Reason.CONTROL_COUNT_DIFFERS),
        (Ocr(((OcrPayment(day="310226"),),)), Reason.DATE_NOT_UNDERSTOOD),
        (Ocr(((OcrPayment(day="2001XX"),),)), Reason.RECORD_NOT_UNDERSTOOD),
        (Ocr(account="1503000000X"), Reason.RECORD_NOT_UNDERSTOOD),
    ],
)
def test_a_file_that_is_refused(refuse: Refuse, written: Ocr, reason: Reason) -> None:
    assert refuse(written.data()) is reason


def test_an_amount_that_was_changed_is_noticed(refuse: Refuse) -> None:
    data = Ocr((payments(123_45, 2_00),)).data()
    assert refuse(data.replace(b"00000000000012345", b"00000000000092345", 1)) is Reason.CONTROL_SUM_DIFFERS
    assert refuse(data.replace(b"00000000000012345", b"0000000001.234,56", 1)) is Reason.RECORD_NOT_UNDERSTOOD


def test_a_refusal_says_where(take: Take) -> None:
    with pytest.raises(FileNotUnderstood) as caught:
        take(Ocr(((OcrPayment(), OcrPayment(day="2001XX")),)).data())
    assert caught.value.parameters["where"] == "line 5 (16–21)"


@given(
    st.lists(
        st.builds(
            OcrPayment,
            amount=st.integers(0, 10**12),
            kid=st.from_regex(r"[1-9][0-9]{1,22}[0-9-]", fullmatch=True),
            kind=st.sampled_from(["10", "15", "18"]),
            serial=st.sampled_from(["01464", "01570"]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_is_written_is_read(written: list[OcrPayment]) -> None:
    content = read_ocr(Ocr((tuple(written),)).data())
    found = [(part.amount, part.kid) for batch in content.batches for part in batch.parts]
    signed = [replace(one, amount=-one.amount) if one.kind == "18" else one for one in written]
    assert sorted(found) == sorted((one.amount, one.kid) for one in signed)
    assert all(sum(part.amount for part in batch.parts) == batch.amount for batch in content.batches)


@given(st.integers(0, 400), st.binary(max_size=6))
def test_no_change_of_bytes_is_ever_a_crash(place: int, change: bytes) -> None:
    data = Ocr((payments(1_00, 2_00),)).data()
    try:
        content = read_ocr(data[:place] + change + data[place + len(change) :])
    except FileNotUnderstood:
        return
    assert sum(batch.amount for batch in content.batches) in (3_00, 1_00 - 2_00, 2_00 - 1_00, -3_00)


def test_a_file_of_another_service_alone_is_told(refuse: Refuse) -> None:
    lines = Ocr(more=MANDATES, more_payments=1).lines()
    records = len(MANDATES) + 2
    total = int(lines[-1][24:41]) - OcrPayment().amount
    end = f"NY000089{1:08}{records:08}{total:017}200126{'0' * 33}"
    assert refuse("\n".join([lines[0], *MANDATES, end]).encode()) is Reason.NO_OCR_PAYMENTS
