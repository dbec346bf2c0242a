"""A bug while the window is open: said in plain words, copied only when the person asks for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import json, sys
from pathlib import Path
from kontali_desktop.bootstrap.application import make_application
from kontali_desktop.bootstrap.core import Core
from kontali_desktop.bootstrap.window import Program
from kontali_desktop.ui.widgets.notice import Notice
program = Program(make_application(), Core(Path(sys.argv[1]), language=sys.argv[2]))
clipboard = program.app.clipboard()
clipboard.setText("the person's own")

async def then():
    try:
        raise TypeError("f() missing 1 required positional argument")
    except TypeError as bug:
        program.crash.report(bug)
    notice = program.window.findChild(Notice, "window_notice")
    said = [notice.isVisible(), notice.accessibleName(), clipboard.text()]
    notice.button.click()
    print(json.dumps([*said, clipboard.text()]), flush=True)
    program.lifetime.quit()

program.run(then)
"""


def test_a_bug_is_told_in_plain_words_and_copied_when_asked(tmp_path: Path) -> None:
    for language, title in (("nb", "Noe gikk galt i Kontali"), ("en", "Something went wrong in Kontali")):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path), language],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        )
        assert done.returncode == 0, done.stderr
        is_visible, told, before, after = json.loads(done.stdout.splitlines()[-1])
        assert is_visible
        assert title in told
        assert "TypeError" not in told
        assert before == "the person's own"
        assert "TypeError: f() missing 1" in after
