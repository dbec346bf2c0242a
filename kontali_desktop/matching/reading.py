"""What one transaction says, held against the index: documents it refers to and counterparties it may come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.documents import folded_name
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import Evidence
from kontali_desktop.domain.text_words import telling_words
from kontali_desktop.matching.cut_lists import tail_of
from kontali_desktop.matching.evidence import (
    ACCOUNT_MORE,
    KID_LAYOUT_WEIGHT,
    LEARNT_LESS,
    NAME_IN_TEXT_LESS,
    NAME_TOO,
    TYPO_NUMBER_WEIGHT,
    PartySign,
    has_reference,
    kid_evidence,
    name_weight,
    number_evidence,
)
from kontali_desktop.matching.index import Index, NumberKey
from kontali_desktop.matching.kid import clean_kid, kids_in_text, one_digit_off
from kontali_desktop.matching.kid_layouts import KidParts, parts_of
from kontali_desktop.matching.tokens import Atom, Text, named_numbers, number_atoms, read_text

_SHORTEST_NUMBER = 3
_MOST_SHARED = 25
_FEW_SHARE = 8
_LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class Reading:
    """A transaction with its text read. `references` are by place in the index, `parties` by number of the party."""

    id: TransactionId
    amount: int
    currency: str
    booked: date | None
    name: str
    account: str
    kid: str
    text: Text
    words: str
    references: dict[int, Evidence]
    parties: dict[int, PartySign]
    kid_parties: dict[int, str]
    has_reference: bool
    has_unknown_number: bool
    has_unknown_kid: bool
    tail: str | None  # how the last number of a list begins that the bank cut off

    def names_its_amount(self, index: Index) -> bool:
        """Whether it refers to a document of this very amount."""
        told = (p for p, s in self.references.items() if has_reference([s]))
        return any(index.entries[p].signed == self.amount for p in told)


def read_transaction(transaction: BankTransaction, index: Index) -> Reading:
    reported = transaction.reported
    words = reported.text[:_LONGEST_TEXT]
    text = read_text(words)
    kid = clean_kid(reported.kid)
    references, named = _find_numbers(text, index)
    for found in kids_in_text(words, index.by_kid) if words else ():
        for place in _with_kid(found, index, reported.amount):
            references[place] = kid_evidence(found, index, in_text=True)
    unknown_number = [a for a in named_numbers(text) if a.text not in named]
    for place in _with_kid(kid, index, reported.amount) if kid else ():
        references[place] = kid_evidence(kid, index, in_text=False)
    unknown_kid = bool(kid) and kid not in index.by_kid
    told_parts = parts_of(kid, index.kid_layouts) if unknown_kid else None
    if told_parts:
        _add_by_layout(kid, told_parts, index, references)
    elif unknown_kid:
        _add_typo_kids(kid, index, references)
    account = account_number_of(reported.counterparty_account) if reported.counterparty_account else ""
    parties = _find_parties(reported.counterparty, account, words, index)
    if told_parts:
        _add_kid_customer(kid, told_parts, index, parties)
    if unknown_number and not references:
        _add_typo_numbers([a.text for a in unknown_number], index, parties, references)
    elif parties and references and not any(index.entries[p].party in parties for p in references):
        _add_typo_numbers(_of_strangers(references), index, parties, references)
    kid_parties = _kid_parties(references, index)
    for party, told in kid_parties.items():
        parties[party] = _beside_kid(parties.get(party), is_shared=len(index.by_kid[told]) > 1)
    return Reading(
        id=transaction.id,
        amount=reported.amount,
        currency=reported.currency,
        booked=reported.booking_date or reported.value_date,
        name=reported.counterparty,
        account=account,
        kid=kid,
        text=text,
        words=words,
        references=references,
        parties=parties,
        kid_parties=kid_parties,
        has_reference=any(
            has_reference([s]) and index.entries[p].signed * reported.amount > 0 for p, s in references.items()
        ),
        has_unknown_number=bool(unknown_number),
        has_unknown_kid=unknown_kid,
        tail=tail_of(words, [index.entries[p].item.number for p in references]) if references else None,
    )


def _find_numbers(text: Text, index: Index) -> tuple[dict[int, Evidence], set[str]]:
    """Documents whose number stands in the text, and the atoms that named one, in either direction."""
    found: dict[int, Evidence] = {}
    named: set[str] = set()
    words = tuple(a.text for a in text.atoms)
    for place, atom in enumerate(text.atoms):
        for last in range(place + 1, min(place + index.longest_number, len(words)) + 1):
            for key in index.by_number.get(words[place:last], ())[:_MOST_SHARED]:
                if _stands_at(text.atoms, place, key):
                    named.update(key.atoms)
                    _keep(found, index, key, _told_by(text.atoms[place:last]) if last > place + 1 else atom)
    for number in text.ranges:
        for key in index.by_number.get((number,), ())[:_MOST_SHARED]:
            if key.is_whole:
                named.add(number)
                _keep(found, index, key, Atom(number, 0, 0, True, True, False))
    return found, named


def _told_by(atoms: tuple[Atom, ...]) -> Atom:
    """A number in several runs is called what the words before it call it; its own letters are no label."""
    digits = next((a for a in atoms if a.is_digits), atoms[0])
    is_other = any(a.is_other for a in atoms)
    return replace(
        digits, is_labelled=atoms[0].is_labelled and not is_other, is_other=is_other, is_vague=atoms[0].is_vague
    )


def _with_kid(kid: str, index: Index, amount: int) -> list[int]:
    """Documents with this KID; where many share it, those of the amount, else the last few."""
    places = index.by_kid.get(kid, [])
    if len(places) <= _FEW_SHARE:
        return places
    return index.of_kid(kid, amount)[:_MOST_SHARED] or places[-_FEW_SHARE:]


def _keep(found: dict[int, Evidence], index: Index, key: NumberKey, atom: Atom) -> None:
    digits = "".join(a for a in key.atoms if a.isdigit())
    if len(digits) < _SHORTEST_NUMBER and not atom.is_labelled:
        return
    number = index.entries[key.place].item.number
    sign = number_evidence(digits, number, index, atom, whole=key.is_whole)
    if key.place not in found or sign.weight > found[key.place].weight:
        found[key.place] = sign


def _stands_at(atoms: tuple[Atom, ...], place: int, key: NumberKey) -> bool:
    """Whether the number's runs stand here as a token of their own, not inside a longer one."""
    last = place + len(key.atoms) - 1
    if any(atoms[n + 1].start - atoms[n].end > 1 for n in range(place, last)):
        return False
    if last + 1 < len(atoms) and atoms[last + 1].start == atoms[last].end:
        return False
    touches = place > 0 and atoms[place - 1].end == atoms[place].start
    return not touches or not key.is_whole or atoms[place].is_labelled


