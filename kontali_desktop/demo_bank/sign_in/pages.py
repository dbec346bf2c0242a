"""The routes of Demo-ID. Each post is answered by a redirect, so that going back never sends a form again."""

from __future__ import annotations

import hmac
from importlib.resources import files

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kontali_desktop.demo_bank import rendering
from kontali_desktop.demo_bank.bank import Bank
from kontali_desktop.demo_bank.sign_in import outcome
from kontali_desktop.demo_bank.state import attempts
from kontali_desktop.demo_bank.state.records import Attempt, Step
from kontali_desktop.domain import check_digits

_TRIES = 3
_ORDER = (Step.PERSON, Step.CODE, Step.PASSWORD, Step.ACCOUNTS)
_SEE_OTHER = 303


class SignInPages:
    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    def routes(self) -> list[Route]:
        return [
            Route("/sign-in/{attempt}/{step}", self.show),
            Route("/sign-in/{attempt}/{step}", self.answer, methods=["POST"]),
            Route("/pages/style.css", self.style),
            Route("/pages/inter.ttf", self.typeface),
            Route("/favicon.ico", self.no_icon),
        ]

    async def style(self, _request: Request) -> Response:
        content = (files("kontali_desktop.demo_bank") / "pages" / "style.css").read_bytes()
        return Response(content, media_type="text/css")

    async def typeface(self, _request: Request) -> Response:
        """Inter, as the package carries it, so that the pages look alike everywhere."""
        content = (files("fontpkg_inter") / "files" / "Inter[opsz,wght].ttf").read_bytes()
        return Response(content, media_type="font/ttf", headers={"Cache-Control": "max-age=86400"})

    async def no_icon(self, _request: Request) -> Response:
        return Response(status_code=204)

    async def show(self, request: Request) -> Response:
        attempt = self._bank.store.attempts.get(request.path_params["attempt"])
        if attempt is None:
            return _gone(request)
        self._stop_if_late(attempt)
        if request.path_params["step"] != attempt.step:
            return _redirect(attempts.address(attempt))
        return self._page(attempt)

    async def answer(self, request: Request) -> Response:
        attempt = self._bank.store.attempts.get(request.path_params["attempt"])
        if attempt is None:
            return _gone(request)
        async with request.form() as form:
            self._stop_if_late(attempt)
            if not hmac.compare_digest(str(form.get("csrf", "")).encode(), attempt.csrf.encode()):
                attempt.message = "form_expired"
            elif "cancel" in form:
                return _redirect(outcome.refuse(self._bank, attempt, attempt.stopped_by or "cancelled"))
            elif request.path_params["step"] == attempt.step:
                approved = self._take(attempt, form)
                if approved:
                    return _redirect(outcome.approve(self._bank, attempt, approved))
        return _redirect(attempts.address(attempt))

    def _take(self, attempt: Attempt, form: FormData) -> list[str]:
        """Moves the attempt on; the account numbers when the last step is done."""
        person = self._bank.world.person
        attempt.message = ""
        typed = str(form.get(_field(attempt.step), ""))
        if attempt.step is Step.PERSON:
            self._take_person(attempt, "".join(typed.split()), person.national_id)
        elif attempt.step is Step.CODE:
            self._take_secret(attempt, "".join(typed.split()), person.code, Step.PASSWORD)
        elif attempt.step is Step.PASSWORD:
            self._take_secret(attempt, typed, person.password, Step.ACCOUNTS)
        elif attempt.step is Step.ACCOUNTS:
            own = [account.number for account in self._bank.world.company.accounts]
            chosen = [number for number in own if number in form.getlist("account")]
            attempt.message = "" if chosen else "no_account"
            return chosen
        return []

    def _take_person(self, attempt: Attempt, typed: str, known: str) -> None:
        if typed == known:
            attempt.step = Step.CODE
        else:
            attempt.message = "person_unknown" if check_digits.is_national_id(typed) else "person_wrong"

    def _take_secret(self, attempt: Attempt, typed: str, known: str, following: Step) -> None:
        if hmac.compare_digest(typed.encode(), known.encode()):
            attempt.step, attempt.wrong = following, 0
            return
        attempt.wrong += 1
        attempt.message = f"{attempt.step}_wrong"
        if attempt.wrong >= _TRIES:
            attempt.step, attempt.stopped_by = Step.STOPPED, "locked"

    def _stop_if_late(self, attempt: Attempt) -> None:
        if attempts.has_run_out(attempt, self._bank.clock.now()) and attempt.step is not Step.STOPPED:
            attempt.step, attempt.stopped_by = Step.STOPPED, "timeout"

    def _page(self, attempt: Attempt) -> Response:
        goes_to = attempt.redirect_uri
        values: dict[str, object] = {"attempt": attempt, "message": attempt.message}
        if attempt.step is Step.STOPPED:
            return rendering.page("stopped.html", attempt.language, values, goes_to=goes_to)
        values |= {"place": _ORDER.index(attempt.step) + 1, "places": len(_ORDER), "field": _field(attempt.step)}
        if attempt.step is Step.ACCOUNTS:
            values |= {"company": self._bank.world.company, "until": outcome.valid_until(self._bank, attempt)}
        else:
            values["answer"] = self._answers()[attempt.step]
        return rendering.page(f"{attempt.step}.html", attempt.language, values, goes_to=goes_to)

    def _answers(self) -> dict[Step, str]:
        """What is right to type, told under each field: it is a bank to try with, and guards nothing."""
        person = self._bank.world.person
        return {Step.PERSON: person.national_id, Step.CODE: person.code, Step.PASSWORD: person.password}


def _field(step: Step) -> str:
    return "national-id" if step is Step.PERSON else step.value


def _redirect(address: str) -> Response:
    headers = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
    return RedirectResponse(address, status_code=_SEE_OTHER, headers=headers)


def _gone(request: Request) -> Response:
    return rendering.page("refused.html", rendering.language_of(request), {"why": "unknown_attempt"}, status=404)
