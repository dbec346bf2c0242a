"""Every sentence of the sign-in sheet, worded by whoever opens it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemText:
    """What happened, and what it means for the person."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SignInTexts:
    """For one bank and one client, in one language."""

    title: str  # "Koble til Demobanken"
    client: str
    page_name: str  # what a screen reader calls the web page
    close: str
    cancel: str
    use_browser: str
    try_again: str
    footer: str
    local_hint: str  # "Demobank på denne maskinen"
    secure: str  # the lock in words
    insecure: str  # its absence in words
    loading: str  # the progress line in words
    unreachable: ProblemText
    certificate: ProblemText  # the bank's certificate is not to be trusted
    refused: ProblemText  # the page led to an address that is not https
    crashed: ProblemText
    accept_language: str = "nb-NO,nb;q=0.9,en;q=0.8"
