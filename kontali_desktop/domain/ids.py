"""Names for the identifiers of stored things, so that one kind is never passed for another."""

from __future__ import annotations

from typing import NewType

ClientId = NewType("ClientId", int)
ConnectionId = NewType("ConnectionId", int)
AccountId = NewType("AccountId", int)
TransactionId = NewType("TransactionId", int)
DocumentId = NewType("DocumentId", int)
MatchId = NewType("MatchId", int)
DecisionId = NewType("DecisionId", int)
SyncRunId = NewType("SyncRunId", int)
ImportId = NewType("ImportId", int)
BatchId = NewType("BatchId", int)
AttachmentId = NewType("AttachmentId", int)
VoucherId = NewType("VoucherId", int)
ExportId = NewType("ExportId", int)
RuleId = NewType("RuleId", int)
