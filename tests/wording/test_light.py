"""Words cost little: the headless door asks for them in every run."""

from __future__ import annotations

import subprocess
import sys
import time

from kontali_desktop.adapters.system.resources import resource_path
from kontali_desktop.wording.texts import LANGUAGES
from kontali_desktop.wording.wording import Wording

WORK = """
import sys
from datetime import UTC, date, datetime
from kontali_desktop.adapters.system.resources import resource_path
from kontali_desktop.domain.matches import Evidence
from kontali_desktop.services.errors import KeychainUnavailable
from kontali_desktop.wording.wording import Wording
words = Wording("nb", resource_path("locale"))
words.error(KeychainUnavailable(reason="locked"))
words.evidence(Evidence("kid", 12.0, {"kid": "1"}))
words.day(date(2026, 2, 12)), words.instant(datetime(2026, 2, 12, tzinfo=UTC)), words.amount(5)
heavy = {"babel", "rapidfuzz", "asyncio", "sqlalchemy", "kontali_desktop.matching"}
print(sorted(heavy.intersection(sys.modules)))
words.long_day(date(2026, 2, 12))
print("babel" in sys.modules)
"""


def test_headless_words_load_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", WORK], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "True"]


def test_a_catalogue_loads_within_thirty_milliseconds() -> None:
    folder = resource_path("locale")
    for language in LANGUAGES:
        times = []
        for _ in range(5):
            started = time.perf_counter()
            Wording(language, folder)
            times.append(time.perf_counter() - started)
        assert min(times) < 0.030
