"""OAuth 2.0: the happy path, every refusal, rotation and revocation."""

from __future__ import annotations

import base64

import pytest

from tests.demo_bank.running import CLIENT, REDIRECT, SECRET, Json, RunningBank, query_of


def _code(bank: RunningBank) -> tuple[str, str]:
    begun, verifier = bank.begin()
    return query_of(bank.walk(begun.headers["location"]))["code"], verifier


def _refresh(bank: RunningBank, made: Json) -> Json:
    answer: Json = bank.token(grant_type="refresh_token", refresh_token=made["refresh_token"]).json()
    return answer


def test_metadata_names_the_endpoints_that_answer(bank: RunningBank) -> None:
    found = bank.http.get("/.well-known/oauth-authorization-server").json()
    assert found["issuer"] == bank.base
    assert found["authorization_response_iss_parameter_supported"] is True
    assert found["code_challenge_methods_supported"] == ["S256"]
    for name in ("authorization", "token", "revocation"):
        assert bank.http.post(found[f"{name}_endpoint"]).status_code != 404


def test_redirect_carries_code_state_and_issuer(bank: RunningBank) -> None:
    back = bank.walk(bank.begin()[0].headers["location"])
    assert back.startswith(f"{REDIRECT}?")
    answer = query_of(back)
    assert set(answer) == {"code", "state", "iss"}
    assert (answer["state"], answer["iss"]) == ("state-1", bank.base)


def test_token_answer_says_what_was_given_and_until_when(bank: RunningBank) -> None:
    made = bank.sign_in()
    assert (made["token_type"], made["expires_in"]) == ("Bearer", 3600)
    consent = bank.read(f"/consents/{made['consent_id']}", token=made["access_token"]).json()
    assert (consent["consentStatus"], consent["validUntil"]) == ("valid", made["consent_valid_until"])


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"scope": "payments"}, "invalid_scope"),
    ],
)
def test_faulty_request_is_sent_back(bank: RunningBank, changes: dict[str, str | None], error: str) -> None:
    answer = query_of(bank.begin(**changes)[0].headers["location"])
    assert (answer["error"], answer["state"], answer["iss"]) == (error, "state-1", bank.base)


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "stranger"},
        {"redirect_uri": "https://elsewhere.example/callback"},
        {"redirect_uri": "http://127.0.0.1:49152/other"},
        {"redirect_uri": "http://127.0.0.1:49152/callback?more=1"},
        {"redirect_uri": "http://127.0.0.1.elsewhere.example:80/callback"},
        {"redirect_uri": "http://user@127.0.0.1:80/callback"},
        {"redirect_uri": "http://127.0.0.1:x/callback"},
        {"redirect_uri": None},
    ],
)
def test_unknown_client_or_redirect_is_never_redirected_to(bank: RunningBank, changes: dict[str, str | None]) -> None:
    answer = bank.begin(**changes)[0]
    assert answer.status_code == 400
    assert "location" not in answer.headers


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost"])
def test_loopback_may_have_any_port(bank: RunningBank, host: str) -> None:
    for port in (":1024", ":65535", ""):
        assert bank.begin(redirect_uri=f"http://{host}{port}/callback")[0].status_code == 303


def test_https_redirect_that_is_registered(bank: RunningBank) -> None:
    begun, _ = bank.begin(redirect_uri="https://kontali.example/callback")
    assert bank.walk(begun.headers["location"]).startswith("https://kontali.example/callback?code=")


def test_wrong_verifier_gives_nothing(bank: RunningBank) -> None:
    code, verifier = _code(bank)
    assert bank.redeem(code, verifier[:-1] + "~").json()["error"] == "invalid_grant"


def test_redirect_must_be_the_one_asked_with(bank: RunningBank) -> None:
    code, verifier = _code(bank)
    answer = bank.token(
        grant_type="authorization_code", code=code, code_verifier=verifier, redirect_uri="http://127.0.0.1:1/callback"
    )
    assert answer.json()["error"] == "invalid_grant"


