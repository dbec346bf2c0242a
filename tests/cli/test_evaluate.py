"""`evaluate` as JSON and in words."""

from __future__ import annotations

import json

from kontali_desktop.adapters.system.resources import resource_path
from kontali_desktop.cli.evaluate import evaluate_json
from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.services.own_data_test import CalibrationBin, OwnDataReport
from kontali_desktop.services.shares import Share
from kontali_desktop.wording.wording import Wording

CLIENT = Client(ClientId(1), "311234560", "Fjord AS")
REPORT = OwnDataReport(
    decisions=4,
    transactions=4,
    with_document=3,
    proposed=4,
    first=Share(3, 4),
    first_few=Share(4, 4),
    automatic=Share(2, 2),
    coverage=Share(2, 3),
    bins=(CalibrationBin(0.0, 0.1, None, Share(0, 0)), CalibrationBin(0.9, 1.0, 0.95, Share(3, 4))),
    seconds=0.0123,
)


def test_json_has_every_share_with_its_n_and_bounds() -> None:
    document = json.loads(json.dumps(evaluate_json(CLIENT, REPORT)))
    assert document["client"]["orgnr"] == "311234560"
    assert document["first_right"] == {"n": 4, "right": 3, "share": 0.75, "low": 0.3006, "high": 0.9544}
    assert document["calibration"][0] == {
        "from": 0.0, "to": 0.1, "confidence": None, "n": 0, "right": 0, "share": None, "low": 0.0, "high": 1.0,
    }  # fmt: skip
    assert document["calibration_error"] == 0.2


def test_in_words() -> None:
    lines = Wording("nb", resource_path("locale")).own_data_report(REPORT)
    assert lines[0] == "4 avgjørelser skjult og koblet på nytt"
    assert lines[1] == "Første forslag riktig: 75,0\u00a0% (3 av 4, 95 %-intervall 30,0\u00a0%–95,4\u00a0%)"
    assert lines[-1].startswith("Sikkerhet 90\u00a0%–100\u00a0%: 75,0")
    assert lines[5:8] == (
        "For få avgjørelser til å si noe sikkert: det trengs minst 50.",
        "Kalibreringsfeil: 20,0 prosentpoeng",
        "Koblingen tok 12\u00a0ms",
    )
    assert len(lines) == 9  # the empty bin is left out
