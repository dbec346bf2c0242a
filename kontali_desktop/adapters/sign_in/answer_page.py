"""What the browser shows when it is back: nothing secret, and nothing of what it came with."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

_STYLE = (
    "body{font:17px/1.5 Inter,system-ui,sans-serif;margin:18vh auto 0;max-width:30em;padding:0 1.5em;color:#1c2a24;"
    "background:#f6f7f5}h1{font-size:1.4em;margin:0 0 .4em}@media(prefers-color-scheme:dark)"
    "{body{color:#e6ebe8;background:#161b19}}"
)


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """`language` is an HTML language tag (nb, en); `title` and `text` are plain text in it."""

    language: str
    title: str
    text: str

    def html(self) -> bytes:
        return (
            f'<!doctype html><html lang="{escape(self.language)}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{escape(self.title)}</title>'
            f"<style>{_STYLE}</style></head><body><h1>{escape(self.title)}</h1><p>{escape(self.text)}</p></body></html>"
        ).encode()