def _find_parties(name: str, account: str, words: str, index: Index) -> dict[int, PartySign]:
    signs: dict[int, list[Evidence]] = {}
    for party in index.parties_of(account) if account else ():
        facts = {"account": account, "ours": index.party_names[party]}
        signs.setdefault(party, []).append(Evidence("counterparty_account", name_weight(index) + ACCOUNT_MORE, facts))
    for party, level in index.names.find(name).items() if name else ():
        facts = {"ours": index.party_names[party], "theirs": name}
        weight = name_weight(index, level) if party not in signs else NAME_TOO
        signs.setdefault(party, []).append(Evidence("counterparty", weight, facts))
    if not name and words:
        for party, level in index.names.find_in(words).items():
            facts = {"ours": index.party_names[party]}
            weight = name_weight(index, level) - NAME_IN_TEXT_LESS if party not in signs else NAME_TOO
            signs.setdefault(party, []).append(Evidence("counterparty_in_text", weight, facts))
    _add_learnt_parties(signs, name, words, index)
    return {p: PartySign(sum(e.weight for e in found), tuple(found)) for p, found in sorted(signs.items())}


def _add_learnt_parties(signs: dict[int, list[Evidence]], name: str, words: str, index: Index) -> None:
    """Whom this payer paid for, and what this text meant, when a person last decided."""
    for meant in index.payers.get(folded_name(name), ()) if name and index.payers else ():
        facts = {"theirs": name, "ours": index.party_names[meant.party], "payments": str(meant.times)}
        if meant.party not in signs:
            weight = name_weight(index) - LEARNT_LESS / meant.times
            signs[meant.party] = [Evidence("learnt_payer", weight, facts)]
    found = index.texts.get(" ".join(telling_words(words))) if index.texts and words and not signs else None
    if found:
        facts = {"ours": index.party_names[found.party], "payments": str(found.times)}
        weight = name_weight(index) - LEARNT_LESS / found.times
        signs[found.party] = [Evidence("learnt_text", weight, facts)]