def test_code_runs_out(bank: RunningBank) -> None:
    code, verifier = _code(bank)
    bank.advance(minutes=1)
    assert bank.redeem(code, verifier).json()["error"] == "invalid_grant"


def test_code_used_twice_takes_back_what_it_gave(bank: RunningBank) -> None:
    code, verifier = _code(bank)
    first = bank.redeem(code, verifier).json()
    assert bank.redeem(code, verifier).json()["error"] == "invalid_grant"
    assert bank.read("/accounts", token=first["access_token"]).status_code == 401
    assert _refresh(bank, first)["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("form", "basic"),
    [
        ({}, f"{CLIENT}:{SECRET}"),
        ({"client_id": CLIENT, "client_secret": SECRET}, ""),
        ({"client_id": CLIENT}, ""),
    ],
)
def test_client_shows_itself_by_header_form_or_id_alone(bank: RunningBank, form: Json, basic: str) -> None:
    code, verifier = _code(bank)
    headers = {"Authorization": f"Basic {base64.b64encode(basic.encode()).decode()}"} if basic else {}
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, "code_verifier": verifier}
    answer = bank.http.post("/oauth2/token", data=asked | form, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/oauth2/token", "/oauth2/revoke"])
@pytest.mark.parametrize("header", ["Basic !!", "Basic " + base64.b64encode(b"kontali-demo:wrong").decode(), ""])
def test_wrong_client_is_refused(bank: RunningBank, path: str, header: str) -> None:
    answer = bank.http.post(path, data={"token": "x"}, headers={"Authorization": header} if header else {})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_unknown_grant_type(bank: RunningBank) -> None:
    assert bank.token(grant_type="password").json()["error"] == "unsupported_grant_type"


def test_refresh_gives_a_new_pair_that_reads(bank: RunningBank) -> None:
    first = bank.sign_in()
    second = _refresh(bank, first)
    assert {first["access_token"], first["refresh_token"]}.isdisjoint({second["access_token"], second["refresh_token"]})
    assert second["consent_id"] == first["consent_id"]
    assert len(bank.accounts(second["access_token"])) == 3


def test_old_refresh_token_revokes_the_family(bank: RunningBank) -> None:
    first = bank.sign_in()
    second = _refresh(bank, first)
    assert _refresh(bank, first)["error"] == "invalid_grant"
    assert _refresh(bank, second)["error"] == "invalid_grant"
    assert bank.read("/accounts", token=second["access_token"]).status_code == 401


def test_refresh_cannot_widen_the_scope(bank: RunningBank) -> None:
    made = bank.sign_in(scope="psd2:accounts:read")
    answer = bank.token(grant_type="refresh_token", refresh_token=made["refresh_token"], scope="psd2:transactions:read")
    assert answer.json()["error"] == "invalid_grant"


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
def test_revocation_ends_tokens_and_consent(bank: RunningBank, kind: str) -> None:
    made = bank.sign_in()
    assert bank.http.post("/oauth2/revoke", data={"token": made[kind]}, auth=(CLIENT, SECRET)).status_code == 200
    assert bank.read("/accounts", token=made["access_token"]).status_code == 401
    assert _refresh(bank, made)["error"] == "invalid_grant"
    consents = bank.control("GET", "consents")
    assert [c["status"] for c in consents if c["id"] == made["consent_id"]] == ["terminatedByTpp"]


def test_revoking_the_unknown_is_no_error(bank: RunningBank) -> None:
    assert bank.http.post("/oauth2/revoke", data={"token": "never"}, auth=(CLIENT, SECRET)).status_code == 200


def test_two_sign_ins_stand_side_by_side(bank: RunningBank) -> None:
    first, second = bank.sign_in(), bank.sign_in()
    assert all(bank.read("/accounts", token=made["access_token"]).is_success for made in (first, second))


def test_tokens_may_be_long(bank: RunningBank) -> None:
    bank.control("POST", "manners", {"token_length": 3000})
    made = bank.sign_in()
    assert len(made["refresh_token"]) == 3000
    assert len(_refresh(bank, made)["access_token"]) == 3000
