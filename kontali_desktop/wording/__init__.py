"""Facts into sentences, bokmål and English, for window, headless door and exports alike: `wording.wording.Wording`.

Every sentence stands in `resources/locale/<nb|en>/LC_MESSAGES/kontali.po` under a key that names its place and what it
is there (`nav.overview`, `review.accept`, `error.keychain_unavailable.locked.message`), never under its English text.

To add one: write the entry in both files, anywhere after the header,

    msgid "review.accept"
    msgstr "Godkjenn"

with facts in braces (`"Godkjent: {name} {amount}"`, asked for as `text("review.accepted", name=…, amount=…)`). What
depends on a number has two forms, the first for one, and is asked for by `plural(key, count)`, which fills {count}:

    msgid "review.waiting"
    msgid_plural "review.waiting"
    msgstr[0] "{count} venter på deg"
    msgstr[1] "{count} venter på deg"

Nothing is compiled: the program reads the .po files themselves. Tests hold both files to the same keys, forms and
facts, and hold every key that is written as a literal in the program to a place in them.
"""
