"""The one thing that window, headless door and exports ask for words.

The sentences about matches, events and errors are imported at the first one: the window is painted before that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import AccountId, DocumentId
from kontali_desktop.domain.money import NOK
from kontali_desktop.wording import names, numbers
from kontali_desktop.wording.dates import DateWords
from kontali_desktop.wording.texts import Language, Texts

if TYPE_CHECKING:  # for the types alone: most runs load neither the engine nor the fetching
    from kontali_desktop.domain.clients import ClientSettings
    from kontali_desktop.domain.connections import ConnectionState
    from kontali_desktop.domain.documents import OpenItem
    from kontali_desktop.domain.matches import DifferenceReason, Evidence, Proposal, QueueStatus
    from kontali_desktop.domain.rules import Rule
    from kontali_desktop.services.autonomy import Verdict
    from kontali_desktop.services.export import ExportedElsewhere, ExportFile
    from kontali_desktop.services.import_history import ImportUndo
    from kontali_desktop.services.import_models import FileResult, ImportReport
    from kontali_desktop.services.learning import LearntFact
    from kontali_desktop.services.own_data_test import OwnDataReport
    from kontali_desktop.services.rule_tests import RuleTest
    from kontali_desktop.services.shadow import ShadowReport
    from kontali_desktop.services.storage import Event, StoredDocument, SyncRun
    from kontali_desktop.services.synchronise import SyncProgress, SyncReport
    from kontali_desktop.services.why_not import WhyNot
    from kontali_desktop.wording.errors import ErrorText
    from kontali_desktop.wording.proposals import ProposalText

_NO_DOCUMENTS: Mapping[DocumentId, OpenItem] = MappingProxyType({})


class Wording:
    """One language's words. `folder` is the resources' `locale`; times are shown in `zone` (None: the computer's)."""

    def __init__(self, language: Language, folder: Path, zone: tzinfo | None = None) -> None:
        self._texts = Texts(language, folder)
        self._dates = DateWords(self._texts)
        self._zone = zone

    @property
    def language(self) -> Language:
        return self._texts.language

    def text(self, key: str, **facts: object) -> str:
        """Raises TextMissing for an unknown key or a fact that is not given."""
        return self._texts.text(key, **facts)

    def plural(self, key: str, count: int, **facts: object) -> str:
        """The form for `count`, which also fills {count}. Raises TextMissing."""
        return self._texts.plural(key, count, **facts)

    def error(self, error: KontaliError) -> ErrorText:
        from kontali_desktop.wording.errors import error_text

        return error_text(self._texts, self._dates, error)

    def stored_error(self, code: str, facts: Mapping[str, str | int] = MappingProxyType({})) -> ErrorText:
        """The words of an error that was stored as its code and parameters (`SyncRun.error_code`)."""
        from kontali_desktop.wording.errors import stored_error_text

        return stored_error_text(self._texts, self._dates, code, facts)

    def integer(self, number: int) -> str:
        return numbers.format_integer(number, self._texts.style)

    def amount(self, minor: int, currency: str = NOK) -> str:
        """Minor units as "12 500,00", other currencies than NOK with their code before."""
        return numbers.format_amount(minor, currency, self._texts.style)

    def parse_amount(self, text: str, currency: str = NOK) -> int:
        """Minor units. Raises AmountNotUnderstood."""
        return numbers.parse_amount(text, currency, self._texts.style)

    def percent(self, part: int, whole: int, decimals: int = 0) -> str:
        """`part` of `whole`; what is not shown is cut, so that only all is 100 %."""
        hundredths = part * 10_000 // whole if whole else 0
        return numbers.format_percent(hundredths, self._texts.style, decimals)

    def points(self, share: float) -> str:
        """A distance between two shares, in percentage points with one decimal."""
        return numbers.format_scaled(round(share * 1000), 1, self._texts.style)

    def confidence(self, probability: float) -> str:
        """In whole percent, cut: only certainty is 100 %."""
        return numbers.format_percent(int(round(probability * 10_000, 4)), self._texts.style)

    def seconds(self, seconds: float) -> str:
        """3,8 s."""
        return numbers.format_seconds(seconds, self._texts.style)

    def elapsed(self, seconds: float) -> str:
        """12 ms, 3,8 s."""
        return numbers.format_elapsed(seconds, self._texts.style)

    def duration(self, seconds: float) -> str:
        return self._dates.duration(seconds)

    def day(self, day: date) -> str:
        return self._dates.day(day)

    def short_day(self, day: date) -> str:
        return self._dates.short_day(day)

    def long_day(self, day: date) -> str:
        return self._dates.long_day(day)

    def weekday(self, day: date) -> str:
        return self._dates.weekday(day)

    def time(self, moment: datetime) -> str:
        return self._dates.time(moment, self._zone)

    def instant(self, moment: datetime) -> str:
        return self._dates.instant(moment, self._zone)

    def exact(self, moment: datetime) -> str:
        """For hovering: to the second, with the distance from UTC."""
        return self._dates.exact(moment, self._zone)

    def relative(self, moment: datetime, now: datetime) -> str:
        return self._dates.relative(moment, now, self._zone)

    def days_left(self, until: date, today: date) -> str:
        """148 dager igjen, utløpt for 7 dager siden."""
        return self._dates.days_left(until, today)

    def days_left_short(self, until: date, today: date) -> str:
        """148 dager, utløpt 17.11."""
        return self._dates.days_left_short(until, today)

    def evidence(self, evidence_: Evidence) -> str:
        from kontali_desktop.wording import evidence

        return evidence.evidence_text(self._texts, evidence_)

    def proposal(
        self,
        proposal: Proposal | None,
        currency: str = NOK,
        documents: Mapping[DocumentId, OpenItem] = _NO_DOCUMENTS,
        *,
        counter_account: str = "",
        is_incoming: bool = False,
    ) -> ProposalText:
        """Two lines for the list; None says that nothing is proposed. `currency` is the transaction's.

        A transfer names its other account where `counter_account` is given, as "fra" where the money `is_incoming`.
        """
        from kontali_desktop.wording import proposals

        return proposals.proposal_text(
            self._texts,
            self._dates,
            proposal,
            currency,
            documents=documents,
            counter_account=counter_account,
            is_incoming=is_incoming,
        )

    def why_short(self, proposal: Proposal) -> str:
        from kontali_desktop.wording import proposals

        return proposals.why_short(self._texts, proposal)

    def difference(self, minor: int, reason: DifferenceReason | None, currency: str = NOK, settled: int = 0) -> str:
        """Gebyr −61,25 (1,75 %), in small letters; the share only where `settled` says of what. Empty for none."""
        from kontali_desktop.wording import proposals

        return proposals.difference_text(self._texts, minor, reason, currency, settled)

    def difference_sum(
        self, settled: int, minor: int, reason: DifferenceReason | None, currency: str = NOK
    ) -> tuple[str, str]:
        """`3 500,00` and `− gebyr 61,25 = 3 438,75`; the second is empty where nothing is left."""
        from kontali_desktop.wording import proposals

        return proposals.difference_sum(self._texts, settled, minor, reason, currency)

    def why_not_automatic(self, verdict: Verdict, proposal: Proposal, settings: ClientSettings) -> str:
        """Why it waits for a person, in a sentence; empty where it would not."""
        from kontali_desktop.wording import autonomy

        return autonomy.why_not(self._texts, self._dates, verdict, proposal, settings)

    def why_not_document(self, why: WhyNot, document: StoredDocument) -> tuple[str, ...]:
        """Why it was not proposed for a line, a sentence a reason."""
        from kontali_desktop.wording import why_not

        return tuple(why_not.why_not_document(self._texts, self._dates, why, document))

    def learnt_fact(self, fact: LearntFact) -> str:
        from kontali_desktop.wording import learnt

        return learnt.learnt_fact(self._texts, fact)

    def learnt_sentence(self, fact: LearntFact) -> str:
        """Without the number of decisions."""
        from kontali_desktop.wording import learnt

        return learnt.learnt_sentence(self._texts, fact)

    def rule(self, rule: Rule, accounts: Mapping[AccountId, str] = MappingProxyType({})) -> str:
        """A rule in one sentence; `accounts` gives the numbers of the client's own."""
        from kontali_desktop.wording import rules

        return rules.rule_sentence(self._texts, rule, accounts)

    def rule_test(self, tested: RuleTest) -> str:
        from kontali_desktop.wording import autonomy

        return autonomy.rule_test(self._texts, tested)

    def shadow_report(self, report: ShadowReport) -> str:
        from kontali_desktop.wording import autonomy

        return autonomy.shadow_report(self._texts, report)

    def own_data_report(self, report: OwnDataReport) -> tuple[str, ...]:
        """What came of the test on the client's own books, line by line."""
        from kontali_desktop.wording import autonomy

        return tuple(autonomy.own_data_report(self._texts, report))

    def status(self, status: QueueStatus) -> str:
        return self._texts.text(f"status.{status}")

    def event(self, event: Event) -> str:
        from kontali_desktop.wording import events

        return events.event_text(self._texts, self._dates, event)

    def actor(self, actor: str) -> str:
        return names.actor_name(self._texts, actor)

    def refusal(self, where: str, why: str, facts: Mapping[str, str]) -> str:
        """Why a file or a row of it was not taken, with its place."""
        from kontali_desktop.wording import files

        shown = files.said_again(self._texts, self._dates, facts)
        return files.refusal(self._texts, where, why, {**facts, **shown})

    def file_result(self, result: FileResult) -> str:
        from kontali_desktop.wording import files

        return files.file_result(self._texts, result)

    def import_result(self, report: ImportReport) -> str:
        from kontali_desktop.wording import files

        return files.import_result(self._texts, report)

    def import_preview(self, report: ImportReport) -> str:
        """What would come in, in a line."""
        from kontali_desktop.wording import files

        return files.import_preview(self._texts, report)

    def import_undone(self, undone: ImportUndo) -> str:
        """What it took out and set back."""
        from kontali_desktop.wording import files

        return files.import_undone(self._texts, asdict(undone))

    def held_back(self, why: str, facts: Mapping[str, str]) -> str:
        """Why an accepted match is not in an export."""
        from kontali_desktop.wording import vouchers

        return vouchers.held_back(self._texts, why, facts)

    def export_result(self, made: ExportFile) -> str:
        from kontali_desktop.wording import vouchers

        return vouchers.export_result(self._texts, made)

    def exported_elsewhere(self, elsewhere: ExportedElsewhere) -> str:
        """The warning that vouchers are in a file of another layout too; empty where none is."""
        from kontali_desktop.wording import vouchers

        return vouchers.exported_elsewhere(self._texts, elsewhere)

    def export_format(self, format_: str) -> str:
        from kontali_desktop.wording import vouchers

        return vouchers.export_format(self._texts, format_)

    def file_format(self, name: str) -> str:
        return names.format_name(self._texts, name)

    def bank(self, bank_id: str) -> str:
        return names.bank_name(self._texts, bank_id)

    def ledger_account(self, number: str) -> str:
        """2770 Arbeidsgiveravgift."""
        return names.ledger_account_name(self._texts, number)

    def short_account(self, number: str) -> str:
        """…7705."""
        return names.short_account(number)

    def sync_progress(self, progress: SyncProgress) -> str:
        from kontali_desktop.wording import syncs

        return syncs.sync_progress(self._texts, progress)

    def sync_result(self, report: SyncReport) -> str:
        from kontali_desktop.wording import syncs

        return syncs.sync_result(self._texts, self._dates, report)

    def run_brought(self, run: SyncRun) -> str:
        from kontali_desktop.wording import syncs

        return syncs.run_brought(self._texts, run)

    def run_result(self, run: SyncRun) -> str:
        from kontali_desktop.wording import syncs

        return syncs.run_result(self._texts, self._dates, run)

    def connection_state(self, state: ConnectionState) -> str:
        from kontali_desktop.wording import syncs

        return syncs.connection_state(self._texts, state)

    def frequency(self, hours: int) -> str:
        from kontali_desktop.wording import syncs

        return syncs.frequency_text(self._texts, hours)
