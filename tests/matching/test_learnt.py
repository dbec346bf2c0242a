"""What decisions teach: the same in any order, each fact resting on decisions that are there, and forgettable."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.domain.bank import BankTransaction, BookingStatus, ReportedTransaction
from kontali_desktop.domain.check_digits import mod10, mod11
from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side
from kontali_desktop.domain.ids import AccountId, DecisionId, TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Posting
from kontali_desktop.matching.kid_layouts import KidSample, layouts_of
from kontali_desktop.matching.learnt import Example, FactKind, Learnt, learn
from tests.support import DAY, account_number

NAMES = ("Bryggen AS", "Nordlys Bygg AS", "Kari Hansen")
PAYERS = ("", "Bryggen AS", "Ola Hansen")
TEXTS = ("", "Faktura 10234", "husleie mars", "Spleis til hytta", "serviceavtale 2026")


def document(name: str = "Bryggen AS", number: str = "10234", **more: object) -> ReportedDocument:
    facts: dict[str, object] = {
        "side": Side.CUSTOMER, "kind": DocumentKind.INVOICE, "number": number, "counterparty": name,
        "amount": 1_000_50, "remaining": 1_000_50, "due_date": DAY,
    }  # fmt: skip
    return ReportedDocument(**(facts | more))  # type: ignore[arg-type]  # the fields' own types, by name


def example(
    decision: int = 1,
    *documents: ReportedDocument,
    text: str = "",
    payer: str = "",
    account: str = "",
    amount: int = 1_000_50,
    days: int = 0,
    posting: Posting | None = None,
    reason: DifferenceReason | None = None,
) -> Example:
    day = DAY + timedelta(days=days)
    line = ReportedTransaction(
        BookingStatus.BOOKED, day, day, amount, counterparty=payer, counterparty_account=account, text=text
    )
    transaction = BankTransaction(TransactionId(decision), AccountId(1), 1, line)
    put = tuple((d, d.amount) for d in documents)
    return Example(DecisionId(decision), transaction, put, reason, posting)


examples = st.lists(
    st.builds(
        lambda names, text, payer, account, days, posting: example(
            0, *(document(n) for n in names), text=text, payer=payer, account=account, days=days, posting=posting
        ),
        st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
        st.sampled_from(TEXTS),
        st.sampled_from(PAYERS),
        st.sampled_from(("", account_number(1), account_number(2))),
        st.integers(-5, 40),
        st.sampled_from((None, Posting("6300", "1"), Posting("7770", "0"))),
    ),
    max_size=12,
).map(
    lambda made: [
        example(
            n, *(d for d, _ in e.documents), text=e.line.text, payer=e.line.counterparty,
            account=e.line.counterparty_account, posting=None if e.documents else e.posting,
        )
        for n, e in enumerate(made, 1)
    ]
)  # fmt: skip


def all_decisions(learnt: Learnt) -> set[int]:
    found = [*learnt.accounts.values(), *learnt.payers.values(), tuple(learnt.texts.values())]
    rests_on = [p.decisions for parties in found for p in parties]
    rests_on += [h.decisions for h in learnt.habits.values()]
    rests_on += [p.decisions for p in learnt.postings.values()]
    rests_on += [layout.decisions for layout in learnt.kid_layouts]
    assert all(rests_on)
    return {d for decisions in rests_on for d in decisions}


@given(examples, st.randoms())
def test_order_changes_nothing_and_every_fact_rests_on_decisions(made: list[Example], chance: object) -> None:
    shuffled = list(made)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis's own Random
    learnt = learn(made)
    assert learn(shuffled) == learnt
    assert all_decisions(learnt) <= {e.decision for e in made}


@given(examples)
def test_what_is_forgotten_is_gone_and_nothing_else(made: list[Example]) -> None:
    learnt = learn(made)
    for account in learnt.accounts:
        left = learn(made, {(FactKind.ACCOUNT, account): DecisionId(len(made))})
        assert account not in left.accounts
        assert left.accounts == {a: p for a, p in learnt.accounts.items() if a != account}
        assert (left.habits, left.texts, left.postings) == (learnt.habits, learnt.texts, learnt.postings)


@given(examples)
def test_a_decision_after_forgetting_teaches_anew(made: list[Example]) -> None:
    later = example(99, document(), account=account_number(1))
    learnt = learn([*made, later], {(FactKind.ACCOUNT, account_number(1)): DecisionId(98)})
    assert [p.decisions for p in learnt.accounts[account_number(1)]] == [(99,)]


def test_an_account_may_pay_for_several() -> None:
    made = [example(n, document(name), account=account_number(1)) for n, name in enumerate(("A AS", "B AS", "A AS"), 1)]
    learnt = learn(made)
    assert learnt.known_accounts == {account_number(1): frozenset({"A AS", "B AS"})}
    assert [p.name for p in learnt.accounts[account_number(1)]] == ["A AS", "B AS"]


def test_a_text_that_has_meant_two_means_neither() -> None:
    one = example(1, document("A AS"), text="Spleis til hytta")
    assert learn([one]).texts["spleis hytta"].name == "A AS"
    assert learn([one, example(2, document("B AS"), text="spleis til HYTTA 2026")]).texts == {}


def test_a_text_that_any_payment_may_have_teaches_nothing() -> None:
    assert learn([example(1, document(), text="Faktura 10234 mars")]).texts == {}


def test_a_payer_is_learnt_where_it_is_not_the_counterparty_itself() -> None:
    learnt = learn([example(1, document("Bryggen AS"), payer="BRYGGEN AS"), example(2, document(), payer="Ola Hansen")])
    assert list(learnt.payers) == ["ola hansen"]
    assert learn([example(1, document("Bodø Vakt ASA"), payer="BODØ VAKT")]).payers == {}


def test_habits_count_lateness_rounding_sums_and_fees() -> None:
    made = [
        example(1, document(), days=3),
        example(2, document(), document(number="2"), days=10, amount=2_001_00),
        example(3, document(), days=30, amount=1_000_00, reason=DifferenceReason.FEE),
    ]
    habit = learn(made).habits["bryggen as"]
    assert (habit.payments, habit.days_late, habit.rounded, habit.in_sums, habit.with_fee) == (3, 10, 1, 1, 1)


def test_a_posting_is_what_most_said_with_its_exceptions() -> None:
    made = [example(n, text=f"Leie mai {n}", posting=Posting("6300", "1")) for n in (1, 2)]
    made += [example(3, text="LEIE juni", posting=Posting("6420")), example(4, document(), text="leie")]
    learnt = learn(made).postings["leie"]
    assert (learnt.posting, learnt.exceptions, learnt.decisions) == (Posting("6300", "1"), 2, (1, 2))


@given(
    st.sampled_from((10, 11)),
    st.lists(st.tuples(st.integers(1, 9_999), st.integers(100, 99_999)), min_size=8, max_size=20, unique=True),
)
def test_a_layout_is_found_from_its_kids(modulus: int, numbers: list[tuple[int, int]]) -> None:
    check = mod10 if modulus == 10 else mod11
    samples = []
    for n, (customer, invoice) in enumerate(numbers, 1):
        body = f"7{customer + 10_000}{invoice:06}"
        samples.append(KidSample(DecisionId(n), body + check(body), str(customer + 10_000), str(invoice)))
    (layout,) = layouts_of(samples)
    assert layout.length == 13
    assert layout.modulus in (modulus, 10)  # both may fit by chance
    assert layout.customer is not None
    assert layout.invoice is not None
    for sample in samples:
        first, end = layout.customer
        assert sample.kid[first:end].lstrip("0") == sample.customer
        first, end = layout.invoice
        assert sample.kid[first:end].lstrip("0") == sample.invoice
    assert len(layout.decisions) == len(samples)


def test_each_length_is_a_layout_of_its_own() -> None:
    layouts = layouts_of([KidSample(DecisionId(n), kid, "", "") for n, kid in enumerate(("123455", "1234566"), 1)])
    assert [layout.length for layout in layouts] == [6, 7]
    assert all(layout.customer is None for layout in layouts)


def test_zeros_before_the_number_are_part_of_its_place() -> None:
    kids = [("0000123", "0004567")]
    samples = [KidSample(DecisionId(1), f"{c}{i}9", c.lstrip("0"), i.lstrip("0")) for c, i in kids]
    samples.append(KidSample(DecisionId(2), "120012399990019", "1200123", "9999001"))
    (layout,) = layouts_of(samples)
    assert (layout.customer, layout.invoice) == ((0, 7), (7, 14))
