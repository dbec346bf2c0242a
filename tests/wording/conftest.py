from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from kontali_desktop.adapters.system.resources import resource_path
from kontali_desktop.wording.texts import LANGUAGES
from kontali_desktop.wording.wording import Wording

OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture(scope="session")
def nb() -> Wording:
    return Wording("nb", resource_path("locale"), OSLO)


@pytest.fixture(scope="session")
def en() -> Wording:
    return Wording("en", resource_path("locale"), OSLO)


@pytest.fixture(scope="session", params=LANGUAGES)
def wording(request: pytest.FixtureRequest) -> Wording:
    return Wording(request.param, resource_path("locale"), OSLO)