def _kid_parties(references: dict[int, Evidence], index: Index) -> dict[int, str]:
    """A KID tells the counterparty too: customers use an old one again for a new invoice."""
    return {
        index.entries[place].party: sign.facts["kid"]
        for place, sign in references.items()
        if sign.signal in ("kid", "kid_in_text")
    }


def _beside_kid(sign: PartySign | None, *, is_shared: bool) -> PartySign:
    """The name says little more where the KID has told the customer already."""
    if sign is None or not sign.evidence:
        return PartySign(0.0, ())
    if not is_shared:
        return sign
    less = NAME_TOO / len(sign.evidence)
    return PartySign(NAME_TOO, tuple(replace(e, weight=min(e.weight, less)) for e in sign.evidence))


def _add_by_layout(kid: str, parts: KidParts, index: Index, references: dict[int, Evidence]) -> None:
    """A KID that no open document has, but that is built like this client's: the invoice's number stands in it."""
    for key in (
        index.by_number.get((parts.invoice,), ())[:_MOST_SHARED] if len(parts.invoice) >= _SHORTEST_NUMBER else ()
    ):
        facts = {"kid": kid, "number": index.entries[key.place].item.number}
        references.setdefault(key.place, Evidence("kid_layout", KID_LAYOUT_WEIGHT, facts))


def _add_kid_customer(kid: str, parts: KidParts, index: Index, parties: dict[int, PartySign]) -> None:
    """The customer's number stands in it too: an invoice's KID used again when that invoice is paid already."""
    party = index.customer_of_kid(parts.customer) if parts.customer else None
    if party is not None and party not in parties:
        sign = Evidence("kid_counterparty", name_weight(index), {"kid": kid, "ours": index.party_names[party]})
        parties[party] = PartySign(sign.weight, (sign,))


def _add_typo_kids(kid: str, index: Index, references: dict[int, Evidence]) -> None:
    for near in one_digit_off(kid):
        for place in index.by_kid.get(near, ()):
            references.setdefault(place, Evidence("kid_typo", TYPO_NUMBER_WEIGHT, {"kid": near, "written": kid}))


def _of_strangers(references: dict[int, Evidence]) -> list[str]:
    """Numbers of documents that are not the payer's: perhaps a digit is wrong, and it means one of its own."""
    numbers = [number_atoms(s.facts["number"]) for s in references.values() if s.signal == "number"]
    return sorted({max((a for a in atoms if a.isdigit()), key=len, default="") for atoms in numbers} - {""})


def _add_typo_numbers(
    unknown: Iterable[str], index: Index, parties: dict[int, PartySign], references: dict[int, Evidence]
) -> None:
    for written in unknown:
        for near in one_digit_off(written):
            for key in index.by_number.get((near,), ())[:_MOST_SHARED]:
                if index.entries[key.place].party in parties:
                    facts = {"number": index.entries[key.place].item.number, "written": written}
                    references.setdefault(key.place, Evidence("number_typo", TYPO_NUMBER_WEIGHT, facts))
