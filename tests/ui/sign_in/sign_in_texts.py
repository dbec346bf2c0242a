"""The sheet's sentences as the drawing has them."""

from __future__ import annotations

from kontali_desktop.ui.sign_in.texts import ProblemText, SignInTexts

TEXTS = SignInTexts(
    title="Koble til Demobanken",
    client="Fjord Elektro AS",
    page_name="Bankens side",
    close="Lukk",
    cancel="Avbryt",
    use_browser="Åpne i nettleseren i stedet",
    try_again="Prøv igjen",
    footer="Kontali lagrer ikke det du skriver her, og får bare lese kontoer og transaksjoner.",
    local_hint="Demobank på denne maskinen",
    secure="Sikker forbindelse",
    insecure="Ikke en sikker forbindelse",
    loading="Laster bankens side",
    unreachable=ProblemText("Banken svarer ikke", "Se om du har nett, og prøv igjen. Ingenting er lagret."),
    certificate=ProblemText("Sertifikatet er ikke til å stole på", "Siden er ikke åpnet."),
    refused=ProblemText("Siden ville videre til en usikker adresse", "Den er ikke åpnet."),
    crashed=ProblemText("Siden stanset", "Prøv igjen."),
)
